"""The result of a contest as each of its parents counts it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..model import Contest, ContestResult, Correction, Finding
from .checks import narrowed


def split(parts: Mapping[str, Contest], result: ContestResult) -> dict[str, ContestResult]:
    """By the parent's code, as ``parts`` (Contest.parts).

    A part says the same as long as nothing changes in it: its time is that of its own last
    change, and what the file as a whole says of itself is left out.
    """
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        findings[finding.unit].append(finding)
    of_many = [(set(finding.units), finding) for finding in result.findings if finding.units]
    corrected: dict[str, list[Correction]] = defaultdict(list)
    for correction in result.corrections:
        corrected[correction.unit].append(correction)
    return {
        code: ContestResult(
            contest_id=result.contest_id,
            units={unit.code: result.units[unit.code] for unit in part.units},
            findings=(
                *(f for unit in part.units for f in findings.get(unit.code, ())),
                *_narrowed(of_many, part),
            )
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


def _narrowed(of_many: Iterable[tuple[set[str], Finding]], part: Contest) -> Iterator[Finding]:
    for codes, finding in of_many:
        if mine := [unit for unit in part.units if unit.code in codes]:
            yield narrowed(finding, mine)
