"""Shares that do not move while the votes rise: old percentages put to a new total.

In the first round of the primary of 2017 the official total rose overnight from 1,249,126 to
1,601,139 votes, every share the same to the decimal, and nobody's system noticed. On real counts
that is rare: of 3,029 pairs of states of the nights kept in ``ts_it2022``,
``ts_waukesha2024`` and ``fr2022_presidentielle_*`` between which the votes rose by 5 % or more
none had all its shares within these tolerances (tests/real/test_replays.py).
It is not impossible: of all contests of ``ts_la2018_4steps`` one rises from 34,270 to 54,073 votes
like that, and is held.
"""

from collections.abc import Sequence

from ...model import Counts
from ..totals import add, total
from .history import Change, Past
from .report import Report

_TENTH, _HUNDREDTH = 0.0005, 0.0001  # shares this close print alike with one or two decimals
_SIZABLE = 0.02  # share from which an option says anything
_FEWEST = 1_000  # valid votes: below, a share moves in larger steps than a tenth of a point
_FEWEST_OF_TWO = 10_000  # the same for a hundredth, and where only two options say anything


def check_frozen(changes: Sequence[Change], past: Past, say: Report) -> Sequence[Change]:
    """Units counted before whose votes rise and whose shares do not move (C401), or all others
    together (C402). The changes less those that are held now."""
    frozen = [c for c in changes if c.new and is_frozen(c.old, c.new, say.limit("C401"))]
    say.add_units("C401", frozen, lambda change: _numbers(change.old, change.new))
    moving = [c for c in changes if c.unit.code not in say.held] if frozen else changes
    more = sum([c.new.valid_votes - c.old.valid_votes for c in moving if c.new is not None])
    if len(moving) > 1 and more > 0 and more >= say.limit("C402") * past.valid_votes:
        _check_sum(moving, past, say)
    return moving


def _check_sum(changes: Sequence[Change], past: Past, say: Report) -> None:
    before = total(past.units.values())
    same = {change.unit.code for change in changes}
    kept = total(unit for unit in past.units.values() if unit.code not in same)
    after = add([kept, *(change.new for change in changes)])
    if before is not None and after is not None and is_frozen(before, after, say.limit("C402")):
        say.add("C402", before=before.valid_votes, after=after.valid_votes)


def is_frozen(old: Counts, new: Counts, rise: float) -> bool:
    """Whether the valid votes rise by that share of them or more and no option's share moves."""
    before, after = old.valid_votes, new.valid_votes
    if not before or after < before * (1 + rise) or after < _FEWEST:
        return False
    sizable = sum(votes >= _SIZABLE * after for votes in new.votes.values())
    if sizable < 2 or (sizable == 2 and after < _FEWEST_OF_TWO):
        return False
    tolerance = _TENTH if sizable > 2 else _HUNDREDTH
    return all(
        abs(votes / after - old.votes.get(option, 0) / before) <= tolerance
        for option, votes in new.votes.items()
    )


def _numbers(old: Counts, new: Counts | None) -> dict[str, int]:
    assert new is not None
    return {"before": old.valid_votes, "after": new.valid_votes}
