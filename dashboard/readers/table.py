"""The plain table: CSV, TSV or XLSX, one column per option or one row per option.

The election file says what is where (``TableColumns``). Identity is by header and by the text of
the option column, never by position. The journey: bytes, grid of text cells, rows of results, one
row per unit, integers. Of a file that was read before only the lines that differ go all the way.
"""

from dataclasses import replace

from ..model import Contest, ContestResult, SourceFile
from .again import plain_lines, read_again, remember
from .decode import decode
from .delimited import parse_delimited
from .description import check_description, needed_headers
from .reading import Reading, in_order
from .results import read_grid
from .workbook import MAGIC, parse_workbook


def read(file: SourceFile, contest: Contest, previous: ContestResult | None) -> Reading:
    """What the table says of each unit. Raises ReadError when it cannot be trusted at all."""
    check_description(contest)
    source = contest.source
    if file.content.startswith(MAGIC):
        grid = parse_workbook(file.content, sheet=source.sheet, header_row=source.header_row)
        return read_grid(grid, contest, previous)
    text, oddities = decode(file.content, source.encoding)
    again = read_again(text, contest, previous) if previous is not None else None
    reading = again or _read_text(text, contest, previous)
    return replace(reading, findings=in_order([*oddities, *reading.findings]))


def _read_text(text: str, contest: Contest, previous: ContestResult | None) -> Reading:
    source = contest.source
    grid = parse_delimited(
        text,
        needed_headers(contest),
        delimiter=source.delimiter,
        header_row=source.header_row,
    )
    reading = read_grid(grid, contest, previous)
    lines = plain_lines(text)
    if lines is None or source.columns.is_long:
        return reading
    return remember(reading, lines, tuple(lines[source.header_row - 1 : grid.header_line]), contest)
