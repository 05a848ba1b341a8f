""" "Revoir la soirée": the button that asks for it, and the kit that comes when it was asked.

Neither says anything of a version. The kit is the same all night, so it is a file beside the
scripts (``web.site``), and no document and no first load carries it.
"""

from .. import charts, text
from ..model import Contest
from ..wire import JSON
from .markup import Node, el
from .scene import Scene

_WORDS = (
    "at", "play", "stop", "speed", "scrub", "before", "after", "no_hour", "corrected", "since",
)  # fmt: skip
_STANDING_OUT = ("lead", "key", "correction")  # as views.moment.kind_of calls them
_LEGEND = ("share", "counted", "post", *_STANDING_OUT)


def replay(seen: Scene) -> Node | None:
    """Of the whole only, and when something was counted."""
    if seen.sealed or seen.place.is_part or seen.state == "waiting":
        return None
    return el(
        "div",
        el("h2", seen.say("replay")),
        el("p", data_role="replay-hour", class_="rhour"),
        el(
            "button", el("span", seen.say("replay_play"), data_label=True),
            type="button", data_action="replay-play", class_="rplay",
        ),
        el("button", type="button", data_action="replay-speed", class_="rspeed", hidden=True),
        class_="rh",
    )  # fmt: skip


def replay_kit(contest: Contest, lang: str) -> JSON:
    """What a browser needs to show the night of a contest again, beside the night: its phrases,
    the drawing behind the scrubber by theme, what that drawing's marks are, and the band."""
    words = text.words(lang)
    phrases = [*_WORDS, *(f"key_{kind}" for kind in _STANDING_OUT)]
    return {
        "words": {key: words[f"replay_{key}"] for key in phrases},
        "light": charts.timeline(charts.hues(contest, charts.LIGHT), charts.LIGHT),
        "dark": charts.timeline(charts.hues(contest, charts.DARK), charts.DARK),
        "legend": el("p", *(_key(key, words[f"replay_key_{key}"]) for key in _LEGEND)),
        "band": el(
            "div",
            el("p", data_role="replay-at"),
            el("p", data_role="replay-more", class_="rmore"),
            el("button", words["replay_live"], type="button", data_action="replay-live"),
            class_="rband",
        ),
    }


def _key(key: str, name: str) -> Node:
    return el("span", el("i", class_=f"rk rk-{key}", aria_hidden="true"), name)
