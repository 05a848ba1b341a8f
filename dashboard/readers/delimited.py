"""CSV and TSV to a grid.

The csv module in strict mode, not ``pandas.read_csv``: that one loads 10,057 of the 10,059
byte-prefixes of a small file without an error, pads short rows, shifts columns when every row has
one cell too many and renames repeated headers. pandas comes in once the rows are known to be sound.
"""

import csv
import io
from collections.abc import Sequence
from typing import TypeAlias

from .codes import refuse
from .decode import LONGEST_LINE
from .grid import LONGEST_CELL, Grid, normal, reject_excess

DELIMITERS = ";,\t|"
Records: TypeAlias = list[tuple[int, list[str]]]  # line a record starts on, its cells


def parse_delimited(
    text: str,
    wanted: list[str],
    *,
    delimiter: str = "",
    header_row: int = 1,
    prose: bool = False,
) -> Grid:
    """The grid of a delimited text.

    ``wanted`` are the header names sought: without a declared ``delimiter`` the one that finds
    most of them wins. ``prose``: a cell may hold line breaks and delimiters at once (posts); in
    a table of numbers that is a quotation mark that swallowed rows.

    Raises ReadError: misplaced quotation mark, last row torn, beyond a cap.
    """
    body = _below(text, header_row)
    delimiter = delimiter or find_delimiter(body, wanted)
    first, *records = _records(body, delimiter, header_row, prose) or [(header_row, [])]
    header_line, header = first
    rows = [record for _, record in records]
    if records and len(rows[-1]) < len(header) and not text.endswith(("\n", "\r")):
        raise refuse("R105", line=records[-1][0])
    return Grid(
        header=tuple(map(normal, header)),
        header_line=header_line,
        rows=rows,
        lines=[line for line, _ in records],
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
    """The records that hold anything; the header comes first. Without quotation marks below the
    header each line is a record, which is quicker to see than what the csv module must look for."""
    head, found, rest = body.partition("\n")
    if '"' in rest or (found and "\r" in head[:-1]):
        return _quoted_records(body, delimiter, first_line, prose)
    header = _quoted_records(head, delimiter, first_line, prose)
    return [*header, *_plain_records(rest, delimiter, first_line + 1, prose)] if found else header


def _plain_records(body: str, delimiter: str, first_line: int, prose: bool) -> Records:
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [(n, line) for n, line in enumerate(lines, first_line) if line.strip(delimiter)]
    columns = max((line.count(delimiter) for _, line in filled), default=0) + 1
    reject_excess(len(filled), columns, 0 if prose else _longest(lines, delimiter))
    return [(n, line.split(delimiter)) for n, line in filled]


def _longest(lines: Sequence[str], delimiter: str) -> int:
    """Characters of the longest cell, or of the longest line when that is short enough."""
    longest = max(map(len, lines))
    if longest <= LONGEST_CELL:
        return longest
    return max(len(cell) for line in lines for cell in line.split(delimiter))


def _quoted_records(body: str, delimiter: str, first_line: int, prose: bool) -> Records:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    records: Records = []
    line = first_line
    try:
        for cells in reader:
            end = first_line + reader.line_num
            if cells and any(cells):
                longest = 0 if prose else max(map(len, cells))
                reject_excess(len(records), len(cells), longest)
                if not prose and end > line + 1 and _swallowed(cells, delimiter):
                    raise refuse("R108", line=line)
                records.append((line, cells))
            line = end
    except csv.Error as error:
        raise refuse("R108", line=line) from error
    return records


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
