"""What a reader gives back."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Finding, UnitResult


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says, before anyone has checked that it adds up."""

    format: str
    results: Mapping[str, UnitResult]  # by unit code as in the file; unknown codes included
    findings: tuple[Finding, ...]
    row_count: int  # rows of results, to notice a file that shrank
    lines: Mapping[str, int]  # unit code -> 1-based line of its first row


class ReadError(Exception):
    """The whole file is refused; ``finding`` says why (severity REFUSE)."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
