"""The dashboard: its parts and its figures."""

from ..charts import THEMES, Figure, Theme
from ..wire import JSON
from .areas import describe, legend, map_figures, map_head, map_note, names, rows_of_areas
from .chrome import footer, more, simulated, strip
from .compare import compared, shares_then
from .feed import feed, feed_head
from .findings import findings
from .headline import headline, headline_text
from .markup import Node, el
from .progress import key_figures, meter, progress
from .replay import replay
from .scene import Scene
from .scores import alternative, bar_figure, scores
from .swings import swings
from .table import table


def parts(seen: Scene) -> dict[str, Node]:
    """Every visible text by the name of its place; a place with nothing to say is left out."""
    nodes = {
        "simulated": simulated(seen),
        "strip": strip(seen),
        "meter": meter(seen),
        "headline": headline(seen),
        "scores": None if seen.sealed else scores(seen),
        "compare": compared(seen),
        "progress": None if seen.sealed else progress(seen),
        "figures": None if seen.sealed else key_figures(seen),
        "map-head": map_head(seen),
        "map-text": _map_text(seen),
        "legend": legend(seen),
        "map-note": map_note(seen),
        "replay": replay(seen),
        "table": table(seen),
        "feed-head": feed_head(seen),
        "feed": feed(seen),
        "findings": findings(seen),
        "footer": footer(seen),
        "more": more(seen),
    }
    return {name: node for name, node in nodes.items() if node is not None}


def figures(seen: Scene) -> dict[Theme, dict[str, Figure]]:
    """Bars and map, by theme; none under embargo."""
    if seen.sealed:
        return {theme: {} for theme in THEMES}
    maps = map_figures(seen)
    return {
        theme: {"bars": bar_figure(seen, theme, then=shares_then(seen))}
        | ({"map": maps[theme]} if maps else {})
        for theme in THEMES
    }


def extras(seen: Scene) -> dict[str, JSON]:
    """What search, map and screen readers need beside the page itself."""
    said: dict[str, JSON] = {"description": headline_text(seen)}
    if not seen.sealed:
        said["search"] = names(seen)
        said["areas"] = rows_of_areas(seen)
        if moved := swings(seen):
            said["swings"] = moved
    if seen.settled:
        said["announcement"] = seen.say(
            "announce",
            scores=alternative(seen),
            progress=seen.say("counted_share", share=seen.share(seen.progress.share)),
        )
    return said


def _map_text(seen: Scene) -> Node | None:
    if seen.sealed or seen.contest.geometry is None:
        return None
    return el("p", describe(seen))
