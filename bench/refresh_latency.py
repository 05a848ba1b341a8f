"""From the file replaced to the pixels: 342 communes, a map, one Chromium, server-sent events.

    .venv/bin/python -m bench.refresh_latency [--rounds 30] [--poll 0.1]

The yardstick of the same run is a page that polls the file itself once a second, which cannot do
better than half a second in the median.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page

from tests.chromium import launched
from tests.night.server import Server

from .job import CHANGED, UNITS, Count

YARDSTICK = 0.5  # s: the median of polling once a second, before any work is done

# data-version changes when Plotly has drawn; the task after the next frame is when that frame is
# painted. Date.now() and time.time() are the same clock of the same machine.
WATCH = """() => {
  const live = document.getElementById("live");
  const paintedAt = {};
  const waiting = new Map();
  const painted = (version) => {
    paintedAt[version] ??= Date.now();
    for (const [before, tell] of waiting) {
      if (version > before) { waiting.delete(before); tell(paintedAt[version]); }
    }
  };
  new MutationObserver(() => {
    const version = Number(live.dataset.version);
    requestAnimationFrame(() => setTimeout(painted, 0, version));
  }).observe(live, { attributes: true, attributeFilter: ["data-version"] });
  window.paintedAfter = (before) => {
    const later = Object.keys(paintedAt).map(Number).filter((version) => version > before);
    if (later.length) return paintedAt[Math.min(...later)];
    return new Promise((tell) => waiting.set(before, tell));
  };
}"""


def measure(rounds: int, poll: float) -> list[float]:
    """Seconds of each round."""
    chance = random.Random(2017)
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place) / "night", poll)
        with (
            Server(count.folder.election, Path(place) / "state") as server,
            launched() as browser,
        ):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(server.url)
            page.locator("main#live[data-figures=drawn] .main-svg").first.wait_for(timeout=60_000)
            page.evaluate(WATCH)
            return [_round(count, page, chance) for _ in range(rounds)]


def _round(count: Count, page: Page, chance: random.Random) -> float:
    before = page.evaluate("() => Number(document.getElementById('live').dataset.version)")
    time.sleep(chance.uniform(0.5, 1.5))  # so that no round is in step with the poll
    replaced = time.time()
    count.goes_on()
    return float(page.evaluate("before => window.paintedAfter(before)", before)) / 1000 - replaced


def main() -> None:
    parser = argparse.ArgumentParser(description="From the file replaced to the pixels")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--poll", type=float, default=0.1)
    options = parser.parse_args()
    delays = measure(options.rounds, options.poll)
    middle, late = median(delays), quantiles(delays, n=20, method="inclusive")[-1]
    print(f"{UNITS} units, {CHANGED} changed, poll {options.poll} s, {len(delays)} rounds")
    print(f"file replaced -> pixels: median {middle * 1e3:.0f} ms, 95 % {late * 1e3:.0f} ms, "
          f"worst {max(delays) * 1e3:.0f} ms")  # fmt: skip
    print(f"median over polling once a second, empty-handed: {middle / YARDSTICK:.2f}")


if __name__ == "__main__":
    main()
