"""What a country costs a browser: main-thread time per refresh, and bytes.

    .venv/bin/python -m bench.france [--folder build/france] [--rounds 8]

A simulated first round in the 34,867 communes of France, served by `soiree serve` and looked at
with headless Chromium: the country by département, its département of most communes, and beside
them the 342 communes of Hérault's real night. The yardstick of the same run is the plain way: one
Plotly figure of 34,867 areas, given to Plotly.react anew at each refresh. The first run fetches
the outlines.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.request import Request, urlopen

import plotly
from playwright.sync_api import Browser, CDPSession, Page

from dashboard import demo
from tests.chromium import launched
from tests.night.server import Server

from .france_night import France
from .refresh_latency import WATCH

COUNTED = 20_000  # communes, when the measurement begins
AT_ONCE = 100  # that report between two refreshes
LARGEST = "62"  # Pas-de-Calais: 887 communes
START_SECONDS = 240.0

PLAIN = """<!DOCTYPE html><meta charset="utf-8"><div id="map" style="height:610px"></div>
<script>
  const layers = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const nothing = {type: "GeometryCollection", geometries: []};
  const empty = Object.fromEntries(layers.map((layer) => [layer, nothing]));
  window.PlotlyGeoAssets = {topojson: {world_110m: {type: "Topology", arcs: [], objects: empty}}};
</script>
<script src="plotly.min.js"></script>
<script>
  const figure = (z, locations) => ({
    data: [{type: "choropleth", geojson: "communes.geojson", featureidkey: "id", locations, z,
            showscale: false, zmin: 0, zmax: 50}],
    layout: {geo: {fitbounds: "locations", visible: false, projection: {type: "mercator"}}},
  });
</script>"""


def main_thread(session: CDPSession) -> float:
    """Milliseconds of CPU in tasks since the page began: what the clock says of a busy machine is
    of no use."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")


def watched(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def per_refresh(page: Page, url: str, rounds: int, publish: Callable[[], None]) -> list[float]:
    """Milliseconds of each refresh, less what the page takes in that time when nothing changes."""
    page.goto(url)
    page.locator("main#live[data-figures=drawn] .main-svg").first.wait_for(timeout=60_000)
    page.evaluate(WATCH)
    session = watched(page)
    idle = min(_idle(page, session) for _ in range(4))  # the first may still see it loading
    found = []
    for _ in range(rounds):
        seen = page.evaluate("document.getElementById('live').dataset.version")
        started, before = time.monotonic(), main_thread(session)
        publish()
        page.evaluate("seen => window.paintedAfter(Number(seen))", seen)
        page.wait_for_timeout(300)  # what a refresh leaves for later
        took = 1000 * (time.monotonic() - started)
        found.append(main_thread(session) - before - idle * took)
    return found


def _idle(page: Page, session: CDPSession) -> float:
    """What the main thread takes of each millisecond when nothing changes."""
    before = main_thread(session)
    page.wait_for_timeout(2_000)
    return (main_thread(session) - before) / 2_000


def country(browser: Browser, night: France, state: Path, rounds: int) -> dict[str, list[float]]:
    order = night.arrivals()
    ready, waiting = order[:COUNTED], order[COUNTED:]
    in_largest = [code for code in waiting if code.startswith(LARGEST)]
    elsewhere = [code for code in waiting if not code.startswith(LARGEST)]
    counted = set(ready)

    def report(codes: list[str], number: int) -> None:
        counted.update(codes[:number])
        del codes[:number]
        night.publish(counted)

    night.publish(counted)
    with Server(night.election, state, 1, START_SECONDS) as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        found = {
            "country": per_refresh(page, server.url, rounds, lambda: report(elsewhere, AT_ONCE)),
            f"departement {LARGEST}": per_refresh(
                page, f"{server.url}/lieu/{LARGEST}/", rounds, lambda: report(in_largest, 5)
            ),
        }
        sizes(server, ["home.fr", "screen.fr", f"home.@{LARGEST}.fr", "home.@34.fr"])
        page.close()
    return found


def sizes(server: Server, names: list[str]) -> None:
    documents = server.latest()["documents"]
    print("bytes, gzip                document      patch")
    for name in names:
        entry = documents[name]
        patch = entry.get("patch")
        step = size(server.url + patch["url"]) if patch else 0
        print(f"  {name:20} {size(server.url + entry['url']):12,} {step:10,}")


def size(url: str) -> int:
    """Bytes of the answer as gzip."""
    with urlopen(Request(url, headers={"accept-encoding": "gzip"})) as answer:
        return len(answer.read())


def herault(browser: Browser, place: Path, rounds: int) -> list[float]:
    """Its real night, from the middle on, one step at a time."""
    place.mkdir()
    election = demo.prepare("herault-2017", place)
    steps = iter(demo.steps(demo.read_night("herault-2017"))[60:])
    seen: dict[str, str] = {}

    def step() -> None:
        demo.write_step(place / "nights" / "herault-2017", next(steps), seen)

    step()
    with Server(election, place / "state", 1) as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        found = per_refresh(page, server.url, rounds, step)
        page.close()
    return found


def plain(browser: Browser, night: France, rounds: int) -> list[float]:
    """Plotly.react with a whole figure of every commune."""
    (night.folder / "plain.html").write_text(PLAIN, encoding="utf-8")
    library = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    (night.folder / "plotly.min.js").write_bytes(library.read_bytes())
    handler = partial(_Quiet, directory=str(night.folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"http://127.0.0.1:{server.server_port}/plain.html")
    codes = json.dumps([unit["code"] for unit in night.units])
    draw = "([z, codes]) => Plotly.react('map', figure(z, codes)).then(() => 0)"
    session = watched(page)
    found = []
    for number in range(rounds + 1):
        z = [(place * 7 + number * (place % 350 == 0)) % 50 for place in range(len(night.units))]
        before = main_thread(session)
        page.evaluate(draw, [z, json.loads(codes)])
        page.wait_for_timeout(500)
        found.append(main_thread(session) - before)
    page.close()
    server.shutdown()
    return found[1:]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("build/france"))
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    night = France(options.folder.resolve())
    with tempfile.TemporaryDirectory() as place, launched() as browser:
        found = country(browser, night, Path(place) / "country", options.rounds)
        found["herault, 342 communes"] = herault(browser, Path(place) / "herault", options.rounds)
        found["plain way"] = plain(browser, night, 3)
    yardstick = median(found["plain way"])
    print("main thread per refresh, ms     median    most    plain way over it")
    for name, times in found.items():
        middle = median(times)
        print(f"  {name:28} {middle:8.0f} {max(times):8.0f} {yardstick / middle:10.1f}")


if __name__ == "__main__":
    main()
