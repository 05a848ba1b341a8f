"""Plain lines: each read by itself, and only if it is not one that was read before.

Nearly every line of nearly every file is a row of digits about a known unit. It is read in one go,
and a line of the file before is not read at all: it gives the very object it gave then. What is not
plain in that sense goes the ordinary way, and what concerns a file as a whole (quotation marks,
repeated units, rows of another width) sends all of it there. Both ways say the same.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TypeAlias

from ..model import COUNT_FIELDS, Contest, ContestResult, CountStatus, SoundLines, UnitResult
from .cells import LARGEST
from .delimited import find_delimiter, parse_delimited
from .description import named_options, needed_headers, remainder_option, side_headers
from .grid import LONGEST_CELL, MOST_ROWS, Grid, locate, normal, reject_excess
from .reading import ReadError, Reading
from .results import read_grid
from .rows import LONGEST_CODE
from .units import make_counts, progress

LineReader: TypeAlias = Callable[[str], UnitResult | None]
StatusReader: TypeAlias = Callable[[Sequence[str], Sequence[str]], CountStatus | None]


def plain_lines(text: str, contest: Contest) -> list[str] | None:
    """The lines of a text in which each is a row, from the header on; ``None`` of another text."""
    if '"' in text or text.count("\r") != text.count("\r\n") or contest.source.columns.is_long:
        return None
    if text.count("\n") > MOST_ROWS or not text.endswith("\n"):
        return None
    lines = text.replace("\r\n", "\n").split("\n")[contest.source.header_row - 1 : -1]
    return lines if lines and max(map(len, lines)) <= LONGEST_CELL else None


def read_lines(
    lines: Sequence[str], contest: Contest, previous: ContestResult | None
) -> Reading | None:
    """What the ordinary reading of plain lines gives, or ``None`` when that one must be asked."""
    try:
        found = _plain_results(lines, contest, previous)
        others = _read_others(lines, [n for n, r in enumerate(found, 1) if r is None], contest)
    except ReadError:  # of some lines alone: the whole file may deserve another
        return None
    return _join(found, others, contest) if others is not None else None


def sound_lines(lines: Sequence[str], contest: Contest, reading: Reading) -> SoundLines:
    """What the next file need not read again."""
    doubtful = {finding.unit for finding in reading.findings}
    first = contest.source.header_row
    units = {
        lines[reading.lines[unit] - first]: result
        for unit, result in reading.results.items()
        if unit not in doubtful
    }
    return SoundLines(contest, lines[0], units)


def _read_others(lines: Sequence[str], places: Sequence[int], contest: Contest) -> Reading | None:
    """The lines at these places, read the ordinary way under the file's own header."""
    text = "\n".join([lines[0], *(lines[place] for place in places), ""])
    grid = parse_delimited(text, needed_headers(contest), delimiter=contest.source.delimiter)
    if any(len(row) != len(grid.header) for row in grid.rows):
        return None
    first = contest.source.header_row
    own_lines = [first + places[line - 2] for line in grid.lines]
    return read_grid(Grid(grid.header, first, grid.rows, own_lines), contest, is_part=True)


def _join(found: list[UnitResult | None], others: Reading, contest: Contest) -> Reading | None:
    """All in the order of the file; ``None`` without a row, or when a unit is there twice."""
    first = contest.source.header_row + 1
    plain = [(result.code, line) for line, result in enumerate(found, first) if result is not None]
    lines = dict(plain) | dict(others.lines)
    row_count = len(plain) + others.row_count
    if not row_count or len(lines) < row_count:
        return None
    for unit, result in others.results.items():
        found[others.lines[unit] - first] = result
    results = {result.code: result for result in found if result is not None}
    return replace(others, results=results, row_count=row_count, lines=lines)


def _plain_results(
    lines: Sequence[str], contest: Contest, previous: ContestResult | None
) -> list[UnitResult | None]:
    """What each line after the header says, ``None`` where it must go the ordinary way."""
    read = _line_reader(lines[0], contest)
    sound = previous.sound if previous is not None else None
    if sound is None or sound.contest is not contest or sound.head != lines[0]:
        return list(map(read, lines[1:]))
    known = sound.units
    return [known.get(line) or read(line) for line in lines[1:]]


def _line_reader(header: str, contest: Contest) -> LineReader:
    """Reads one line. Raises ReadError when the header is not as described."""
    source, rest = contest.source, remainder_option(contest)
    delimiter = source.delimiter or find_delimiter(header, needed_headers(contest))
    names = tuple(map(normal, header.split(delimiter)))
    reject_excess(0, len(names), 0)
    places = locate(Grid(names, source.header_row, [], []), needed_headers(contest))
    options, sides = named_options(contest), side_headers(source.columns)
    votes = [places[source.columns.options[option]] for option in options]
    pick = _getter([*votes, *(places[name] for name in sides.values())])
    sort = itemgetter(*_places_of_sides(list(sides), len(votes)))
    code_of = _getter([places[name] for name in source.columns.unit])
    register = {unit.code: unit.registered_voters for unit in contest.units}
    for code in source.ignore_units:
        register.pop(normal(code), None)
    is_plain = _plain_code(source.pad_unit).fullmatch
    wanted = tuple(map(normal, source.where.values()))
    wanted_of = _getter([places[name] for name in source.where])
    status_of = _status_reader(contest, places)
    zero_waits = source.status.by == "nonzero"
    width, count = len(names), len(votes)

    def read(line: str) -> UnitResult | None:
        cells = line.split(delimiter)
        if len(cells) != width or (wanted and wanted_of(cells) != wanted):
            return None
        code = "-".join(code_of(cells))
        if code not in register or not is_plain(code):
            return None
        picked = pick(cells)
        status = status_of(cells, picked[:count])
        if status is None or status is CountStatus.WAITING:
            return UnitResult(code, status) if status is not None else None
        digits = "".join(picked)
        if not (digits.isascii() and digits.isdigit()):
            return None
        try:
            numbers = [*map(int, picked)]
        except ValueError:  # an empty cell, or thousands of digits
            return None
        if max(numbers) > LARGEST:
            return None
        row = numbers[:count]
        counts = make_counts(options, rest, row, sort([*numbers, None, register[code]]))
        if zero_waits and not counts.valid_votes and not any(row):
            return UnitResult(code, CountStatus.WAITING)
        if rest and counts.votes[rest] < 0:
            return None
        return UnitResult(code, status, counts)

    return read


def _places_of_sides(given: list[str], first: int) -> list[int]:
    """Where each of COUNT_FIELDS is among the numbers of a line: after the votes as they are
    given, then come nothing and the unit's register for the columns that are not."""
    places = {name: first + n for n, name in enumerate(given)}
    absent = {name: -1 if name == "registered_voters" else -2 for name in COUNT_FIELDS}
    return [places.get(name, absent[name]) for name in COUNT_FIELDS]


def _status_reader(contest: Contest, places: Mapping[str, int]) -> StatusReader:
    """The status by a line's cells and its cells of votes; ``None`` when the ordinary way knows."""
    rule = contest.source.status
    if rule.by == "all":
        return lambda cells, votes: CountStatus.COMPLETE
    if rule.by not in {"column", "progress"}:
        return lambda cells, votes: CountStatus.COMPLETE if any(votes) else CountStatus.WAITING
    place = places[contest.source.columns.status]
    if rule.by == "progress":
        total, thousands = places[contest.source.columns.status_total], contest.source.thousands
        return lambda cells, votes: progress(cells[place], cells[total], votes, thousands)
    words = {normal(word): CountStatus(status) for word, status in rule.values.items()}
    return lambda cells, votes: words.get(cells[place])


def _plain_code(pad: int) -> re.Pattern[str]:
    """Matches a code as it is printed: nothing to trim, to pad or to refuse in any part."""
    length = rf"(?=.{{1,{LONGEST_CODE}}}\Z)"
    return re.compile(rf"{length}(?:[0-9A-Za-z]+-)*[0-9A-Za-z]{{{max(pad, 1)},}}")


def _getter(places: list[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """The cells at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple([cells[place] for place in places])
