"""Sums of counts."""

from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from ..model import COUNT_FIELDS, Counts, UnitResult


def total(units: Iterable[UnitResult]) -> Counts | None:
    """The sum over the counted units, or ``None`` when none is counted.

    A figure that one counted unit does not give is ``None`` in the sum: a total of some of
    them would be a wrong number that looks right.
    """
    return add(unit.counts for unit in units if unit.counted)


def add(counts: Iterable[Counts | None]) -> Counts | None:
    """As ``total``, of counts; ``None`` is nothing counted."""
    counted = [each for each in counts if each is not None]
    if len(counted) < 2:
        return counted[0] if counted else None
    votes = [each.votes for each in counted]
    sides: dict[str, Any] = {n: _sum(list(map(attrgetter(n), counted))) for n in COUNT_FIELDS}
    return Counts(votes=_sum_of_votes(votes), **sides)


def _sum_of_votes(votes: list[Mapping[str, int]]) -> dict[str, int]:
    options = votes[0].keys()
    if sum(map(len, votes)) == len(votes) * len(options):
        try:
            return {option: sum(map(itemgetter(option), votes)) for option in options}
        except KeyError:
            pass
    # Some units have options that others do not.
    every = dict.fromkeys(chain.from_iterable(votes))
    return {option: sum(each.get(option, 0) for each in votes) for option in every}


def _sum(numbers: list[int | None]) -> int | None:
    try:
        return sum(numbers)  # type: ignore[arg-type]  # a None among them is the TypeError
    except TypeError:
        return None
