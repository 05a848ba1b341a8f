"""The parents of a contest: a table of their codes and names, and the maps of each and of all."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..clean import clean_text
from ..model import Geometry, Parent, ReportingUnit
from .errors import SettingsError
from .geometry import read_geometry, split_geometry
from .schema import GeometryTable, ParentsTable
from .units import NAME_LIMIT, read_table

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,15}")  # it is part of an address


def read_parents(
    election: Path, key: str, table: ParentsTable, units: Iterable[ReportingUnit]
) -> tuple[Parent, ...]:
    """In the order of the file. Raises ``SettingsError`` for a code that is no address, a parent
    without a unit, or a unit of a parent that is not listed."""
    path = election.parent / table.path
    names: dict[str, str] = {}
    for number, row in read_table(election, key, path, table.delimiter, (table.code, table.name)):
        code = row.get(table.code, "")
        if not _CODE.fullmatch(code) or code in names:
            expected = "letters and digits, up to 16, used only once"
            raise SettingsError(path, f"line {number}, {table.code}", code, expected)
        names[code] = clean_text(row.get(table.name, ""), NAME_LIMIT) or code
    members = Counter(unit.parent for unit in units)
    for unit in units:
        if unit.parent not in names:
            where = f"the parent of {unit.name} ({unit.code})"
            raise SettingsError(path, where, unit.parent, "a code of this table")
    for code in names:
        if not members[code]:
            raise SettingsError(path, table.code, code, "the parent of at least one unit")
    return tuple(Parent(code, name) for code, name in names.items())


def with_maps(
    election: Path,
    key: str,
    table: GeometryTable,
    parents: tuple[Parent, ...],
    units: Iterable[ReportingUnit],
    files: dict[str, bytes],
) -> tuple[Parent, ...]:
    """Each with the map of its own units, put among ``files``. Raises ``SettingsError``."""
    parent_of: dict[str, str] = {}
    for unit in units:
        for area in unit.areas:
            other = parent_of.setdefault(area, unit.parent)
            if other != unit.parent:
                expected = f"areas of {unit.parent} alone: {area} is of {other} too"
                raise SettingsError(election, f"{key}.areas", unit.code, expected)
    maps = split_geometry(election, key, table, parent_of)
    files |= {geometry.url: content for geometry, content in maps.values()}
    return tuple(
        replace(parent, geometry=maps[parent.code][0]) if parent.code in maps else parent
        for parent in parents
    )


def read_map_of_all(
    election: Path,
    key: str,
    table: GeometryTable,
    parents: tuple[Parent, ...],
    files: dict[str, bytes],
) -> Geometry:
    """One area for each parent, by code. Raises ``SettingsError``."""
    geometry, content = read_geometry(election, key, table)
    files[geometry.url] = content
    known = {area.id for area in geometry.areas}
    if not any(parent.code in known for parent in parents):
        expected = f"ids that are codes of parents, such as {parents[0].code}"
        raise SettingsError(election, f"{key}.id", ", ".join(sorted(known)[:3]), expected)
    return geometry
