"""One file's whole journey, in the order of the night."""

from collections.abc import Iterable, Sequence

from . import feed, readers, tally
from .model import Contest, ContestResult, Post, Snapshot, SourceFile


def read_contest(
    file: SourceFile, contest: Contest, previous: ContestResult | None
) -> ContestResult:
    """The results of one contest, from the bytes of one file.

    Raises ``readers.ReadError`` when the file cannot be read at all. A finding of severity
    ``refuse`` in the result means that it must not be published.
    """
    return result_of(readers.read(file, contest, previous), file, contest, previous)


def result_of(
    reading: readers.Reading, file: SourceFile, contest: Contest, previous: ContestResult | None
) -> ContestResult:
    """The results of one contest, from what its file says, checked and held."""
    findings = reading.findings + tally.check(reading, file, contest, previous)
    units = tally.hold(reading.results, findings, contest, previous)
    return tally.settle(contest, previous, file, reading, units, findings)


def build_snapshot(
    contests: Iterable[Contest], results: Sequence[ContestResult], posts: Sequence[Post]
) -> Snapshot:
    """Everything of one moment: the last good result of each contest, and the feed."""
    return Snapshot(tuple(results), feed.with_ours(posts, contests, results))
