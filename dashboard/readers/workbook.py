"""XLSX and XLS to a grid of text cells."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from ..clean import NAME_LIMIT, clean_text
from .codes import refuse
from .decode import LARGEST_FILE, too_many
from .grid import MOST_ROWS, Grid, normal, reject_excess
from .old_workbook import OLD_MAGIC, BrokenWorkbook, OldWorkbook

MAGIC = b"PK\x03\x04"
LARGEST_INFLATED = 256 * 2**20  # bytes
LARGEST_RATIO = 100  # inflated over compressed; a real workbook stays under 20
_SMALL = 2**20  # bytes inflated below which no ratio hurts


def is_workbook(content: bytes) -> bool:
    """Whether a file is to be read as a workbook, .xlsx or .xls."""
    return content.startswith((MAGIC, OLD_MAGIC))


def parse_workbook(content: bytes, *, sheet: str = "", header_row: int = 1) -> Grid:
    """The grid of one sheet, the first by default; values, not formulas.

    A cell typed as a whole number becomes its digits, an empty cell "". ``lines`` are row numbers
    of the sheet.

    Raises ReadError: a bomb, a broken archive, no such sheet, beyond a cap.
    """
    if content.startswith(OLD_MAGIC):
        return parse_old_workbook(content, sheet=sheet, header_row=header_row)
    _reject_bombs(content)
    # openpyxl meets broken XML with any exception it or its libraries know (KeyError, TypeError,
    # ParseError, zlib.error…): all of them mean the same here.
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        names = list(book.sheetnames)
    except Exception as error:
        raise _broken() from error
    return _grid(_rows(book, _chosen(names, sheet)), header_row)


def parse_old_workbook(content: bytes, *, sheet: str = "", header_row: int = 1) -> Grid:
    """The same of an .xls."""
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    try:
        book = OldWorkbook(content)
        return _grid(book.rows(_chosen(book.sheetnames, sheet)), header_row)
    except BrokenWorkbook as error:
        raise _broken() from error


def _chosen(names: list[str], sheet: str) -> str:
    """The sheet of that name, the first without one. Raises ReadError when there is none."""
    if not names:
        raise _broken()
    if sheet and sheet not in names:
        listed = clean_text(", ".join(names), NAME_LIMIT)
        raise refuse(
            "R107",
            why=f"it has no sheet '{sheet}', only: {listed}",
            why_fr=f"il n’a pas de feuille « {sheet} », seulement : {listed}",
        )
    return sheet or names[0]


def _rows(book: Any, sheet: str) -> Iterator[tuple[Any, ...]]:
    try:
        worksheet = book[sheet]
        worksheet.reset_dimensions()  # a sheet may lie about its size; count what comes
        yield from worksheet.iter_rows(values_only=True)
    except Exception as error:
        raise _broken() from error


def _grid(rows: Iterator[tuple[Any, ...]], header_row: int) -> Grid:
    header: list[str] = []
    body: list[list[str]] = []
    lines: list[int] = []
    for line, values in enumerate(rows, start=1):
        if not values and header_row != line <= MOST_ROWS:
            continue  # of a far cell's 64,000 rows above it, quickly
        reject_excess(line - header_row, len(values), 0)
        if line < header_row:
            continue
        cells = [as_text(value) for value in values]
        reject_excess(0, 0, max(map(len, cells), default=0))
        if line == header_row:
            header = _trimmed(cells)
        elif any(cells):
            # A sheet is a rectangle: a shorter row is one whose last cells are empty.
            body.append(_trimmed(cells) + [""] * (len(header) - len(_trimmed(cells))))
            lines.append(line)
    if not header and not body:
        raise refuse("R101")
    return Grid(tuple(map(normal, header)), header_row, body, lines)


def as_text(value: object) -> str:
    """What a typed cell says, as a text file would say it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _reject_bombs(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception as error:
        raise _broken() from error
    inflated = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    # zipfile never inflates a member beyond the size its directory states.
    if inflated > LARGEST_INFLATED:
        raise too_many("inflated bytes", "octets décompressés", inflated, LARGEST_INFLATED)
    if inflated > _SMALL and inflated > LARGEST_RATIO * packed:
        raise too_many(
            "bytes for each compressed one",
            "octets par octet compressé",
            inflated // packed,
            LARGEST_RATIO,
        )


def _broken() -> Exception:
    return refuse(
        "R107",
        why="it is torn or is no .xlsx or .xls workbook",
        why_fr="il est tronqué ou n’est pas un classeur .xlsx ou .xls",
    )
