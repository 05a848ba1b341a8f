"""The big screen: scenes in turn, read from across a hall. Here the one that always returns."""

from ..charts import THEMES, Figure, Theme
from ..wire import JSON
from . import screen_scenes
from .areas import legend, map_figures
from .chrome import brand, live_tag, simulated_class, simulated_words
from .compare import shares_then, what_ticks_are
from .headline import headline_text, opening
from .markup import Node, el
from .progress import bar, counted, held_line, state_line
from .rich import data
from .scene import Scene
from .scores import bar_figure, candidate, ranking_rows, shape, single_figures
from .screen_posts import follow, lower_third

LONG_NAME = 26  # beyond, a duel leaves out the given name
LONG_TOTAL = 10_000  # units; beyond, how the count stands goes a line down
BAND = (0.8, 0.95)  # of a ranking's row: names and shares stand above the bar, tails and all
MAP_LABELS = 6
MAP_LABEL_SIZE = 28


def parts(seen: Scene) -> dict[str, Node]:
    """Every visible text by the name of its place."""
    nodes = {
        "simulated": _simulated(seen),
        "strip": _strip(seen),
        "scores" if seen.is_duel else "ranking": _opening(seen) if seen.sealed else _scores(seen),
        "scores-1": None if seen.sealed or not seen.is_duel else candidate_block(seen, 1),
        "progress": None if seen.sealed else _progress(seen),
        "legend": legend(seen),
        "post": lower_third(seen),
        "follow": follow(seen),
        **screen_scenes.parts(seen),
    }
    return {name: node for name, node in nodes.items() if node is not None}


def figures(seen: Scene) -> dict[Theme, dict[str, Figure]]:
    """One bar per option of a duel or a ranking, and the map, by theme; none under embargo."""
    if seen.sealed:
        return {theme: {} for theme in THEMES}
    maps = map_figures(seen, label_size=MAP_LABEL_SIZE, label_limit=MAP_LABELS, tips=False)
    return {
        theme: {
            **_bars(seen, theme),
            **({"map": maps[theme]} if maps else {}),
            **screen_scenes.figures(seen, theme, maps.get(theme)),
        }
        for theme in THEMES
    }


def _bars(seen: Scene, theme: Theme) -> dict[str, Figure]:
    if seen.is_duel:
        return single_figures(seen, theme, shares_then(seen))
    return {"bars": bar_figure(seen, theme, BAND)}


def extras(seen: Scene) -> dict[str, JSON]:
    """What the browser follows: which scenes there are, and the shape of this contest's."""
    return {
        "description": headline_text(seen),
        "scenes": screen_scenes.schedule(seen),
        "contest": seen.contest.id,
        "shape": shape(seen.contest),
        "has_map": seen.contest.geometry is not None,
    }


def _scores(seen: Scene) -> Node:
    if seen.is_duel:
        return candidate_block(seen, 0)
    return el("ol", *ranking_rows(seen, brief=True), class_="rows")


def candidate_block(seen: Scene, place: int) -> Node:
    option = seen.standings[place].option
    return candidate(seen, seen.standings[place], given=len(option.name) <= LONG_NAME)


def _simulated(seen: Scene) -> Node | None:
    words = simulated_words(seen)
    if not words:
        return None
    label = el("b", seen.say("rehearsal")) if seen.election.is_rehearsal else None
    return el("p", label, words, class_=simulated_class(seen))


def _strip(seen: Scene) -> Node:
    at = seen.say("data_of", time=seen.time(seen.data_at)) if seen.data_at else None
    return el(
        "div", live_tag(seen), brand(seen), el("p", at, class_="upd") if at else None,
        class_="strip",
    )  # fmt: skip


def _opening(seen: Scene) -> Node:
    until = seen.contest.embargo
    assert until is not None
    return el(
        "div",
        el("h1", seen.say("headline_embargo", time=opening(seen))),
        el("p", class_="countdown", data_role="countdown", data_until=until.isoformat()),
        class_="opening",
    )


def _progress(seen: Scene) -> Node:
    done, state = el("p", *counted(seen, brief=True)), el("p", *state_line(seen, brief=True))
    cast, held = el("p", *_cast(seen)), held_line(seen)
    # Two numbers of a country leave no room beside them.
    beside, below = (held, state) if seen.progress.units >= LONG_TOTAL else (state, held)
    return el(
        "div",
        what_ticks_are(seen) if seen.is_duel else None,  # a ranking has no room to say it
        bar(seen),
        el("div", done, beside, class_="cl"),
        el("div", cast, below, class_="cl"),
        class_="progress",
    )


def _cast(seen: Scene) -> list[Node]:
    """Ballots cast where the source gives them, else valid votes."""
    if seen.counts is None:
        return []
    cast = seen.counts.ballots_cast
    if cast is not None:
        number = data(seen.number(cast), cast, "ballots-cast")
        return [el("b", number), f" {seen.say('ballots_cast_plain')}"]
    valid = seen.counts.valid_votes
    number = data(seen.number(valid), valid, "valid-votes")
    return [el("b", number), f" {seen.say('valid_plain')}"]
