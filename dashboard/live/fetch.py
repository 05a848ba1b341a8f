"""Reading a file of this machine, with a limit on everything.

The last part of the path must be a regular file. A symbolic link is refused there, although some
publish by switching one: a link may lead out of the folder the operator named, and the two files
it led to, before and after, tell nothing of each other (F18). Links in folders above are followed.

A change that leaves size and times as they were is possible within one tick of the file system's
clock, so a file is read again two seconds after it last looked changed, and every thirty seconds.
"""

import errno
import fcntl
import os
import signal
import stat
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from .. import wire
from ..model import SourceFile

MOST_BYTES = 64 * 1024 * 1024
LOCAL_DEADLINE = 10.0  # seconds; a network file system may hang for ever
_TICK_SECONDS = 2.0  # the coarsest time stamp in use (FAT)
_REREAD_SECONDS = 30.0
_SIDECAR_BYTES = 4096
_CHUNK = 1 << 20
_FS_IOC_GETVERSION = 0x80087601  # linux/fs.h
_CODES = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ELOOP: "not_a_file",
    errno.EISDIR: "not_a_file",
    errno.ENXIO: "not_a_file",
}


class FetchError(Exception):
    """The source gave no bytes to judge. ``code`` is one of the trouble codes."""

    def __init__(self, code: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after  # seconds, when the source asked for it


@dataclass(frozen=True, slots=True)
class Look:
    """One complete reading of a source, and what was seen around it."""

    file: SourceFile
    place: tuple[int, ...] | None  # which file object it is; None for a URL
    stamp: tuple[int, ...]  # changes when the file is written
    age: float = 0.0  # seconds since the file system saw it change; 0 when unknown
    vouched: str | None = None  # digest the sidecar names, "" if none; None without a sidecar
    being_written: bool | None = None  # some process has it open for writing; None when unknown


class Fetcher(Protocol):
    """A source of bytes. Called in a thread of its own, one call at a time."""

    deadline: float  # seconds after which a look is given up

    def look(self, again: bool) -> Look | None:
        """Reads the source; ``None`` when nothing changed since the last look.

        With ``again`` it is read whatever the signs say. Raises ``FetchError``.
        """


class LocalFile:
    """A file polled by stat, read when something about it changed."""

    deadline = LOCAL_DEADLINE

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] = ()
        self._changed_at = self._read_at = -_REREAD_SECONDS  # monotonic seconds

    def look(self, again: bool) -> Look | None:
        try:
            return self._look(again)
        except OSError as error:
            code = _CODES.get(error.errno or 0, "unreadable")
            raise FetchError(code, f"{self._path}: {error.strerror}") from error

    def _look(self, again: bool) -> Look | None:
        now = time.monotonic()
        seen = _signs(self._regular(self._path.lstat()))
        if seen != self._seen:
            self._seen, self._changed_at = seen, now
        elif not again and self._is_sure(now):
            return None
        look = self._read()
        self._read_at = now
        return look

    def _is_sure(self, now: float) -> bool:
        settled = self._read_at - self._changed_at > _TICK_SECONDS
        return settled and now - self._read_at < _REREAD_SECONDS

    def _regular(self, found: os.stat_result) -> os.stat_result:
        if not stat.S_ISREG(found.st_mode):
            raise FetchError(
                "not_a_file", f"{self._path} is no regular file; name the file itself, not a link"
            )
        return found

    def _read(self) -> Look:
        # Non-blocking: opening a FIFO that has just taken the file's place would wait for ever.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
        descriptor = os.open(self._path, flags)
        try:
            before = self._regular(os.fstat(descriptor))
            content = self._content(descriptor, before.st_size)
            being_written = _is_being_written(descriptor)
            generation = _generation(descriptor)
            if _signs(os.fstat(descriptor)) != _signs(before):
                raise FetchError("torn", f"{self._path} changed while it was being read")
        finally:
            os.close(descriptor)
        now = datetime.now(UTC)
        modified = datetime.fromtimestamp(before.st_mtime_ns / 1e9, UTC)
        return Look(
            file=SourceFile(self._path.name, content, wire.digest(content), min(modified, now)),
            place=(before.st_dev, before.st_ino, generation),
            stamp=(before.st_size, before.st_mtime_ns),
            age=max(0.0, now.timestamp() - before.st_ctime_ns / 1e9),
            vouched=_vouched(self._path),
            being_written=being_written,
        )

    def _content(self, descriptor: int, size: int) -> bytes:
        if size == 0:
            raise FetchError("empty", f"{self._path} is empty")
        chunks, total = [], 0
        while total <= MOST_BYTES and (chunk := os.read(descriptor, _CHUNK)):
            chunks.append(chunk)
            total += len(chunk)
        if total > MOST_BYTES:
            raise FetchError("too_large", f"{self._path} exceeds {MOST_BYTES >> 20} MiB")
        return b"".join(chunks)


def _signs(found: os.stat_result) -> tuple[int, ...]:
    """Whatever may betray a change. ctime cannot be set back, as ``cp -p`` does with mtime."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _is_being_written(descriptor: int) -> bool | None:
    """Whether any process has the file open for writing; ``None`` when that cannot be known.

    Linux gives a read lease on one's own files only while nobody has them open for writing. It is
    given back at once; should someone open the file in that instant, he waits for it and we get
    the signal chosen here, which does nothing (SIGIO, the usual one, would end the process).
    """
    if sys.platform != "linux":
        return None
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _generation(descriptor: int) -> int:
    """What tells two files apart that had the same inode number one after the other, as ext4
    gives them when a file is removed and made anew; 0 where the file system does not say."""
    if sys.platform != "linux":
        return 0
    try:
        answer = fcntl.ioctl(descriptor, _FS_IOC_GETVERSION, bytes(8))
    except OSError:
        return 0
    return int.from_bytes(answer, sys.byteorder)


def _vouched(path: Path) -> str | None:
    """The digest in ``<path>.sha256``: bare, or as sha256sum writes it. "" if there is none."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path.with_name(f"{path.name}.sha256"), flags)
    except FileNotFoundError:
        return None
    except OSError:
        return ""
    try:
        words = os.read(descriptor, _SIDECAR_BYTES).split()
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    word = words[0].decode("ascii", "replace").lower() if words else ""
    return word if len(word) == 64 and set(word) <= set("0123456789abcdef") else ""
