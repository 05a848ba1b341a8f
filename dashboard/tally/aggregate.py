"""Units gathered into the rows of the table and the areas of the map."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ..model import (
    Area,
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Option,
    ReportingUnit,
    UnitResult,
)
from .compare import Comparer, Comparison, compare_parents
from .progress import Progress, add_progress, progress
from .shares import Standing, by_votes, leader, standing
from .totals import add

# Status, counts, standings in the order of the ballot paper, the same by votes, leader.
_Sum: TypeAlias = tuple[
    CountStatus, Counts | None, tuple[Standing, ...], tuple[Standing, ...], Option | None
]


# Made by the ten thousand: a frozen dataclass takes three times as long.
class RowResult(NamedTuple):
    """One row of the table: a unit, or all the units of one parent."""

    key: str  # unit code, or what its parent is called there
    name: str
    status: CountStatus
    counts: Counts | None
    standings: tuple[Standing, ...]  # in the order of the ballot paper
    ranked: tuple[Standing, ...]  # by votes
    leader: Option | None
    units: int
    complete_units: int
    held_units: int
    registered_voters: int | None  # of all its units, counted or not


class AreaResult(NamedTuple):
    """One shape of the map: the sum of the units that vote in it.

    ``shared`` says that those units serve other areas too, so the numbers are not this
    area's alone (one station for six villages).
    """

    id: str
    name: str
    status: CountStatus
    counts: Counts | None
    standings: tuple[Standing, ...]  # in the order of the ballot paper
    ranked: tuple[Standing, ...]  # by votes
    leader: Option | None
    row_key: str  # the row a reader gets when choosing this area; "" if no unit serves it
    shared: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a contest has come to: in all, by row and by area."""

    counts: Counts | None
    progress: Progress
    rows: Mapping[str, RowResult]  # by key, in the order their first units have in the file
    areas: Mapping[str, AreaResult]  # by id, in the geometry's order; empty without a map
    compared: Comparison = field(default_factory=Comparison)  # with an earlier vote


class Gatherer:
    """Gathers the units of a contest, version after version, each added up once for its row and
    its area.

    A row or area whose units are the very objects of the version before is the object it was.
    """

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._members: dict[str, list[ReportingUnit]] = defaultdict(list)  # by row
        self._serving: dict[str, list[ReportingUnit]] = defaultdict(list)  # by area
        for unit in contest.units:
            self._members[row_key(contest, unit)].append(unit)
            for area in unit.areas:
                self._serving[area].append(unit)
        self._compare = Comparer(contest, self._members, self._serving)
        self._units: Mapping[str, UnitResult] = {}
        self._rows: dict[str, RowResult] = {}
        self._areas: dict[str, AreaResult] = {}

    def __call__(self, result: ContestResult) -> Gathered:
        contest, sums = self._contest, _Sums(self._contest, result)
        before, self._units = self._units, result.units
        changed = [u for u in contest.units if before.get(u.code) is not result.units[u.code]]
        keys = dict.fromkeys([row_key(contest, unit) for unit in changed])
        rows = {key: _row(contest, key, self._members[key], sums) for key in keys}
        moved = {area for unit in changed for area in unit.areas}
        areas = {
            shape.id: _area(contest, shape, self._serving[shape.id], sums)
            for shape in _shapes(contest)
            if shape.id in moved or shape.id not in self._areas
        }
        self._rows = {**self._rows, **rows}
        self._areas = {**self._areas, **areas}
        counts = add(row.counts for row in self._rows.values())
        return Gathered(
            counts, progress(contest, result), self._rows, self._areas, self._compare(result)
        )


def gather_parents(contest: Contest, parts: Mapping[str, Gathered]) -> Gathered:
    """From what its parents have come to, by code: a row and an area for each."""
    rows = {}
    for parent in contest.parents:
        done = parts[parent.code].progress
        rows[parent.code] = RowResult(
            parent.code,
            parent.name,
            *_scored(contest, done.status, parts[parent.code].counts),
            units=done.units,
            complete_units=done.complete,
            held_units=done.held,
            registered_voters=done.registered,
        )
    nothing = _scored(contest, CountStatus.WAITING, None)
    areas = {
        shape.id: AreaResult(shape.id, shape.name, *nothing, row_key="", shared=False)
        if (row := rows.get(shape.id)) is None
        else AreaResult(
            shape.id, shape.name, row.status, row.counts, row.standings, row.ranked, row.leader,
            row.key, shared=False,
        )
        for shape in _shapes(contest)
    }  # fmt: skip
    return Gathered(
        add(part.counts for part in parts.values()),
        add_progress(part.progress for part in parts.values()),
        rows,
        areas,
        compare_parents(contest, {code: part.compared for code, part in parts.items()}),
    )


def _shapes(contest: Contest) -> tuple[Area, ...]:
    return contest.geometry.areas if contest.geometry else ()


def row_key(contest: Contest, unit: ReportingUnit) -> str:
    """The key of the row a unit belongs to."""
    return unit.parent or unit.code if contest.rows == "parent" else unit.code


def _row(contest: Contest, key: str, units: list[ReportingUnit], sums: "_Sums") -> RowResult:
    results = sums.results(units)
    registered = [unit.registered_voters for unit in units]
    return RowResult(
        key,
        units[0].parent if contest.rows == "parent" and units[0].parent else units[0].name,
        *sums.of(units),
        units=len(units),
        complete_units=sum([r.status is CountStatus.COMPLETE for r in results]),
        held_units=sum([r.held for r in results]),
        registered_voters=None if None in registered else sum(r or 0 for r in registered),
    )


def _area(contest: Contest, shape: Area, units: list[ReportingUnit], sums: "_Sums") -> AreaResult:
    return AreaResult(
        shape.id,
        shape.name,
        *sums.of(units),
        row_key=row_key(contest, units[0]) if units else "",
        shared=any(len(unit.areas) > 1 for unit in units),
    )


class _Sums:
    """Adds up groups of units, each group once: a row and an area are often the same units, and
    a station may serve six villages."""

    def __init__(self, contest: Contest, result: ContestResult) -> None:
        self._contest = contest
        self._units = result.units
        self._known: dict[tuple[str, ...], _Sum] = {}
        self._uncounted: dict[CountStatus, _Sum] = {}  # nothing to rank, and often most of them

    def results(self, units: list[ReportingUnit]) -> list[UnitResult]:
        return [self._units[unit.code] for unit in units]

    def of(self, units: list[ReportingUnit]) -> _Sum:
        codes = tuple([unit.code for unit in units])
        if codes not in self._known:
            results = self.results(units)
            counts = add([r.counts if r.counted else None for r in results])
            self._known[codes] = self._sum(combined_status(results), counts)
        return self._known[codes]

    def _sum(self, status: CountStatus, counts: Counts | None) -> _Sum:
        if counts is not None:
            return _scored(self._contest, status, counts)
        if status not in self._uncounted:
            self._uncounted[status] = _scored(self._contest, status, None)
        return self._uncounted[status]


def _scored(contest: Contest, status: CountStatus, counts: Counts | None) -> _Sum:
    standings = standing(contest, counts)
    ranked = by_votes(standings)
    return status, counts, standings, ranked, leader(ranked)


def combined_status(results: Iterable[UnitResult]) -> CountStatus:
    """Complete when all are, waiting when none is counted, partial in between."""
    statuses = {unit.status for unit in results}
    if len(statuses) == 1:
        return statuses.pop()
    return CountStatus.PARTIAL if statuses else CountStatus.WAITING
