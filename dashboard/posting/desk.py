"""One change of the feed file at a time, whole, with its history beside it.

    feed.csv                  switched by a rename: a reader sees the file before or the one after
    feed.csv.lock             held (flock) by whoever writes; the kernel frees it when he dies
    feed.csv.history.jsonl    every change with what was there before, mode 0600: nothing else keeps
                              the words of a retracted post

The history is written first, so that nothing changes without it; a change that fails after that
leaves a line of what did not come about.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from .sheet import Sheet, open_sheet

T = TypeVar("T")
_TRIES = 5  # while another program, which knows nothing of the lock, saves the same file


class Busy(OSError):
    """Another program goes on writing the file."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one post."""

    action: str
    identifier: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None
    reason: str = ""


class Desk:
    """The feed file at ``path``."""

    def __init__(
        self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.path = path
        self.history = path.with_name(f"{path.name}.history.jsonl")
        self._lock = path.with_name(f"{path.name}.lock")
        self._clock = clock

    def read(self) -> bytes | None:
        """What the file holds, ``None`` when there is none. Raises ``OSError``."""
        with contextlib.suppress(FileNotFoundError):
            return self._read()[0]
        return None

    def alter(self, how: Callable[[Sheet], tuple[Change, T]]) -> T:
        """Applies a change to the file as it is now; whatever ``how`` raises changes nothing.

        Raises ReadError for a file that is no table, and ``OSError``.
        """
        with self._locked():
            for _ in range(_TRIES):
                content, seen = self._read_or_none()
                sheet = open_sheet(content, self.path.name)
                change, told = how(sheet)
                if self._switch(sheet.content(), seen, change):
                    return told
            raise Busy(0, "another program goes on writing it", str(self.path))

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self._lock, flags, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _read_or_none(self) -> tuple[bytes | None, tuple[int, ...]]:
        try:
            return self._read()
        except FileNotFoundError:
            return None, ()

    def _read(self) -> tuple[bytes, tuple[int, ...]]:
        """Not through a link: the watcher would not follow it either."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(), _signs(os.fstat(descriptor))

    def _switch(self, content: bytes, seen: tuple[int, ...], change: Change) -> bool:
        """Whether the file was still the one that was read, and now is this one."""
        aside = self.path.with_name(f".{self.path.name}.aside-{os.getpid()}")
        try:
            self._write_aside(aside, content, seen)
            if self._present() != seen:
                return False
            self._remember(change)
            aside.replace(self.path)
            _fsync(self.path.parent)
        finally:
            aside.unlink(missing_ok=True)
        return True

    def _write_aside(self, aside: Path, content: bytes, seen: tuple[int, ...]) -> None:
        aside.write_bytes(content)
        if seen:
            found = self.path.stat()
            aside.chmod(found.st_mode & 0o7777)
            with contextlib.suppress(OSError):  # only root gives files away
                os.chown(aside, found.st_uid, found.st_gid)
        _fsync(aside)

    def _present(self) -> tuple[int, ...]:
        try:
            return _signs(self.path.lstat())
        except FileNotFoundError:
            return ()

    def _remember(self, change: Change) -> None:
        line = {
            "at": self._clock().isoformat(timespec="milliseconds"),
            "action": change.action,
            "id": change.identifier,
            "before": change.before,
            "after": change.after,
            **({"reason": change.reason} if change.reason else {}),
        }
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self.history, flags, 0o600)
        try:
            os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _signs(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
