"""The arithmetic of a count: integers until the last step, no I/O, no opinion on layout."""

from .aggregate import AreaResult, RowResult, areas, rows
from .changes import settle
from .checks import check, hold
from .progress import Progress, progress, state
from .shares import Standing, leader, standing
from .totals import total

__all__ = [
    "AreaResult",
    "Progress",
    "RowResult",
    "Standing",
    "areas",
    "check",
    "hold",
    "leader",
    "progress",
    "rows",
    "settle",
    "standing",
    "state",
    "total",
]
