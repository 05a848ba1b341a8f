"""A night that lives: real files replaced on disk, watched by the ordinary watcher.

The temporary folder holds a copy of the demonstration's data, so the election file that runs is
the very one in data/elections; only this writer knows that the night is a simulation.
"""

import csv
import hashlib
import io
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
NIGHTS = ("herault-2017", "montreal-2013")
LEAD_SECONDS = 300.0  # simulated time shown with nothing counted, before the first arrival
WAITING, COMPLETE = "waiting", "complete"


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the night: what the files say from ``at`` on."""

    at: float  # simulated seconds since the night began
    results: bytes
    posts: tuple[dict[str, str], ...]  # rows of the feed, without their time


@dataclass(frozen=True, slots=True)
class Night:
    """A demonstration night, read from data/nights/<name>."""

    units: dict[str, str]  # code -> name
    final: dict[str, dict[str, str]]  # code -> cells
    arrivals: dict[str, float]  # code -> second of the day
    posts: tuple[tuple[float, dict[str, str]], ...]  # (second of the day, cells)


def prepare(name: str, folder: Path) -> Path:
    """Copies a night's files into ``folder``; returns the path of its election file there."""
    (folder / "elections").mkdir()
    election = folder / "elections" / f"{name}.toml"
    shutil.copy(DATA / "elections" / election.name, election)
    shutil.copytree(DATA / "nights" / name, folder / "nights" / name)
    shutil.copytree(DATA / "geography", folder / "geography")
    write_step(folder / "nights" / name, steps(read_night(name))[0], {})
    return election


def read_night(name: str) -> Night:
    """The night as the data folder tells it."""
    folder = DATA / "nights" / name
    return Night(
        units={row["code"]: row["name"] for row in _rows(folder / "units.csv")},
        final={row["code"]: row for row in _rows(folder / "final.csv")},
        arrivals={row["code"]: _seconds(row["time"]) for row in _rows(folder / "arrivals.csv")},
        posts=tuple((_seconds(row["time"]), row) for row in _rows(folder / "posts.csv")),
    )


def steps(night: Night) -> list[Step]:
    """Every moment at which a file changes, the first one with nothing counted."""
    start = min(night.arrivals.values()) - LEAD_SECONDS
    moments = sorted(
        {start, *night.arrivals.values(), *(at for at, _ in night.posts if at > start)}
    )
    return [
        Step(
            at=moment - start,
            results=_results(night, moment),
            posts=tuple(row for at, row in night.posts if at <= moment),
        )
        for moment in moments
    ]


def live(name: str, folder: Path, speed: float) -> Iterator[Step]:
    """Writes the night, ``speed`` simulated seconds to the second; yields each step once it is on
    disk. It ends, as a night does, and can be seen again: to begin anew would take back a whole
    count, which the watcher rightly doubts."""
    target = folder / "nights" / name
    began = time.monotonic()
    seen: dict[str, str] = {}
    for step in steps(read_night(name)):
        time.sleep(max(0.0, began + step.at / speed - time.monotonic()))
        write_step(target, step, seen)
        yield step


def write_step(folder: Path, step: Step, seen: dict[str, str]) -> None:
    """Replaces both files as a careful exporter would: written aside, vouched for, renamed.

    A post gets the hour at which it is published here: the real hours are not known, and the
    page must not show a time that is not its clock's. ``seen`` keeps them, by post id.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [{**post, "time": seen.setdefault(post["id"], now)} for post in step.posts]
    _replace(folder / "feed.csv", _table(rows))
    digest = hashlib.sha256(step.results).hexdigest()
    _replace(folder / "results.csv.sha256", f"{digest}  results.csv\n".encode())
    _replace(folder / "results.csv", step.results)


def _results(night: Night, moment: float) -> bytes:
    rows = []
    for code, name in night.units.items():
        counted = night.arrivals[code] <= moment
        cells = night.final[code] if counted else dict.fromkeys(night.final[code], "")
        status = COMPLETE if counted else WAITING
        rows.append({**cells, "code": code, "name": name, "status": status})
    return _table(rows)


def _table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["id", "time", "text"], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _replace(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _seconds(clock: str) -> float:
    hours, minutes, seconds = map(int, clock.split(":"))
    return hours * 3600.0 + minutes * 60 + seconds
