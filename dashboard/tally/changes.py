"""From checked units to a contest's result: what moved, and whether it is over."""

from collections.abc import Mapping
from dataclasses import replace

from ..model import Contest, ContestResult, Finding, SourceFile, UnitResult
from .progress import state


def settle(
    contest: Contest,
    previous: ContestResult | None,
    file: SourceFile,
    row_count: int,
    units: Mapping[str, UnitResult],
    findings: tuple[Finding, ...],
) -> ContestResult:
    """The contest's result, with what changed since ``previous`` and when it became complete."""
    result = ContestResult(
        contest_id=contest.id,
        units=units,
        findings=findings,
        changed=_changed(units, previous),
        source_digest=file.digest,
        data_at=file.modified_at,
        row_count=row_count,
    )
    if state(contest, result) != "complete":
        return result
    already = previous.complete_at if previous is not None else None
    return replace(result, complete_at=already or result.data_at)


def _changed(units: Mapping[str, UnitResult], previous: ContestResult | None) -> tuple[str, ...]:
    """None at first, when all are new: a page that opens outlines nothing."""
    if previous is None:
        return ()
    return tuple(code for code, unit in units.items() if previous.units.get(code) != unit)
