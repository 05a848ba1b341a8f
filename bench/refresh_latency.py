"""From the file replaced to the pixels: 342 communes, a map, one Chromium, server-sent events.

    .venv/bin/python -m bench.refresh_latency [--rounds 30] [--poll 0.5]

The yardstick of the same run is a page that polls the file itself once a second, which cannot do
better than half a second in the median.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.chromium import launched
from tests.night.folder import make_folder
from tests.night.server import Server, eventually

UNITS = 342
YARDSTICK = 0.5  # s: the median of polling once a second, before any work is done


def drawn_at(page: Page) -> None:
    """Has the page note when ``main#live`` changes version: after its figures are drawn."""
    page.evaluate(
        "() => { window.drawnAt = {}; const live = document.getElementById('live');"
        " new MutationObserver(() => { window.drawnAt[live.dataset.version] ??= Date.now(); })"
        " .observe(live, {attributes: true, attributeFilter: ['data-version']}); }"
    )


def measure(rounds: int, poll: float) -> list[float]:
    """Seconds of each round."""
    chance = random.Random(2017)
    delays = []
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "night").mkdir()
        folder = make_folder(Path(place) / "night", units=UNITS, poll=poll)
        votes = {n: (chance.randrange(9, 99), chance.randrange(9, 99)) for n in range(1, 200)}
        folder.publish(votes)
        with Server(folder.election, Path(place) / "state") as server, launched() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(server.url)
            page.locator("main#live[data-figures=drawn] .main-svg").first.wait_for(timeout=60_000)
            drawn_at(page)
            for _ in range(rounds):
                version = server.version()
                for n in chance.sample(range(1, UNITS + 1), 5):
                    # Counts only grow: a file that takes votes back waits on purpose.
                    first, second = votes.get(n, (0, 0))
                    votes[n] = (first + chance.randrange(9, 99), second + chance.randrange(9, 99))
                time.sleep(chance.uniform(0.5, 1.5))  # so that no round is in step with the poll
                replaced = time.time()
                folder.publish(votes)
                eventually("published", lambda v=version: server.version() > v)
                version = server.version()
                shown = eventually(
                    "drawn", lambda v=version: page.evaluate("v => window.drawnAt[v]", str(v))
                )
                delays.append(shown / 1000 - replaced)
    return sorted(delays)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--poll", type=float, default=0.5)
    options = parser.parse_args()
    delays = measure(options.rounds, options.poll)
    middle, late = median(delays), delays[int(len(delays) * 0.95) - 1]
    print(f"{UNITS} units, 5 changed, poll {options.poll} s, {len(delays)} rounds")
    print(f"file replaced -> figures drawn: median {middle:.2f} s, 95 % {late:.2f} s")
    print(f"median over polling once a second, empty-handed: {middle / YARDSTICK:.1f}")


if __name__ == "__main__":
    main()
