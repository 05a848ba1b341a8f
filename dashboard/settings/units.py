"""The list of reporting units, from any table that names them (a results file will do)."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..clean import clean_text
from ..model import ReportingUnit
from .errors import SettingsError
from .schema import UnitsTable

NAME_LIMIT = 120  # characters


def read_units(election: Path, key: str, table: UnitsTable) -> tuple[ReportingUnit, ...]:
    """Units in the order of the file, each code once: the first row that names it counts.

    Raises ``SettingsError`` when the file or a column is not there, or a number is none.
    """
    path = election.parent / table.path
    wanted = [
        *_names(table.code),
        *_names(table.name),
        *_names(table.areas),
        table.parent,
        table.registered_voters,
        *table.where,
    ]
    units: dict[str, ReportingUnit] = {}
    for number, row in read_table(election, key, path, table.delimiter, wanted):
        unit = _unit(path, number, row, table)
        if unit is not None:
            units.setdefault(unit.code, unit)
    if not units:
        raise SettingsError(path, "", "no unit", "one line per unit")
    return tuple(units.values())


def read_table(
    election: Path, key: str, path: Path, delimiter: str, wanted: Iterable[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by header of every row of a table that has the ``wanted`` columns.

    Raises ``SettingsError`` when the file, or one of them, is not there.
    """
    rows = _rows(path, delimiter)
    if not rows:
        raise SettingsError(path, "", "an empty file", "a header line and one line for each")
    header = [cell.strip() for cell in rows[0]]
    for column in filter(None, wanted):
        if column not in header:
            raise SettingsError(election, key, column, f"a column of {path.name}: {header}")
    for number, cells in enumerate(rows[1:], start=2):
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=False))


def _unit(path: Path, line: int, row: dict[str, str], table: UnitsTable) -> ReportingUnit | None:
    code = "-".join(row.get(column, "") for column in _names(table.code)).zfill(table.pad_code)
    wanted = all(row.get(column) == cell for column, cell in table.where.items())
    if not code.strip("-") or code in table.ignore or not wanted:
        return None
    registered = row.get(table.registered_voters, "").replace("\u202f", "").replace(" ", "")
    if registered and not (registered.isascii() and registered.isdigit()):
        raise SettingsError(
            path, f"line {line}, {table.registered_voters}", registered, "a whole number"
        )
    name = " ".join(row.get(column, "") for column in _names(table.name))
    return ReportingUnit(
        code=code,
        name=clean_text(name, NAME_LIMIT) or code,
        parent=clean_text(row.get(table.parent, ""), NAME_LIMIT),
        registered_voters=int(registered) if registered else None,
        areas=_areas(row, table),
    )


def _areas(row: dict[str, str], table: UnitsTable) -> tuple[str, ...]:
    """Several ids in one cell, or one id put together from several columns."""
    columns = _names(table.areas)
    cells = [row.get(column, "") for column in columns]
    parts = cells if len(columns) > 1 else _several(cells[0], table.areas_separator)
    if table.areas_strip_zeros:
        parts = [part.lstrip("0") or "0" for part in parts]
    return ("-".join(parts),) if len(columns) > 1 else tuple(parts)


def _several(cell: str, separator: str) -> list[str]:
    """The ids of one cell; a separator of its own lets them hold spaces."""
    found = cell.split(separator or None)
    return [part for part in map(str.strip, found) if part]


def _rows(path: Path, delimiter: str) -> list[list[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(path, "", error.strerror, "a readable table of units") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    found = delimiter or max(";,\t|", key=first.count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=found) if row]


def _names(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else columns
