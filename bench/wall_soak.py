"""A wall that runs for a night: heap, DOM nodes and missed updates of one Chromium.

    .venv/bin/python -m bench.wall_soak [--updates 8640] [--poll 0.1]

8,640 updates are a day of one every ten seconds. Before each reading the garbage is collected; the
slope is that of the line through all readings but the first tenth, in which the page warms up.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

from playwright.sync_api import CDPSession, Error, Page

from tests.chromium import launched
from tests.night.server import Server

from .job import Count

DAY = 8_640  # updates
UPDATES_PER_HOUR = 360  # one every ten seconds
PATIENCE_MS = 20_000  # after which an update that is not on screen is missed
READINGS = 60
SCENE_EVERY = 3  # updates from one scene to the next


@dataclass(frozen=True, slots=True)
class Reading:
    update: int
    heap: float  # MB
    nodes: int


def soak(updates: int, poll: float) -> tuple[list[Reading], int]:
    """The readings, and how many updates never came on screen."""
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place) / "night", poll)
        with (
            Server(count.folder.election, Path(place) / "state", workers=1) as server,
            launched() as browser,
        ):
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            page.goto(f"{server.url}/ecran?duree=3600")
            page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable")
            readings, missed = [], 0
            for update in range(1, updates + 1):
                missed += not _shown(count, page)
                if update % SCENE_EVERY == 0:
                    page.keyboard.press("Enter")
                if update % max(1, updates // READINGS) == 0:
                    readings.append(_read(session, update))
            return readings, missed


def _shown(count: Count, page: Page) -> bool:
    """Whether the next update, and every figure with it, comes on screen."""
    before = int(page.get_attribute("main#live", "data-version") or 0)
    count.goes_on()
    deadline = time.monotonic() + PATIENCE_MS / 1000
    try:
        while int(page.get_attribute("main#live", "data-version") or 0) <= before:
            if time.monotonic() > deadline:
                return False
            page.wait_for_timeout(20)
    except Error:
        return False
    return True


def _read(session: CDPSession, update: int) -> Reading:
    session.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return Reading(update, metrics["JSHeapUsedSize"] / 1e6, int(metrics["Nodes"]))


def main() -> None:
    parser = argparse.ArgumentParser(description="A wall that runs for a night")
    parser.add_argument("--updates", type=int, default=DAY)
    parser.add_argument("--poll", type=float, default=0.1)
    options = parser.parse_args()
    readings, missed = soak(options.updates, options.poll)
    warm = readings[len(readings) // 10 :]
    slope = linear_regression([r.update for r in warm], [r.heap for r in warm]).slope
    first, last = warm[0], warm[-1]
    nodes = [r.nodes for r in warm]
    print(f"{options.updates} updates, {missed} missed")
    print(f"heap {first.heap:.1f} -> {last.heap:.1f} MB, {slope * 1000:+.2f} MB per 1,000 updates,")
    print(f"  {slope * UPDATES_PER_HOUR:+.2f} MB an hour at one every ten seconds (at most 1)")
    print(f"nodes {first.nodes} -> {last.nodes}, from {min(nodes)} to {max(nodes)}: ", end="")
    print(f"{(last.nodes / first.nodes - 1) * 100:+.1f} % (within 5)")


if __name__ == "__main__":
    main()
