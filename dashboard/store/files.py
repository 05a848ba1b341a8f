"""Files of the state folder: written aside, fsynced and renamed: nobody sees half of one."""

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

PUBLIC, SEALED = 0o644, 0o600
_ASIDE = ".aside-"


def own_folder(folder: Path, mode: int) -> None:
    """Makes ``folder``, or raises ``OSError`` when something else, or a link, stands there."""
    folder.mkdir(exist_ok=True)
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(20, "a link stands where a folder was expected", str(folder))
    folder.chmod(mode)


def read_or_none(path: Path) -> bytes | None:
    """What is in the file itself, never in what a link leads to; ``None`` when there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def write(path: Path, content: bytes, mode: int, sync: bool = True) -> None:
    """One file, as ``write_all``."""
    write_all(path.parent, {path.name: content}, mode, sync)


def write_all(
    folder: Path, contents: Mapping[str, bytes], mode: int = PUBLIC, sync: bool = True
) -> None:
    """Writes files aside, then renames them all into place; all are on disk when it returns.

    Raises ``OSError`` and leaves nothing aside. All are written before the first is fsynced:
    the file system then commits them together. A failed fsync is never tried again, because the
    kernel may have dropped the pages and would then report success (PostgreSQL, 2018).
    """
    aside = {name: folder / f"{_ASIDE}{os.getpid()}-{name}" for name in contents}
    try:
        for name, content in contents.items():
            _create(aside[name], content, mode)
        for path in aside.values() if sync else ():
            _fsync(path)
        for name, path in aside.items():
            path.replace(folder / name)
        if sync:
            _fsync(folder)
    except OSError:
        for path in aside.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _create(path: Path, content: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)  # of a killed process that had our number
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, mode)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
