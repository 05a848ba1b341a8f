"""One core for what is measured, the other for what measures it; CPU time, not wall time."""

import contextlib
import os
import platform
import resource
from collections.abc import Iterator
from importlib.metadata import version

import psutil

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]


@contextlib.contextmanager
def pinned(core: int) -> Iterator[None]:
    """This process, and whatever it starts meanwhile, runs on that core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_seconds(*processes: psutil.Process) -> float:
    """User and system time that these processes have used so far."""
    times = [process.cpu_times() for process in processes]
    return sum(time.user + time.system for time in times)


def tree(pid: int) -> list[psutil.Process]:
    """The process and all it started."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def allow_files(wanted: int) -> None:
    """Lets this process, and those it starts, open that many files; ``SystemExit`` if it cannot."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(wanted, hard)))
    except ValueError as error:
        raise SystemExit(
            f"bench: {hard} open files are allowed here, {wanted} are needed: "
            "ask for fewer connections or raise `ulimit -Hn`."
        ) from error


def description(*packages: str) -> str:
    """The machine and the versions, in one line."""
    model = next(_cpu_models(), platform.machine())
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    python = platform.python_version()
    return (
        f"{len(CORES)} cores of {model}, Linux {platform.release()}, CPython {python}, {versions}"
    )


def _cpu_models() -> Iterator[str]:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
        yield from (line.partition(":")[2].strip() for line in lines if "model name" in line)
