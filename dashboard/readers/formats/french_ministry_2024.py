"""The French ministry of the interior's table since 2024: numbered groups of columns.

UTF-8, ``;``, one row per polling station, commune, constituency, département or region, and for
each candidate or list columns with the number of the group behind their names: ``Numéro de
panneau 1``, ``Voix 1`` … A row with fewer candidates ends in empty groups. Seen: European 2024
(``Libellé de liste 1``), legislative 2024, municipal 2026 (``Sièges au CM 1``), Senate (no panel
numbers); results by nuance name only ``Nuance candidat 1``.
"""

import re
from collections.abc import Mapping

from ..content import Content
from ..grid import Grid, locate
from ..official import Format, OfficialFile
from .french_table import Table, level, official_file

# Field of Counts -> header.
FIELDS = {
    "registered_voters": "Inscrits",
    "ballots_cast": "Votants",
    "blank_ballots": "Blancs",
    "invalid_ballots": "Nuls",
    "valid_votes": "Exprimés",
}
# Code and name of what a row is about, the coarsest first.
PLACES = {
    "france": ("Code localisation", "Libellé localisation"),
    "region": ("Code région", "Libellé région"),
    "departement": ("Code département", "Libellé département"),
    "circonscription": ("Code circonscription législative", "Libellé circonscription législative"),
    "canton": ("Code canton", "Libellé canton"),
    "commune": ("Code commune", "Libellé commune"),
    "secteur": ("Code secteur", "Libellé secteur"),
    "bureau": ("Code BV", "Code BV"),
}
# What a column of a group says -> its header without the number.
GROUP = {
    "Numéro de panneau": "number",
    "Nom candidat": "surname",
    "Prénom candidat": "given",
    "Libellé de liste": "title",
    "Libellé abrégé de liste": "short",
    "Nuance candidat": "nuance",
    "Nuance liste": "list_nuance",
    "Libellé binôme": "title",
    "Nuance binôme": "nuance",
    "Voix": "votes",
}
_NAMING = {"Numéro de panneau 1", "Nom candidat 1", "Libellé de liste 1", "Nuance candidat 1",
           "Nuance liste 1", "Libellé binôme 1"}  # fmt: skip
_NUMBERED = re.compile(r"(.+) (\d{1,3})")


def _recognise(content: Content) -> str:
    header = content.header
    naming = next((name for name in header if name in _NAMING), "")
    found = naming and "Voix 1" in header and "Inscrits" in header
    return f"{naming}, Voix 1, Inscrits" if found else ""


def _parse(content: Content) -> OfficialFile:
    table = _located(content.passing_grid)
    table, uneven = level(table, [len(table.grid.header)] * len(table.grid.rows))
    return official_file(table, (*content.oddities, *uneven))


def _located(grid: Grid) -> Table:
    places = {name: place for place, name in enumerate(grid.header)}
    levels = {
        level: (places[code], places.get(name, places[code]))
        for level, (code, name) in PLACES.items()
        if code in places
    }
    groups = _groups(places)
    finest = [PLACES[list(levels)[-1]][0]] if levels else ["Code département"]
    locate(grid, [*finest, "Inscrits", "Exprimés", "Voix 1"])  # or a ReadError
    fields = {field: places[name] for field, name in FIELDS.items() if name in places}
    return Table(grid, fields, levels, groups, headers=FIELDS)


def _groups(places: Mapping[str, int]) -> list[Mapping[str, int]]:
    """Role -> column, for each number that has votes."""
    groups: dict[int, dict[str, int]] = {}
    for name, place in places.items():
        if (found := _NUMBERED.fullmatch(name)) and (role := GROUP.get(found[1])):
            groups.setdefault(int(found[2]), {}).setdefault(role, place)
    return [group for _, group in sorted(groups.items()) if "votes" in group]


FORMAT = Format(
    "french-ministry-2024",
    "French ministry of the interior, 2024 and after",
    "Ministère de l’Intérieur, 2024 et après",
    _recognise,
    _parse,
)
