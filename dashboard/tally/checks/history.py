"""A file against what is published of the one before it.

Totals and progress go down on real nights, and now and then a source gives valid zeros in the
middle of the count. One unit is said or held; of many at once the whole file waits.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from operator import lt
from typing import NamedTuple

from ...model import Contest, ContestResult, Counts, CountStatus, ReportingUnit, UnitResult
from ...text import join_names
from .register import listed
from .report import Report, Words, name


class Past:
    """What is published of the file before; sums of it are made when they are asked for."""

    def __init__(self, published: ContestResult) -> None:
        self.units = published.units

    @cached_property
    def counted(self) -> int:
        return sum([unit.counted for unit in self.units.values()])

    @cached_property
    def valid_votes(self) -> int:
        return sum([u.counts.valid_votes for u in self.units.values() if u.counts and u.counted])


class Change(NamedTuple):
    """A unit that is published as counted and says something else now."""

    unit: ReportingUnit
    old: Counts
    new: Counts | None  # None when it waits again
    is_reopened: bool  # was complete, is partial


def changes_of(
    changed: Sequence[UnitResult],
    known: Mapping[str, ReportingUnit],
    past: Past,
    held: Collection[str],
) -> list[Change]:
    """The changes of units that were counted, less those that are held: they do not change."""
    found = []
    for now in changed:
        before = past.units.get(now.code)
        if before is None or before.counts is None or not before.counted or now.code in held:
            continue
        new = now.counts if now.counted else None
        was_complete = before.status is CountStatus.COMPLETE
        is_reopened = was_complete and now.status is CountStatus.PARTIAL
        found.append(Change(known[now.code], before.counts, new, is_reopened))
    return found


def check_history(
    changes: Sequence[Change],
    results: Mapping[str, UnitResult],
    contest: Contest,
    past: Past,
    say: Report,
) -> None:
    """What the changes take back (C301 to C309, C311, C312)."""
    waiting = [change for change in changes if change.new is None]
    emptied = [change for change in changes if _is_empty(change)]
    if waiting or emptied:
        nothing = not any(unit.counts and unit.counts.valid_votes for unit in results.values())
        _withdrawn(("C306", "C307"), waiting, past, say, all_of_it=nothing)
        _withdrawn(("C304", "C305"), emptied, past, say, all_of_it=nothing)
    _reopened([change for change in changes if change.is_reopened], past, say)
    counted = [change for change in changes if change.new is not None and not _is_empty(change)]
    others = _exchanged(counted, contest, past, say)
    if others and not _option_gone(results, contest, past, say):
        _fallen(others, contest, past, say)


def check_missing(
    strangers: Sequence[str],
    results: Mapping[str, UnitResult],
    known: Mapping[str, ReportingUnit],
    past: Past,
    say: Report,
) -> None:
    """Units that were counted and are not in the file any more (C205); where they are many (C310)
    or where many are in it that nobody knows (C291), the ``strangers``, the file waits. One that
    the reader holds is in the file."""
    if len(results) - len(strangers) == len(past.units):
        return
    gone = [c for c, unit in past.units.items()
            if c not in results and unit.counted and c not in say.held]  # fmt: skip
    for code in gone:
        say.add_code("C205", code)
    if _many(gone, "C291", past, say) and _many(strangers, "C291", past, say):
        say.add("C291", unknown=len(strangers), sample=listed(strangers), gone=len(gone))
    elif _many(gone, "C310", past, say):
        units = [known[code] for code in gone]
        counted = past.counted
        say.add_listed("C310", units, lambda unit: {"unit": name(unit)}, counted=counted)


def _is_empty(change: Change) -> bool:
    """Whether a unit that had votes has none."""
    return change.new is not None and not change.new.valid_votes and change.old.valid_votes > 0


def _withdrawn(
    codes: tuple[str, str],
    changes: Sequence[Change],
    past: Past,
    say: Report,
    *,
    all_of_it: bool,
) -> None:
    one, many = codes
    if changes and (all_of_it or _many(changes, many, past, say)):
        say.add_all_units(many, changes, counted=past.counted)
    else:
        say.add_units(one, changes, lambda change: {"before": change.old.valid_votes})


def _reopened(changes: Sequence[Change], past: Past, say: Report) -> None:
    if changes and _many(changes, "C309", past, say):
        say.add_all_units("C309", changes, counted=past.counted)
    else:
        say.add_units("C308", changes)


def _exchanged(
    changes: Sequence[Change], contest: Contest, past: Past, say: Report
) -> Sequence[Change]:
    """The changes less those where many units have their numbers at other options (C311)."""
    moved = [change for change in changes if _is_exchange(change)]
    if not moved or not (len(moved) == len(contest.units) or _many(moved, "C311", past, say)):
        return changes
    options = [
        option.short_name
        for option in contest.options
        if any(c.new and c.new.votes.get(option.id) != c.old.votes.get(option.id) for c in moved)
    ]
    named = join_names(options, "en"), join_names(options, "fr")
    say.add_all_units("C311", moved, options=named)
    return [change for change in changes if not _is_exchange(change)]


def _is_exchange(change: Change) -> bool:
    """Whether the same numbers stand at other options."""
    old, new = change.old, change.new
    if new is None or new.valid_votes != old.valid_votes or new.votes == old.votes:
        return False
    return sorted(new.votes.values()) == sorted(old.votes.values())


def _option_gone(
    results: Mapping[str, UnitResult], contest: Contest, past: Past, say: Report
) -> bool:
    """Whether an option that had votes has none in the whole file (C312)."""
    gone = False
    for option in contest.options:
        if any(_votes(unit, option.id) for unit in results.values()):
            continue
        before = sum(_votes(unit, option.id) for unit in past.units.values())
        if before >= say.limit("C312"):
            say.add("C312", option=option.name, before=before)
            gone = True
    return gone


def _votes(unit: UnitResult, option: str) -> int:
    return unit.counts.votes.get(option, 0) if unit.counts is not None and unit.counted else 0


def _fallen(changes: Sequence[Change], contest: Contest, past: Past, say: Report) -> None:
    """Units with fewer votes (C302, C303), and the sum of all with fewer (C301).

    Votes that only pass from one option to another are corrections, however many units they are
    of: Italy's table of 2022 had some in eight of its 49 at once.
    """
    smaller = [change for change in changes if _is_smaller(change)]
    passed = [c for c in changes if not _is_smaller(c) and _has_passed(c)]
    if _many(smaller, "C302", past, say):
        counted = past.counted
        say.add_all_units("C302", smaller, lambda fall: _number(fall, contest), counted=counted)
        smaller = []
    say.add_units("C303", [*smaller, *passed], lambda fall: _number(fall, contest))
    less = sum([c.old.valid_votes - c.new.valid_votes for c in changes if c.new is not None])
    if less <= 0:
        return
    before = past.valid_votes
    if less >= say.limit("C301") * before:
        say.add("C301", before=before, after=before - less, fall=less / before)


def _is_smaller(change: Change) -> bool:
    return change.new is not None and change.new.valid_votes < change.old.valid_votes


def _has_passed(change: Change) -> bool:
    """Whether an option has fewer votes."""
    now = change.new.votes if change.new is not None else {}
    before = change.old.votes
    return any(map(lt, map(now.get, before, repeat(0)), before.values()))


def _number(fall: Change, contest: Contest) -> Words:
    """What fell: the valid votes, or else the first option with fewer votes."""
    old, new = fall.old, fall.new
    assert new is not None
    if new.valid_votes < old.valid_votes:
        what = "valid votes", "les exprimés"
        return {"what": what, "before": old.valid_votes, "after": new.valid_votes}
    option = next(o for o in contest.options if new.votes.get(o.id, 0) < old.votes.get(o.id, 0))
    what = f"votes for {option.short_name}", f"les voix pour {option.short_name}"
    return {"what": what, "before": old.votes[option.id], "after": new.votes.get(option.id, 0)}


def _many(some: Collection[object], code: str, past: Past, say: Report) -> bool:
    """More than one, and more than the rule's limit of all that were counted."""
    return len(some) > 1 and len(some) > say.limit(code) * past.counted
