"""A count that was published and is no longer what it was."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number of a unit, as it was shown and as it is now."""

    what: str  # a field of Counts, or "votes:" + option id
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What changed in the count of a unit that had been published.

    Of a complete unit every change is one; of a partial unit, that may grow, every fall.
    """

    at: datetime  # aware, UTC: the source's own time of the file that brought it
    unit: str
    numbers: tuple[NumberChange, ...]
    is_withdrawn: bool = False  # the unit was counted and waits again
    is_material: bool = False  # large enough to be said in the feed
