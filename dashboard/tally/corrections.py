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
MOST_TAKEN_BACK = 1_000
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


def taken_back(before: Mapping[str, UnitResult], after: Mapping[str, UnitResult]) -> dict[str, int]:
    """Every number of a counted unit that is less than it was, as what it is now: by "u1 votes:a"
    or "u1 valid_votes", and 0 by "u1" when the unit waits again. Nothing when these are more than
    MOST_TAKEN_BACK: so much is no correction that anybody looks at number by number."""
    found = dict(islice(_taken_back(before, after), MOST_TAKEN_BACK + 1))
    return found if len(found) <= MOST_TAKEN_BACK else {}


def _taken_back(
    before: Mapping[str, UnitResult], after: Mapping[str, UnitResult]
) -> Iterator[tuple[str, int]]:
    for code, old in before.items():
        new = after.get(code)
        if old is new or not old.counted or old.counts is None:
            continue
        if new is None or not new.counted or new.counts is None:
            yield code, 0
            continue
        for change in _changes(old.counts, new.counts):
            if change.after < change.before:
                yield f"{code} {change.what}", change.after


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
