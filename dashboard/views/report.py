"""What ``soiree check`` says of a file, in plain sentences."""

from collections.abc import Iterable, Iterator, Sequence

from .. import tally
from ..clean import NAME_LIMIT, TEXT_LIMIT, clean_text
from ..model import COUNT_FIELDS, Contest, ContestResult, Counts, Finding
from ..text import fmt_int, fmt_share
from .checked import CheckedContest, CheckedFile
from .report_words import SAID

SHOWN_WHOLE = 6  # contests; of more each has one line
SHOWN_LINES = 25  # of those lines
SHOWN_FINDINGS = 60


def lines(checked: CheckedFile, lang: str) -> Iterator[str]:
    """The report; its first line is "Format: NAME", in both languages, for whoever greps it."""
    yield from _file(checked, lang)
    contests = checked.contests
    if len(contests) > SHOWN_WHOLE:
        yield from _summary(contests, lang)
    else:
        for contest in contests:
            yield from _contest(contest, checked.guessed, lang)
    yield from wrong(checked.all_findings, lang)


def _file(checked: CheckedFile, lang: str) -> Iterator[str]:
    said = SAID[lang]
    if not checked.format:
        return
    yield f"Format: {checked.format}"
    title = checked.format_title_fr if lang == "fr" else checked.format_title
    if checked.evidence:
        yield said["evidence"].format(
            evidence=clean_text(checked.evidence, TEXT_LIMIT), title=title
        )
    elif checked.guessed:
        yield said["guessed"]
    if checked.title:
        yield said["title"].format(title=clean_text(checked.title, NAME_LIMIT))
    if checked.generated_at is not None:
        yield said["generated"].format(at=checked.generated_at.isoformat(timespec="seconds"))
    if checked.is_test:
        yield said["test"]


def _summary(contests: Sequence[CheckedContest], lang: str) -> Iterator[str]:
    said = SAID[lang]
    yield said["contests"].format(n=fmt_int(len(contests), lang))
    for contest in contests[:SHOWN_LINES]:
        yield f"  {_name(contest)}{_mark(lang)} {_figures(contest, lang)}"
    if len(contests) > SHOWN_LINES:
        yield said["more"].format(n=fmt_int(len(contests) - SHOWN_LINES, lang))
    yield said["choose"]


def _figures(checked: CheckedContest, lang: str) -> str:
    said, result = SAID[lang], checked.result
    if result is None:
        return said["refused"]
    done = tally.progress(checked.contest, result)
    counts = tally.total(result.units.values())
    return said["figures"].format(
        options=fmt_int(len(checked.contest.options), lang),
        counted=fmt_int(done.complete, lang),
        expected=fmt_int(checked.expected, lang),
        valid=fmt_int(counts.valid_votes if counts else 0, lang),
    )


def _contest(checked: CheckedContest, guessed: bool, lang: str) -> Iterator[str]:
    said, contest = SAID[lang], checked.contest
    if not guessed:
        yield ""
        title = " · ".join(filter(None, (contest.title, contest.round, contest.place)))
        yield said["contest"].format(title=title, name=_name(checked))
    names = ", ".join(option.name for option in contest.options)
    yield said["options"].format(n=len(contest.options), names=names)
    if checked.result is None:
        yield said["refused"]
        return
    yield _units(checked, checked.result, lang)
    counts = tally.total(checked.result.units.values())
    if counts is None:
        yield said["no_totals"]
        return
    given = [(name, getattr(counts, name)) for name in COUNT_FIELDS]
    numbers = [f"{said[name]} {fmt_int(n, lang)}" for name, n in given if n is not None]
    yield said["totals"].format(numbers=", ".join(numbers))
    yield from _places(contest, counts, lang)
    yield from _declared(checked, counts, lang)


def _units(checked: CheckedContest, result: ContestResult, lang: str) -> str:
    done = tally.progress(checked.contest, result)
    return SAID[lang]["units"].format(
        complete=fmt_int(done.complete, lang),
        partial=fmt_int(done.partial, lang),
        units=fmt_int(checked.expected, lang),
        held=fmt_int(done.held, lang),
    )


def _places(contest: Contest, counts: Counts, lang: str) -> Iterator[str]:
    for place in tally.standing(contest, counts):
        votes, share = fmt_int(place.votes, lang), fmt_share(place.share, lang)
        yield f"  {place.option.name}{_mark(lang)} {votes} ({share})"


def _declared(checked: CheckedContest, counts: Counts, lang: str) -> Iterator[str]:
    """The file's own sums, as far as they differ from ours."""
    said = SAID[lang]
    if not checked.declared:
        return
    names = {f"votes:{option.id}": option.name for option in checked.contest.options}
    ours = {name: getattr(counts, name) for name in COUNT_FIELDS}
    ours |= {f"votes:{option}": votes for option, votes in counts.votes.items()}
    differing = [
        said["differs"].format(
            what=names.get(key) or said.get(key, key),
            declared=fmt_int(number, lang),
            ours=fmt_int(ours.get(key), lang),
        )
        for key, number in checked.declared.items()
        if ours.get(key) != number
    ]
    if differing:
        yield said["declared"].format(numbers=", ".join(differing))
    else:
        yield said["declared_same"].format(n=len(checked.declared))


def _name(checked: CheckedContest) -> str:
    name = f"{checked.id} ({checked.level})" if checked.level else checked.id
    return clean_text(name, NAME_LIMIT)


def wrong(findings: Iterable[Finding], lang: str) -> Iterator[str]:
    """Every finding with its code, line and column, or one line that says there is none."""
    said = SAID[lang]
    found = list(findings)
    yield said["findings"].format(n=fmt_int(len(found), lang)) if found else said["clean"]
    for finding in found[:SHOWN_FINDINGS]:
        sentence = finding.message_fr if lang == "fr" else finding.message
        yield f"  {finding.code}{_place(finding, lang)} {sentence}"
    if len(found) > SHOWN_FINDINGS:
        yield said["more_findings"].format(n=fmt_int(len(found) - SHOWN_FINDINGS, lang))


def _place(finding: Finding, lang: str) -> str:
    """Where it stands in the file; a reader's sentence (R…) says so itself."""
    if finding.line is None or finding.code.startswith("R"):
        return _mark(lang)
    place = SAID[lang]["line"].format(line=finding.line)
    return f" ({place}){_mark(lang)}"


def _mark(lang: str) -> str:
    return ":" if lang == "en" else " :"
