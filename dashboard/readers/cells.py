"""One strict integer parser for every count of every file.

Python's ``int`` accepts ``1_000`` and Arabic digits, pandas guesses: neither may read a vote.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

SPACES = " \t\u00a0\u202f"  # what may surround a cell: U+0020, tab, no-break, narrow no-break
LARGEST = 10**8  # no reporting unit on Earth holds more; also far below JavaScript's 2**53
_SURE_DIGITS = len(str(LARGEST)) - 1  # so many digits are never too large

_DIGITS = re.compile(r"[0-9]+")
_NEGATIVE = re.compile(r"[-\u2212] ?[0-9][0-9 .,\u00a0\u202f]*")
_FRACTION = re.compile(r"[0-9][0-9 \u00a0\u202f]*[.,][0-9]+")


class BadCell(ValueError):
    """A cell that is no count; ``code`` is the R-code that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_integer(text: str, thousands: str = "") -> int:
    """The non-negative integer a cell holds, at most ``LARGEST``; else ``BadCell``.

    Accepted: ASCII digits; groups of three after the first, all separated by the same U+0020,
    U+00A0, U+202F or declared ``thousands``; and one ``.0`` at the end, because pandas writes
    whole numbers so as soon as a column has one hole (seen in US county tables). Exactly ``.0``:
    ``1.000`` is one thousand in half of Europe and stays refused, and where "." is the
    declared separator ``.0`` is refused as well.
    """
    digits = text.strip(SPACES)
    if not digits:
        raise BadCell("R401")
    if thousands != "." and digits.endswith(".0"):
        digits = digits[:-2]
    if not _DIGITS.fullmatch(digits):
        digits = _ungroup(digits, thousands)
    digits = digits.lstrip("0") or "0"
    # The length first: Python refuses to convert thousands of digits, with another exception.
    if len(digits) > _SURE_DIGITS + 1 or int(digits) > LARGEST:
        raise BadCell("R405")
    return int(digits)


def _ungroup(text: str, thousands: str) -> str:
    separators = " \u00a0\u202f" + thousands
    grouped = rf"[0-9]{{1,3}}([{re.escape(separators)}])[0-9]{{3}}(?:\1[0-9]{{3}})*"
    if re.fullmatch(grouped, text):
        return "".join(_DIGITS.findall(text))
    if _NEGATIVE.fullmatch(text):
        raise BadCell("R403")
    if _FRACTION.fullmatch(text):
        raise BadCell("R404")
    raise BadCell("R402")


def parse_column(cells: Sequence[str | None], thousands: str = "") -> list[int | None]:
    """The integers of a column, ``None`` where ``parse_integer`` refuses (or the cell is None).

    Nearly every column of a real file is sure digits from top to bottom, and known to be so by
    looking at it once: that makes a table of 35,000 rows affordable.
    """
    if (sure := _all_sure(cells)) is not None:
        return sure
    return [
        int(cell) if cell and _sure(cell) else integer_or_none(cell, thousands) for cell in cells
    ]


def _all_sure(cells: Sequence[str | None]) -> list[int | None] | None:
    """The integers of a column that holds nothing but ASCII digits; ``None`` of another."""
    try:
        digits = "".join(cast("Sequence[str]", cells))
        numbers = [*map(int, cast("Sequence[str]", cells))]
    except (TypeError, ValueError):  # nothing at all, an empty cell, thousands of digits
        return None
    is_sure = digits.isascii() and digits.isdigit() and max(numbers) <= LARGEST
    return cast("list[int | None]", numbers) if is_sure else None


def _sure(cell: str) -> bool:
    return len(cell) <= _SURE_DIGITS and cell.isascii() and cell.isdigit()


def integer_or_none(cell: str | None, thousands: str = "") -> int | None:
    """As ``parse_integer``, ``None`` where it refuses."""
    if cell is None:
        return None
    try:
        return parse_integer(cell, thousands)
    except BadCell:
        return None


def refusal(cell: str | None, thousands: str = "") -> str:
    """The R-code of a cell that ``parse_column`` refused."""
    if cell is None:
        return "R306"
    try:
        parse_integer(cell, thousands)
    except BadCell as bad:
        return bad.code
    raise ValueError(f"{cell!r} is a count")


def sum_cells(cells: Iterable[str], thousands: str = "") -> str:
    """The sum of the parts of one count, as a cell; a part that is no count stands for the whole,
    so that who reads it refuses that very part. Of no part at all it is "", which is no count."""
    total, is_any = 0, False
    for cell in cells:
        try:
            total += int(cell) if _sure(cell) else parse_integer(cell, thousands)
        except BadCell:
            return cell
        is_any = True
    return str(total) if is_any else ""


def put_cell(cells: dict[str, str], key: str, cell: str) -> None:
    """A second cell at the same place makes no sum: together they are no count."""
    cells[key] = f"{cells[key]} + {cell}" if key in cells else cell


def readable(cells: Mapping[str, str]) -> dict[str, int]:
    """The counts among some cells; the others are left out."""
    numbers = zip(cells, parse_column([*cells.values()]), strict=True)
    return {name: number for name, number in numbers if number is not None}
