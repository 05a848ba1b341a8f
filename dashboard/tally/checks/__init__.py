"""What must hold of a file's counts before they are published, and what happens if it does not.

Each rule is a line of ``catalogue.CHECKS``; the modules beside it say when one is broken:
``identities`` of a unit by itself, ``register`` of the units of the election file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...model import Contest, ContestResult, CountStatus, Finding, Severity, UnitResult
from .catalogue import CHECKS, Rule
from .identities import check_counts
from .register import check_disappeared, check_foreign, unknown_unit

__all__ = ["CHECKS", "Rule", "check", "hold"]


def check(
    results: Mapping[str, UnitResult],
    lines: Mapping[str, int],
    contest: Contest,
    previous: ContestResult | None,
) -> tuple[Finding, ...]:
    """Every rule broken by the units of a file; ``lines`` says where each unit stands in it."""
    if foreign := tuple(check_foreign(results, contest)):
        return foreign
    found = _check_units(results, contest, previous)
    if previous is not None:
        found += check_disappeared(results, previous)
    return tuple(replace(finding, line=lines.get(finding.unit)) for finding in found)


def _check_units(
    results: Mapping[str, UnitResult], contest: Contest, previous: ContestResult | None
) -> list[Finding]:
    known = {unit.code: unit for unit in contest.units}
    passed = previous.units if previous is not None else {}
    found: list[Finding] = []
    for code, result in results.items():
        # The very object that was published says nothing that was not checked then.
        if passed.get(code) is result and not result.held:
            continue
        if (unit := known.get(code)) is None:
            found.append(unknown_unit(code, contest))
        elif result.counts is not None:
            found += check_counts(result.counts, unit)
    return found


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
