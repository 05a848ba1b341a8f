"""What a new file takes back: every change of a count that was complete, every number that fell.

Totals and progress go down on real nights (1.4 to 4.5 % of the updates of the American nights of
2020 and 2024). Such a file is right more often than wrong, so it is published; what must not
happen is that nobody is told.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from ..model import (
    COUNT_FIELDS,
    ContestResult,
    Correction,
    Counts,
    CountStatus,
    NumberChange,
    UnitResult,
)

MOST_CORRECTIONS = 1_000  # of the newest: a file that renames everything must not fill a page
MATERIAL_VOTES = 10  # at least so many
MATERIAL_SHARE = 0.01  # and at least this part of the unit's valid votes


def corrections(
    previous: ContestResult | None, units: Mapping[str, UnitResult], at: datetime
) -> tuple[Correction, ...]:
    """All of the night, the newest last; ``units`` are those of the file that came ``at``."""
    if previous is None:
        return ()
    found = (  # from the end, so that no more are made than are kept
        correction
        for code in reversed(tuple(units))
        if (before := previous.units.get(code)) is not None and before is not units[code]
        for correction in _of_unit(before, units[code], at)
    )
    newest = tuple(islice(found, MOST_CORRECTIONS))
    return (*previous.corrections, *newest[::-1])[-MOST_CORRECTIONS:]


def _of_unit(before: UnitResult, after: UnitResult, at: datetime) -> Iterator[Correction]:
    if after.held or not before.counted or before.counts is None:
        return
    if not after.counted or after.counts is None:
        yield Correction(at, after.code, (), is_withdrawn=True, is_material=True)
        return
    was_complete = before.status is CountStatus.COMPLETE
    numbers = tuple(
        change
        for change in _changes(before.counts, after.counts)
        if was_complete or change.after < change.before
    )
    if numbers:
        material = _is_material(before.counts, after.counts, numbers)
        yield Correction(at, after.code, numbers, is_material=material)


def _changes(before: Counts, after: Counts) -> Iterator[NumberChange]:
    for option, votes in before.votes.items():
        if (now := after.votes.get(option, 0)) != votes:
            yield NumberChange(f"votes:{option}", votes, now)
    for field in COUNT_FIELDS:
        old, new = getattr(before, field), getattr(after, field)
        if old is not None and new is not None and old != new:
            yield NumberChange(field, old, new)


def _is_material(before: Counts, after: Counts, numbers: tuple[NumberChange, ...]) -> bool:
    """Another winner, or a change that is large both in itself and for its unit."""
    if _first(before) != _first(after):
        return True
    largest = max(abs(change.after - change.before) for change in numbers)
    return largest >= max(MATERIAL_VOTES, MATERIAL_SHARE * before.valid_votes)


def _first(counts: Counts) -> frozenset[str]:
    """The option that leads, or those that are level."""
    most = max(counts.votes.values(), default=0)
    return frozenset(option for option, votes in counts.votes.items() if votes == most)
