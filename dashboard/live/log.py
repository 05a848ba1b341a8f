"""One JSON object per line on standard error: what an operator greps at midnight."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from .. import wire
from ..wire import JSON

Log: TypeAlias = Callable[..., None]


def log(event: str, **facts: JSON) -> None:
    """Writes one line; never raises, because a night does not end over a full log disk."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    try:
        sys.stderr.buffer.write(wire.encode({"at": at, "event": event, **facts}) + b"\n")
        sys.stderr.buffer.flush()
    except (OSError, ValueError):
        pass
