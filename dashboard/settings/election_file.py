"""From the election file to the ``Election``: the joins and cross-checks a grammar cannot say."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from ..model import (
    Contest,
    Election,
    Geometry,
    Option,
    Parent,
    ReportingUnit,
)
from .errors import SettingsError
from .feeds import read_feeds
from .geometry import read_geometry
from .milestones import with_milestones
from .parents import read_map_of_all, read_parents, with_maps
from .previous import read_previous
from .rules import read_rules
from .schema import ContestTable, ElectionTable, OptionTable
from .shared_store import checked_store
from .source import read_source
from .units import read_units


@dataclass(frozen=True, slots=True)
class LoadedElection:
    """An election file, read."""

    election: Election
    geometry: Mapping[str, bytes]  # GeoJSON to serve, by URL: /geo/<digest>.json
    warnings: tuple[str, ...]  # one sentence each; the night can start all the same
    store: str = field(default="", repr=False)  # "" or the address of a database, password and all


def load_election(path: Path, *, previous: bool = True) -> LoadedElection:
    """Reads an election file and all it names. Raises ``SettingsError`` for the first fault.

    ``previous``: with the votes to compare with, which only who draws, or checks, needs.
    """
    table = _parse(path)
    _distinct(path, "contest", [contest.id for contest in table.contest])
    files: dict[str, bytes] = {}
    warnings: list[str] = []
    contests = tuple(
        _contest(path, contest, table.title, files, warnings) for contest in table.contest
    )
    if previous:
        contests = tuple(
            replace(contest, previous=read_previous(path, contest, each, warnings))
            for contest, each in zip(contests, table.contest, strict=True)
        )
    election = Election(
        id=table.id,
        title=table.title,
        contests=contests,
        feeds=read_feeds(path, table.feed),
        language=table.language,
        simulated=table.simulated,
        simulated_en=table.simulated_en or table.simulated,
        credit=table.credit,
        public_url=table.public_url,
    )
    store = checked_store(path, "store", table.store)
    return LoadedElection(election, files, tuple(warnings), store)


def _parse(path: Path) -> ElectionTable:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, "", _reason(error), "a readable TOML file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, "", str(error), "well-formed TOML") from error
    try:
        return ElectionTable.model_validate(data)
    except ValidationError as error:
        raise _first_problem(path, error) from error


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "bytes that are no UTF-8"


def _first_problem(path: Path, error: ValidationError) -> SettingsError:
    """Pydantic lists every problem; the first in the file's order is enough to act on."""
    problem = error.errors(include_url=False, include_context=False)[0]
    key = "".join(
        f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]
    ).lstrip(".")
    if problem["type"] == "extra_forbidden":
        return SettingsError(path, key, problem["input"], "no such key")
    if problem["type"] == "missing":
        return SettingsError(path, key, None, "a value: this key is required")
    expected = re.sub(r"^(Input|String|Value error,?) ?(should be |should )?", "", problem["msg"])
    return SettingsError(path, key, problem["input"], expected)


def _contest(
    path: Path, table: ContestTable, title: str, files: dict[str, bytes], warnings: list[str]
) -> Contest:
    key = f"contest.{table.id}"
    _distinct(path, f"{key}.option", [option.id for option in table.option])
    units = read_units(path, f"{key}.units", table.units)
    parents: tuple[Parent, ...] = ()
    geometry: Geometry | None = None
    if table.parents is not None:
        units, parents, geometry = _by_parent(path, key, table, units, files, warnings)
    elif table.geometry is not None:
        served = {area for unit in units for area in unit.areas}
        geometry, content = read_geometry(path, f"{key}.geometry", table.geometry, served)
        files[geometry.url] = content
        known = {area.id for area in geometry.areas}
        units = _on_the_map(path, f"{key}.units", units, known, warnings)
    if table.rows == "parent" and not any(unit.parent for unit in units):
        raise SettingsError(path, f"{key}.rows", "parent", "units that name a parent")
    embargo = table.embargo
    if embargo is not None and embargo.tzinfo is None:
        embargo = embargo.replace(tzinfo=ZoneInfo(table.timezone))
    contest = Contest(
        id=table.id,
        title=table.title or title,
        round=table.round,
        place=table.place,
        date=table.date,
        timezone=table.timezone,
        options=tuple(map(_option, table.option)),
        units=units,
        source=read_source(path, f"{key}.results", table, len(units)),
        geometry=geometry,
        rows="parent" if parents else table.rows,
        unit_word=table.unit_word,
        row_word=table.row_word or table.unit_word,
        embargo=embargo.astimezone(UTC) if embargo is not None else None,
        votes_per_ballot=table.votes_per_ballot,
        early_below=table.early_below,
        rules=read_rules(path, f"{key}.checks", table.checks),
        parents=parents,
    )
    return with_milestones(contest, table.milestones)


def _by_parent(
    path: Path,
    key: str,
    table: ContestTable,
    units: tuple[ReportingUnit, ...],
    files: dict[str, bytes],
    warnings: list[str],
) -> tuple[tuple[ReportingUnit, ...], tuple[Parent, ...], Geometry | None]:
    """The units as they are on their parents' maps, the parents, and the map of all parents."""
    assert table.parents is not None
    parents = read_parents(path, f"{key}.parents", table.parents, units)
    if table.geometry is not None:
        parents = with_maps(path, f"{key}.geometry", table.geometry, parents, units, files)
        known = {a.id for parent in parents if parent.geometry for a in parent.geometry.areas}
        units = _on_the_map(path, f"{key}.units", units, known, warnings)
    if table.parents.geometry is None:
        return units, parents, None
    place = f"{key}.parents.geometry"
    return units, parents, read_map_of_all(path, place, table.parents.geometry, parents, files)


def _option(table: OptionTable) -> Option:
    return Option(
        id=table.id,
        name=table.name,
        short_name=table.short_name or table.name,
        list_name=table.list,
        colour=table.colour,
        remainder=table.remainder,
    )


def _on_the_map(
    path: Path,
    key: str,
    units: tuple[ReportingUnit, ...],
    known: set[str],
    warnings: list[str],
) -> tuple[ReportingUnit, ...]:
    """The units without the areas the map does not have: communes merge between two elections,
    a city draws its stations and its neighbours do not.

    Such a unit counts and has its row; only its colour is missing, and a warning says so.
    """
    astray = [unit for unit in units if not known.issuperset(unit.areas)]
    if len(astray) == len(units):
        raise SettingsError(
            path,
            f"{key}.areas",
            ", ".join(area for area in astray[0].areas if area not in known),
            f"areas of the map for at least one unit; {astray[0].name} ({astray[0].code}) is the "
            f"first, and ids of the map look like {', '.join(sorted(known)[:3])}",
        )
    if astray:
        named = ", ".join(f"{unit.name} ({' '.join(unit.areas)})" for unit in astray[:5])
        more = f" and {len(astray) - 5} more" if len(astray) > 5 else ""
        warnings.append(f"{path}, {key}.areas: not on the map: {named}{more}.")
    return tuple(
        replace(unit, areas=tuple(area for area in unit.areas if area in known)) for unit in units
    )


def _distinct(path: Path, key: str, ids: list[str]) -> None:
    for number, identifier in enumerate(ids):
        if identifier in ids[:number]:
            raise SettingsError(path, f"{key}.id", identifier, "an id that is used only once")
