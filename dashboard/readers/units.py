"""One row of text cells per unit, turned into the integers that are published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TypeAlias, cast

from ..model import COUNT_FIELDS, Contest, Counts, CountStatus, Finding, UnitResult
from .cells import SPACES, parse_column, refusal
from .codes import report
from .description import named_options, remainder_option, side_headers
from .grid import normal
from .rows import VOTES, Columns

Numbers: TypeAlias = dict[
    str, list[int | None]
]  # column name -> one integer per unit, None if refused


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Text cells, one row per unit; columns as ``rows.select`` names them."""

    columns: Columns
    lines: Mapping[str, int]  # unit -> line of its first row
    cell_lines: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (unit, column)

    @property
    def units(self) -> list[str]:
        return self.columns["unit"]

    def without(self, units: Set[str]) -> "UnitTable":
        """The table less the rows of these units."""
        if units.isdisjoint(self.units):
            return self
        kept = [unit not in units for unit in self.units]
        columns = {name: list(compress(cells, kept)) for name, cells in self.columns.items()}
        return UnitTable(columns, self.lines, self.cell_lines)

    def line(self, unit: str, column: str) -> int | None:
        """Where a cell is in the file; ``None`` in one without lines."""
        return self.cell_lines.get((unit, column)) or self.lines.get(unit)

    def cells(self, column: str) -> list[str | None]:
        return self.columns[column]


def count_units(
    table: UnitTable, contest: Contest, findings: list[Finding]
) -> dict[str, UnitResult]:
    """The result of every unit whose cells are all counts; the others are said, HOLD."""
    thousands = contest.source.thousands
    if contest.source.columns.absent:
        table = _with_zeros(table, contest)
    headers = _headers(table, contest)
    numbers = {name: parse_column(table.cells(name), thousands) for name in headers}
    statuses = _statuses(table, contest, numbers)
    problems = _unknown_statuses(table, contest, statuses)
    for name, header in headers.items():
        if None in numbers[name]:
            problems += _refused_cells(table, contest, name, header, numbers, statuses)
    bad = {problem.unit for problem in problems}
    findings += problems
    results = {}
    units = table.units
    may_be_negative = bool(remainder_option(contest))
    for unit, status, counts in zip(units, statuses, _counts(numbers, contest, units), strict=True):
        if status is CountStatus.WAITING:
            results[unit] = UnitResult(unit, status)
        elif status is None or counts is None or unit in bad:
            continue
        elif may_be_negative and min(counts.votes.values()) < 0:
            findings.append(_overdrawn(table, contest, unit, counts))
        else:
            results[unit] = UnitResult(unit, status, counts)
    return results


def _with_zeros(table: UnitTable, contest: Contest) -> UnitTable:
    """The table with "0" for the options that a unit says nothing of, if it says anything."""
    silent = _silent(table, contest)
    votes = {
        name: [
            cell if is_silent or _filled(cell) else "0"
            for is_silent, cell in zip(silent, table.cells(name), strict=True)
        ]
        for name in (VOTES + option for option in named_options(contest))
    }
    return replace(table, columns={**table.columns, **votes})


def _headers(table: UnitTable, contest: Contest) -> dict[str, str]:
    """Column name -> header, for every column of counts."""
    columns = contest.source.columns
    votes = {
        name: columns.votes if columns.is_long else columns.options[name.removeprefix(VOTES)]
        for name in table.columns
        if name.startswith(VOTES)
    }
    return votes | side_headers(columns)


def _counts(numbers: Numbers, contest: Contest, units: list[str]) -> Iterator[Counts | None]:
    """The counts of each unit, ``None`` where votes are missing; a remainder may be negative.

    The electoral register is joined where the source does not repeat it.
    """
    named = [option.id for option in contest.options if VOTES + option.id in numbers]
    rest = remainder_option(contest)
    subtracted = bool(rest) and rest not in named
    absent: Numbers = dict.fromkeys(COUNT_FIELDS, [None] * len(units))
    if "registered_voters" not in numbers:
        register = {unit.code: unit.registered_voters for unit in contest.units}
        absent["registered_voters"] = [register.get(unit) for unit in units]
    sides = [numbers.get(field, absent[field]) for field in COUNT_FIELDS]
    columns = [numbers[VOTES + option] for option in named]
    has_holes = any(None in column for column in columns)
    for cells, *others in zip(zip(*columns, strict=True), *sides, strict=True):
        if has_holes and None in cells:
            yield None
            continue
        yield make_counts(named, rest if subtracted else "", cast("tuple[int, ...]", cells), others)


def make_counts(
    named: Sequence[str], rest: str, votes: Sequence[int], sides: Sequence[int | None]
) -> Counts:
    """The counts of a unit: ``votes`` of the ``named`` options, ``sides`` as in COUNT_FIELDS, and
    to the option ``rest``, unless it is "", what is left of the valid votes (it may be negative).
    """
    registered, ballots, blank, invalid, both, given = sides
    valid = sum(votes) if given is None else given
    by_option = dict(zip(named, votes, strict=True))
    if rest:
        by_option[rest] = valid - sum(votes)
    return Counts(by_option, valid, blank, invalid, both, ballots, registered)


def _overdrawn(table: UnitTable, contest: Contest, unit: str, counts: Counts) -> Finding:
    named = sum(counts.votes[option] for option in named_options(contest))
    line = table.line(unit, "")
    header = contest.source.columns.valid_votes
    return report(
        "R406", unit=unit, line=line, column=header, votes=named, valid=counts.valid_votes
    )


def _refused_cells(
    table: UnitTable,
    contest: Contest,
    name: str,
    header: str,
    numbers: Numbers,
    statuses: list[CountStatus | None],
) -> list[Finding]:
    """One finding per cell of a column that is no count, in units that do not wait."""
    thousands = contest.source.thousands
    return [
        report(
            refusal(cell, thousands),
            unit=unit,
            line=table.line(unit, name),
            column=header,
            found=cell or "",
            option=name.removeprefix(VOTES),
        )
        for unit, cell, number, status in zip(
            table.units, table.cells(name), numbers[name], statuses, strict=True
        )
        if number is None and status is not CountStatus.WAITING
    ]


def _statuses(table: UnitTable, contest: Contest, numbers: Numbers) -> list[CountStatus | None]:
    """One status per unit, by the rule; ``None`` when the cell says nothing that is described."""
    rule = contest.source.status
    if rule.by == "column":
        words = {normal(word): CountStatus(status) for word, status in rule.values.items()}
        return [words.get(cell or "") for cell in table.cells("status")]
    if rule.by == "progress":
        votes = zip(*(table.cells(VOTES + o) for o in named_options(contest)), strict=True)
        both = zip(table.cells("status"), table.cells("status_total"), votes, strict=True)
        return [
            progress(done, total, cells, contest.source.thousands) for done, total, cells in both
        ]
    count = len(table.units)
    if rule.by == "all":
        return [CountStatus.COMPLETE] * count
    waiting = _silent(table, contest)
    if rule.by == "nonzero":
        zero = _all_zero(numbers, count)
        waiting = [silent or nothing for silent, nothing in zip(waiting, zero, strict=True)]
    return [CountStatus.WAITING if waits else CountStatus.COMPLETE for waits in waiting]


def progress(
    done: str | None, total: str | None, votes: Iterable[str | None], thousands: str = ""
) -> CountStatus | None:
    """The status of a unit that counts its stations; ``None`` when they make no sense.

    Votes before the first station are those cast early or by post.
    """
    counted, whole = parse_column([done, total], thousands)
    if counted is None or whole is None or counted > whole:
        return None
    if counted and counted == whole:
        return CountStatus.COMPLETE
    begun = counted or any(cell and cell.strip(SPACES + "0") for cell in votes)
    return CountStatus.PARTIAL if begun else CountStatus.WAITING


def _silent(table: UnitTable, contest: Contest) -> list[bool]:
    """Whether every cell of the unit's options is empty."""
    first, *others = (table.cells(VOTES + option) for option in named_options(contest))
    silent = [not _filled(cell) for cell in first]
    for cells in others if any(silent) else ():
        silent = [
            is_silent and not _filled(cell) for is_silent, cell in zip(silent, cells, strict=True)
        ]
    return silent


def _filled(cell: str | None) -> bool:
    return bool(cell and cell.strip(SPACES))


def _all_zero(numbers: Numbers, count: int) -> list[bool]:
    columns = [column for name, column in numbers.items() if name.startswith(VOTES)]
    valid = numbers.get("valid_votes", [0] * count)
    return [
        not rest and all(number == 0 for number in row)
        for rest, row in zip(valid, zip(*columns, strict=True), strict=True)
    ]


def _unknown_statuses(
    table: UnitTable, contest: Contest, statuses: list[CountStatus | None]
) -> list[Finding]:
    if None not in statuses:
        return []
    return [
        report(
            "R307",
            unit=unit,
            line=table.line(unit, ""),
            column=contest.source.columns.status,
            found=cell or "",
        )
        for unit, cell, status in zip(table.units, table.cells("status"), statuses, strict=True)
        if status is None
    ]
