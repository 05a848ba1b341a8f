"""The one shape every official format is brought to, and from there to results.

A format (``formats/``) says what the file says, in the file's own ids and as text cells; here the
election file's ids are put to it and every cell goes through the same strict parser. No format
decides what a count is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from ..model import (
    COUNT_FIELDS,
    Contest,
    CountStatus,
    Finding,
    ResultsSource,
    Severity,
    StatusRule,
    TableColumns,
)
from .cells import SPACES, parse_column, sum_cells
from .codes import refuse, report
from .content import Content
from .decode import too_many
from .description import remainder_option
from .reading import Reading, in_order
from .rows import LONGEST_CODE, VOTES
from .units import UnitTable, count_units

MOST_CELLS = 10_000_000  # 70,000 units of 140 options; each is asked about each
_NONE: Mapping[str, int] = MappingProxyType({})  # one for all of 70,000 rows
_LISTED = 12  # ids a sentence lists


@dataclass(frozen=True, slots=True)
class OfficialOption:
    """A candidate, a list or an answer as the file has it."""

    id: str  # what identifies it in this file, the same all night: a panel number, a key
    name: str
    short_name: str = ""
    group: str = ""  # party, list or nuance
    colour: str = ""  # "#rrggbb", where the file says


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One reporting unit; ``cells`` as written, by field of Counts or by VOTES + option id.

    A row lacks a key when the file says nothing of it, for any row of the contest; a cell that
    should be there and is empty is "".
    """

    code: str
    name: str
    status: CountStatus
    cells: Mapping[str, str]
    line: int | None = None  # 1-based; None in JSON
    parent: str = ""  # name of what it belongs to: the city of a station
    cell_lines: Mapping[str, int] = field(default_factory=lambda: _NONE)  # of cells elsewhere


@dataclass(frozen=True, slots=True)
class OfficialContest:
    """One contest at one level of units."""

    id: str
    title: str
    options: tuple[OfficialOption, ...]  # in the order of the file
    rows: tuple[OfficialRow, ...]
    level: str = ""  # "precinct", "commune" …; "" when the file knows only one
    headers: Mapping[str, str] = field(default_factory=dict)  # key of cells -> the file's own word
    totals: Mapping[str, int] = field(default_factory=dict)  # what the file itself says of the sum
    expected_units: int | None = None  # how many there are to be, where the file says
    votes_per_ballot: int = 1  # how many votes one ballot holds at most
    findings: tuple[Finding, ...] = ()  # about units of this contest


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """Everything a file says. Of a contest with several levels the finest comes first."""

    contests: tuple[OfficialContest, ...]
    title: str = ""
    day: date | None = None  # of the election
    generated_at: datetime | None = None  # aware
    is_test: bool = False
    findings: tuple[Finding, ...] = ()
    is_exclusive: bool = False  # whether a unit belongs to one of the contests only


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how to tell it by what is in a file, and how to read it."""

    name: str  # in election files: "french-ministry-2024"
    title: str
    title_fr: str
    recognise: Callable[[Content], str]  # what gives it away, as written in the file; "" = not it
    parse: Callable[[Content], OfficialFile]  # ReadError when the file cannot be trusted


def results_of(official: OfficialFile, contest: Contest) -> Reading:
    """What a file says of a contest's units. ReadError: of another night, contest or options."""
    _reject_another_night(official, contest)
    chosen = choose(official, contest.source)
    if not chosen.rows:
        raise refuse("R613", contest=chosen.id)
    if (cells := len(chosen.rows) * len(chosen.options)) > MOST_CELLS:
        raise too_many("units times options", "unités fois options", cells, MOST_CELLS)
    findings = [
        *_of_its_units(official, contest),
        *_elsewhere(official, chosen, contest),
        *chosen.findings,
    ]
    units = _single(_padded(chosen.rows, contest.source), findings)
    rows = _sound(units, findings)
    names = _names(chosen, contest)
    rows = _without_unlisted(rows, chosen, names, contest, findings)
    described, table = _table(rows, chosen, names, contest)
    results = count_units(table, described, findings)
    ours = {VOTES + theirs: VOTES + own for own, theirs in names.items()}
    return Reading(
        format=contest.source.format,
        results=results,
        findings=in_order(findings),
        row_count=len(units),
        lines={row.code: row.line for row in units if row.line is not None},
        totals={ours.get(key, key): number for key, number in chosen.totals.items()},
        generated_at=official.generated_at,
    )


def choose(official: OfficialFile, source: ResultsSource) -> OfficialContest:
    """The contest, and its level, that the election file names; the only one without a name."""
    found = matching(official, source.contest, source.level)
    known = list(dict.fromkeys(contest.id for contest in found))
    if len(known) > 1:
        raise refuse("R610", count=len(known), known=_listed(known))
    _reject_twins(found)
    return found[0]


def _reject_twins(found: Sequence[OfficialContest]) -> None:
    """Two contests of one id, or two options: which of them is meant, nobody can say."""
    chosen = found[0]
    twins = [contest for contest in found if contest.level == chosen.level]
    if len(twins) > 1:
        raise refuse("R642", contest=chosen.id, count=len(twins))
    options = Counter(option.id for option in chosen.options)
    if twice := [option for option, times in options.items() if times > 1]:
        raise refuse("R641", contest=chosen.id, option=twice[0])


def matching(official: OfficialFile, contest: str = "", level: str = "") -> list[OfficialContest]:
    """The contests of that id at that level; "" is any. ReadError (R609, R613): there is none."""
    if not official.contests:
        raise refuse("R613", contest=contest)
    found = [c for c in official.contests if contest in {"", c.id} and level in {"", c.level}]
    if not found:
        levels = _listed(f"{c.id} {c.level}".strip() for c in official.contests)
        raise refuse("R609", contest=f"{contest} {level}".strip(), known=levels)
    return found


def _reject_another_night(official: OfficialFile, contest: Contest) -> None:
    if official.is_test and not contest.source.accept_test:
        raise refuse("R607")
    if official.day is not None and official.day != contest.date:
        raise refuse("R608", day=official.day.isoformat(), expected=contest.date.isoformat())


def _of_its_units(official: OfficialFile, contest: Contest) -> Iterator[Finding]:
    """What is wrong with the file, without the units of its other contests."""
    units = {"", *(unit.code for unit in contest.units)}
    only = len(official.contests) == 1
    return (finding for finding in official.findings if only or finding.unit in units)


def _elsewhere(
    official: OfficialFile, chosen: OfficialContest, contest: Contest
) -> Iterator[Finding]:
    """Units that the file gives in another contest, because one of the names there differs: they
    must not look as if they were waiting."""
    others = [other for other in official.contests if other is not chosen]
    units = {unit.code for unit in contest.units} if others and official.is_exclusive else set()
    return (
        report("R615", unit=row.code, line=row.line, contest=other.id)
        for other in others
        for row in other.rows
        if row.code in units
    )


def _listed(words: Iterable[str]) -> str:
    """The first ids, each once; "…" for the rest."""
    listed = list(dict.fromkeys(words))
    return ", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else "")


def _padded(rows: Sequence[OfficialRow], source: ResultsSource) -> list[OfficialRow]:
    """The rows of units, their codes at the length the election file asks for."""
    ignored = set(source.ignore_units)
    kept = [row for row in rows if row.code not in ignored]
    if not source.pad_unit:
        return kept
    return [replace(row, code=row.code.rjust(source.pad_unit, "0")) for row in kept]


def _single(rows: list[OfficialRow], findings: list[Finding]) -> list[OfficialRow]:
    """Each unit once: repeated with the same cells it is said, with others it is held."""
    first: dict[str, OfficialRow] = {}
    said: dict[str, str] = {}
    for row in rows:
        if not row.code or len(row.code) > LONGEST_CODE or not row.code.isprintable():
            findings.append(report("R301", line=row.line, found=row.code))
        elif (before := first.setdefault(row.code, row)) is not row:
            same = (before.cells, before.status) == (row.cells, row.status)
            code = "R302" if same else "R303"
            if said.get(row.code) not in {code, "R303"}:
                findings.append(report(code, unit=row.code, line=row.line))
                said[row.code] = code
    return list(first.values())


def _sound(rows: list[OfficialRow], findings: Iterable[Finding]) -> list[OfficialRow]:
    """The rows of units that nothing holds yet: what else is wrong with the others is not asked."""
    held = {finding.unit for finding in findings if finding.severity is Severity.HOLD}
    return [row for row in rows if row.code not in held]


def _names(chosen: OfficialContest, contest: Contest) -> dict[str, str]:
    """Id of each option whose votes are read -> its id in the file."""
    said = contest.source.columns.options
    names = {o.id: said.get(o.id, o.id) for o in contest.options if not o.remainder}
    known = {option.id for option in chosen.options}
    for name in names.values():
        if name not in known:
            raise refuse("R611", option=name, known=_listed(o.id for o in chosen.options))
    return names


def _without_unlisted(
    rows: list[OfficialRow],
    chosen: OfficialContest,
    names: Mapping[str, str],
    contest: Contest,
    findings: list[Finding],
) -> list[OfficialRow]:
    """Options that the election file does not list: the remainder takes their votes, or else a
    vote for one of them holds its unit (R305), and one without any vote is said once (R304)."""
    others = [option for option in chosen.options if option.id not in names.values()]
    rest = remainder_option(contest)
    if not others:
        return rows
    keys = [VOTES + option.id for option in others]
    thousands = contest.source.thousands
    if rest:
        return [
            replace(row, cells={**row.cells, VOTES + rest: _sum(row.cells, keys, thousands)})
            for row in rows
        ]
    held: set[str] = set()
    for option, key in zip(others, keys, strict=True):
        header = chosen.headers.get(key, "")
        cells = [row.cells.get(key, "").strip(SPACES) for row in rows]
        numbers = parse_column(cells, thousands)
        if not any(numbers):
            findings.append(report("R304", column=header, found=option.name))
        for row, cell, number in zip(rows, cells, numbers, strict=True):
            has_votes = bool(cell) if number is None else number > 0
            if has_votes and row.status is not CountStatus.WAITING:
                line = row.cell_lines.get(key, row.line)
                findings.append(report("R305", unit=row.code, line=line, column=header,
                                       found=option.name, votes=cell))  # fmt: skip
                held.add(row.code)
    return [row for row in rows if row.code not in held]


def _sum(cells: Mapping[str, str], keys: Iterable[str], thousands: str) -> str:
    """The sum of options in a unit, as a cell; of one that is no count that very cell."""
    present = [cells[key] for key in keys if key in cells]
    return sum_cells(present, thousands) if present else "0"


def _columns(
    rows: Sequence[OfficialRow], keys: Mapping[str, str], fields: Sequence[str]
) -> dict[str, list[str | None]]:
    """The cells of all rows by column; "" of a field that a row lacks, ``None`` of an option."""
    wanted = list(keys.values())
    pick: Callable[[Mapping[str, str]], tuple[str | None, ...]]
    pick = itemgetter(*wanted, wanted[0])  # of one key alone it would give no tuple
    try:  # nearly every file has everything in every row
        picked = [pick(row.cells) for row in rows]
    except KeyError:
        absent = dict.fromkeys(fields, "")
        picked = [tuple(row.cells.get(k, absent.get(k)) for k in wanted) for row in rows]
    columns = zip(*picked, strict=False) if picked else [()] * len(wanted)
    return {name: list(cells) for name, cells in zip(keys, columns, strict=False)}


def _table(
    rows: list[OfficialRow],
    chosen: OfficialContest,
    names: Mapping[str, str],
    contest: Contest,
) -> tuple[Contest, UnitTable]:
    """The rows as the table of units that the plain table gives as well, and the contest with a
    description of just that table."""
    counted = [row for row in rows if row.status is not CountStatus.WAITING]
    fields = [name for name in COUNT_FIELDS if any(name in row.cells for row in counted)]
    keys = {name: name for name in fields} | {VOTES + own: VOTES + n for own, n in names.items()}
    rest = VOTES + remainder_option(contest)
    if rest != VOTES and any(rest in row.cells for row in rows):
        keys[rest] = rest
    columns = _columns(rows, keys, fields)
    columns["unit"] = [row.code for row in rows]
    columns["status"] = [row.status.value for row in rows]
    headers = {name: chosen.headers.get(key, key.removeprefix(VOTES)) for name, key in keys.items()}
    votes = {k.removeprefix(VOTES): v for k, v in headers.items() if k.startswith(VOTES)}
    given: dict[str, Any] = {name: headers[name] for name in fields}
    description = TableColumns(unit=("unit",), options=votes, status="status", **given)
    status = StatusRule("column", {s.value: s.value for s in CountStatus})
    source = replace(contest.source, columns=description, status=status)
    lines = {row.code: row.line for row in rows if row.line is not None}
    places = {theirs: own for own, theirs in keys.items()}
    cell_lines = {
        (row.code, places[key]): line
        for row in rows
        for key, line in row.cell_lines.items()
        if key in places
    }
    return replace(contest, source=source), UnitTable(columns, lines, cell_lines)
