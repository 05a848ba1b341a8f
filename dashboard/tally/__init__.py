"""The arithmetic of a count: integers until the last step, no I/O, no opinion on layout."""

from .aggregate import AreaResult, Gathered, Gatherer, RowResult, gather_parents, row_key
from .changes import believed, settle
from .checks import CHECKS, Rule, check, hold
from .compare import Change, Comparison, Swing
from .corrections import taken_back
from .parts import split
from .progress import Progress, progress, state, state_of
from .shares import Standing, by_votes, leader, standing
from .summary import Summary, summary, summed_up
from .totals import total

__all__ = [
    "CHECKS",
    "AreaResult",
    "Change",
    "Comparison",
    "Gathered",
    "Gatherer",
    "Progress",
    "RowResult",
    "Rule",
    "Standing",
    "Summary",
    "Swing",
    "believed",
    "by_votes",
    "check",
    "gather_parents",
    "hold",
    "leader",
    "progress",
    "row_key",
    "settle",
    "split",
    "standing",
    "state",
    "state_of",
    "summary",
    "summed_up",
    "taken_back",
    "total",
]
