"""Against nginx: the same bytes as a static file, and from us behind the nginx of deploy/.

    .venv/bin/python -m bench.nginx_yardstick [--rounds 9] [--seconds 1]

nginx has one worker on one core, which our server shares; wrk has the other. Turn and turn about,
so that a busy moment of the machine hits both; medians.
"""

import argparse
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from .machine import CLIENT_CORE, cpu_seconds, pinned
from .nginx import IN_FRONT, Nginx, in_front, program, static
from .pollers import Pollers, request
from .viewers import DOCUMENT, serving

CONNECTIONS = 64
CODING = "Accept-Encoding: gzip"


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests per second, and CPU seconds of nginx and of what is behind it per request."""

    per_second: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.per_second:,.0f} requests/s of {self.cpu * 1e6:.1f} µs"


@dataclass(frozen=True, slots=True)
class Ratios:
    """One answer of ours behind nginx, and the static file of its size."""

    name: str
    size: int  # bytes of the body
    ours: Rate
    static: Rate

    def __str__(self) -> str:
        rate, cpu = self.ours.per_second / self.static.per_second, self.ours.cpu / self.static.cpu
        return (
            f"{self.name} of {self.size} bytes behind nginx: {self.ours}; a static file of nginx: "
            f"{self.static}; {rate:.2f} of its rate, {cpu:.1f} of its CPU"
        )


def measure(rounds: int, seconds: int) -> list[Ratios]:
    """The pointer and the patch of the present version."""
    if not IN_FRONT.exists():
        raise SystemExit(f"bench: {IN_FRONT} is missing, the configuration to be measured.")
    with (
        tempfile.TemporaryDirectory() as places,
        serving() as night,
        Nginx(_folder(places, "front")) as front,
        Nginx(_folder(places, "plain/files").parent) as plain,
    ):
        front.start(in_front(night.server.port, front.place, front.port))
        plain.start(static(plain.place, plain.port))
        night.goes_on()
        pointer = f"/live/latest/{DOCUMENT}.json"
        step = night.server.latest()["documents"][DOCUMENT]["patch"]["url"]
        paths = {"pointer": pointer, "patch": step}
        behind = [*front.processes, night.worker]
        found = []
        for name, path in paths.items():
            body = _body(front.port, path)
            (plain.place / "files" / f"{name}.json").write_bytes(body)
            ours, file = [], []
            for _ in range(rounds):
                file.append(_wrk(plain.port, f"/{name}.json", seconds, plain.processes))
                ours.append(_wrk(front.port, path, seconds, behind))
            found.append(Ratios(name, len(body), _middle(ours), _middle(file)))
        return found


def _folder(place: str, name: str) -> Path:
    folder = Path(place) / name
    folder.mkdir(parents=True)
    return folder


def _body(port: int, path: str) -> bytes:
    """As wrk will be sent it."""
    asking = request(path).replace(b"gzip, deflate, br, zstd", b"gzip")
    with Pollers(port, 1) as pollers:
        return pollers.ask(asking).partition(b"\r\n\r\n")[2]


def _wrk(port: int, path: str, seconds: int, processes: Sequence[psutil.Process]) -> Rate:
    command = [program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", CODING]
    before = cpu_seconds(*processes)
    with pinned(CLIENT_CORE):
        said = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True, text=True
        ).stdout
    used = cpu_seconds(*processes) - before
    assert "Non-2xx" not in said and "Socket errors" not in said, said
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return Rate(float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1]), used / requests)


def _middle(rates: Sequence[Rate]) -> Rate:
    return Rate(median(rate.per_second for rate in rates), median(rate.cpu for rate in rates))


def main() -> None:
    parser = argparse.ArgumentParser(description="Against nginx")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=1)
    options = parser.parse_args()
    for row in measure(options.rounds, options.seconds):
        print(row)


if __name__ == "__main__":
    main()
