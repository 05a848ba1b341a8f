"""An earlier vote of the same places, to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .counts import Counts


@dataclass(frozen=True, slots=True, eq=False)  # a country has 35,000 units, the same all night
class Previous:
    """A round before, or an earlier election; votes are by the ids of this contest's options.

    Where only the shares of the whole were published, ``counts`` is empty.
    """

    label: str  # what screens call it: "1er tour"
    label_en: str
    credit: str = ""
    options: frozenset[str] = frozenset()  # ids of this contest's options that stood then
    shares: Mapping[str, float] = field(default_factory=dict)  # of the whole (0 to 1), by option
    counts: Mapping[str, Counts] = field(default_factory=dict)  # by code, of units there are now
    others: Mapping[str, str] = field(default_factory=dict)  # names of the options of then only
    first_round: bool = False  # whether it is the first round of this very contest
    gone: tuple[str, ...] = ()  # codes of units that there were then, and are not now

    def called(self, lang: str) -> str:
        """Its label in a language."""
        return self.label_en if lang == "en" else self.label
