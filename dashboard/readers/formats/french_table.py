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
from typing import NamedTuple

from ...model import CountStatus, Finding
from ..codes import report
from ..grid import Grid, normal
from ..official import OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from .french_row_places import Places
from .french_slate import Slate, Slates

# Levels of units, the coarsest first; the finest a table has is what its rows are about.
LEVELS = ("france", "region", "departement", "circonscription", "canton", "commune", "secteur",
          "bureau")  # fmt: skip
_MAIN_SHARE = 0.75  # of the rows: two constituencies of one département are never so unequal
_NOTHING = {"", "0"}
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

    def places(self) -> Places:
        return Places(self.levels, local_codes=self.local_codes)

    @property
    def names_nuances_only(self) -> bool:
        """Whether the groups are of nuances, not of candidates or lists."""
        return not {"number", "surname", "title", "short"}.intersection(*self.groups[:1])


class _Placed(NamedTuple):
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
    for number, (found, width) in enumerate(zip(table.grid.widths(), widths, strict=True)):
        if found == width:
            even.append(number)
            continue
        row = table.grid.rows[number]
        has_place = len(row) > max(chain.from_iterable(table.levels.values()))
        unit = table.places().of(row).code if has_place else ""
        line, code = table.grid.lines[number], "R204" if unit else "R205"
        findings.append(report(code, unit=unit, line=line, found=len(row), expected=width))
    return (replace(table, grid=table.grid.keep(even)) if findings else table), findings


def _rows(table: Table, problems: list[Finding]) -> list[_Placed]:
    """Each row with its slate. A row that has two candidates of one id is held."""
    places, slates = table.places(), Slates(table.groups, table.fields)
    found = []
    for row, line in zip(table.grid.rows, table.grid.lines, strict=True):
        slate, place = slates.of(row), places.of(row)
        if slate.repeated:
            problems.append(report("R614", unit=place.code, line=line, found=slate.repeated))
            continue
        cells = slate.cells(row)
        word = normal(row[table.status]) if table.status is not None else ""
        status = _status(word, cells)
        if status is None:
            header = table.grid.header[table.status or 0]
            problems.append(report("R307", unit=place.code, line=line, found=word, column=header))
            continue
        unit = OfficialRow(place.code, place.name, status, cells, line, place.parent)
        found.append(_Placed(unit, slate, place.department))
    return found


def _status(word: str, cells: Mapping[str, str]) -> CountStatus | None:
    """What a row says of itself; ``None`` when it says what nobody has described."""
    if word and word not in STATUSES:
        return None
    nothing = cells["valid_votes"] in _NOTHING and cells.get("ballots_cast", "0") in _NOTHING
    if nothing and word != "Complet":
        return CountStatus.WAITING
    return STATUSES.get(word, CountStatus.COMPLETE)


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
