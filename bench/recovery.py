"""How soon a wall is back after trouble: the server stopped, the network lost, the machine asleep.

    .venv/bin/python -m bench.recovery [--rounds 3] [--hold 20]

The count goes on meanwhile. Seconds from the end of the trouble (of the server's: from when it
answers) until /ecran has drawn the newest version, by the same page: none is loaded again.
"""

import argparse
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.chromium import launched
from tests.night.server import Server, eventually

from .job import Count
from .link import Link

PATIENCE = 60.0  # seconds
UPDATES = 3  # while it lasts
Trouble = Callable[[], None]


@contextmanager
def wall() -> Iterator[tuple[Count, Server, Page, Link]]:
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place) / "night")
        with (
            Server(count.folder.election, Path(place) / "state", workers=1) as server,
            Link(server.port) as link,
            launched() as browser,
        ):
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            page.goto(f"http://127.0.0.1:{link.port}/ecran?duree=3600")
            page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
            page.evaluate("window.sameDocument = true")
            yield count, server, page, link


def seconds_after(count: Count, server: Server, page: Page, begin: Trouble, end: Trouble,
                  hold: float) -> float:  # fmt: skip
    before = server.version()
    begin()
    until = time.monotonic() + hold
    for _ in range(UPDATES):
        count.goes_on()
        time.sleep(max(0.0, (until - time.monotonic()) / UPDATES))
    time.sleep(max(0.0, until - time.monotonic()))
    end()
    ended = time.monotonic()
    newest = server.newer(before)
    eventually(f"version {newest} is drawn", lambda: _drawn(page) >= newest, PATIENCE)
    took = time.monotonic() - ended
    assert page.evaluate("window.sameDocument"), "the page was loaded again"
    return took


def _drawn(page: Page) -> int:
    return int(page.get_attribute("main#live[data-figures=drawn]", "data-version") or 0)


def _signal_chromium(number: signal.Signals) -> None:
    for pid in _descendants(os.getpid()):
        if "chrom" in Path(f"/proc/{pid}/comm").read_text():
            os.kill(pid, number)


def _descendants(pid: int) -> Iterator[int]:
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        yield child
        yield from _descendants(child)


def main() -> None:
    parser = argparse.ArgumentParser(description="How soon a wall is back after trouble")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hold", type=float, default=20.0, help="seconds that each lasts")
    options = parser.parse_args()
    with wall() as (count, server, page, link):
        troubles: dict[str, tuple[Trouble, Trouble]] = {
            "server stopped": (server.stop, server.start),
            "network lost": (link.cut, link.mend),
            "machine asleep": (
                lambda: _signal_chromium(signal.SIGSTOP),
                lambda: _signal_chromium(signal.SIGCONT),
            ),
        }
        print(f"{options.rounds} rounds of {options.hold:g} s each: seconds until the wall is back")
        for name, (begin, end) in troubles.items():
            took = [
                seconds_after(count, server, page, begin, end, options.hold)
                for _ in range(options.rounds)
            ]
            print(f"  {name:<15} median {median(took):5.2f}   most {max(took):5.2f}")


if __name__ == "__main__":
    main()
