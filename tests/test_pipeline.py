"""What a file says of itself, from its bytes to the result that is kept."""

from datetime import UTC, datetime
from pathlib import Path

from dashboard import pipeline, wire
from dashboard.model import ContestResult, Snapshot
from tests.builders import make_file
from tests.readers.formats.official import night

GOOD = Path(__file__).parent / "files" / "clarity" / "good.xml"
NIGHT = night(GOOD, "1")
MADE = datetime(2026, 11, 4, 2, 5, 7, tzinfo=UTC)


def read(before: ContestResult | None, *edits: tuple[str, str]) -> ContestResult:
    text = GOOD.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return pipeline.read_contest(make_file(text.encode(), at=MADE), NIGHT.contest, before)


def codes(result: ContestResult) -> list[str]:
    return [finding.code for finding in result.findings]


def test_F20_the_older_of_two_mirrors_is_refused_after_a_take_over_too() -> None:
    first = read(None)
    assert (first.generated_at, codes(first)) == (MADE, [])
    saved = wire.snapshot_from_json(wire.snapshot_to_json(Snapshot((first,), ()))).contests[0]
    for before in (first, saved):
        assert codes(read(before, ("9:05:07 PM", "9:05:06 PM"))) == ["C292"]
        assert codes(read(before, ("9:05:07 PM", "9:05:08 PM"))) == []


def test_F26_a_total_of_the_file_that_is_not_the_sum_is_said_and_ours_is_published() -> None:
    first = read(None)
    assert codes(read(first, ('totalVotes="', 'totalVotes="1'))) == ["C208"]
    assert read(first, ('totalVotes="', 'totalVotes="1')).units == first.units
