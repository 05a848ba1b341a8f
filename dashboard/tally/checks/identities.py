"""What must hold of a unit's own numbers: exact integers, no tolerance.

The identities are those of the French count record (code électoral, R63 to R67: votants =
émargements = enveloppes; exprimés = votants - blancs - nuls).
"""

from collections.abc import Iterator

from ...model import Counts, Finding, ReportingUnit
from .sentences import report


def check_counts(counts: Counts, unit: ReportingUnit) -> Iterator[Finding]:
    """Every identity that the counts of a unit break."""
    votes, valid = sum(counts.votes.values()), counts.valid_votes
    if votes != valid:
        yield report("C201", unit, votes=votes, valid=valid)
    cast, rejected = counts.ballots_cast, counts.rejected_ballots
    if cast is not None:
        found = valid + (rejected or 0)
        if rejected is not None and _split_is_known(counts):
            if found != cast:
                yield report("C202", unit, found=found, cast=cast)
        elif found > cast:
            yield report("C206", unit, found=found, cast=cast)
    registered = counts.registered_voters
    if registered is None:
        registered = unit.registered_voters
    present = cast if cast is not None else valid
    if registered is not None and present > registered:
        yield report("C203", unit, cast=present, registered=registered)


def _split_is_known(counts: Counts) -> bool:
    """Blank alone, or invalid alone, says nothing of the other."""
    return counts.blank_or_invalid_ballots is not None or (
        counts.blank_ballots is not None and counts.invalid_ballots is not None
    )
