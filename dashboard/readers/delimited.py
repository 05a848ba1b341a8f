"""CSV and TSV to a grid.

The csv module in strict mode, not ``pandas.read_csv``: that one loads 10,057 of the 10,059
byte-prefixes of a small file without an error, pads short rows, shifts columns when every row has
one cell too many and renames repeated headers. pandas comes in once the rows are known to be sound.
"""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from .codes import refuse
from .decode import LONGEST_LINE
from .grid import LONGEST_CELL, Grid, SplitRows, normal, reject_excess

DELIMITERS = ";,\t|"


class Records(NamedTuple):
    """Every record that holds anything."""

    lines: list[int]  # that each starts on
    rows: Sequence[list[str]]


def parse_delimited(
    text: str,
    wanted: list[str],
    *,
    delimiter: str = "",
    header_row: int = 1,
    prose: bool = False,
    lazily: bool = False,
) -> Grid:
    """The grid of a delimited text.

    ``wanted`` are the header names sought: without a declared ``delimiter`` the one that finds
    most of them wins. ``prose``: a cell may hold line breaks and delimiters at once (posts); in
    a table of numbers that is a quotation mark that swallowed rows. ``lazily``: rows are only split
    when they are asked for, where that is possible.

    Raises ReadError: misplaced quotation mark, last row torn, beyond a cap.
    """
    body = _below(text, header_row)
    delimiter = delimiter or find_delimiter(body, wanted)
    records = _records(body, delimiter, header_row, prose)
    header = records.rows[0] if records.lines else []
    rows = records.rows[1:]
    if rows and len(rows[-1]) < len(header) and not text.endswith(("\n", "\r")):
        raise refuse("R105", line=records.lines[-1])
    return Grid(
        header=tuple(map(normal, header)),
        header_line=records.lines[0] if records.lines else header_row,
        rows=rows if lazily else list(rows),
        lines=records.lines[1:],
    )


def _below(text: str, header_row: int) -> str:
    """The text from a line on; the preamble may hold anything, even lone quotation marks."""
    if header_row == 1:
        return text
    lines = io.StringIO(text, newline="")  # splits at LF, CRLF and CR, and nowhere else
    for _ in range(header_row - 1):
        lines.readline()
    return lines.read()


def _records(body: str, delimiter: str, first_line: int, prose: bool) -> Records:
    """The records that hold anything; the header comes first. Without quotation marks each line is
    a record, which is quicker to see than what the csv module must look for."""
    body = _with_bare_header(body, delimiter)
    read = quoted_records if '"' in body else plain_records
    return read(body, delimiter, first_line, prose)


def _with_bare_header(body: str, delimiter: str) -> str:
    """The body; where only its header has quotation marks, and needs none, without these."""
    head, _, rest = body.partition("\n")
    if '"' not in head or '"' in rest or "\r" in head[:-1]:
        return body
    cells = _header(head, delimiter)
    bare = delimiter.join(cells)
    return f"{bare}\n{rest}" if bare.split(delimiter) == cells and '"' not in bare else body


def plain_records(body: str, delimiter: str, first_line: int, prose: bool) -> Records:
    """The records of a text without quotation marks, its rows not split yet."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    lines = body.split("\n")
    filled = [n for n, line in enumerate(lines) if line.strip(delimiter)]
    rows = SplitRows([lines[n] for n in filled], delimiter)
    longest = 0 if prose else _longest(lines, delimiter)
    reject_excess(len(rows) - 1, max(rows.widths(), default=0), longest)
    return Records([first_line + n for n in filled], rows)


def _longest(lines: Sequence[str], delimiter: str) -> int:
    """Characters of the longest cell, or of the longest line when that is short enough."""
    longest = max(map(len, lines))
    if longest <= LONGEST_CELL:
        return longest
    return max(len(cell) for line in lines for cell in line.split(delimiter))


def quoted_records(body: str, delimiter: str, first_line: int, prose: bool) -> Records:
    """The records of any text, as the csv module reads them, strictly."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    line = first_line
    try:
        for cells in reader:
            end = first_line + reader.line_num
            if cells and any(cells):
                longest = 0 if prose else max(map(len, cells))
                reject_excess(len(rows), len(cells), longest)
                if not prose and end > line + 1 and _swallowed(cells, delimiter):
                    raise refuse("R108", line=line)
                lines.append(line)
                rows.append(cells)
            line = end
    except csv.Error as error:
        raise refuse("R108", line=line) from error
    return Records(lines, rows)


def _swallowed(cells: list[str], delimiter: str) -> bool:
    return any(delimiter in cell and ("\n" in cell or "\r" in cell) for cell in cells)


def find_delimiter(body: str, wanted: list[str]) -> str:
    """The delimiter under which the first record has most of the ``wanted`` names."""
    names = {normal(name) for name in wanted}
    start = body[:LONGEST_LINE]

    def merit(delimiter: str) -> tuple[int, int]:
        header = _header(start, delimiter)
        return len(names.intersection(map(normal, header))), len(header)

    return max(DELIMITERS, key=merit)


def _header(body: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
