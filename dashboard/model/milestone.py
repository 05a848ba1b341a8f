"""Moments of the count that the feed tells by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class MilestoneKind(StrEnum):
    COMPLETE = "complete"  # résultat complet
    LEAD = "lead"  # bascule
    SHARE = "share"  # 75 % dépouillés


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of them, with the figures of that moment: it is told as it was, whatever comes later."""

    at: datetime  # aware, UTC: the source's own time
    kind: MilestoneKind
    row: str  # key of a row; "" of the whole
    place: str  # what the row is called; "" of the whole
    votes: Mapping[str, int]  # by option id
    valid_votes: int
    complete_units: int
    units: int
    ahead: str = ""  # id of the option that is ahead; "" on a tie
    ahead_before: str = ""  # of LEAD: id of the one that was ahead before
    share: float = 0.0  # of SHARE: the part of the units that was passed

    @property
    def key(self) -> str:
        """What is told once."""
        return f"{self.kind}:{self.share if self.kind is MilestoneKind.SHARE else self.row}"


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """One of the rows that are worth a post of their own."""

    key: str
    name: str
    units: tuple[str, ...]  # codes


@dataclass(frozen=True, slots=True)
class MilestoneRules:
    """Which of them the feed tells; by default none."""

    shares: tuple[float, ...] = ()  # of the units counted, 0 to 1, rising
    rows: tuple[WatchedRow, ...] = ()  # the weightiest first
    complete: bool = True  # whether a watched row, and the whole, are told when complete
    leads: bool = True  # whether it is told that another option is ahead there
    pause: timedelta = timedelta(minutes=1)  # at least so long between two
    most: int = 0  # of a night
