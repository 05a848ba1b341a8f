"""Where a page is: the whole of a contest, or what one parent counts of it."""

from dataclasses import dataclass

from ..model import Contest, Election
from .addresses import Address


@dataclass(frozen=True, slots=True)
class Place:
    """The whole of a contest (``code`` is ""), or the part of the parent of that code."""

    election: Election
    whole: Contest
    code: str = ""

    @property
    def is_part(self) -> bool:
        return bool(self.code)

    def document(self, screen: str, lang: str) -> str:
        """The name of a screen's document: "home.fr", "home.mayor.fr", "home.@34.fr".

        The first contest is what a viewer gets without asking, so its name is the short one.
        """
        first = self.whole is self.election.contests[0]
        names = [screen, "" if first else self.whole.id, self.code and f"@{self.code}", lang]
        return ".".join(filter(None, names))

    def address(self, lang: str, code: str = "") -> str:
        """The path of the dashboard of the whole, or of a parent."""
        first = self.whole is self.election.contests[0]
        return Address(
            lang="" if lang == self.election.language else lang,
            contest="" if first else self.whole.id,
            place=code,
        ).path
