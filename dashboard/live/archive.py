"""Every accepted file, as received, so that a night can be rebuilt with the very same code."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from ..model import SourceFile

_UNSAFE = re.compile(r"[^\w.-]+")
_NAME_LIMIT = 80  # characters


def keep(folder: Path, file: SourceFile, now: datetime) -> Path:
    """Writes ``<UTC time>-<digest>-<name>`` unless this content is there already.

    Returns its path. Raises ``OSError``, and then leaves no half of it.
    """
    short = file.digest[:12]
    for there in folder.glob(f"[!.]*-{short}-*"):
        return there
    name = _UNSAFE.sub("_", file.name)[-_NAME_LIMIT:]
    path = folder / f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{short}-{name}"
    aside = folder / f".{path.name}"
    try:
        _create(aside, file.content)
        aside.rename(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return path


def _create(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
