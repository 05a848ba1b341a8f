"""The night as it was published, to be seen again: a file per document, one line per version.

    {"version": 3, "at": …, "kind": "start", "document": {…}}
    {"version": 5, "at": …, "kind": "result", "patch": {…}}

The first document with all patches up to a version merged into it is the document of that version
(``wire.merge``). Lines are written before the pointer that names their version, as blobs are, so a
reader leaves out those beyond its pointer, and the writer those of a version that never came.

What must not be seen again is not here either: a document under embargo begins the file anew, and
so does a simulated night that starts over. When a post is withdrawn or changed, every file begins
anew: that post is in the past of all of them (F54).
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import wire
from ..views.moment import kind_of, takes_back
from ..views.rounds import NAME as ROUNDS
from ..wire import JSON
from .files import PUBLIC, read_or_none, write

MOST_STEPS, MOST_BYTES = 2_000, 4_000_000  # of a file; beyond, the older half is its start


def is_replayed(name: str) -> bool:
    """Whether a document's past is kept: of the whole, not of the parts of a country; of
    what is told of a moment, not of the table of two rounds."""
    return "@" not in name and name.partition(".")[0] != ROUNDS


@dataclass(slots=True)
class _Reel:
    """What is known of a file without reading it again."""

    document: JSON = None  # as of the last line
    ends: list[tuple[int, int]] = field(default_factory=list)  # (version, where its line ends)

    @property
    def version(self) -> int:
        return self.ends[-1][0] if self.ends else 0

    @property
    def size(self) -> int:
        return self.ends[-1][1] if self.ends else 0


class Recorder:
    """The one writer of the folder's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reels: dict[str, _Reel] = {}

    def record(
        self,
        name: str,
        version: int,
        at: str,
        published: int,
        read: Callable[[], JSON],
        *,
        anew: bool = False,
    ) -> bool:
        """Adds what ``read`` gives, the document of ``version``, unless it is there; ``anew``
        without its past. Returns whether that document takes a post back, so that no file may
        keep its past.

        ``published``: the version that is up; a line beyond it is of one that never came. Raises
        ``OSError``; then nothing was added.
        """
        path = self._folder / f"{name}.jsonl"
        reel = self._reels.pop(name, None)  # should anything fail it is read again
        if reel is None or reel.version > published:
            reel = _load(path, published)
        withdrawn = False
        if (anew or version > reel.version) and (document := read()) is not None:
            withdrawn = reel.document is not None and takes_back(reel.document, document)
            is_first = anew or withdrawn or reel.document is None
            if is_first or _begins_anew(reel.document, document):
                reel = _begin(path, version, at, document)
            else:
                _add(path, reel, version, at, document)
            if len(reel.ends) > MOST_STEPS or reel.size > MOST_BYTES:
                reel = _shorten(path)
        self._reels[name] = reel
        return withdrawn


def read_replay(folder: Path, name: str, version: int) -> bytes:
    """``{"steps": […]}``: the lines up to ``version``. ``KeyError`` when there is none."""
    lines = [line for step, line in _lines(folder / f"{name}.jsonl") if step <= version]
    if not lines:
        raise KeyError(name)
    return b'{"steps":[%s]}' % b",".join(lines)


def fold(steps: list[dict[str, Any]]) -> JSON:
    """The document after the last of ``steps``."""
    document: JSON = steps[0]["document"]
    for step in steps[1:]:
        document = wire.merge(document, step["patch"])
    return document


def _load(path: Path, published: int) -> _Reel:
    steps, ends, size = [], [], 0
    for version, line in _lines(path):
        if version > published:
            break
        size += len(line) + 1
        steps.append(json.loads(line))
        ends.append((version, size))
    return _Reel(fold(steps), ends) if steps else _Reel()


def _lines(path: Path) -> list[tuple[int, bytes]]:
    """The whole lines with their versions, up to the first that a crash left broken."""
    found: list[tuple[int, bytes]] = []
    for line in (read_or_none(path) or b"").split(b"\n")[:-1]:
        try:
            version = int(line[len(b'{"version":') : line.index(b",")])
        except ValueError:
            break
        if not line.endswith(b"}") or (found and version <= found[-1][0]):
            break
        found.append((version, line))
    return found


def _begins_anew(before: JSON, after: JSON) -> bool:
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    state = after.get("state")
    starts_over = state == "waiting" != before.get("state") and "simulated" in after
    return state == "embargo" or starts_over


def _begin(path: Path, version: int, at: str, document: JSON) -> _Reel:
    line = wire.encode({"version": version, "at": at, "kind": "start", "document": document})
    path.parent.mkdir(mode=0o755, exist_ok=True)
    write(path, line + b"\n", PUBLIC)
    return _Reel(document, [(version, len(line) + 1)])


def _add(path: Path, reel: _Reel, version: int, at: str, document: JSON) -> None:
    kind = kind_of(_moment(reel.document), _moment(document))
    patch = wire.diff(reel.document, document)
    line = wire.encode({"version": version, "at": at, "kind": kind, "patch": patch}) + b"\n"
    # Not fsynced: what a power cut takes is in the next patch, and no version waits for it.
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        file.truncate(reel.size)
        file.seek(reel.size)
        rest = memoryview(line)
        while rest:
            rest = rest[file.write(rest) :]
    reel.document = document
    reel.ends.append((version, reel.size + len(line)))


def _moment(document: JSON) -> Mapping[str, Any]:
    found = document.get("moment") if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _shorten(path: Path) -> _Reel:
    """The older half becomes the document the file starts from."""
    lines = [line for _, line in _lines(path)]
    middle = len(lines) // 2
    last = json.loads(lines[middle])
    start = {
        "version": last["version"],
        "at": last["at"],
        "kind": "start",
        "document": fold([json.loads(line) for line in lines[: middle + 1]]),
    }
    content = b"\n".join([wire.encode(start), *lines[middle + 1 :]]) + b"\n"
    write(path, content, PUBLIC)
    return _load(path, json.loads(lines[-1])["version"])
