"""The French ministry of the interior's table since 2024: numbered groups of columns.

UTF-8, ``;``, one row per polling station, commune, constituency or département, and for each
candidate nine columns with the number of the group behind their names: ``Numéro de panneau 1``,
``Voix 1`` … A row with fewer candidates ends in empty groups. One file may hold many
constituencies, of which only the candidates tell which row is whose.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...model import CountStatus, Finding
from ..codes import report
from ..content import Content
from ..grid import Grid, locate
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES

# Field of Counts -> header.
FIELDS = {
    "registered_voters": "Inscrits",
    "ballots_cast": "Votants",
    "blank_ballots": "Blancs",
    "invalid_ballots": "Nuls",
    "valid_votes": "Exprimés",
}
# Code and name of what a row is about, the finest last.
LEVELS = {
    "departement": ("Code département", "Libellé département"),
    "circonscription": ("Code circonscription législative", "Libellé circonscription législative"),
    "commune": ("Code commune", "Libellé commune"),
    "bureau": ("Code BV", "Code BV"),
}
_PANEL = re.compile(r"Numéro de panneau (\d+)")
_GROUP = ("Numéro de panneau", "Nuance candidat", "Nuance liste", "Nom candidat", "Prénom candidat",
          "Libellé abrégé de liste", "Libellé de liste", "Voix")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    """The grid, and where everything is in it."""

    grid: Grid
    fields: Mapping[str, int]
    levels: Mapping[str, tuple[int, int]]
    groups: Sequence[Mapping[str, int]]  # of each number: name of the column -> where

    def slate(self, row: list[str]) -> tuple[OfficialOption, ...]:
        """The candidates or lists of one row, as far as its groups are filled."""
        return tuple(
            option
            for group in self.groups
            if row[group["Numéro de panneau"]]
            for option in [_option({name: row[place] for name, place in group.items()})]
        )


def _recognise(content: Content) -> str:
    needed = ("Numéro de panneau 1", "Voix 1", "Inscrits")
    return ", ".join(needed) if set(needed).issubset(content.header) else ""


def _parse(content: Content) -> OfficialFile:
    table = _located(content.grid)
    table, uneven = _level(table)
    slates: dict[tuple[OfficialOption, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(table.grid.rows):
        slates[table.slate(row)].append(number)
    contests = tuple(_contest(table, slate, rows) for slate, rows in slates.items() if slate)
    return OfficialFile(contests, findings=(*content.oddities, *uneven))


def _located(grid: Grid) -> _Table:
    places = {name: place for place, name in enumerate(grid.header)}
    locate(grid, ["Inscrits", "Exprimés", "Numéro de panneau 1", "Voix 1"])  # or a ReadError
    numbers = [found[1] for name in grid.header if (found := _PANEL.fullmatch(name))]
    groups = [
        {name: places[f"{name} {n}"] for name in _GROUP if f"{name} {n}" in places}
        for n in numbers
        if f"Voix {n}" in places
    ]
    return _Table(
        grid,
        {field: places[name] for field, name in FIELDS.items() if name in places},
        {level: (places[code], places[name]) for level, (code, name) in LEVELS.items()
         if code in places and name in places},
        groups,
    )  # fmt: skip


def _level(table: _Table) -> tuple[_Table, list[Finding]]:
    """The rows as wide as the header; which cell the others lack cannot be known."""
    width = len(table.grid.header)
    findings, even = [], []
    for number, (row, line) in enumerate(zip(table.grid.rows, table.grid.lines, strict=True)):
        if len(row) == width:
            even.append(number)
            continue
        has_place = len(row) > max(place for pair in table.levels.values() for place in pair)
        unit = _place(table, row)[0] if has_place else ""
        code = "R204" if unit else "R205"
        findings.append(report(code, unit=unit, line=line, found=len(row), expected=width))
    return replace(table, grid=table.grid.keep(even)), findings


def _option(cells: Mapping[str, str]) -> OfficialOption:
    surname, given = cells.get("Nom candidat", ""), cells.get("Prénom candidat", "")
    title = cells.get("Libellé de liste", "")
    person = f"{given} {surname.title()}".strip()
    return OfficialOption(
        id=cells["Numéro de panneau"],
        name=person or title,
        short_name=surname.title() or cells.get("Libellé abrégé de liste", ""),
        group=cells.get("Nuance candidat") or cells.get("Nuance liste", ""),
    )


def _contest(
    table: _Table, slate: tuple[OfficialOption, ...], numbers: Sequence[int]
) -> OfficialContest:
    level = list(table.levels)[-1] if table.levels else ""
    rows = tuple(_row(table, number) for number in numbers)
    where = {table.grid.rows[number][table.levels["departement"][0]] for number in numbers}
    place = f"{where.pop()} " if len(where) == 1 else ""
    first = slate[0].short_name or slate[0].name
    return OfficialContest(
        id=f"{place}{first}",
        title=", ".join(option.short_name or option.name for option in slate),
        options=slate,
        rows=rows,
        level=level,
        headers={**FIELDS, **{VOTES + o.id: f"Voix {n}" for n, o in enumerate(slate, start=1)}},
    )


def _row(table: _Table, number: int) -> OfficialRow:
    row = table.grid.rows[number]
    cells = {field: row[place] for field, place in table.fields.items()}
    for group in table.groups:
        if panel := row[group["Numéro de panneau"]]:
            cells[VOTES + panel] = row[group["Voix"]]
    code, name, parent = _place(table, row)
    nothing = {cells.get("ballots_cast", "0"), cells["valid_votes"]} <= {"", "0"}
    status = CountStatus.WAITING if nothing else CountStatus.COMPLETE
    return OfficialRow(code, name, status, cells, table.grid.lines[number], parent)


def _place(table: _Table, row: list[str]) -> tuple[str, str, str]:
    """Code, name and parent of the finest thing a row names; a station's follows its commune's."""
    named = {level: (row[code], row[name]) for level, (code, name) in table.levels.items()}
    finest = list(named)[-1]
    code, name = named[finest]
    if finest != "bureau":
        return code, name, ""
    commune, commune_name = named["commune"]
    station = code.lstrip("0").rjust(4, "0")  # 0001 in the file of all, 1 in an extract of it
    return f"{commune}-{station}", f"{commune_name} {code.lstrip('0')}", commune_name


FORMAT = Format(
    "french-ministry-2024",
    "French ministry of the interior, 2024 and after",
    "Ministère de l’Intérieur, 2024 et après",
    _recognise,
    _parse,
)
