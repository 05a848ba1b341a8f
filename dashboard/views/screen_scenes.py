"""The scenes of the wall: which there are at this version, for how long, and what they draw.

The browser only follows the list (assets/scenes.js). A scene of which nothing can be said is not
in it: no map of nothing, no list of nobody.
"""

from math import sqrt

from .. import charts, text
from ..charts import Figure, Theme
from ..tally import RowResult
from ..wire import JSON
from .areas import legend
from .feed import said
from .markup import Node, el
from .rich import swatch
from .scene import Scene
from .screen_posts import full_screen, invitation, moment, reaction
from .screen_rows import FOCUSES, arrived, focus, in_focus, large, latest, short_scores, weight

# Milliseconds a scene stays.
OVERVIEW, MAP, FOCUS, CIRCLES, QUOTE, QR, REPLAY, MOMENT = (
    25_000,
    15_000,
    10_000,
    12_000,
    12_000,
    10_000,
    60_000,  # at most: the browser goes on when the night is at its end
    20_000,
)
PER_CHARACTER = 60  # more for a quote
SELDOM = 3  # circles, code and the night again: every third round
WIDEST = 170  # px of a rem of 16, the largest circle
SMALLEST = 7
OPEN = 18  # at least, where nothing is counted: dashes need some length
LABELS, LABEL_SIZE = 6, 28


def schedule(seen: Scene) -> dict[str, JSON]:
    """``rotation``: the scenes in their order. ``once`` names what a scene shows, which is shown
    once; ``every`` says in which rounds it comes. ``moment``: what interrupts when it is new."""
    rotation: list[JSON] = [{"scene": "overview", "hold": OVERVIEW}]
    if seen.settled and seen.contest.geometry and not seen.sealed:
        rotation += _of_the_map(seen)
    if (post := reaction(seen)) is not None:
        hold = QUOTE + PER_CHARACTER * len(said(post, seen.lang))
        rotation.append({"scene": "quote", "hold": hold})
    if seen.election.public_url:
        rotation.append({"scene": "qr", "hold": QR, "every": SELDOM})
    if seen.state == "complete":
        title = text.words(seen.lang)["replay_at"]  # the browser knows the {time}
        rotation.append({"scene": "replay", "hold": REPLAY, "every": SELDOM, "title": title})
    found: dict[str, JSON] = {"rotation": rotation}
    if (key := moment(seen)) is not None:
        found["moment"] = {"scene": "moment", "hold": MOMENT, "once": key.id}
    return found


def _of_the_map(seen: Scene) -> list[JSON]:
    found: list[JSON] = []
    if rows := arrived(seen):
        newest = rows[0][0]
        key = f"{newest.row} {newest.at.isoformat()}"
        found.append({"scene": "map", "hold": MAP, "once": key})
    found += [
        {"scene": "focus", "slot": slot, "hold": FOCUS, "once": arrival.row}
        for slot, (arrival, _) in enumerate(in_focus(seen))
    ]
    found.append({"scene": "circles", "hold": CIRCLES, "every": SELDOM})
    return found


def parts(seen: Scene) -> dict[str, Node | None]:
    """The text of every scene but the overview; ``None`` where there is nothing to say."""
    scores = short_scores(seen)
    return {
        "latest": latest(seen),
        **{f"focus-{place}": focus(seen, place) for place in range(FOCUSES)},
        "weight": weight(seen),
        "legend-map": legend(seen),
        "legend-circles": _legend(seen),
        "short-map": scores,
        "short-quote": scores,
        "short-moment": scores,
        "large": large(seen),
        "reaction": full_screen(seen, reaction(seen)),
        "moment": full_screen(seen, moment(seen)),
        "invitation": invitation(seen),
    }


def figures(seen: Scene, theme: Theme, maps: Figure | None) -> dict[str, Figure]:
    """The map again, larger, and what lies on it in turn; nothing without a map."""
    geometry = seen.contest.geometry
    if maps is None or geometry is None:
        return {}
    rows = [row for _, row in in_focus(seen)]
    areas = [
        [area.id for area in seen.areas.values() if area.row_key == row.key] for row in rows
    ] + [[]] * (FOCUSES - len(rows))
    outlines = {
        f"outline-{slot}": charts.outline(
            geometry, ids, theme, label_size=LABEL_SIZE, label_limit=LABELS
        )
        for slot, ids in enumerate(areas)
    }
    return {"map-large": maps, "circles": _circles(seen, theme), **outlines}


def _circles(seen: Scene, theme: Theme) -> Figure:
    """One per row, by valid votes; the largest are at the back."""
    assert seen.contest.geometry is not None
    places = {area.row_key: area.id for area in reversed([*seen.areas.values()]) if area.row_key}
    sizes = _sizes([row for row in seen.rows.values() if row.key in places])
    scale = WIDEST / sqrt(max([*(size for _, size in sizes), 1]))
    points = [
        charts.Circle(
            places[row.key],
            max(SMALLEST if row.counts else OPEN, round(scale * sqrt(size))),
            _class(seen, row),
        )
        for row, size in sizes
    ]
    return charts.circles(
        seen.contest,
        seen.contest.geometry,
        points,
        theme,
        seen.light if theme is charts.LIGHT else seen.dark,
        label_size=LABEL_SIZE,
        label_limit=LABELS,
    )


def _class(seen: Scene, row: RowResult) -> int:
    if row.counts is None:
        return charts.UNCOUNTED
    if row.leader is None:
        return charts.LEVEL
    return charts.FIRST_OPTION + seen.contest.options.index(row.leader)


def _sizes(rows: list[RowResult]) -> list[tuple[RowResult, float]]:
    """Valid votes; where nothing is counted, what the registered voters give at the rate of the
    others. In the order of the electorate, which no count changes, where it is known."""
    registered = sum(row.registered_voters or 0 for row in rows if row.counts)
    counted = sum(row.counts.valid_votes for row in rows if row.counts)
    rate = counted / registered if registered else 0
    sizes = [
        (row, row.counts.valid_votes if row.counts else rate * (row.registered_voters or 0))
        for row in rows
    ]
    return sorted(sizes, key=lambda pair: -(pair[0].registered_voters or pair[1]))


def _legend(seen: Scene) -> Node | None:
    if not seen.settled or seen.contest.geometry is None:
        return None
    leading = {row.leader.id for row in seen.rows.values() if row.leader}
    shown = [o for o in seen.contest.options if o.id in leading][:FOCUSES]
    key = "leads" if len(leading) <= FOCUSES else "leads_brief"
    dots = [
        el(
            "li",
            swatch(seen.light[option.id].fill, seen.dark[option.id].fill),
            el("span", seen.say(key, name=option.short_name), class_="lgn"),
        )
        for option in shown
    ]
    waiting = el("li", el("span", class_="sw none"), seen.say_rows("legend_waiting"))
    return el("ul", *dots, waiting, class_="dots")
