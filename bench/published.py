"""CPU from a file in hand to its published version: Hérault's real night, and a simulated country.

    .venv/bin/python -m bench.published [--folder build/france]

The watcher's own code and its settings of the collector, without its waiting and its archive. The
country is the one of bench.france, whose first run fetches the outlines.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from dashboard import demo, wire
from dashboard.live.companion import JOURNEY, spare_the_collector
from dashboard.live.publisher import Publisher
from dashboard.model import Election, SourceFile
from dashboard.settings import load_election
from dashboard.store import DirectoryStore

from .france_night import France

AT = datetime(2027, 4, 11, 18, tzinfo=UTC)


class Night:
    """One election, published step by step."""

    def __init__(self, election: Election, state: Path) -> None:
        store = DirectoryStore(state)
        store.prepare()
        self._contest = election.contests[0]
        self._publisher = Publisher(election, store, JOURNEY, "bench")

    def step(self, content: bytes) -> float:
        """CPU seconds of one file."""
        file = SourceFile("results.csv", content, wire.digest(content), AT)
        before = time.process_time()
        previous = self._publisher.results.get(self._contest.id)
        self._publisher.take_result(JOURNEY.read_contest(file, self._contest, previous))
        self._publisher.publish(AT)
        return time.process_time() - before


def herault(state: Path) -> None:
    election = load_election(demo.DATA / "elections" / "herault-2017.toml").election
    night = Night(election, state)
    spent = [night.step(s.results) for s in demo.steps(demo.read_night("herault-2017"))]
    print(f"Hérault, {len(spent)} files: median {1000 * median(spent):.0f} ms of CPU")


def country(folder: Path, state: Path) -> None:
    france = France(folder)
    before = time.process_time()
    night = Night(load_election(france.election).election, state)
    print(f"France, loading the election: {time.process_time() - before:.1f} s of CPU")
    order = france.arrivals()
    for label, counted in (
        ("20,000 communes, the first time", 20_000),
        ("100 more, all over the country", 20_100),
        ("100 more", 20_200),
        ("350 more", 20_550),
        ("all the others", len(order)),
    ):
        france.publish(order[:counted])
        print(f"  {label:32} {night.step(france.results.read_bytes()):.1f} s of CPU")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("build/france"))
    options = parser.parse_args()
    spare_the_collector()
    with tempfile.TemporaryDirectory() as place:
        herault(Path(place) / "herault")
        country(options.folder, Path(place) / "france")


if __name__ == "__main__":
    main()
