"""Shares that do not move while the votes rise: old percentages put to a new total.

In the first round of the primary of 2017 the official total rose overnight from 1,249,126 to
1,601,139 votes, every share the same to the decimal, and nobody's system noticed. Where few options
stand, a true count may do so by chance: of the 289 contests of ``ts_la2018_4steps`` five do, all
of two or three options (C410 tells them). Of four or more none did to a tenth of a point, there or
in 3,029 pairs of states of ``ts_it2022``, ``ts_waukesha2024`` and ``fr2022_presidentielle_*``; C401
and C402 ask for a hundredth (tests/real/test_replays.py).
"""

from collections.abc import Sequence

from ...model import Counts
from ..totals import add, total
from .history import Change, Past
from .report import Report

_TENTH, _HUNDREDTH = 0.0005, 0.0001  # of a point: old percentages of one or two decimals
_SIZABLE = 0.02  # share from which an option says anything
_MANY = 4  # sizable options: that all of them stand still is no chance
_FEWEST = 1_000  # valid votes: below, a share moves in larger steps than a tenth of a point
_FEWEST_OF_HUNDREDTHS = 10_000


def check_frozen(changes: Sequence[Change], past: Past, say: Report) -> Sequence[Change]:
    """Units counted before whose votes rise and whose shares do not move (C401, or C410 where that
    may be chance), or all others together (C402, C411). The changes less those that are held now.
    """
    rise = 1 + min(say.limit("C401"), say.limit("C410"))
    rising = [c for c in changes if c.new and c.new.valid_votes >= rise * c.old.valid_votes]
    frozen = [c for c in rising if c.new and is_frozen(c.old, c.new, say.limit("C401"))]
    say.add_units("C401", frozen, lambda change: _numbers(change.old, change.new))
    alike = [c for c in rising if c.new and is_alike(c.old, c.new, say.limit("C410"))]
    told = {change.unit.code for change in frozen}
    perhaps = [change for change in alike if change.unit.code not in told]
    say.add_units("C410", perhaps, lambda change: _numbers(change.old, change.new))
    moving = [c for c in changes if c.unit.code not in say.held] if frozen or perhaps else changes
    _check_sum(moving, past, say)
    return moving


def _check_sum(changes: Sequence[Change], past: Past, say: Report) -> None:
    least = min(say.limit("C402"), say.limit("C411"))
    more = sum([c.new.valid_votes - c.old.valid_votes for c in changes if c.new is not None])
    if len(changes) < 2 or more <= 0 or more < least * past.valid_votes:
        return
    before = total(past.units.values())
    same = {change.unit.code for change in changes}
    kept = total(unit for unit in past.units.values() if unit.code not in same)
    after = add([kept, *(change.new for change in changes)])
    if before is None or after is None:
        return
    if is_frozen(before, after, say.limit("C402")):
        say.add("C402", before=before.valid_votes, after=after.valid_votes)
    elif is_alike(before, after, say.limit("C411")):
        say.add("C411", before=before.valid_votes, after=after.valid_votes)


def is_frozen(old: Counts, new: Counts, rise: float) -> bool:
    """Whether the valid votes rise by that share of them or more while the shares of many options
    all stay within a hundredth of a point."""
    return (
        _rises(old, new, rise, _FEWEST_OF_HUNDREDTHS)
        and _sizable(new) >= _MANY
        and _are_within(_HUNDREDTH, old, new)
    )


def is_alike(old: Counts, new: Counts, rise: float) -> bool:
    """As ``is_frozen``, of fewer options, or within a tenth of a point: a hundredth of two."""
    if not _rises(old, new, rise, _FEWEST) or (sizable := _sizable(new)) < 2:
        return False
    if sizable > 2:
        return _are_within(_TENTH, old, new)
    return new.valid_votes >= _FEWEST_OF_HUNDREDTHS and _are_within(_HUNDREDTH, old, new)


def _rises(old: Counts, new: Counts, rise: float, fewest: int) -> bool:
    before, after = old.valid_votes, new.valid_votes
    return before > 0 and after >= before * (1 + rise) and after >= fewest


def _sizable(counts: Counts) -> int:
    return sum(votes >= _SIZABLE * counts.valid_votes for votes in counts.votes.values())


def _are_within(tolerance: float, old: Counts, new: Counts) -> bool:
    before, after = old.valid_votes, new.valid_votes
    return all(
        abs(votes / after - old.votes.get(option, 0) / before) <= tolerance
        for option, votes in new.votes.items()
    )


def _numbers(old: Counts, new: Counts | None) -> dict[str, int]:
    assert new is not None
    return {"before": old.valid_votes, "after": new.valid_votes}
