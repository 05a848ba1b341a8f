"""Official tables with several lines to a unit, one for each option, gathered into rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Finding
from .cells import parse_column
from .codes import report
from .grid import Grid, locate, normal
from .official import OfficialOption, OfficialRow
from .rows import VOTES


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, its cells by header; "" of a column that the table does not have."""

    number: int  # 1-based
    cells: Mapping[str, str]

    def __getitem__(self, header: str) -> str:
        return self.cells.get(header, "")

    def text(self, *headers: str) -> str:
        """What the first of these columns that is filled says, without surrounding spaces."""
        return next(filter(None, (normal(self[header]) for header in headers)), "")


def lines_of(
    grid: Grid, needed: Sequence[str], unit_of: Callable[[Line], str]
) -> tuple[list[Line], list[Finding]]:
    """The lines as wide as the header, and what is said of the others: R204 of the unit they name,
    R205 where they name none. ReadError (R201, R202): a needed column is not there once."""
    locate(grid, list(needed))
    width = len(grid.header)
    lines, findings = [], []
    for number, row in zip(grid.lines, grid.rows, strict=True):
        line = Line(number, dict(zip(grid.header, row, strict=False)))
        if len(row) == width:
            lines.append(line)
            continue
        unit = unit_of(line)
        code = "R204" if unit else "R205"
        findings.append(report(code, unit=unit, line=number, found=len(row), expected=width))
    return lines, findings


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says: of its unit, which it may describe with cells of its own, and one count.

    ``key`` as in ``OfficialRow.cells``: that of the option's votes, or a field of Counts.
    """

    unit: OfficialRow
    key: str
    cell: str
    option: OfficialOption | None = None


def votes_of(unit: OfficialRow, option: OfficialOption, cell: str) -> Entry:
    """The votes of an option in a unit."""
    return Entry(unit, VOTES + option.id, cell, option)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the lines of one contest say together."""

    options: tuple[OfficialOption, ...]  # in the order of the file
    rows: tuple[OfficialRow, ...]
    findings: tuple[Finding, ...]


def gather(
    entries: Iterable[Entry], headers: Mapping[str, str], votes: str, *, repeats: bool = False
) -> Gathered:
    """One row per unit.

    ``headers`` of the cells beside the votes, ``votes`` the header of these. A line that says the
    same again is said once (R302), another number holds its unit (R303); with ``repeats`` lines
    are expected to say again what a list has, and must agree (R308), as they must on their unit.
    """
    options: dict[str, OfficialOption] = {}
    units: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.option is not None:
            options.setdefault(entry.option.id, entry.option)
        units[entry.unit.code].append(entry)
    findings: list[Finding] = []
    for code, own in units.items():
        findings += _disagreements(code, own, headers)
        findings += _repeated(code, own, votes, repeats)
    rows = tuple(_row(own) for own in units.values())
    return Gathered(tuple(options.values()), rows, tuple(findings))


def _row(entries: Sequence[Entry]) -> OfficialRow:
    unit = entries[0].unit
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.key, entry)
    cells = {key: entry.cell for key, entry in first.items()}
    lines = {key: entry.unit.line for key, entry in first.items() if entry.unit.line is not None}
    return replace(unit, cells={**unit.cells, **cells}, cell_lines=lines)


def _disagreements(
    code: str, entries: Sequence[Entry], headers: Mapping[str, str]
) -> Iterator[Finding]:
    first = entries[0].unit
    for key, header in headers.items():
        said = {entry.unit.status if key == "status" else entry.unit.cells.get(key)
                for entry in entries}  # fmt: skip
        if len(said) > 1:
            yield report("R308", unit=code, line=first.line, column=header)


def _repeated(code: str, entries: Sequence[Entry], header: str, repeats: bool) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        same = before.cell == entry.cell
        if repeats and not same:
            yield report("R308", unit=code, line=before.unit.line, column=header)
            return
        if before is not entry and not repeats:
            yield report("R302" if same else "R303", unit=code, line=entry.unit.line)
            return


def totals_of(rows: Sequence[OfficialRow]) -> dict[str, int]:
    """What rows that are sums themselves say together, as the totals of a finer level: of every
    key they all have a count for."""
    keys = dict.fromkeys(key for row in rows for key in row.cells)
    columns = {key: parse_column([row.cells.get(key) for row in rows]) for key in keys}
    return {key: sum(n or 0 for n in said) for key, said in columns.items() if None not in said}
