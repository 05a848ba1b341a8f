"""From checked units to a contest's result: what moved, and whether it is over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ..model import Contest, ContestResult, Finding, Severity, SourceFile, UnitResult
from .arrivals import arrivals
from .corrections import corrections
from .milestones import with_milestones
from .progress import progress, state_of
from .said import Said


def settle(
    contest: Contest,
    previous: ContestResult | None,
    file: SourceFile,
    said: Said,
    units: Mapping[str, UnitResult],
    findings: tuple[Finding, ...],
) -> ContestResult:
    """The contest's result, with what changed since ``previous``, when it became complete and what
    is worth telling of it."""
    last, read = previous.units if previous is not None else {}, said.results
    # What was read is the very object of before where it says the same; what was not read is not.
    same = {
        code: last[code]
        for code, unit in units.items()
        if last.get(code) is unit or (unit is not read.get(code) and last.get(code) == unit)
    }
    # None at first, when all are new: a page that opens outlines nothing.
    changed = tuple(code for code in units if code not in same) if previous is not None else ()
    settled = {**units, **same}
    result = ContestResult(
        contest_id=contest.id,
        units=settled,
        findings=findings,
        changed=changed,
        source_digest=file.digest,
        data_at=file.modified_at,
        row_count=said.row_count,
        generated_at=said.generated_at,
        sound=said.sound,
        corrections=corrections(previous, settled, file.modified_at),
        changed_at=_changed_at(contest, changed, previous, file.modified_at),
        arrivals=arrivals(contest, previous, settled, changed, file.modified_at),
    )
    done = progress(contest, result)
    counted = any(unit.counted for unit in settled.values())
    if state_of(contest, done, counted=counted) == "complete":
        already = previous.complete_at if previous is not None else None
        result = replace(result, complete_at=already or result.data_at)
    return with_milestones(contest, previous, result, done)


def believed(result: ContestResult) -> ContestResult:
    """The result of a file that waited and is published now: what made it wait is told."""
    if all(finding.severity is not Severity.WAIT for finding in result.findings):
        return result
    return replace(
        result,
        findings=tuple(
            replace(f, severity=Severity.FLAG) if f.severity is Severity.WAIT else f
            for f in result.findings
        ),
    )


def _changed_at(
    contest: Contest, changed: tuple[str, ...], previous: ContestResult | None, now: datetime
) -> dict[str, datetime]:
    """By parent: a département that reported at nine is not as fresh as the country."""
    before = previous.changed_at if previous is not None else {}
    codes = set(changed)
    moved = {unit.parent for unit in contest.units if unit.code in codes} if contest.parents else ()
    return {
        parent.code: now if parent.code in moved else before.get(parent.code, now)
        for parent in contest.parents
    }
