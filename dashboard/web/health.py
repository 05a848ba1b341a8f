"""``/healthz``: what a monitor needs, and nothing it could use against us."""

from datetime import datetime

from ..wire import encode
from .follower import Follower
from .responses import JSON_TYPE, Ready, ready


def health(follower: Follower) -> Ready:
    """Always 200 while this process serves: a stale page beats none. The state says the rest."""
    view, now = follower.view, follower.clock()
    status = view.status
    body = encode(
        {
            "state": status.get("state", "starting"),
            "code": status.get("code", ""),
            "since": status.get("since"),
            "quiet": status.get("quiet", False),
            "feed": status.get("feed"),
            "last_good": status.get("data_at"),
            "age_seconds": _age(status.get("data_at"), now),
            "checked_at": status.get("checked_at"),
            "checked_age_seconds": _age(status.get("checked_at"), now),
            "version": view.version,
            "build": follower.build,
        }
    )
    return ready(body, JSON_TYPE, "no-store")


def _age(moment: str | None, now: datetime) -> float | None:
    """Seconds from ``moment`` (ISO 8601) to ``now``, or ``None``."""
    if moment is None:
        return None
    return round((now - datetime.fromisoformat(moment)).total_seconds(), 1)
