"""What must hold of a unit's own numbers: exact integers, no tolerance.

The identities are those of the French count record (code électoral, R63 to R67: votants =
émargements = enveloppes; exprimés = votants - blancs - nuls). Where a ballot holds several votes
there may be fewer of them, and never more, than ballots times that number.
"""

from collections.abc import Iterable, Mapping

from ...model import Contest, Counts, ReportingUnit, UnitResult
from .report import Report


def check_units(
    results: Iterable[UnitResult], known: Mapping[str, ReportingUnit], contest: Contest, say: Report
) -> None:
    """Every identity that a unit of the contest breaks (C201 to C203, C206, C207)."""
    each = contest.votes_per_ballot
    for result in results:
        unit = known.get(result.code)
        if unit is not None and result.counts is not None:
            _check_counts(result.counts, unit, each, say)


def _check_counts(counts: Counts, unit: ReportingUnit, each: int, say: Report) -> None:
    votes, valid = sum(counts.votes.values()), counts.valid_votes
    if votes != valid:
        say.add("C201", unit, votes=votes, valid=valid)
    cast = counts.ballots_cast
    if cast is not None and each == 1:
        _check_ballots(counts, cast, unit, say)
    elif cast is not None:
        _check_several(counts, cast, each, unit, say)
    registered = counts.registered_voters
    if registered is None:
        registered = unit.registered_voters
    present = valid if cast is None and each == 1 else cast
    if registered is not None and present is not None and present > registered:
        say.add("C203", unit, cast=present, registered=registered)


def _check_ballots(counts: Counts, cast: int, unit: ReportingUnit, say: Report) -> None:
    """One vote on a ballot: each is valid, blank or invalid."""
    found = counts.valid_votes + (counts.rejected_ballots or 0)
    if _split_is_known(counts):
        if found != cast:
            say.add("C202", unit, found=found, cast=cast)
    elif found > cast:
        say.add("C206", unit, found=found, most=cast, cast=cast)


def _check_several(counts: Counts, cast: int, each: int, unit: ReportingUnit, say: Report) -> None:
    rejected, most = counts.rejected_ballots, each * cast
    if counts.valid_votes > most:
        say.add("C206", unit, found=counts.valid_votes, most=most, cast=cast)
    if rejected is not None and rejected > cast:
        say.add("C207", unit, rejected=rejected, cast=cast)


def _split_is_known(counts: Counts) -> bool:
    """Blank alone, or invalid alone, says nothing of the other."""
    return counts.blank_or_invalid_ballots is not None or (
        counts.blank_ballots is not None and counts.invalid_ballots is not None
    )
