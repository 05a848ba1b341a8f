"""What some work costs in this process. Imports nothing of the product: yardsticks use it too."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    cpu: float  # seconds, user + system of all threads, the least of the rounds
    wall: float  # seconds of that round
    peak: float  # MB, of the whole process

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def spend(work: Callable[[], object], rounds: int) -> Spent:
    found = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(found)
    return Spent(cpu, wall, peak_memory())


def peak_memory() -> float:
    """MB of this process at its largest (Linux); ru_maxrss would tell of the one that began it."""
    said = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert said is not None
    return int(said[1]) / 1024
