"""A table of text cells, wherever it came from, and the checks every table must pass."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from operator import itemgetter
from typing import overload

from .cells import SPACES
from .codes import quote, quote_fr, refuse
from .decode import too_many

MOST_ROWS = 200_000
MOST_COLUMNS = 500
LONGEST_CELL = 10_000  # characters


class SplitRows(Sequence[list[str]]):
    """Lines without quotation marks as rows, split whenever one is asked for.

    For who goes over them once: 70,000 rows of 127 cells are nine million texts, and to make and
    drop them one row at a time takes half the memory and less time.
    """

    def __init__(self, lines: Sequence[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> "SplitRows": ...
    def __getitem__(self, place: int | slice) -> "list[str] | SplitRows":
        if isinstance(place, slice):
            return SplitRows(self._lines[place], self._delimiter)
        return self._lines[place].split(self._delimiter)

    def __iter__(self) -> Iterator[list[str]]:
        return (line.split(self._delimiter) for line in self._lines)

    def widths(self) -> list[int]:
        return [line.count(self._delimiter) + 1 for line in self._lines]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells exactly as written; ``lines`` is the 1-based line of each row, 0 in JSON.

    Rows without a single character are left out. A row may be longer or shorter than the header:
    that is for the reader of the table to judge.
    """

    header: tuple[str, ...]  # normalised
    header_line: int
    rows: Sequence[list[str]]
    lines: list[int]

    def widths(self) -> list[int]:
        """How many cells each row has."""
        return self.rows.widths() if isinstance(self.rows, SplitRows) else list(map(len, self.rows))

    def column(self, place: int) -> list[str]:
        """The cells of a column, counted from 0, of rows that all have it."""
        return list(map(itemgetter(place), self.rows))

    def keep(self, indices: Iterable[int]) -> "Grid":
        """The grid with only these rows, counted from 0."""
        kept = list(indices)
        return Grid(
            self.header,
            self.header_line,
            [self.rows[index] for index in kept],
            [self.lines[index] for index in kept],
        )


def normal(text: str) -> str:
    """A cell that is compared: without surrounding spaces, NFC."""
    text = text.strip(SPACES)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def reject_excess(rows: int, columns: int, longest: int) -> None:
    """ReadError beyond a cap: what a results table never needs, a bomb always does."""
    if rows <= MOST_ROWS and columns <= MOST_COLUMNS and longest <= LONGEST_CELL:
        return
    for found, limit, what, what_fr in (
        (rows, MOST_ROWS, "rows", "lignes"),
        (columns, MOST_COLUMNS, "columns", "colonnes"),
        (longest, LONGEST_CELL, "characters in one cell", "caractères dans une cellule"),
    ):
        if found > limit:
            raise too_many(what, what_fr, found, limit)


def locate(grid: Grid, names: list[str]) -> dict[str, int]:
    """Where each named column is: name as given -> index.

    Names match exactly, after trimming and NFC. ReadError names all the missing ones, with those
    that look alike, or one that the header holds twice.
    """
    wanted = {name: normal(name) for name in dict.fromkeys(names)}
    if missing := [name for name, exact in wanted.items() if exact not in grid.header]:
        raise refuse(
            "R201",
            line=grid.header_line,
            missing=", ".join(_missing(name, grid.header, quote, "found: ") for name in missing),
            missing_fr=", ".join(
                _missing(name, grid.header, quote_fr, "trouvé : ") for name in missing
            ),
        )
    for name, exact in wanted.items():
        if (count := grid.header.count(exact)) > 1:
            raise refuse("R202", line=grid.header_line, column=name, count=count)
    return {name: grid.header.index(exact) for name, exact in wanted.items()}


def _missing(name: str, header: tuple[str, ...], quoted: Callable[[str], str], found: str) -> str:
    folded = {present.casefold(): present for present in header if present}
    alike = get_close_matches(normal(name).casefold(), folded, n=3, cutoff=0.6)
    if not alike:
        return quoted(name)
    return f"{quoted(name)} ({found}{', '.join(quoted(folded[key]) for key in alike)})"
