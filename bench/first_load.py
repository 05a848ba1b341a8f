"""The first sight of the Hérault night in mid-count, on a slow phone.

    .venv/bin/python -m bench.first_load [--rounds 3]

1.6 Mbit/s down, 750 kbit/s up, 150 ms to every answer, a processor four times slower, 390 px, an
empty cache. The yardstick of the same run is bench/plain_page.py.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from tests.chromium import launched
from tests.night.server import eventually
from tests.ports import free_port
from tests.web.herault import Herault
from tests.web.serving import Server

SLOW = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 1.6e6 / 8,  # bytes a second
    "uploadThroughput": 750e3 / 8,
}
SLOWER = 4  # times
PHONE = {"width": 390, "height": 844}
CHARTS = re.compile(r"/plotly\.[^/]*min\.js|/geo/")
# The first frame that shows the numbers, and the moment at which both figures are drawn.
WATCH = """
  window.seen = {};
  const look = () => {
    const number = document.querySelector('%s');
    if (number && number.textContent.trim() && number.getClientRects().length) {
      requestAnimationFrame(() => { seen.numbers = performance.now(); });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const drawn = () => {
    const map = document.querySelectorAll('.js-plotly-plot .choroplethlayer path').length > 300;
    const bars = document.querySelectorAll('.js-plotly-plot .barlayer .point path').length > 1;
    if (map && bars) requestAnimationFrame(() => { seen.charts = performance.now(); });
    else setTimeout(drawn, 20);
  };
  drawn();
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """Milliseconds since the address was entered, and bytes on the wire."""

    paint: float  # first contentful paint
    numbers: float
    charts: float
    total: float
    before: float  # all but the chart library and the outlines it draws


def load(browser: Browser, url: str, number: str) -> Sight:
    """One visit with an empty cache. ``number``: a selector of the headline's numbers."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    urls: dict[str, str] = {}
    sizes: dict[str, float] = {}
    devtools = context.new_cdp_session(page)

    def ask(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def finish(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", ask)
    devtools.on("Network.loadingFinished", finish)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH % number)
    page.goto(url, wait_until="commit")
    seen = eventually("both charts", lambda: page.evaluate("seen.charts && seen"), 120)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    before = sum(size for name, size in sizes.items() if not CHARTS.search(urls[name]))
    context.close()
    return Sight(paint, seen["numbers"], seen["charts"], sum(sizes.values()), before)


@contextmanager
def plain() -> Iterator[str]:
    """The address of the plain page."""
    port = free_port()
    command = [
        sys.executable, "-m", "uvicorn", "--factory", "bench.plain_page:served",
        "--port", str(port), "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command)
    url = f"http://127.0.0.1:{port}/"
    try:
        eventually("the plain page is served", lambda: _answers(url), 60)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=20):
            return True
    except (urllib.error.URLError, OSError):
        return False


def middle(sights: list[Sight]) -> Sight:
    return Sight(*[median(getattr(s, f.name) for s in sights) for f in fields(Sight)])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place, launched() as browser, plain() as other:
        night = Herault(Path(place) / "state")
        night.report()
        night.publish("partial")
        with Server(night.store.root, app="tests.web.herault:served()") as server:
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(load(browser, f"{server.origin}/", "#live [data-field=votes]"))
                theirs.append(load(browser, other, "#headline"))
    report(middle(ours), middle(theirs))


def report(ours: Sight, theirs: Sight) -> None:
    print("slow phone, median     ours    plain Dash   ratio")
    for field in fields(Sight):
        mine, yardstick = getattr(ours, field.name), getattr(theirs, field.name)
        unit, scale = ("kB", 1000) if field.name in ("total", "before") else ("ms", 1)
        print(f"{field.name:10} {unit} {mine / scale:12,.0f} {yardstick / scale:12,.0f} "
              f"{yardstick / mine:8.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
