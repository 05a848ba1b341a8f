"""XLS, the workbook of before 2007, to rows of cells.

xlrd answers a broken file with whatever it trips over, so everything it raises means the same. The
format packs nothing, and no sheet may have more rows than its bytes pay for: what a file becomes in
memory is bounded by its size.
"""

import io
from collections.abc import Iterator
from typing import Any

import xlrd
import xlrd.book
import xlrd.sheet

OLD_MAGIC = b"\xd0\xcf\x11\xe0"
_SMALLEST_ROW = 10  # bytes: the least record of one cell, an empty one, with its head


class BrokenWorkbook(Exception):
    """The bytes are no workbook, or only the beginning of one."""


class OldWorkbook:
    """A workbook whose sheets are read one by one, as ``openpyxl`` gives those of an .xlsx."""

    def __init__(self, content: bytes) -> None:
        """Raises ``BrokenWorkbook``, and nothing else."""
        try:
            self._book = xlrd.open_workbook(
                file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
            )
            self.sheetnames: list[str] = self._book.sheet_names()
        except Exception as error:
            raise BrokenWorkbook from error

    def rows(self, name: str) -> Iterator[tuple[object, ...]]:
        """The cells of each row: text, int, float or None. Raises ``BrokenWorkbook``."""
        try:
            sheet = _sheet_of(self._book, name)
            for number in range(sheet.nrows):
                yield tuple(map(_value, sheet.row(number))) if sheet.row_len(number) else ()
        except Exception as error:
            raise BrokenWorkbook from error


class _Sheet(xlrd.sheet.Sheet):  # type: ignore[misc]  # xlrd has no types
    """Refuses a far cell when it comes: xlrd would make 64,000 empty rows above it."""

    utter_max_rows: int

    def __init__(self, book: Any, *rest: Any) -> None:
        super().__init__(book, *rest)
        self.utter_max_rows = min(self.utter_max_rows, len(book.mem) // _SMALLEST_ROW)


def _sheet_of(book: Any, name: str) -> Any:
    """As ``Book.get_sheet`` of xlrd 2, which has no place for a sheet of another class."""
    number = book.sheet_names().index(name)
    if book.sheet_loaded(number):  # of before 1993: its only sheet was read with it
        return book.sheet_by_index(number)
    book._position = book._sh_abs_posn[number]
    book.getbof(xlrd.book.XL_WORKSHEET)
    sheet = _Sheet(book, book._position, name, number)
    sheet.read(book)
    return sheet


def _value(cell: Any) -> object:
    """A truth value and an error are numbers in the file: neither may pass for a count."""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERR")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} else cell.value
