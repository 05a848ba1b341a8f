"""Units whose counts are exactly those of another: a page entered twice."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from ...model import Counts, UnitResult
from .neighbours import Member

_FEWEST = 100  # valid votes


def twins(
    units: Collection[UnitResult], asked: Sequence[Member], limit: float
) -> Iterator[tuple[str, str, int]]:
    """Code of a unit, of another with the same counts, and their valid votes: pairs of which one
    is asked about, where the chance that any two of so many units agree like that is below
    ``limit``."""
    marks = [_mark(unit.counts) if unit.counts is not None else 0 for unit in units]
    of_all = len(asked) == len(marks)
    wanted = set(marks if of_all else map(_mark, (member.counts for member in asked)))
    times = Counter(filter(wanted.__contains__, marks))
    alike: dict[tuple[int, ...], list[tuple[str, Counts]]] = defaultdict(list)
    for mark, unit in zip(marks, units, strict=True):
        if mark and times.get(mark, 0) > 1 and unit.counts is not None:
            alike[(mark, *_numbers(unit.counts))].append((unit.code, unit.counts))
    codes, pairs = {member.unit.code for member in asked}, math.comb(len(units), 2)
    for (first, counts), *rest in alike.values():
        others = [code for code, _ in rest]
        if others and not codes.isdisjoint([first, *others]) and pairs * _chance(counts) < limit:
            for other in others:
                yield other, first, counts.valid_votes


def _mark(counts: Counts) -> int:
    """What tells nearly all counts apart, and quickly; 0 of those too small to tell."""
    valid = counts.valid_votes
    return valid << 32 | (counts.registered_voters or 0) if valid >= _FEWEST else 0


def _numbers(counts: Counts) -> list[int]:
    """What was counted one by one: votes, blank and invalid ballots, those who stayed away."""
    sides = (counts.blank_ballots, counts.invalid_ballots, counts.blank_or_invalid_ballots,
             counts.abstentions)  # fmt: skip
    return [*counts.votes.values(), *(number for number in sides if number is not None)]


def _chance(counts: Counts) -> float:
    """That two units with these expectations have the same counts: two Poisson numbers of mean n
    are equal with a probability of 1 in the square root of 4 pi n. Real units differ more."""
    return math.prod(1 / math.sqrt(4 * math.pi * n) for n in _numbers(counts) if n > 0)
