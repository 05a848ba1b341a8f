"""What is usual around a unit: units of the same parent, or of the contest where those are few.

Robust throughout, for one wrong unit must not move what the others are compared with: the middle
is the median, the width that of the middle half. And as real elections have tails (overseas
départements, a candidate's home town), out of line is only what is isolated too: half as far
again from the middle as all neighbours but one in a hundred.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...model import Counts, CountStatus, ReportingUnit, UnitResult

FEWEST = 10  # units from which there is a usual
_SAMPLE = 200  # units that stand for a large group
_WIDTH, _RARE = 5.0, 3.0  # standard deviations
_ISOLATION = 1.5  # times the distance of all others
_TAIL = 100  # one in so many may be as far
_MIDDLE_HALF = 1.349  # standard deviations, of a normal distribution


class Member(NamedTuple):
    """A complete unit and what it counted."""

    unit: ReportingUnit
    counts: Counts


class Group(NamedTuple):
    """Neighbours."""

    complete: Sequence[ReportingUnit]  # less those that are held
    size: int  # how many there are to be
    results: Mapping[str, UnitResult]

    def members(self, units: Iterable[ReportingUnit]) -> list[Member]:
        """Complete units with what they counted."""
        results = self.results
        return [Member(u, counts) for u in units if (counts := results[u.code].counts) is not None]

    def sample(self) -> list[Counts]:
        """Of all that are complete, or of as many as tell what is usual, evenly chosen."""
        step = max(1, math.ceil(len(self.complete) / _SAMPLE))
        return [member.counts for member in self.members(self.complete[::step])]


@dataclass(frozen=True, slots=True)
class Fence:
    """What is in line."""

    usual: float
    spread: float  # standard deviation
    low: float
    high: float

    def excludes(self, part: int, whole: int) -> bool:
        """Whether a share is out of line, chance included: a village of twenty voters is free to
        vote as it likes."""
        return not self.low <= part / whole <= self.high and self._deviation(part, whole) > _WIDTH

    def is_unusual(self, part: int, whole: int) -> bool:
        """Whether a share is rare, be it in line or not."""
        return self._deviation(part, whole) > _RARE

    def _deviation(self, part: int, whole: int) -> float:
        """In standard deviations of the neighbours and of chance together."""
        chance = max(self.usual * (1 - self.usual), 1 / whole) / whole
        return abs(part / whole - self.usual) / math.sqrt(self.spread**2 + chance)


def fence(values: Iterable[float], least: float, isolation: float = _ISOLATION) -> Fence | None:
    """What is in line with these values, at least so far around their median; ``None`` of few."""
    found = sorted(values)
    count = len(found)
    if count < FEWEST:
        return None
    usual = found[count // 2]
    spread = (found[3 * count // 4] - found[count // 4]) / _MIDDLE_HALF
    tail = max(1, count // _TAIL)
    width = max(least, _WIDTH * spread)
    low = usual - max(width, isolation * (usual - found[tail]))
    high = usual + max(width, isolation * (found[-1 - tail] - usual))
    return Fence(usual, spread, low, high)


def neighbourhoods(units: Iterable[ReportingUnit]) -> list[list[ReportingUnit]]:
    """Units by parent; those of parents that have few are neighbours of each other."""
    parents: dict[str, list[ReportingUnit]] = defaultdict(list)
    for unit in units:
        parents[unit.parent].append(unit)
    together = parents.pop("", [])
    large = []
    for members in parents.values():
        if len(members) < FEWEST:
            together += members
        else:
            large.append(members)
    return [*large, together] if together else large


def group_of(
    units: Sequence[ReportingUnit], results: Mapping[str, UnitResult], held: Collection[str]
) -> Group:
    """The units that are complete and not held."""
    status, result_of = CountStatus.COMPLETE, results.get
    complete = [u for u in units if (found := result_of(u.code)) and found.status is status]
    if held:
        complete = [unit for unit in complete if unit.code not in held]
    return Group(complete, len(units), results)
