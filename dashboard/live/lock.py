"""The lock that makes one companion the watcher, and the pulse that shows it is not frozen.

``flock``: the kernel gives it to one process at a time and takes it back when that process ends,
however it ends; a paused holder keeps it. The file holds the holder's pid, padded so that a full
disk cannot prevent it from being overwritten, and its modification time is the pulse: touching a
file needs no disk space, so a full disk does not look like a frozen watcher.

The state folder must be on a file system of this machine: over NFS a lock may outlive its holder.
"""

import fcntl
import os
from pathlib import Path

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_WIDTH = 20  # characters of a pid


class LockLost(Exception):
    """The lock file is no longer ours: this process must not write any more."""


class Lock:
    """Held from ``take`` until this process ends. There is no way to give it back."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> "Lock":
        """Waits for the lock, for as long as it takes. Raises ``OSError``."""
        while True:
            descriptor = os.open(path, _FLAGS, 0o644)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            lock = cls(path, descriptor)
            if lock._is_at_its_path():
                os.pwrite(descriptor, f"{os.getpid():<{_WIDTH}}\n".encode(), 0)
                lock.beat()
                return lock
            os.close(descriptor)  # the file was replaced while we waited for the old one

    def beat(self) -> None:
        """One more sign of life."""
        os.utime(self._descriptor)

    def check(self) -> None:
        """Raises ``LockLost`` when someone removed or replaced the lock file."""
        if not self._is_at_its_path() or holder(self._path) != os.getpid():
            raise LockLost(f"{self._path} is not this process's any more")

    def _is_at_its_path(self) -> bool:
        try:
            there = self._path.lstat()
        except OSError:
            return False
        ours = os.fstat(self._descriptor)
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def holder(path: Path) -> int | None:
    """The pid written in the lock file. The process may have ended since."""
    try:
        return int(path.read_bytes()[:_WIDTH])
    except (OSError, ValueError):
        return None


def pulse(path: Path) -> int | None:
    """A number that changes with every beat, or ``None`` where there is no lock."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def is_held(path: Path) -> bool:
    """Whether some process holds the lock now. Tries it for an instant."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
