"""Units gathered into the rows of the table and the areas of the map."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Option,
    ReportingUnit,
    UnitResult,
)
from .shares import Standing, leader, standing
from .totals import total

# Status, counts, standings in the order of the ballot paper, leader.
_Sum: TypeAlias = tuple[CountStatus, Counts | None, tuple[Standing, ...], Option | None]


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of the table: a unit, or all the units of one parent."""

    key: str  # unit code, or the parent's name
    name: str
    status: CountStatus
    counts: Counts | None
    standings: tuple[Standing, ...]  # in the order of the ballot paper
    leader: Option | None
    units: int
    complete_units: int
    held_units: int
    registered_voters: int | None  # of all its units, counted or not


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One shape of the map: the sum of the units that vote in it.

    ``shared`` says that those units serve other areas too, so the numbers are not this
    area's alone (one station for six villages).
    """

    id: str
    name: str
    status: CountStatus
    counts: Counts | None
    standings: tuple[Standing, ...]  # in the order of the ballot paper
    leader: Option | None
    row_key: str  # the row a reader gets when choosing this area; "" if no unit serves it
    shared: bool


def rows(contest: Contest, result: ContestResult) -> Mapping[str, RowResult]:
    """Every row by key, in the order its first unit has in the election file."""
    members: dict[str, list[ReportingUnit]] = defaultdict(list)
    for unit in contest.units:
        members[row_key(contest, unit)].append(unit)
    return {key: _row(contest, key, units, result) for key, units in members.items()}


def areas(contest: Contest, result: ContestResult) -> Mapping[str, AreaResult]:
    """Every area of the geometry by id, in the geometry's order; empty without a map."""
    if contest.geometry is None:
        return {}
    serving: dict[str, list[ReportingUnit]] = defaultdict(list)
    for unit in contest.units:
        for area in unit.areas:
            serving[area].append(unit)
    # Several areas may be one and the same sum: a station for six villages is added up once.
    sums: dict[tuple[str, ...], _Sum] = {}
    found = {}
    for shape in contest.geometry.areas:
        units = serving[shape.id]
        codes = tuple(unit.code for unit in units)
        if codes not in sums:
            sums[codes] = _sum(contest, units, result)
        key = row_key(contest, units[0]) if units else ""
        shared = any(len(unit.areas) > 1 for unit in units)
        found[shape.id] = AreaResult(shape.id, shape.name, *sums[codes], key, shared)
    return found


def row_key(contest: Contest, unit: ReportingUnit) -> str:
    """The key of the row a unit belongs to."""
    return unit.parent or unit.code if contest.rows == "parent" else unit.code


def _row(
    contest: Contest, key: str, units: list[ReportingUnit], result: ContestResult
) -> RowResult:
    results = [result.units[unit.code] for unit in units]
    registered = [unit.registered_voters for unit in units]
    return RowResult(
        key,
        units[0].parent if contest.rows == "parent" and units[0].parent else units[0].name,
        *_sum(contest, units, result),
        units=len(units),
        complete_units=sum(r.status is CountStatus.COMPLETE for r in results),
        held_units=sum(r.held for r in results),
        registered_voters=None if None in registered else sum(r or 0 for r in registered),
    )


def _sum(contest: Contest, units: list[ReportingUnit], result: ContestResult) -> _Sum:
    results = [result.units[unit.code] for unit in units]
    counts = total(results)
    return (
        combined_status(results), counts, standing(contest, counts), leader(contest, counts),
    )  # fmt: skip


def combined_status(results: Iterable[UnitResult]) -> CountStatus:
    """Complete when all are, waiting when none is counted, partial in between."""
    statuses = [unit.status for unit in results]
    if statuses and all(status is CountStatus.COMPLETE for status in statuses):
        return CountStatus.COMPLETE
    if all(status is CountStatus.WAITING for status in statuses):
        return CountStatus.WAITING
    return CountStatus.PARTIAL
