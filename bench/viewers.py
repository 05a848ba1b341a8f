"""What a viewer costs: polling and listening, one worker on one core.

    .venv/bin/python -m bench.viewers [--listeners 5000 19000]

The real ``soiree serve`` with one gunicorn worker on one core; the viewers are on the other. CPU is
that of the worker, of everything it does while five communes change and everyone is told.
"""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import psutil

from tests.night.server import Server, eventually

from .cost import Cost
from .job import CHANGED, REFRESH_SECONDS, UNITS, Count
from .listeners import Listeners
from .machine import CLIENT_CORE, SERVER_CORE, allow_files, cpu_seconds, description, pinned
from .pollers import Pollers, request

DOCUMENT = "home.fr"
CONNECTIONS = 64
VERSIONS, VISITS = 9, 3_000  # versions published, viewers who come for each


@dataclass(frozen=True, slots=True)
class Night:
    """The server while the count goes on."""

    server: Server
    count: Count
    worker: psutil.Process
    companion: psutil.Process

    def goes_on(self) -> None:
        """One more version, served."""
        version = self.server.version()
        self.count.goes_on()
        self.server.newer(version)

    def written_at(self) -> float:
        """When the present version was switched to, in seconds since the epoch."""
        return (self.server.state / "public" / "pointer.json").stat().st_mtime


@dataclass(frozen=True, slots=True)
class Listening:
    """What ``count`` listeners cost. A delay for each version, in seconds."""

    count: int
    memory: float  # bytes per connection
    refresh: Cost
    first_to_last: list[float]
    written_to_last: list[float]  # from the pointer's switch on disk


@contextlib.contextmanager
def serving() -> Iterator[Night]:
    """``soiree serve`` with one worker on the server's core; we are on the other."""
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place) / "night")
        server = Server(count.folder.election, Path(place) / "state", workers=1)
        with pinned(SERVER_CORE):
            server.start()
        try:
            # The first version of all may be older than the first look at the file.
            eventually("the count is served", lambda: sum(server.votes().values()) == count.total)
            assert server.process is not None
            (worker,) = psutil.Process(server.process.pid).children()
            (companion,) = worker.children()
            with pinned(CLIENT_CORE):
                yield Night(server, count, worker, companion)
        finally:
            server.stop()


def polling(night: Night) -> tuple[Cost, Cost, Cost]:
    """A refresh with news, the same with the companion's CPU, and one without news (304).

    The median version: one that others' work on this machine disturbed does not count for more.
    """
    pointer = f"/live/latest/{DOCUMENT}.json"
    alone, both, wire = [], [], []
    with Pollers(night.server.port, CONNECTIONS) as pollers:
        for _ in range(VERSIONS):
            before = cpu_seconds(night.worker), cpu_seconds(night.companion)
            night.goes_on()
            step = night.server.json(pointer)["patch"]
            asked = [pointer, step["url"]] if "url" in step else [pointer]
            wire.append(pollers.run([[request(path) for path in asked]] * VISITS)[0])
            alone.append(cpu_seconds(night.worker) - before[0])
            both.append(alone[-1] + cpu_seconds(night.companion) - before[1])
        unchanged = _unchanged(night, pollers, pointer)
    news = Cost(median(alone) / VISITS, median(wire) / VISITS)
    return news, replace(news, cpu=median(both) / VISITS), unchanged


def _unchanged(night: Night, pollers: Pollers, pointer: str) -> Cost:
    head = pollers.ask(request(pointer))
    etag = next(line for line in head.split(b"\r\n") if line.startswith(b"etag: "))
    asking = request(pointer, f"If-None-Match: {etag[6:].decode()}")
    before, times = cpu_seconds(night.worker), VERSIONS * VISITS
    wire, _ = pollers.run([[asking]] * times, status=304)
    return Cost((cpu_seconds(night.worker) - before) / times, wire / times)


def listening(night: Night, count: int) -> Listening:
    """Memory of ``count`` streams, and each version told to all of them."""
    version = night.server.version()
    before = night.worker.memory_info().rss
    path = f"/live/events?document={DOCUMENT}&since={version}"
    spreads, delays, sizes = [], [], []
    with Listeners(night.server.port, path, count) as listeners:
        memory = (night.worker.memory_info().rss - before) / count
        started = cpu_seconds(night.worker)
        for _ in range(VERSIONS):
            night.count.goes_on()
            first, last, size = listeners.await_news()
            spreads.append(last - first)
            delays.append(last - night.written_at())
            sizes.append(size)
        cpu = (cpu_seconds(night.worker) - started) / VERSIONS / count
    cost = Cost(cpu, median(sizes))
    return Listening(count, memory, cost, spreads, delays)


def say(cost: Cost) -> str:
    return f"{cost}, {REFRESH_SECONDS / cost.cpu:9,.0f} viewers per core"


def spread(delays: list[float]) -> str:
    return f"{median(delays) * 1e3:.0f} ms (worst of {len(delays)}: {max(delays) * 1e3:.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description="What a viewer costs")
    parser.add_argument("--listeners", type=int, nargs="*", default=[5_000, 19_000])
    counts = parser.parse_args().listeners
    allow_files(max(counts, default=0) + 1_000)
    print(description("uvicorn", "uvloop", "httptools"))
    print(f"{UNITS} communes, {CHANGED} change; per viewer's refresh, one in {REFRESH_SECONDS} s")
    with serving() as night:
        news, both, unchanged = polling(night)
        print(f"polling, a version                  {say(news)}")
        print(f"the same with the companion's CPU   {say(both)}")
        print(f"polling, unchanged (304)            {say(unchanged)}")
    for count in counts:
        with serving() as night:
            heard = listening(night, count)
        print(f"{count:6,} listeners, a version told     {say(heard.refresh)}")
        print(f"    {heard.memory / 1e3:.1f} kB of memory per connection")
        print(f"    first to last {spread(heard.first_to_last)}")
        print(f"    written to last {spread(heard.written_to_last)}")


if __name__ == "__main__":
    main()
