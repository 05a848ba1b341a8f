"""Who has how much of what."""

from dataclasses import dataclass

from ..model import Contest, Counts, Option


@dataclass(frozen=True, slots=True)
class Standing:
    """An option's votes and share of the valid votes (0 to 1; ``None`` when there are none)."""

    option: Option
    votes: int
    share: float | None


def standing(contest: Contest, counts: Counts | None) -> tuple[Standing, ...]:
    """Every option, in the order of the ballot paper."""
    votes = counts.votes if counts else {}
    valid = counts.valid_votes if counts else 0
    return tuple(
        Standing(option, number := votes.get(option.id, 0), number / valid if valid else None)
        for option in contest.options
    )


def leader(contest: Contest, counts: Counts | None) -> Option | None:
    """The option with most votes; ``None`` on a tie for the first place or without any vote.

    Decided on the integers: two shares that round alike are not a tie. What is left over
    (``Option.remainder``) is several candidates in one number and never leads.
    """
    named = [s for s in standing(contest, counts) if not s.option.remainder]
    ranked = sorted(named, key=lambda s: s.votes, reverse=True)
    if not ranked or ranked[0].votes == 0:
        return None
    if len(ranked) > 1 and ranked[0].votes == ranked[1].votes:
        return None
    return ranked[0].option
