"""The French ministry of the interior's table up to 2022: one group of columns has names.

TXT, CSV, XLSX or XLS; ``;``, decimal comma, cp1252 or UTF-8. The header names the columns of the
place and of one candidate, ``N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp``; each row goes
on with as many such groups as there are candidates. Seen: presidential 2012 to 2022, municipal
2014 and 2020 (``Liste``, ``Sièges / Elu``), European 2019 (``N°Liste``), departmental
(``Binôme``). Before 2014 blank and invalid ballots are one number. A workbook may begin with lines
of prose, and its header may repeat the group.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ..codes import quote, quote_fr, refuse
from ..content import Content
from ..grid import Grid, locate, normal
from ..official import Format, OfficialFile
from ..reading import ReadError
from .french_table import Table, level, official_file

# Header -> field of Counts.
FIELDS = {
    "Inscrits": "registered_voters",
    "Votants": "ballots_cast",
    "Blancs": "blank_ballots",
    "Nuls": "invalid_ballots",
    "Blancs et nuls": "blank_or_invalid_ballots",
    "Exprimés": "valid_votes",
}
# Headers of the code and the name of what a row is about, the coarsest first.
PLACES = {
    "france": (("Code du niveau",), "Libellé du niveau"),
    "region": (("Code de la région",), "Libellé de la région"),
    "departement": (("Code du département",), "Libellé du département"),
    "circonscription": (("Code de la circonscription",), "Libellé de la circonscription"),
    "canton": (("Code du canton",), "Libellé du canton"),
    "commune": (("Code de la commune",), "Libellé de la commune"),
    "bureau": (("Code du b.vote", "Code B.Vote", "Code du bureau de vote"), ""),
}
# Column of a group -> what it says.
GROUP = {
    "N°Panneau": "number",
    "N.Pan.": "number",
    "N°Liste": "number",
    "N.Liste": "number",
    "Nom": "surname",
    "Prénom": "given",
    "Liste": "title",
    "Libellé Etendu Liste": "title",
    "Binôme": "title",
    "Libellé Abrégé Liste": "short",
    "Nuance": "nuance",
    "Code Nuance": "nuance",
    "Nuance Liste": "list_nuance",
    "Nuance Binôme": "list_nuance",
    "Voix": "votes",
}
_OTHERS = {"Sexe", "Nom Tête de Liste", "Elu", "Sièges", "Sièges / Elu", "Sièges Secteur",
           "Sièges CC", "% Voix/Ins", "% Voix/Exp"}  # fmt: skip
STATUS = "Etat saisie"
EXPORTED = "Date de l'export"
_PROSE = 12  # lines that may precede the header of a workbook
_PARIS = ZoneInfo("Europe/Paris")


def _recognise(content: Content) -> str:
    if evidence := _evidence(content.header):
        return evidence
    if content.kind not in {"xlsx", "xls"}:
        return ""
    try:
        return _evidence(_below_prose(content.grid).header)
    except ReadError:
        return ""


def _evidence(header: Sequence[str]) -> str:
    place = next((code for codes, _ in PLACES.values() for code in codes if code in header), "")
    share = next((name for name in ("% Voix/Exp", "% Voix/Ins") if name in header), "")
    found = place and share and {"Voix", "Exprimés"}.issubset(header)
    return f"{place}, Exprimés, Voix, {share}" if found else ""


def _parse(content: Content) -> OfficialFile:
    grid = _below_prose(content.grid)
    locate(grid, ["Exprimés", "Voix"] if "Voix" not in grid.header else ["Exprimés"])
    start = min(place for place, name in enumerate(grid.header) if name in GROUP or name == "Sexe")
    locate(replace(grid, header=grid.header[:start]), ["Exprimés"])  # before any candidate
    group = _group(grid.header[start:])
    if "Voix" not in group:
        stranger = grid.header[start + len(group)]
        raise refuse("R201", line=grid.header_line, missing=f"'Voix' before {quote(stranger)}",
                     missing_fr=f"« Voix » avant {quote_fr(stranger)}")  # fmt: skip
    if content.kind == "text":
        _reject_torn(grid, content.text)
    else:
        grid = _rectangle(grid, start, len(group))
    widths = [_expected(row, start, len(group)) for row in grid.rows]
    table, uneven = level(_located(grid, start, group), widths)
    table = _with_groups(table, start, group)
    return official_file(table, (*content.oddities, *uneven), _exported(table.grid))


def _below_prose(grid: Grid) -> Grid:
    """The table from its true header on."""
    if _evidence(grid.header):
        return grid
    for number, row in enumerate(grid.rows[:_PROSE]):
        header = tuple(map(normal, row))
        if _evidence(header):
            end = max(place for place, name in enumerate(header, start=1) if name)
            return Grid(header[:end], grid.lines[number], grid.rows[number + 1 :],
                        grid.lines[number + 1 :])  # fmt: skip
    return grid


def _group(names: Sequence[str]) -> list[str]:
    """The columns of one group: up to where the header ends or begins again."""
    group: list[str] = []
    for name in names:
        if name in group or (name not in GROUP and name not in _OTHERS):
            break
        group.append(name)
    return group


def _reject_torn(grid: Grid, text: str) -> None:
    """A last row that ends early and without a line break, be it after a whole group."""
    if not grid.rows or text.endswith(("\n", "\r")):
        return
    if len(grid.rows[-1]) < max(map(len, grid.rows)):
        raise refuse("R105", line=grid.lines[-1])


def _rectangle(grid: Grid, start: int, width: int) -> Grid:
    """The rows of a sheet, which end with the last cell that holds anything, to whole groups."""
    rows = []
    for row in grid.rows:
        end = max((place for place, cell in enumerate(row, start=1) if cell), default=0)
        whole = start + -(-max(end - start, 0) // width) * width
        rows.append([*row[:whole], *[""] * (whole - len(row))])
    return replace(grid, rows=rows)


def _expected(row: Sequence[str], start: int, width: int) -> int:
    """How many cells a row has when all its groups are whole; one more, and empty, ends a line
    with a delimiter."""
    extra = (len(row) - start) % width if len(row) >= start else -1
    if extra == 0 or (extra == 1 and not row[-1]):
        return len(row)
    return start + max(1, round((len(row) - start) / width)) * width


def _located(grid: Grid, start: int, group: Sequence[str]) -> Table:
    places = {name: place for place, name in enumerate(grid.header[:start])}
    levels = {
        level: (places[code], places.get(name, places[code]))
        for level, (codes, name) in PLACES.items()
        for code in codes
        if code in places
    }
    if not levels:  # recognised by one that stands behind the first candidate
        locate(replace(grid, header=grid.header[:start]), ["Code du département"])
    fields = {field: places[name] for name, field in FIELDS.items() if name in places}
    return Table(grid, fields, levels, (), places.get(STATUS), local_codes=True,
                 headers={field: name for name, field in FIELDS.items()})  # fmt: skip


def _with_groups(table: Table, start: int, group: Sequence[str]) -> Table:
    """The rows as wide as the widest, with the places of every group."""
    roles = {GROUP[name]: n for n, name in enumerate(group) if name in GROUP}
    rows = table.grid.rows
    count = max(((len(row) - start) // len(group) for row in rows), default=0)
    width = start + count * len(group)
    wide = [row[:width] + [""] * (width - len(row)) for row in rows]
    groups = [
        {role: start + number * len(group) + place for role, place in roles.items()}
        for number in range(count)
    ]
    return replace(table, grid=replace(table.grid, rows=wide), groups=groups)


def _exported(grid: Grid) -> datetime | None:
    """When the ministry made the file, where a column says so."""
    if EXPORTED not in grid.header or not grid.rows:
        return None
    cell = normal(grid.rows[0][grid.header.index(EXPORTED)])
    try:
        return datetime.strptime(cell, "%d/%m/%Y %H:%M:%S").replace(tzinfo=_PARIS)
    except ValueError:
        return None


FORMAT = Format(
    "french-ministry-2022",
    "French ministry of the interior, up to 2022",
    "Ministère de l’Intérieur, jusqu’en 2022",
    _recognise,
    _parse,
)
