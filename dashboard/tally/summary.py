"""A contest as a whole."""

from dataclasses import dataclass

from ..model import Contest, ContestResult, Counts
from .progress import Progress, progress, state_of
from .totals import total


@dataclass(frozen=True, slots=True)
class Summary:
    """What the units of a result have come to."""

    result: ContestResult
    counts: Counts | None  # of all that is counted
    progress: Progress
    state: str  # as ``progress.state``


def summary(contest: Contest, result: ContestResult) -> Summary:
    """Added up once, for all who speak of the whole."""
    return summed_up(contest, result, total(result.units.values()), progress(contest, result))


def summed_up(
    contest: Contest, result: ContestResult, counts: Counts | None, done: Progress
) -> Summary:
    """Of a result whose sums are known."""
    return Summary(result, counts, done, state_of(contest, done, counted=counts is not None))
