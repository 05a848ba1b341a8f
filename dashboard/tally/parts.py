"""The result of a contest as each of its parents counts it."""

from collections import defaultdict
from collections.abc import Mapping

from ..model import Contest, ContestResult, Correction, Finding


def split(parts: Mapping[str, Contest], result: ContestResult) -> dict[str, ContestResult]:
    """By the parent's code, as ``parts`` (Contest.parts).

    A part says the same as long as nothing changes in it: its time is that of its own last
    change, and what the file as a whole says of itself is left out.
    """
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        findings[finding.unit].append(finding)
    corrected: dict[str, list[Correction]] = defaultdict(list)
    for correction in result.corrections:
        corrected[correction.unit].append(correction)
    return {
        code: ContestResult(
            contest_id=result.contest_id,
            units={unit.code: result.units[unit.code] for unit in part.units},
            findings=tuple(f for unit in part.units for f in findings.get(unit.code, ()))
            if findings
            else (),
            changed=(),
            source_digest="",
            data_at=result.changed_at.get(code, result.data_at),
            row_count=len(part.units),
            corrections=tuple(c for unit in part.units for c in corrected.get(unit.code, ()))
            if corrected
            else (),
        )
        for code, part in parts.items()
    }
