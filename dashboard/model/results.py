"""Results of one contest at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .arrival import Arrival
from .contest import Contest
from .correction import Correction
from .counts import Counts
from .finding import Finding
from .milestone import Milestone


class CountStatus(StrEnum):
    """How far the count of a unit, a row or an area has come."""

    WAITING = "waiting"  # en attente
    PARTIAL = "partial"  # partiel
    COMPLETE = "complete"  # complet


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What is published of one reporting unit.

    ``held``: the file's present values for it break a rule; ``counts`` are the last good ones
    (``None`` if there never were any) and the unit is marked "en vérification".
    """

    code: str
    status: CountStatus
    counts: Counts | None = None
    held: bool = False

    @property
    def counted(self) -> bool:
        """Whether it adds to the totals."""
        return self.counts is not None and self.status is not CountStatus.WAITING


@dataclass(frozen=True, slots=True, eq=False)
class SoundLines:
    """Lines of a results file that raised no doubt, so that the next file is read where it differs.

    They are worth nothing for another contest or under another header.
    """

    contest: Contest
    head: str  # the header's line
    units: Mapping[str, UnitResult]  # text of a line -> what it says


@dataclass(frozen=True, slots=True)
class ContestResult:
    """Every unit of a contest, once, in the election file's order.

    A unit that says what it said before is the very same object as in the result before.
    """

    contest_id: str
    units: Mapping[str, UnitResult]  # by unit code
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]  # codes whose result differs from the version before
    source_digest: str
    data_at: datetime  # aware, UTC: the source's own time
    row_count: int  # rows of results in the file, to notice one that shrank
    generated_at: datetime | None = None  # aware: what the file says of its own age, if anything
    complete_at: datetime | None = None  # data_at of the version that completed the count
    sound: SoundLines | None = field(default=None, compare=False, repr=False)  # for the next file
    corrections: tuple[Correction, ...] = ()  # of the night so far, the newest last
    milestones: tuple[Milestone, ...] = ()  # likewise
    # What need not be told any more: by key of a milestone who is ahead there, or "". ``None``
    # before the count was first looked at.
    told: Mapping[str, str] | None = None
    # data_at of the version that last changed a unit, by the code of its parent (Contest.parents)
    changed_at: Mapping[str, datetime] = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()  # rows that became complete, the newest last
