"""Every accepted file, as received, so that a night can be rebuilt with the very same code."""

import os
from datetime import UTC, datetime
from pathlib import Path

from ..clean import file_name
from ..model import SourceFile


def keep(folder: Path, file: SourceFile, now: datetime) -> Path:
    """Writes ``<UTC time>-<digest>-<name>`` unless this content is there already.

    Returns its path. Raises ``OSError``, and then leaves no half of it.
    """
    short = file.digest[:12]
    for there in folder.glob(f"[!.]*-{short}-*"):
        return there
    path = folder / f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{short}-{file_name(file.name)}"
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
