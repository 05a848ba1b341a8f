"""What must hold of every unit before it is published, and what happens when it does not.

| code | severity | rule |
| --- | --- | --- |
| C201 | hold | the options' votes add up to the valid votes |
| C202 | hold | valid + blank + invalid = ballots cast |
| C203 | hold | ballots cast <= registered voters |
| C204 | hold | the unit is one of this election's |
| C205 | hold | a unit that was counted is still in the file |
| C206 | hold | valid votes <= ballots cast, where blank and invalid are not given |
| C290 | refuse | at least one unit of the file is one of this election's |

The identities are those of the French count record (code électoral, R63 to R67: votants =
émargements = enveloppes; exprimés = votants - blancs - nuls); integers, no tolerance.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Finding,
    ReportingUnit,
    Severity,
    UnitResult,
)


def check(
    results: Mapping[str, UnitResult],
    lines: Mapping[str, int],
    contest: Contest,
    previous: ContestResult | None,
) -> tuple[Finding, ...]:
    """Every rule broken by the units of a file; ``lines`` says where each unit stands in it."""
    known = {unit.code: unit for unit in contest.units}
    if results and results.keys().isdisjoint(known):
        return (_foreign_file(results, contest),)
    passed = previous.units if previous is not None else {}
    found = [
        finding
        for code, result in results.items()
        # The very object that was published says nothing that was not checked then.
        if passed.get(code) is not result or result.held
        for finding in _check_unit(result, known.get(code), contest)
    ]
    if previous is not None:
        found += _disappeared(results, previous)
    return tuple(replace(finding, line=lines.get(finding.unit)) for finding in found)


def hold(
    results: Mapping[str, UnitResult],
    findings: Iterable[Finding],
    contest: Contest,
    previous: ContestResult | None,
) -> dict[str, UnitResult]:
    """One result per unit of the contest, in its order.

    A unit with a finding that holds it keeps its last good values, marked ``held``; a unit the
    file does not name waits. Units that are not of this election are left out.
    """
    holding = {f.unit for f in findings if f.severity is Severity.HOLD}
    last = previous.units if previous is not None else {}
    settled: dict[str, UnitResult] = {}
    for unit in contest.units:
        shown = (last if unit.code in holding else results).get(unit.code)
        shown = shown or UnitResult(unit.code, CountStatus.WAITING)
        settled[unit.code] = replace(shown, held=True) if unit.code in holding else shown
    return settled


def _check_unit(
    result: UnitResult, unit: ReportingUnit | None, contest: Contest
) -> Iterator[Finding]:
    if unit is None:
        yield _held(
            result.code,
            "C204",
            f"Unit {result.code!r} is not one of the {len(contest.units)} units of this contest.",
            f"L’unité « {result.code} » n’est pas l’une des {len(contest.units)} de ce scrutin.",
        )
    elif result.counts is not None:
        yield from _check_counts(result.counts, unit)


def _check_counts(counts: Counts, unit: ReportingUnit) -> Iterator[Finding]:
    votes = sum(counts.votes.values())
    if votes != counts.valid_votes:
        yield _identity(
            unit,
            "C201",
            ("votes of all options", "total des voix", votes),
            ("valid votes", "exprimés", counts.valid_votes),
            "=",
        )
    cast, rejected = counts.ballots_cast, counts.rejected_ballots
    if cast is not None and _split_is_known(counts) and rejected is not None:
        if counts.valid_votes + rejected != cast:
            yield _identity(
                unit,
                "C202",
                (
                    "valid + blank + invalid",
                    "exprimés + blancs + nuls",
                    counts.valid_votes + rejected,
                ),
                ("ballots cast", "votants", cast),
                "=",
            )
    elif cast is not None and counts.valid_votes + (rejected or 0) > cast:
        yield _identity(
            unit,
            "C206",
            ("valid votes", "exprimés", counts.valid_votes + (rejected or 0)),
            ("ballots cast", "votants", cast),
            "<=",
        )
    registered = counts.registered_voters
    if registered is None:
        registered = unit.registered_voters
    present = cast if cast is not None else counts.valid_votes
    if registered is not None and present > registered:
        yield _identity(
            unit,
            "C203",
            ("ballots cast", "votants", present),
            ("registered voters", "inscrits", registered),
            "<=",
        )


def _split_is_known(counts: Counts) -> bool:
    """Blank alone, or invalid alone, says nothing of the other."""
    return counts.blank_or_invalid_ballots is not None or (
        counts.blank_ballots is not None and counts.invalid_ballots is not None
    )


def _identity(
    unit: ReportingUnit,
    code: str,
    left: tuple[str, str, int],
    right: tuple[str, str, int],
    relation: str,
) -> Finding:
    """One sentence for a broken identity: what was found, what was expected, of which unit."""
    must = "must equal" if relation == "=" else "must not exceed"
    must_fr = "doit égaler" if relation == "=" else "ne doit pas dépasser"
    return _held(
        unit.code,
        code,
        f"{unit.name} ({unit.code}): {left[0]} is {left[2]} and {must} {right[0]}, {right[2]}.",
        f"{unit.name} ({unit.code}) : {left[1]}, {left[2]}, {must_fr} {right[1]}, {right[2]}.",
    )


def _disappeared(results: Mapping[str, UnitResult], previous: ContestResult) -> Iterator[Finding]:
    for code in [code for code in previous.units if code not in results]:
        if previous.units[code].counted:
            yield _held(
                code,
                "C205",
                f"Unit {code!r} was counted and is no longer in the file.",
                f"L’unité « {code} » était dépouillée et ne figure plus dans le fichier.",
            )


def _foreign_file(results: Mapping[str, UnitResult], contest: Contest) -> Finding:
    sample = ", ".join(list(results)[:3])
    expected = ", ".join(unit.code for unit in contest.units[:3])
    return Finding(
        "C290",
        Severity.REFUSE,
        f"None of the {len(results)} units of the file ({sample}, …) is of this contest: "
        f"codes such as {expected} were expected.",
        f"Aucune des {len(results)} unités du fichier ({sample}, …) n’est de ce scrutin : "
        f"on attendait des codes comme {expected}.",
    )


def _held(unit: str, code: str, message: str, message_fr: str) -> Finding:
    return Finding(code, Severity.HOLD, message, message_fr, unit=unit)
