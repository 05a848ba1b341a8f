"""A night that was kept, given again file by file to the ordinary watcher: ``soiree replay``.

The files are those of an archive, ``<UTC time>-<digest>-<name>`` (live/archive.py), or of any
folder: what is not named that way has the time at which it was last changed, and every file of
one suffix is one state of the source that has it.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .settings import SettingsError

_ARCHIVED = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-[0-9a-f]{12}-(.+)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as it came."""

    at: datetime  # aware, UTC
    path: Path
    name: str  # of the source


def arrivals(night: Path, names: Sequence[str]) -> list[Arrival]:
    """Every file of ``night`` that one of the sources ``names`` gave, the earliest first.

    ``night`` is a state folder, its archive, or a folder of files. Raises ``SettingsError``.
    """
    folder = next((f for f in (night / "sealed" / "archive", night) if f.is_dir()), None)
    if folder is None:
        raise SettingsError(night, "", "no folder", "a state folder or a folder of source files")
    try:
        files = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    except OSError as error:
        raise SettingsError(folder, "", error.strerror, "a folder that can be read") from error
    found = [arrival for path in files if (arrival := _arrival(path, names))]
    if not found:
        expected = f"files of {' or '.join(dict.fromkeys(names))}"
        raise SettingsError(folder, "", f"{len(files)} other files", expected)
    return sorted(found, key=lambda arrival: (arrival.at, arrival.path.name))


def _arrival(path: Path, names: Sequence[str]) -> Arrival | None:
    archived = _ARCHIVED.fullmatch(path.name)
    if archived:
        at = datetime.strptime(archived[1], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
        return Arrival(at, path, archived[2]) if archived[2] in names else None
    alike = [name for name in names if Path(name).suffix == path.suffix]
    name = path.name if path.name in names else alike[0] if len(alike) == 1 else None
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Arrival(at, path, name) if name else None


def give(
    found: Sequence[Arrival],
    folder: Path,
    speed: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Arrival]:
    """Puts each file into ``folder`` when its time comes, ``speed`` seconds of the night to the
    second; yields it once it is there."""
    began, first = clock(), found[0].at
    for arrival in found:
        wait = began + (arrival.at - first).total_seconds() / speed - clock()
        if wait > 0:
            sleep(wait)
        _put(folder / arrival.name, arrival.path.read_bytes())
        yield arrival


def _put(path: Path, content: bytes) -> None:
    """As a careful exporter would: written aside, vouched for, renamed."""
    digest = hashlib.sha256(content).hexdigest()
    for target, body in (
        (path.with_name(f"{path.name}.sha256"), f"{digest}  {path.name}\n".encode()),
        (path, content),
    ):
        aside = path.with_name(f".{target.name}.part")
        aside.write_bytes(body)
        aside.replace(target)
