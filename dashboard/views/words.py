"""The phrases for what only the browser knows; names as assets/*.js ask for them."""

from .. import text
from ..wire import JSON
from .scene import Scene

_BROWSER = (
    "time", "age", "age_none", "age_offline", "age_paused", "ago_now", "ago_seconds",
    "ago_minutes", "ago_hours", "ago_days", "stale", "stale_none", "quiet", "offline",
    "offline_none",
    "feed_trouble", "pause", "resume", "paused", "theme_dark", "theme_light", "new_one",
    "new_many", "close", "countdown", "sorted_ascending", "sorted_descending", "loading_map",
    "replay_none",
)  # fmt: skip
TROUBLES = (
    "missing", "denied", "not_a_file", "empty", "torn", "unreadable", "shrunk", "doubtful",
    "older", "timeout", "http", "too_large", "encoding", "storage", "store", "other",
)  # fmt: skip


def browser_words(seen: Scene) -> dict[str, JSON]:
    """Strings with {placeholders}, and one sentence by code of trouble."""
    return {
        **{key: _raw(seen, key) for key in _BROWSER},
        "not_found": seen.say_rows("not_found", unit=seen.row.one),
        "picture": {key: _raw(seen, f"picture_{key}") for key in ("take", "bars", "map", "failed")},
        "timezone": seen.contest.timezone,
        "trouble": {code: _raw(seen, f"trouble_{code}") for code in TROUBLES},
    }


def _raw(seen: Scene, key: str) -> str:
    """With its placeholders, which are for the browser to fill."""
    return text.words(seen.lang)[key]
