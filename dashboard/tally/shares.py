"""Who has how much of what."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Contest, Counts, Option


class Standing(NamedTuple):
    """An option's votes and share of the valid votes (0 to 1; ``None`` when there are none)."""

    option: Option
    votes: int
    share: float | None


def standing(contest: Contest, counts: Counts | None) -> tuple[Standing, ...]:
    """Every option, in the order of the ballot paper."""
    votes = counts.votes if counts else {}
    valid = counts.valid_votes if counts else 0
    return tuple(
        [
            Standing(option, number := votes.get(option.id, 0), number / valid if valid else None)
            for option in contest.options
        ]
    )


def by_votes(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Most votes first; what is left over (several candidates in one number) is last.

    Equal votes keep the order of the ballot paper.
    """
    return tuple(sorted(standings, key=_place))


def _place(each: Standing) -> tuple[bool, int]:
    return each.option.remainder, -each.votes


def leader(ranked: Sequence[Standing]) -> Option | None:
    """The first of ``by_votes``; ``None`` on a tie for the first place or without any vote.

    Decided on the integers: two shares that round alike are not a tie. What is left over
    (``Option.remainder``) is several candidates in one number and never leads.
    """
    first, second = (*ranked[:2], None, None)[:2]
    if first is None or first.option.remainder or first.votes == 0:
        return None
    tied = second is not None and not second.option.remainder and second.votes == first.votes
    return None if tied else first.option
