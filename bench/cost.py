"""What one viewer's refresh costs, measured the same way for everyone."""

import contextlib
import os
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.night.server import eventually

from .machine import CLIENT_CORE, SERVER_CORE, cpu_seconds, pinned, tree

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one viewer's refresh: CPU seconds of the server, response bytes with their headers."""

    cpu: float
    wire: float

    def __str__(self) -> str:
        return f"{self.cpu * 1e3:8.3f} ms of CPU, {self.wire / 1e3:8.2f} kB"


def cost_of(refresh: Callable[[], int], times: int, processes: Sequence[psutil.Process]) -> Cost:
    """The mean over ``times`` calls of ``refresh``, which returns the bytes it received."""
    with pinned(CLIENT_CORE):
        before = cpu_seconds(*processes)
        wire = sum(refresh() for _ in range(times))
        return Cost((cpu_seconds(*processes) - before) / times, wire / times)


@contextlib.contextmanager
def running(
    command: Sequence[str], url: str, environment: Mapping[str, str], folder: Path
) -> Iterator[list[psutil.Process]]:
    """A server on the server's core, once ``url`` answers; all its processes."""
    with pinned(SERVER_CORE):
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | dict(environment), stdout=subprocess.DEVNULL
        )
    try:
        eventually(f"{url} answers", lambda: _answers(url), START_SECONDS)
        yield tree(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=8) as answer:
        return answer.status == 200
    return False
