"""The plain table: CSV, TSV, XLSX, XLS or JSON, one column per option or one row per option.

The election file says what is where (``TableColumns``). Identity is by header and by the text of
the option column, never by position. The ordinary journey: bytes, grid of text cells, rows of
results, one row per unit, integers. Plain lines take a shorter one (``by_line``).
"""

from dataclasses import replace

from ..model import Contest, ContestResult, SourceFile
from .by_line import plain_lines, read_lines, sound_lines
from .content import Content
from .decode import decode
from .delimited import parse_delimited
from .description import check_description, needed_headers
from .reading import Reading, in_order, with_same_objects
from .records import parse_records
from .results import read_grid
from .workbook import is_workbook, parse_workbook


def read(file: SourceFile, contest: Contest, previous: ContestResult | None) -> Reading:
    """What the table says of each unit. Raises ReadError when it cannot be trusted at all."""
    check_description(contest)
    last = previous.units if previous is not None else {}
    source = contest.source
    if source.records:
        value = Content(file.content, source.encoding).json
        grid = parse_records(value, source.records, needed_headers(contest))
        return with_same_objects(read_grid(grid, contest), last)
    if is_workbook(file.content):
        grid = parse_workbook(file.content, sheet=source.sheet, header_row=source.header_row)
        return with_same_objects(read_grid(grid, contest), last)
    text, oddities = decode(file.content, source.encoding)
    lines = plain_lines(text, contest)
    reading = read_lines(lines, contest, previous) if lines is not None else None
    reading = with_same_objects(reading or _read_text(text, contest), last)
    return replace(
        reading,
        findings=in_order([*oddities, *reading.findings]),
        sound=sound_lines(lines, contest, reading) if lines is not None else None,
    )


def _read_text(text: str, contest: Contest) -> Reading:
    source = contest.source
    grid = parse_delimited(
        text,
        needed_headers(contest),
        delimiter=source.delimiter,
        header_row=source.header_row,
    )
    return read_grid(grid, contest)
