"""Seeing a night again: from a move of the scrubber to the page as it was then, in Chromium.

    .venv/bin/python -m bench.scrub [--moves 100]

Hérault, 118 versions, 1440 px. Each move sets the scrubber to a moment anywhere in the night, as a
hand that jumps, and ends when the frame after it is painted, with all text, table and feed.
"figures": until map and bars are drawn as well.
"""

import argparse
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from dashboard import pipeline
from dashboard.model import Snapshot, SourceFile
from dashboard.store import Content
from dashboard.views import Documents
from dashboard.wire import digest, encode
from tests.chromium import launched
from tests.web.herault import EVENING, Herault, feed, loaded, steps
from tests.web.serving import Server

MOVE = """async (part) => {
  const range = document.querySelector('[data-role="replay-range"] input');
  const main = document.querySelector('main#live');
  const frame = () => new Promise(requestAnimationFrame);
  const before = soiree.live.version();
  const start = performance.now();
  const painted = frame().then(() => new Promise((resolve) => setTimeout(resolve)));
  range.value = String(part * Number(range.max));
  range.dispatchEvent(new Event("input", {bubbles: true}));
  await painted;
  const text = performance.now() - start;
  if (soiree.live.version() === before) return null;
  while (Number(main.dataset.version) !== soiree.live.version()) await frame();
  return [text, performance.now() - start];
}"""


def night(root: Path) -> Herault:
    """Every count of the reconstructed night, and a post every other one."""
    night, draw, election = Herault(root), Documents(), loaded().election
    result: dict[str, Any] = {}
    for number, content in enumerate(dict.fromkeys(step.results for step in steps())):
        at = EVENING + timedelta(minutes=number)
        file = SourceFile("results.csv", content, digest(content), at)
        for contest in election.contests:
            result[contest.id] = pipeline.read_contest(file, contest, result.get(contest.id))
        documents = draw(election, Snapshot(tuple(result.values()), feed(number // 2)), frozenset())
        night.store.publish(Content(digest(encode(documents)), documents, {}, "", "bench"), at)
    night.report()
    return night


def measure(moves: int) -> list[tuple[float, float]]:
    """Milliseconds to the text, and to the figures, of each move that showed another version."""
    random, found = Random(0), []
    with tempfile.TemporaryDirectory() as place:
        seen = night(Path(place) / "state")
        with Server(seen.store.root, app="tests.web.herault:served()") as server, launched() as b:
            page = b.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{server.origin}/?t=20:47")
            page.wait_for_selector("#timeline .scatterlayer .trace")
            page.wait_for_selector("main#live[data-replay][data-figures=drawn]")
            for _ in range(moves):
                if times := page.evaluate(MOVE, random.random()):
                    found.append((times[0], times[1]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=100)
    found = measure(parser.parse_args().moves)
    print(f"{len(found)} moves, ms     median    95 %")
    for name, times in zip(("text", "figures"), zip(*found, strict=True), strict=True):
        print(f"{name:16}{median(times):9.0f}{quantiles(times, n=20)[-1]:9.0f}")


if __name__ == "__main__":
    main()
