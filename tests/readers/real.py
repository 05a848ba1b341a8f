"""How the tests describe and read real files; these lie in ../shared/data, where it is at hand."""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model import Contest, Option, TableColumns
from dashboard.readers import Reading, read
from tests.builders import make_file

from .tables import SHARED, WIDE

WHEN_AT_HAND = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here"),
]


def contest(
    options: Sequence[str], columns: TableColumns, rest: str = "", **source: Any
) -> Contest:
    """The contest of these options, and of what remains if ``rest`` names it."""
    ballot = [Option(option, option, option) for option in options]
    if rest:
        ballot.append(Option(rest, rest, rest, remainder=True))
    return replace(
        WIDE, options=tuple(ballot), source=replace(WIDE.source, columns=columns, **source)
    )


def of_one_unit(described: Contest) -> Contest:
    """The contest of a table that has no column of units."""
    return replace(described, units=described.units[:1])


def content(path: str) -> bytes:
    """The bytes of a file, what is packed unpacked."""
    given = (SHARED / path).read_bytes()
    return gzip.decompress(given) if path.endswith(".gz") else given


def lines(path: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The lines of a table as the csv module alone sees them."""
    text = content(path).decode("utf-8-sig")
    return csv.DictReader(text.splitlines(), delimiter=delimiter)


def read_real(path: str, described: Contest, found: Sequence[str] = ()) -> Reading:
    """What a file says; ``found`` are the codes of all that is wrong with it."""
    reading = read(make_file(content(path)), described)
    assert [finding.code for finding in reading.findings] == list(found)
    return reading


def totals(reading: Reading, described: Contest) -> Mapping[str, int]:
    """Votes by option, "valid" and "units": what is counted in all."""
    counted = [result.counts for result in reading.results.values() if result.counts]
    votes = {
        option.id: sum(counts.votes[option.id] for counts in counted)
        for option in described.options
    }
    return votes | {"valid": sum(counts.valid_votes for counts in counted), "units": len(counted)}
