"""The candidates or lists of a row of the French ministry's tables, and where their votes are."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ..grid import normal
from ..official import OfficialOption
from ..rows import VOTES


@dataclass(frozen=True, slots=True)
class Slate:
    """The candidates of a row as it writes them, and where their votes are in such a row."""

    options: tuple[OfficialOption, ...]
    votes: Mapping[str, int]  # key of cells -> column
    cells: Callable[[Sequence[str]], dict[str, str]]  # of such a row: fields of Counts, and votes
    repeated: str = ""  # the id that two candidates have


class Slates:
    """The slate of each row. Most rows have the candidates of another: each is read once."""

    def __init__(self, groups: Sequence[Mapping[str, int]], fields: Mapping[str, int]) -> None:
        """``groups`` and ``fields`` as in ``french_table.Table``."""
        self._groups, self._fields = groups, fields
        written = [p for group in groups for role, p in group.items() if role != "votes"]
        self._written = picker(written)
        self._known: dict[tuple[str, ...], Slate] = {}
        self._last: tuple[tuple[str, ...], Slate] | None = None  # mostly the row before's

    def of(self, row: Sequence[str]) -> Slate:
        written = self._written(row)
        if self._last is not None and self._last[0] == written:
            return self._last[1]
        slate = self._known.get(written)
        if slate is None:
            slate = self._known[written] = self._read(row)
        self._last = written, slate
        return slate

    def _read(self, row: Sequence[str]) -> Slate:
        found = []
        for group in self._groups:
            said = {role: normal(row[place]) for role, place in group.items()}
            if any(text for role, text in said.items() if role != "votes"):
                found.append((_option(said), group["votes"]))
        found.sort(key=lambda pair: _order(pair[0]))
        options = tuple(option for option, _ in found)
        votes = {VOTES + option.id: place for option, place in found}
        counted = Counter(option.id for option in options)
        return Slate(
            options,
            votes,
            _cells({**self._fields, **votes}),
            next((id_ for id_, count in counted.items() if count > 1), ""),
        )


def _order(option: OfficialOption) -> tuple[int, str]:
    """By panel number; without numbers the order of the file stays, for sorting keeps it."""
    is_number = option.id.isascii() and option.id.isdigit()
    return (int(option.id[:9]), option.id) if is_number else (10**9, "")


def _option(said: Mapping[str, str]) -> OfficialOption:
    surname, given = capitalised(said.get("surname", "")), said.get("given", "")
    title, short = said.get("title", ""), said.get("short", "")
    nuance = said.get("nuance") or said.get("list_nuance", "")
    person = f"{given} {surname}".strip()
    written = (said.get("surname", ""), given, title or short)
    return OfficialOption(
        id=said.get("number") or " ".join(filter(None, written)) or nuance,
        name=person or title or short or nuance,
        short_name=surname or short,
        group=(title or short or nuance) if person else nuance,
    )


def capitalised(surname: str) -> str:
    """A surname in capitals as it is written in a sentence."""
    return surname.title() if surname.isupper() else surname


def _cells(places: Mapping[str, int]) -> Callable[[Sequence[str]], dict[str, str]]:
    """The cells of a row by key."""
    keys, pick = list(places), picker(places.values())
    return lambda row: dict(zip(keys, pick(row), strict=True))


def picker(places: Iterable[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """The cells at these places, as a tuple however many they are."""
    wanted = list(places)
    if len(wanted) > 1:
        return itemgetter(*wanted)
    return lambda row: tuple(row[place] for place in wanted)
