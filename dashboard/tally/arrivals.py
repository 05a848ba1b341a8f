"""Which rows have just become complete."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from ..model import Arrival, Contest, ContestResult, CountStatus, ReportingUnit, UnitResult
from .aggregate import row_key

MOST_ARRIVALS = 12  # of the newest: a wall lists five of them


def arrivals(
    contest: Contest,
    previous: ContestResult | None,
    units: Mapping[str, UnitResult],
    changed: Iterable[str],
    at: datetime,
) -> tuple[Arrival, ...]:
    """The newest of the night, the last one last; ``changed`` are units of the file that came
    ``at``. Of a night that is joined late nothing is known but what comes."""
    if previous is None:
        return ()
    came = {  # no row becomes complete but by one of its units
        code
        for code in changed
        if _is_complete(units[code]) and not _is_complete(previous.units[code])
    }
    if not came:
        return previous.arrivals
    moved = {_row(contest, unit) for unit in contest.units if unit.code in came}
    members: dict[str, list[str]] = defaultdict(list)
    for unit in contest.units:
        if (key := _row(contest, unit)) in moved:
            members[key].append(unit.code)
    new = [
        Arrival(key, at)
        for key, row in members.items()
        if all(_is_complete(units[code]) for code in row)
    ]
    return (*previous.arrivals, *new)[-MOST_ARRIVALS:]


def _row(contest: Contest, unit: ReportingUnit) -> str:
    return unit.parent if contest.parents else row_key(contest, unit)


def _is_complete(unit: UnitResult) -> bool:
    return unit.status is CountStatus.COMPLETE
