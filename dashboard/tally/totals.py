"""Sums of counts."""

from collections.abc import Iterable
from typing import Any

from ..model import COUNT_FIELDS, Counts, UnitResult


def total(units: Iterable[UnitResult]) -> Counts | None:
    """The sum over the counted units, or ``None`` when none is counted.

    A figure that one counted unit does not give is ``None`` in the sum: a total of some of
    them would be a wrong number that looks right.
    """
    counted = [unit.counts for unit in units if unit.counted and unit.counts is not None]
    if not counted:
        return None
    votes: dict[str, int] = dict.fromkeys(counted[0].votes, 0)
    for counts in counted:
        for option, number in counts.votes.items():
            votes[option] = votes.get(option, 0) + number
    sums: dict[str, Any] = {n: _sum([getattr(c, n) for c in counted]) for n in COUNT_FIELDS}
    return Counts(votes=votes, **sums)


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
