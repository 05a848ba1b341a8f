"""What one reporting unit, or a sum of them, counted."""

from collections.abc import Mapping
from dataclasses import dataclass

# Every number of a count but the votes, in the order of the form.
COUNT_FIELDS = (
    "registered_voters",
    "ballots_cast",
    "blank_ballots",
    "invalid_ballots",
    "blank_or_invalid_ballots",
    "valid_votes",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Integers exactly as the source gave them; ``None`` where it gave nothing.

    Some sources print blank and invalid ballots as one number (French law counted them
    together before 2014): then only ``blank_or_invalid_ballots`` is set.
    """

    votes: Mapping[str, int]  # voix, by option id
    valid_votes: int  # exprimés
    blank_ballots: int | None = None  # blancs
    invalid_ballots: int | None = None  # nuls
    blank_or_invalid_ballots: int | None = None  # blancs et nuls, when the source does not split
    ballots_cast: int | None = None  # votants
    registered_voters: int | None = None  # inscrits

    @property
    def rejected_ballots(self) -> int | None:
        """Blank plus invalid ballots, or ``None`` when the source says nothing of them."""
        if self.blank_or_invalid_ballots is not None:
            return self.blank_or_invalid_ballots
        if self.blank_ballots is None and self.invalid_ballots is None:
            return None
        return (self.blank_ballots or 0) + (self.invalid_ballots or 0)

    @property
    def turnout(self) -> float | None:
        """Ballots cast over registered voters, 0 to 1."""
        if self.ballots_cast is None or not self.registered_voters:
            return None
        return self.ballots_cast / self.registered_voters

    @property
    def abstentions(self) -> int | None:
        """Registered voters who did not vote."""
        if self.ballots_cast is None or self.registered_voters is None:
            return None
        return self.registered_voters - self.ballots_cast
