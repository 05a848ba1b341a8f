"""Which class of the map each area falls in."""

from collections.abc import Mapping

from ..charts.map import NONE, TIE, WAITING, option_class
from ..charts.theme import lead_class
from ..model import Contest, CountStatus
from ..tally import AreaResult, RowResult

PARTIAL_FLOOR = 0.25  # of the stations of a row, under which its colour would be a rumour
PARTIAL_VOTES = 50


def area_class(
    contest: Contest, rows: Mapping[str, RowResult], area: AreaResult, *, settled: bool
) -> int:
    """The class index (charts.map); ``settled``: whether one may say who is ahead."""
    if not area.row_key:
        return NONE
    if area.counts is None or not settled or _below_floor(rows, area):
        return WAITING
    if area.leader is None:
        return TIE if area.counts.valid_votes else WAITING
    first, second = (*area.ranked[:2], None)[:2]
    assert first is not None
    runner_up = (second.share or 0.0) if second else 0.0
    lead = max(0.0, (first.share or 0.0) - runner_up)
    return option_class(contest.options.index(area.leader), lead_class(lead))


def _below_floor(rows: Mapping[str, RowResult], area: AreaResult) -> bool:
    """A few early stations of a town are not the town: its numbers are in the tip."""
    if area.status is not CountStatus.PARTIAL or area.counts is None:
        return False
    row = rows[area.row_key]
    few_stations = row.units > 1 and row.complete_units / row.units < PARTIAL_FLOOR
    return few_stations or area.counts.valid_votes < PARTIAL_VOTES
