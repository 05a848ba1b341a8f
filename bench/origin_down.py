"""The origin is killed under load for a minute and comes back; nginx in front.

    .venv/bin/python -m bench.origin_down [--seconds 60] [--watchers 60] [--freeze]

Every watcher polls fifty times a second, a hundred times as often as a page does, and now and then
comes back as somebody new who fetches the page, the document and the files. ``--freeze``: the
origin takes connections and answers none, instead of being gone.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.deploy.outage import Watch, freeze, kill, thaw, watch
from tests.deploy.proxy import Proxy, listening_port
from tests.deploy.viewers import run
from tests.night.folder import make_folder
from tests.night.server import Server, eventually

UNITS = 342
BEFORE = 5.0  # s of a healthy origin


async def night(server: Server, proxy: Proxy, options: argparse.Namespace) -> None:
    lose, regain = (freeze, thaw) if options.freeze else (kill, Server.start)
    seen = Watch()
    watching = asyncio.create_task(watch(proxy.port, seen, options.watchers))
    await asyncio.sleep(BEFORE)
    before = seen.answered
    lose(server)
    gone = time.monotonic()
    for tenth in range(1, 11):
        await asyncio.sleep(gone + options.seconds * tenth / 10 - time.monotonic())
        print(f"{time.monotonic() - gone:5.1f} s without origin: {seen.answered - before} "
              f"answers, {len(seen.errors)} failed; data {seen.age:.0f} s old as told")  # fmt: skip
    await asyncio.to_thread(regain, server)
    back = time.monotonic()
    while seen.age > 2 * BEFORE:
        await asyncio.sleep(0.05)
    print(f"{time.monotonic() - back:5.1f} s after it is back: data {seen.age:.0f} s old as told")
    seen.over = True
    await watching
    print(f"{seen.answered} requests in all, {seen.arrivals} arrivals, {len(seen.errors)} failed, "
          f"statuses {dict(seen.statuses)}")  # fmt: skip
    for error in seen.errors[:10]:
        print(error)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--watchers", type=int, default=60)
    parser.add_argument("--freeze", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "night").mkdir()
        folder = make_folder(place / "night", units=UNITS)
        folder.publish({n: (50 + n, 40 + n) for n in range(1, 200)})
        server = Server(folder.election, place / "state")
        server.port = listening_port()
        with server, Proxy(server.port, place / "nginx") as proxy:
            eventually("published", lambda: server.votes().get("hamon"))
            run(night(server, proxy, options))


if __name__ == "__main__":
    main()
