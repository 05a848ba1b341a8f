"""What the French ministry's tables share: rows about a place, followed by groups of columns, one
group for each candidate, list or nuance.

A file may hold many contests (577 constituencies, every commune), of which only the candidates
tell which row is whose: rows with the same *slate* are one contest. Where the groups name only
nuances, every row is of one contest, and a nuance that a row lacks had no candidate there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from ...model import CountStatus, Finding
from ..codes import report
from ..grid import Grid, normal
from ..official import OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from .french_slate import Slate, Slates

# Levels of units, the coarsest first; the finest a table has is what its rows are about.
LEVELS = ("france", "region", "departement", "circonscription", "canton", "commune", "secteur",
          "bureau")  # fmt: skip
_MAIN_SHARE = 0.75  # of the rows: two constituencies of one département are never so unequal
STATUSES = {"Complet": CountStatus.COMPLETE, "Partiel": CountStatus.PARTIAL}


@dataclass(frozen=True, slots=True)
class Table:
    """A grid whose rows are all of one width, and where everything is in it."""

    grid: Grid
    fields: Mapping[str, int]  # field of Counts -> column
    levels: Mapping[str, tuple[int, int]]  # in the order of LEVELS: columns of code and name
    # Of each: votes, and as far as the table has them number, surname, given, title, short, nuance
    # and list_nuance -> column.
    groups: Sequence[Mapping[str, int]]
    status: int | None = None
    local_codes: bool = False  # whether a code is only unique within its département
    headers: Mapping[str, str] = field(default_factory=dict)  # field of Counts -> header

    @property
    def level(self) -> str:
        return list(self.levels)[-1]

    @property
    def names_nuances_only(self) -> bool:
        """Whether the groups are of nuances, not of candidates or lists."""
        return not {"number", "surname", "title", "short"}.intersection(*self.groups[:1])


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row, its candidates and its département; "" where the table has none."""

    row: OfficialRow
    slate: Slate
    department: str


def official_file(
    table: Table, findings: Iterable[Finding] = (), generated_at: datetime | None = None
) -> OfficialFile:
    """Every contest that a table holds."""
    problems = list(findings)
    rows = _rows(table, problems)
    if table.names_nuances_only:
        contests = _of_nuances(table, [placed.row for placed in rows])
    else:
        contests = _of_slates(table, rows)
    return OfficialFile(
        contests, generated_at=generated_at, findings=tuple(problems), is_exclusive=True
    )


def level(table: Table, widths: Iterable[int]) -> tuple[Table, list[Finding]]:
    """The rows that are as wide as expected; which cell the others lack cannot be known."""
    findings, even = [], []
    for number, (row, width) in enumerate(zip(table.grid.rows, widths, strict=True)):
        if len(row) == width:
            even.append(number)
            continue
        has_place = len(row) > max(chain.from_iterable(table.levels.values()))
        unit = _Places(table).of(row)[0] if has_place else ""
        line, code = table.grid.lines[number], "R204" if unit else "R205"
        findings.append(report(code, unit=unit, line=line, found=len(row), expected=width))
    return replace(table, grid=table.grid.keep(even)), findings


def _rows(table: Table, problems: list[Finding]) -> list[_Placed]:
    """Each row with its slate. A row that has two candidates of one id is held."""
    places, slates = _Places(table), Slates(table.groups, table.fields)
    found = []
    for row, line in zip(table.grid.rows, table.grid.lines, strict=True):
        slate = slates.of(row)
        code, name, parent = places.of(row)
        if slate.repeated:
            problems.append(report("R614", unit=code, line=line, found=slate.repeated))
            continue
        cells = slate.cells(row)
        status = _status(table, row, cells)
        if status is None:
            place = table.status or 0
            problems.append(report("R307", unit=code, line=line, found=row[place],
                                   column=table.grid.header[place]))  # fmt: skip
            continue
        unit = OfficialRow(code, name, status, cells, line, parent)
        found.append(_Placed(unit, slate, places.department(row)))
    return found


def _status(table: Table, row: Sequence[str], cells: Mapping[str, str]) -> CountStatus | None:
    """What the row says of itself; ``None`` when it says what nobody has described."""
    word = normal(row[table.status]) if table.status is not None else ""
    if word and word not in STATUSES:
        return None
    nothing = {cells.get("ballots_cast", "0"), cells["valid_votes"]} <= {"", "0"}
    if nothing and word != "Complet":
        return CountStatus.WAITING
    return STATUSES.get(word, CountStatus.COMPLETE)


class _Places:
    """Code, name and parent of the finest thing a row names."""

    def __init__(self, table: Table) -> None:
        self._levels, self._level = table.levels, table.level
        self._local = table.local_codes
        self._normal: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, row: Sequence[str]) -> tuple[str, str, str]:
        code, name = self._said(row, self._level)
        if self._level == "bureau":
            return self._station(row, code)
        if self._level == "departement":
            return code.rjust(2, "0"), name, ""
        if self._level == "circonscription" and "departement" in self._levels:
            name = f"{self._said(row, 'departement')[1]}, {name}"
        return self._within(row, self._level, code), name, ""

    def _station(self, row: Sequence[str], code: str) -> tuple[str, str, str]:
        """A station's code follows its commune's."""
        short = code.lstrip("0")
        station = short.rjust(4, "0")  # 0001 in the file of all, 1 in an extract of it
        if "commune" not in self._levels:
            return station, short, ""
        commune, name = self._said(row, "commune")
        return f"{self._within(row, 'commune', commune)}-{station}", f"{name} {short}", name

    def _within(self, row: Sequence[str], level: str, code: str) -> str:
        """A code as it is unique in the whole country: "34172" for the 172 of the 34."""
        if not self._local or "departement" not in self._levels:
            return code
        if level not in {"circonscription", "canton", "commune"}:
            return code
        return self.department(row) + code.rjust(3 if level == "commune" else 2, "0")

    def department(self, row: Sequence[str]) -> str:
        """Code of the row's département, "" in a table without any."""
        if "departement" not in self._levels:
            return ""
        return self._said(row, "departement")[0].rjust(2, "0")

    def _said(self, row: Sequence[str], level: str) -> tuple[str, str]:
        """Code and name at a level. What a row names, many others do."""
        code, name = self._levels[level]
        written = (row[code], row[name])
        said = self._normal.get(written)
        if said is None:
            said = self._normal[written] = (normal(row[code]), normal(row[name]))
        return said


def _of_nuances(table: Table, rows: Sequence[OfficialRow]) -> tuple[OfficialContest, ...]:
    """One contest of all the rows; a nuance that a row does not name has no vote there."""
    keys = dict.fromkeys(key for row in rows for key in row.cells if key.startswith(VOTES))
    if not keys:
        return ()
    none = dict.fromkeys(keys, "0")
    nuances = [key.removeprefix(VOTES) for key in keys]
    filled = tuple(replace(row, cells={**none, **row.cells}) for row in rows)
    options = tuple(OfficialOption(nuance, nuance) for nuance in nuances)
    return (OfficialContest("nuances", ", ".join(nuances), options, filled, table.level,
                            table.headers),)  # fmt: skip


def _of_slates(table: Table, rows: Sequence[_Placed]) -> tuple[OfficialContest, ...]:
    """One contest for each set of candidates; where there is only one, the rows without any
    candidate are its own, too: they wait."""
    keys: dict[int, frozenset[OfficialOption]] = {}
    members: dict[frozenset[OfficialOption], list[_Placed]] = {}
    for placed in rows:
        slate = placed.slate
        if id(slate) not in keys:
            keys[id(slate)] = frozenset(slate.options)
        members.setdefault(keys[id(slate)], []).append(placed)
    nobody = members.pop(frozenset(), [])
    if len(members) == 1:
        next(iter(members.values())).extend(nobody)
    groups = list(members.values())
    return tuple(
        _contest(table, identifier, group[0].slate, [placed.row for placed in group])
        for identifier, group in zip(_identifiers(groups), groups, strict=True)
    )


def _contest(
    table: Table, identifier: str, slate: Slate, rows: Sequence[OfficialRow]
) -> OfficialContest:
    return OfficialContest(
        id=identifier,
        title=", ".join(option.short_name or option.name for option in slate.options),
        options=slate.options,
        rows=tuple(rows),
        level=table.level,
        headers={**table.headers, **_vote_headers(table, slate)},
    )


def _vote_headers(table: Table, slate: Slate) -> dict[str, str]:
    """The file's own word where it has one for this candidate alone."""
    header = table.grid.header
    names = {VOTES + option.id: option.short_name or option.name for option in slate.options}
    return {
        key: header[place] if place < len(header) and header[place] != "Voix"
        else f"Voix ({names[key]})"
        for key, place in slate.votes.items()
    }  # fmt: skip


def _identifiers(contests: Sequence[Sequence[_Placed]]) -> list[str]:
    """Where the rows are and the first candidate, "34 Martin"; all the candidates where another
    contest of the place begins with the same name, unless it is but some rows with a slip in it."""
    short, long = [], []
    for members in contests:
        departments = {placed.department for placed in members}
        place = departments.pop() if len(departments) == 1 else ""
        options = members[0].slate.options
        short.append(f"{place} {options[0].short_name or options[0].name}".strip())
        long.append(f"{place} {', '.join(option.name for option in options)}".strip())
    rows: Counter[str] = Counter()
    for name, members in zip(short, contests, strict=True):
        rows[name] += len(members)
    return [
        one if len(members) >= _MAIN_SHARE * rows[one] else whole
        for one, whole, members in zip(short, long, contests, strict=True)
    ]
