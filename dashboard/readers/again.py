"""A delimited file that was read before: only the lines that differ are read again.

A line that raised no doubt says the same in the next file, so the very object it gave is given
again, and whatever compares results can go by identity. What concerns a file as a whole (quotation
marks, repeated units, rows of another width) is left to the ordinary reading: any doubt is None.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Contest, ContestResult, SoundLines, UnitResult
from .delimited import parse_delimited
from .description import needed_headers
from .grid import MOST_ROWS, Grid
from .reading import ReadError, Reading
from .results import read_grid


def read_again(text: str, contest: Contest, previous: ContestResult) -> Reading | None:
    """What the ordinary reading of ``text`` gives, or ``None`` when that one must be asked."""
    known, lines = previous.sound, plain_lines(text)
    if known is None or known.contest is not contest or lines is None:
        return None
    top = contest.source.header_row - 1
    start = top + len(known.head)  # lines before the first row
    if tuple(lines[top:start]) != known.head:
        return None
    found = [known.units.get(line) for line in lines[start:]]
    fresh = [number for number, result in enumerate(found, start + 1) if result is None]
    try:
        reading = _read_fresh(lines, fresh, contest, previous, known.head)
    except ReadError:  # of these lines alone; the whole file may not deserve it
        return None
    joined = _join(found, start + 1, reading) if reading is not None else None
    return remember(joined, lines, known.head, contest) if joined is not None else None


def remember(
    reading: Reading, lines: Sequence[str], head: tuple[str, ...], contest: Contest
) -> Reading:
    """The reading with its sound lines, for the next file."""
    doubtful = {finding.unit for finding in reading.findings}
    units = {
        lines[reading.lines[unit] - 1]: result
        for unit, result in reading.results.items()
        if unit not in doubtful
    }
    return replace(reading, sound=SoundLines(contest, head, units))


def plain_lines(text: str) -> list[str] | None:
    """The lines of a text in which each is a row, without their LF; ``None`` of another text."""
    if '"' in text or text.count("\r") != text.count("\r\n"):
        return None
    if text.count("\n") > MOST_ROWS or not text.endswith("\n"):
        return None
    return text.split("\n")[:-1]


def _read_fresh(
    lines: Sequence[str],
    numbers: Sequence[int],
    contest: Contest,
    previous: ContestResult,
    head: tuple[str, ...],
) -> Reading | None:
    """The lines of these numbers (from 1), read under the file's own header."""
    if not numbers:
        return Reading("table", {}, (), 0, {})
    text = "\n".join([*head, *(lines[number - 1] for number in numbers), ""])
    grid = parse_delimited(text, needed_headers(contest), delimiter=contest.source.delimiter)
    if any(len(row) != len(grid.header) for row in grid.rows):
        return None
    own_lines = [numbers[line - len(head) - 1] for line in grid.lines]
    header_line = contest.source.header_row - 1 + grid.header_line
    return read_grid(Grid(grid.header, header_line, grid.rows, own_lines), contest, previous)


def _join(found: list[UnitResult | None], first: int, fresh: Reading) -> Reading | None:
    """Known and fresh rows in the order of the file; ``None`` when a unit is there twice.

    ``found``: what each line from number ``first`` on is known to say.
    """
    known = [(result.code, line) for line, result in enumerate(found, first) if result is not None]
    lines = dict(known) | dict(fresh.lines)
    if len(lines) < len(known) + len(fresh.lines):
        return None
    for unit, result in fresh.results.items():
        found[fresh.lines[unit] - first] = result
    results = {result.code: result for result in found if result is not None}
    return replace(fresh, results=results, row_count=len(known) + fresh.row_count, lines=lines)
