"""How far the count has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

from ..model import Contest, ContestResult, CountStatus, UnitResult


@dataclass(frozen=True, slots=True)
class Progress:
    """Units and, where known, registered voters. A partial unit is not a counted one."""

    units: int
    complete: int
    partial: int
    held: int
    registered: int | None  # of all units; None when one of them is unknown
    registered_counted: int | None  # of the complete units

    @property
    def share(self) -> float:
        """Complete units over all units, 0 to 1."""
        return self.complete / self.units if self.units else 0.0

    @property
    def status(self) -> CountStatus:
        """Complete when all are, waiting when none is counted, partial in between."""
        if self.units and self.complete == self.units:
            return CountStatus.COMPLETE
        return CountStatus.PARTIAL if self.complete or self.partial else CountStatus.WAITING


def progress(contest: Contest, result: ContestResult) -> Progress:
    """Counted over all units of the contest."""
    results = [result.units[unit.code] for unit in contest.units]
    statuses = [r.status for r in results]
    complete = [status is CountStatus.COMPLETE for status in statuses]
    registered = [unit.registered_voters for unit in contest.units]
    if None in registered:
        registered = [_registered(n, r) for n, r in zip(registered, results, strict=True)]
    numbers = [number for number in registered if number is not None]
    known = bool(numbers) and len(numbers) == len(results)
    return Progress(
        units=len(results),
        complete=complete.count(True),
        partial=statuses.count(CountStatus.PARTIAL),
        held=[r.held for r in results].count(True),
        registered=sum(numbers) if known else None,
        registered_counted=sum(compress(numbers, complete)) if known else None,
    )


def add_progress(progresses: Iterable[Progress]) -> Progress:
    """The progress of several groups of units together."""
    groups = list(progresses)
    known = bool(groups) and all(group.registered is not None for group in groups)
    return Progress(
        units=sum(group.units for group in groups),
        complete=sum(group.complete for group in groups),
        partial=sum(group.partial for group in groups),
        held=sum(group.held for group in groups),
        registered=sum(group.registered or 0 for group in groups) if known else None,
        registered_counted=sum(g.registered_counted or 0 for g in groups) if known else None,
    )


def _registered(of_register: int | None, result: UnitResult) -> int | None:
    if of_register is None and result.counts is not None:
        return result.counts.registered_voters
    return of_register


def state(contest: Contest, result: ContestResult) -> str:
    """``waiting``, ``early``, ``partial`` or ``complete``."""
    counted = any(unit.counted for unit in result.units.values())
    return state_of(contest, progress(contest, result), counted=counted)


def state_of(contest: Contest, done: Progress, *, counted: bool) -> str:
    """As ``state``; ``counted``: whether anything is.

    Early is a share of the units (``Contest.early_below``): the first stations to report are
    small and alike, and their shares are no tendency. A held unit is not complete news: with
    one in verification the count is still partial.
    """
    if done.units and done.complete == done.units and not done.held:
        return "complete"
    if not counted:
        return "waiting"
    return "early" if done.share < contest.early_below else "partial"
