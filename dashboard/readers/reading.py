"""What a reader gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..model import Finding, SoundLines, UnitResult


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says, before anyone has checked that it adds up."""

    format: str
    results: Mapping[str, UnitResult]  # by unit code as in the file; unknown codes included
    findings: tuple[Finding, ...]
    row_count: int  # rows of results, to notice a file that shrank
    lines: Mapping[str, int]  # unit code -> 1-based line of its first row
    sound: SoundLines | None = None  # what spares the next file the same work
    # What the file itself says of the sum, by field of Counts or "votes:" + option id.
    totals: Mapping[str, int] = field(default_factory=dict)
    generated_at: datetime | None = None  # aware: the file's own time, where it has one


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the file, those of the whole file first."""
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def with_same_objects(reading: Reading, last: Mapping[str, UnitResult]) -> Reading:
    """A unit that says what it said in the ``last`` results is the very same object."""
    same = {
        unit: before
        for unit, result in reading.results.items()
        if (before := last.get(unit)) is not result and before == result
    }
    return replace(reading, results={**reading.results, **same}) if same else reading


class ReadError(Exception):
    """The whole file is refused; ``finding`` says why (severity REFUSE)."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
