"""Now beside an earlier vote, like with like.

Only units that are complete now and were counted then are compared, and of both votes just these:
a count of half the stations is never set against the whole of another day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Option,
    ReportingUnit,
    UnitResult,
)
from .totals import add


class Swing(NamedTuple):
    """How an option's share of the valid votes has moved, in shares (0.05 is five points).

    ``None`` for an option that did not stand then, or where there is no valid vote.
    """

    option: Option
    points: float | None


class Change(NamedTuple):
    """What the same units counted then and count now."""

    units: int
    then: Counts
    now: Counts
    swings: tuple[Swing, ...]  # in the order of the ballot paper
    gain: Swing | None  # the option that rose most; None on a tie, or when none rose


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row or an area without a unit to compare has no change."""

    whole: Change | None = None
    rows: Mapping[str, Change] = field(default_factory=dict)  # by key
    areas: Mapping[str, Change] = field(default_factory=dict)  # by id


class Comparer:
    """Compares a contest, version after version; what did not change is the object it was."""

    def __init__(
        self,
        contest: Contest,
        rows: Mapping[str, list[ReportingUnit]],
        areas: Mapping[str, list[ReportingUnit]],
    ) -> None:
        self._contest = contest
        self._rows = _codes(rows)
        self._areas = _codes(areas)
        self._known: dict[tuple[str, ...], tuple[list[UnitResult], Change | None]] = {}

    def __call__(self, result: ContestResult) -> Comparison:
        if self._contest.previous is None or not self._contest.previous.counts:
            return Comparison()
        rows = self._of_groups(self._rows, result)
        areas = self._of_groups(self._areas, result)
        return Comparison(combined(self._contest, rows.values()), rows, areas)

    def _of_groups(
        self, groups: Mapping[str, tuple[str, ...]], result: ContestResult
    ) -> dict[str, Change]:
        changes = {key: self._change(codes, result) for key, codes in groups.items()}
        return {key: change for key, change in changes.items() if change is not None}

    def _change(self, codes: tuple[str, ...], result: ContestResult) -> Change | None:
        units = [result.units[code] for code in codes]
        before = self._known.get(codes)
        if before is None or any(a is not b for a, b in zip(before[0], units, strict=True)):
            before = self._known[codes] = units, self._compare(units)
        return before[1]

    def _compare(self, units: Iterable[UnitResult]) -> Change | None:
        assert self._contest.previous is not None
        counts = self._contest.previous.counts
        alike = [
            (counts[unit.code], unit.counts)
            for unit in units
            if unit.code in counts and unit.status is CountStatus.COMPLETE and unit.counts
        ]
        then, now = add(pair[0] for pair in alike), add(pair[1] for pair in alike)
        return change(self._contest, len(alike), then, now) if then and now else None


def _codes(groups: Mapping[str, list[ReportingUnit]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple([unit.code for unit in units]) for key, units in groups.items()}


def combined(contest: Contest, changes: Iterable[Change]) -> Change | None:
    """The change of several groups of units together."""
    groups = list(changes)
    then, now = add(group.then for group in groups), add(group.now for group in groups)
    return (
        change(contest, sum(group.units for group in groups), then, now) if then and now else None
    )


def compare_parents(contest: Contest, parts: Mapping[str, Comparison]) -> Comparison:
    """From what its parents have come to, by code: a row and an area for each."""
    rows = {code: part.whole for code, part in parts.items() if part.whole is not None}
    return Comparison(combined(contest, rows.values()), rows, rows)


def change(contest: Contest, units: int, then: Counts, now: Counts) -> Change:
    """From the sums of the same units."""
    swings = tuple(Swing(option, _points(contest, option, then, now)) for option in contest.options)
    known = sorted((s for s in swings if s.points is not None), key=lambda s: -(s.points or 0.0))
    first, second = (*known[:2], None, None)[:2]
    rose = first is not None and (first.points or 0.0) > 0
    tied = second is not None and first is not None and second.points == first.points
    return Change(units, then, now, swings, first if rose and not tied else None)


def _points(contest: Contest, option: Option, then: Counts, now: Counts) -> float | None:
    previous = contest.previous
    if previous is None or option.id not in previous.options:
        return None
    if not then.valid_votes or not now.valid_votes:
        return None
    before, after = then.votes.get(option.id, 0), now.votes.get(option.id, 0)
    # One division of integers: equal shares are exactly equal, whatever their sizes.
    moved = after * then.valid_votes - before * now.valid_votes
    return moved / (then.valid_votes * now.valid_votes)
