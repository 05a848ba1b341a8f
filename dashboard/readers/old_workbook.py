"""XLS, the workbook of before 2007, to rows of cells.

xlrd answers a broken file with whatever it trips over, so everything it raises means the same. The
format packs nothing: what a file becomes in memory is bounded by its size.
"""

import io
from collections.abc import Iterator
from typing import Any

import xlrd

OLD_MAGIC = b"\xd0\xcf\x11\xe0"


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
            sheet = self._book.sheet_by_name(name)
            for number in range(sheet.nrows):
                yield tuple(map(_value, sheet.row(number))) if sheet.row_len(number) else ()
        except Exception as error:
            raise BrokenWorkbook from error


def _value(cell: Any) -> object:
    """A truth value and an error are numbers in the file: neither may pass for a count."""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERR")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} else cell.value
