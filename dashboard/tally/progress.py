"""How far the count has come."""

from dataclasses import dataclass

from ..model import Contest, ContestResult, CountStatus


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


def progress(contest: Contest, result: ContestResult) -> Progress:
    """Counted over all units of the contest."""
    results = [result.units[unit.code] for unit in contest.units]
    complete = [r.status is CountStatus.COMPLETE for r in results]
    registered = [
        _registered(unit.registered_voters, r.code, result)
        for unit, r in zip(contest.units, results, strict=True)
    ]
    known = None not in registered and bool(registered)
    return Progress(
        units=len(results),
        complete=sum(complete),
        partial=sum(r.status is CountStatus.PARTIAL for r in results),
        held=sum(r.held for r in results),
        registered=sum(n or 0 for n in registered) if known else None,
        registered_counted=(
            sum(n or 0 for n, done in zip(registered, complete, strict=True) if done)
            if known
            else None
        ),
    )


def _registered(of_register: int | None, code: str, result: ContestResult) -> int | None:
    counts = result.units[code].counts
    if of_register is None and counts is not None:
        return counts.registered_voters
    return of_register


def state(contest: Contest, result: ContestResult) -> str:
    """``waiting``, ``early``, ``partial`` or ``complete``.

    Early is a share of the units (``Contest.early_below``): the first stations to report are
    small and alike, and their shares are no tendency. A held unit is not complete news: with
    one in verification the count is still partial.
    """
    done = progress(contest, result)
    if done.units and done.complete == done.units and not done.held:
        return "complete"
    if not any(unit.counted for unit in result.units.values()):
        return "waiting"
    return "early" if done.share < contest.early_below else "partial"
