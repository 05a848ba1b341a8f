"""What must hold of a file's counts before they are published, and what happens if it does not.

Each rule is a line of ``catalogue.CHECKS``; the modules beside it find what breaks it:
``identities`` of a unit by itself, ``register`` of the units of the election file, ``source`` of
what a file says of itself, ``history`` of what it takes back, ``frozen`` of shares that do not
move, ``plausibility`` of units beside their neighbours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...model import (
    Contest,
    ContestResult,
    CountStatus,
    Finding,
    Severity,
    SourceFile,
    UnitResult,
)
from ..said import Said
from .catalogue import CHECKS
from .frozen import check_frozen
from .history import Past, changes_of, check_history, check_missing
from .identities import check_units
from .plausibility import check_plausibility
from .register import check_foreign, check_unknown
from .report import Report, narrowed
from .rule import Rule
from .source import check_age, check_totals

__all__ = ["CHECKS", "Rule", "check", "hold", "narrowed"]


def check(
    said: Said, file: SourceFile, contest: Contest, previous: ContestResult | None
) -> tuple[Finding, ...]:
    """Every rule broken by what a file says, beyond the reader's own findings."""
    results, say = said.results, Report(contest, said.lines, said.findings)
    known = {unit.code: unit for unit in contest.units}
    check_age(said.generated_at, file.modified_at, contest, previous, say)
    if check_foreign(results, known, say):
        return tuple(say.findings)
    changed = _changed(results, previous)
    strangers = check_unknown(changed, known, say)
    check_units(changed, known, contest, say)
    if previous is not None:
        past = Past(previous)
        check_missing(strangers, results, known, past, say)
        changes = changes_of(changed, known, past, say.held)
        moving = check_frozen(changes, past, say)
        check_history(moving, results, contest, past, say)
    check_plausibility(changed, results, known, contest, previous, say)
    if said.totals and not say.held:
        check_totals(said.totals, results, contest, say)
    return tuple(say.findings)


def _changed(results: Mapping[str, UnitResult], previous: ContestResult | None) -> list[UnitResult]:
    """The very object that was published says nothing that was not checked then."""
    if previous is None:
        return list(results.values())
    passed = previous.units
    return [unit for code, unit in results.items() if passed.get(code) is not unit or unit.held]


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
