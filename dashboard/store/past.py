"""The versions there were, and which blobs hold their open results: one JSON line per version.

    {"version": 42, "generated_at": …, "state": …, "sources": […],
     "files": {"results.csv": <digest>}, "bytes": …}

Of a version's files these are the open results alone (RESULTS): others tell what may be withdrawn.
``bytes`` is what its files take that the version before does not name as well. All versions of a
night are kept as long as their files take less than MOST_BYTES together; then the oldest quarter
goes. Lines are added after the switch: a version is not here before it is published, and one whose
line a crash took is only not found among the past ones.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import wire
from .files import PUBLIC, read_or_none, write

MOST_BYTES = 512 * 1024 * 1024  # 10,000 versions of a département, 20 of a country of 70,000 units
MOST_VERSIONS = 10_000
RESULTS = "results."  # what their names begin with
_SAID = ("version", "generated_at", "state", "sources")


class Past:
    """The one writer of ``versions.jsonl``; whoever reads uses ``read_past``."""

    def __init__(self, path: Path, size_of: Callable[[str], int]) -> None:
        """``size_of`` gives the bytes of a blob; it may raise ``OSError``."""
        self._path = path
        self._size_of = size_of
        self._entries: list[dict[str, Any]] | None = None

    def add(self, pointer: Mapping[str, Any]) -> set[str]:
        """Adds the version of a pointer; returns the blobs that no version needs any more. Raises
        ``OSError``; then the next addition reads again what is there."""
        entries, self._entries = self._entries, None
        if entries is None:
            entries = read_past(self._path)
            _rewrite(self._path, entries)  # without what a crash left of a line
        if entries and entries[-1]["version"] == pointer["version"]:
            del entries[-1]  # tidied again
        held = set(entries[-1]["files"].values()) if entries else set()
        files = {n: blob for n, blob in pointer["files"].items() if n.startswith(RESULTS)}
        size = sum(map(self._size_of, set(files.values()) - held))
        said = {name: pointer.get(name, []) for name in _SAID}
        entries.append({**said, "files": files, "bytes": size})
        gone: set[str] = set()
        if len(entries) > MOST_VERSIONS or _size(entries) > MOST_BYTES:
            entries, gone = _shortened(entries)
            _rewrite(self._path, entries)
        else:
            _append(self._path, entries[-1])
        self._entries = entries
        return gone

    def needed(self) -> set[str]:
        """Every blob that a kept version names."""
        return _files(self._entries if self._entries is not None else read_past(self._path))


def read_past(path: Path) -> list[dict[str, Any]]:
    """The versions kept, the oldest first; of two with one number the later line."""
    found: dict[int, dict[str, Any]] = {}
    for line in (read_or_none(path) or b"").splitlines():
        try:
            entry = json.loads(line)
            found[int(entry["version"])] = entry
        except (ValueError, KeyError, TypeError):
            continue  # half a line
    return [found[version] for version in sorted(found)]


def _shortened(entries: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], set[str]]:
    """Three quarters of what may be kept, the present version at least."""
    kept = list(entries)
    while len(kept) > 1 and (
        len(kept) > MOST_VERSIONS * 3 // 4 or _size(kept) > MOST_BYTES * 3 // 4
    ):
        del kept[0]
    return kept, _files(entries) - _files(kept)


def _files(entries: Iterable[Mapping[str, Any]]) -> set[str]:
    return {blob for entry in entries for blob in entry["files"].values()}


def _size(entries: Iterable[Mapping[str, Any]]) -> int:
    return sum(entry["bytes"] for entry in entries)


def _rewrite(path: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    write(path, b"".join(wire.encode(entry) + b"\n" for entry in entries), PUBLIC)


def _append(path: Path, entry: Mapping[str, Any]) -> None:
    # Not fsynced: what a power cut takes is a line of the past, and no version waits for it.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        file.write(wire.encode(entry) + b"\n")
