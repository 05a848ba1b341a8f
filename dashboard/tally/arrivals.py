"""Which rows have just become complete."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from ..model import Arrival, Contest, ContestResult, CountStatus, ReportingUnit, UnitResult
from .aggregate import combined_status, row_key

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
    codes = frozenset(changed)
    if previous is None or not codes:
        return previous.arrivals if previous else ()
    moved = {_row(contest, unit) for unit in contest.units if unit.code in codes}
    members: dict[str, list[str]] = defaultdict(list)
    for unit in contest.units:
        if (key := _row(contest, unit)) in moved:
            members[key].append(unit.code)
    new = [
        Arrival(key, at)
        for key, row in members.items()
        if _complete(row, units) and not _complete(row, previous.units)
    ]
    return (*previous.arrivals, *new)[-MOST_ARRIVALS:]


def _row(contest: Contest, unit: ReportingUnit) -> str:
    return unit.parent if contest.parents else row_key(contest, unit)


def _complete(row: Iterable[str], units: Mapping[str, UnitResult]) -> bool:
    return combined_status(units[code] for code in row) is CountStatus.COMPLETE
