"""A results file as it was read for ``soiree check``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..model import Contest, ContestResult, Finding


@dataclass(frozen=True, slots=True)
class CheckedContest:
    """One contest at one level of units."""

    id: str  # what the file calls it, or the election file: what ``--contest`` takes
    level: str
    contest: Contest
    result: ContestResult | None  # None when the file is refused for it
    findings: tuple[Finding, ...]
    expected: int  # units there are to be
    declared: Mapping[str, int] = field(default_factory=dict)  # the file's own sums (Reading)
    file_ids: Mapping[str, str] = field(default_factory=dict)  # our id of an option -> the file's


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Everything a file says, and what is wrong with it."""

    format: str = ""  # "" when nothing could be made of it
    evidence: str = ""  # as written in the file; "" of a plain table
    format_title: str = ""
    format_title_fr: str = ""
    title: str = ""
    generated_at: datetime | None = None
    is_test: bool = False
    guessed: bool = False  # whether columns were guessed
    contests: tuple[CheckedContest, ...] = ()
    findings: tuple[Finding, ...] = ()  # of the file itself, where it says nothing of any contest

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Each once: what is wrong with the file is said of each of its contests."""
        of_contests = (f for contest in self.contests for f in contest.findings)
        return tuple(dict.fromkeys((*self.findings, *of_contests)))
