"""What ``soiree check`` says of a file, in plain sentences."""

from collections.abc import Iterable, Iterator

from .. import tally
from ..model import COUNT_FIELDS, Contest, ContestResult, Finding
from ..text import fmt_int, fmt_share

SAID = {
    "fr": {
        "format": "Format : {format}",
        "guessed": "Sans fichier d’élection, les colonnes sont devinées d’après leurs titres.",
        "contest": "Scrutin : {title}",
        "options": "Options ({n}) : {names}",
        "units": "Unités : {complete} complètes et {partial} partielles sur {units}, "
        "dont {held} en vérification",
        "totals": "Totaux : {numbers}",
        "no_totals": "Totaux : rien n’est encore dépouillé",
        "clean": "Aucune anomalie.",
        "findings": "Anomalies ({n}) :",
        "line": "ligne {line}",
        "registered_voters": "inscrits",
        "ballots_cast": "votants",
        "blank_ballots": "blancs",
        "invalid_ballots": "nuls",
        "blank_or_invalid_ballots": "blancs ou nuls",
        "valid_votes": "exprimés",
    },
    "en": {
        "format": "Format: {format}",
        "guessed": "Without an election file the columns are guessed from their headers.",
        "contest": "Contest: {title}",
        "options": "Options ({n}): {names}",
        "units": "Units: {complete} complete and {partial} partial of {units}, "
        "{held} of them in verification",
        "totals": "Totals: {numbers}",
        "no_totals": "Totals: nothing is counted yet",
        "clean": "Nothing is wrong.",
        "findings": "Findings ({n}):",
        "line": "line {line}",
        "registered_voters": "registered voters",
        "ballots_cast": "ballots cast",
        "blank_ballots": "blank",
        "invalid_ballots": "invalid",
        "blank_or_invalid_ballots": "blank or invalid",
        "valid_votes": "valid votes",
    },
}


def understood(
    contest: Contest, result: ContestResult, format_name: str, guessed: bool, lang: str
) -> Iterator[str]:
    """One line each: format, contest, options, units, totals, and the votes of each option."""
    said = SAID[lang]
    done = tally.progress(contest, result)
    counts = tally.total(result.units.values())
    yield said["format"].format(format=format_name)
    if guessed:
        yield said["guessed"]
    else:
        title = " · ".join(filter(None, (contest.title, contest.round, contest.place)))
        yield said["contest"].format(title=title)
    names = ", ".join(option.name for option in contest.options)
    yield said["options"].format(n=len(contest.options), names=names)
    yield said["units"].format(
        complete=fmt_int(done.complete, lang),
        partial=fmt_int(done.partial, lang),
        units=fmt_int(done.units, lang),
        held=fmt_int(done.held, lang),
    )
    if counts is None:
        yield said["no_totals"]
        return
    given = ((name, getattr(counts, name)) for name in COUNT_FIELDS)
    numbers = (f"{said[name]} {fmt_int(n, lang)}" for name, n in given if n is not None)
    yield said["totals"].format(numbers=", ".join(numbers))
    for place in tally.standing(contest, counts):
        votes, share = fmt_int(place.votes, lang), fmt_share(place.share, lang)
        yield f"  {place.option.name}: {votes} ({share})"


def wrong(findings: Iterable[Finding], lang: str) -> Iterator[str]:
    """Every finding with its code, line and column, or one line that says there is none."""
    said = SAID[lang]
    found = list(findings)
    yield said["findings"].format(n=len(found)) if found else said["clean"]
    for finding in found:
        sentence = finding.message_fr if lang == "fr" else finding.message
        yield f"  {finding.code}{_place(finding, lang)} {sentence}"


def _place(finding: Finding, lang: str) -> str:
    """Where it stands in the file; a reader's sentence (R…) says so itself."""
    if finding.line is None or finding.code.startswith("R"):
        return ":" if lang == "en" else " :"
    place = SAID[lang]["line"].format(line=finding.line)
    return f" ({place}):" if lang == "en" else f" ({place}) :"
