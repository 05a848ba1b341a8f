"""The job every benchmark shares: the Hérault reconstruction, step by step, in process."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard import demo, pipeline, views, wire
from dashboard.model import Election, SourceFile
from dashboard.settings import load_election

NAME = "herault-2017"


def election() -> Election:
    return load_election(demo.DATA / "elections" / f"{NAME}.toml").election


def documents() -> Iterator[tuple[int, dict[str, wire.JSON]]]:
    """(units that changed, documents by name) of each version of the night."""
    night = election()
    previous, drawing = None, views.Documents()
    for step in demo.steps(demo.read_night(NAME)):
        content = step.results
        file = SourceFile(
            "results.csv", content, wire.digest(content), datetime(2017, 1, 29, 20, tzinfo=UTC)
        )
        result = pipeline.read_contest(file, night.contests[0], previous)
        snapshot = pipeline.build_snapshot(night.contests, [result], [])
        yield len(result.changed), drawing(night, snapshot, frozenset())
        previous = result
