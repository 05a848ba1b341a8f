"""The plain table: CSV, TSV or XLSX, one column per option or one row per option.

The election file says what is where (``TableColumns``). Identity is by header and by the text of
the option column, never by position. The ordinary journey: bytes, grid of text cells, rows of
results, one row per unit, integers. Plain lines take a shorter one (``by_line``).
"""

from collections.abc import Mapping
from dataclasses import replace

from ..model import Contest, ContestResult, SourceFile, UnitResult
from .by_line import plain_lines, read_lines, sound_lines
from .decode import decode
from .delimited import parse_delimited
from .description import check_description, needed_headers
from .reading import Reading, in_order
from .results import read_grid
from .workbook import MAGIC, parse_workbook


def read(file: SourceFile, contest: Contest, previous: ContestResult | None) -> Reading:
    """What the table says of each unit. Raises ReadError when it cannot be trusted at all."""
    check_description(contest)
    last = previous.units if previous is not None else {}
    if file.content.startswith(MAGIC):
        source = contest.source
        grid = parse_workbook(file.content, sheet=source.sheet, header_row=source.header_row)
        return _with_same_objects(read_grid(grid, contest), last)
    text, oddities = decode(file.content, contest.source.encoding)
    lines = plain_lines(text, contest)
    reading = read_lines(lines, contest, previous) if lines is not None else None
    reading = _with_same_objects(reading or _read_text(text, contest), last)
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


def _with_same_objects(reading: Reading, last: Mapping[str, UnitResult]) -> Reading:
    """A unit that says what it said in the ``last`` results is the very same object."""
    same = {
        unit: before
        for unit, result in reading.results.items()
        if (before := last.get(unit)) is not result and before == result
    }
    return replace(reading, results={**reading.results, **same}) if same else reading
