"""The map: what each area shows, its legend and what to know of it."""

from collections import Counter

import plotly.graph_objects as go

from .. import charts, text
from ..charts import Theme
from ..charts.figure import escape
from ..charts.map import NONE, TIE, WAITING, Cell, area_map, option_class
from ..charts.theme import lead_class
from ..model import CountStatus, Option
from ..tally import AreaResult, leader, standing
from .markup import Node, el
from .rich import BULLET, swatch
from .scene import Scene, by_votes

PARTIAL_FLOOR = 0.25  # of the stations of a row, under which its colour would be a rumour
PARTIAL_VOTES = 50
LEGEND_LIMIT = 6
TIP_OPTIONS = 3
WEIGHTY = 0.10  # of all votes, for one row to be named under the map


def map_figure(
    seen: Scene, theme: Theme, *, label_size: int = 12, label_limit: int = 11
) -> go.Figure | None:
    """The choropleth, or ``None`` for a contest without geometry or under embargo."""
    geometry = seen.contest.geometry
    if geometry is None or seen.sealed:
        return None
    hues = seen.light if theme is charts.LIGHT else seen.dark
    cells = {area_id: _cell(seen, area) for area_id, area in seen.areas.items()}
    return area_map(
        seen.contest, geometry, cells, theme, hues, label_size=label_size, label_limit=label_limit
    )


def map_head(seen: Scene) -> Node | None:
    """Title and search; the list of names is what a reader may type."""
    if seen.sealed or len(seen.rows) == 1:
        return None
    title = seen.say("map_title", unit=seen.row.brief)
    label = seen.say_rows("search", unit=seen.row.brief)
    return el(
        "div",
        el("h2", title[:1].upper() + title[1:]),
        el(
            "div",
            el("label", label, for_="search-name", class_="sr"),
            el(
                "input", id="search-name", type="search", list="search-names",
                placeholder=label, autocomplete="off", spellcheck="false", data_role="search",
            ),
            el("datalist", *(el("option", value=n) for n in sorted(names(seen))),
               id="search-names"),
            class_="search",
        ),
        class_="mh",
    )  # fmt: skip


def names(seen: Scene) -> dict[str, str]:
    """Every name a reader may type -> the key of its row. Of two equal names both say which."""
    found = [(row.name, row.key) for row in seen.rows.values()]
    found += [(a.name, a.row_key) for a in seen.areas.values() if a.row_key]
    keys_of: dict[str, set[str]] = {}
    for name, key in found:
        keys_of.setdefault(name, set()).add(key)
    return {name if len(keys_of[name]) == 1 else f"{name} ({key})": key for name, key in found}


def legend(seen: Scene) -> Node | None:
    """A ramp for each option that leads somewhere (both in a duel), and the patterns."""
    if seen.sealed or seen.contest.geometry is None:
        return None
    leading = _leading(seen)
    # "X en tête" says what a ramp is; from four names on, two columns of them have no room for it.
    key = "leads" if len(leading) <= TIP_OPTIONS else "leads_brief"
    ramps = [_ramp(seen, option, key) for option in leading]
    ticks = el(
        "li",
        el("span", class_="lgn"),
        el("span", *(el("span", tick) for tick in ("0", "5", "15", "30")), class_="tk"),
        el("span", seen.say("legend_points"), class_="unit"),
        class_="lg ticks",
    )
    patterns = [
        _pattern("hatch", seen.say_rows("legend_waiting")),
        _pattern("partial", seen.say("legend_partial")),
    ]
    if any(_is_tie(seen, area) for area in seen.areas.values()):
        patterns.append(_pattern("tie", seen.say("legend_tie")))
    return el(
        "div",
        el("ul", *ramps, ticks, class_="ramps") if ramps else None,
        el("ul", *patterns, class_="patterns"),
        class_="legend",
    )


def map_note(seen: Scene) -> Node | None:
    if seen.sealed or seen.contest.geometry is None:
        return None
    sentences = [seen.say_rows("map_note", unit=seen.row.one)]
    heaviest = max(seen.rows.values(), key=lambda r: r.counts.valid_votes if r.counts else 0)
    total = seen.counts.valid_votes if seen.counts else 0
    if heaviest.counts and total and heaviest.counts.valid_votes >= WEIGHTY * total:
        share = seen.share(heaviest.counts.valid_votes / total)
        sentences.append(seen.say("map_note_weight", name=heaviest.name, share=share))
    if any(area.shared for area in seen.areas.values()):
        sentences.append(seen.say("map_note_shared", units=seen.row.many, station=seen.unit.one))
    sentences.append(seen.say("map_note_keys"))
    return el("p", " ".join(sentences), class_="note")


def describe(seen: Scene) -> str:
    """The map as one sentence."""
    leads = Counter(
        first.short_name
        for area in seen.areas.values()
        if (first := leader(seen.contest, area.counts)) is not None
    )
    waiting = sum(area.counts is None for area in seen.areas.values())
    return charts.describe_map(leads.most_common(), waiting, seen.row.many, seen.lang)


def _leading(seen: Scene) -> list[Option]:
    """Ballot order; all when they are few, else those that lead an area, each colour once."""
    options = [option for option in seen.contest.options if not option.remainder]
    if len(options) <= TIP_OPTIONS:
        return options
    leading = {first.id for a in seen.areas.values() if (first := leader(seen.contest, a.counts))}
    by_colour = {seen.light[o.id].fill: o for o in reversed(options) if o.id in leading}
    return [o for o in options if by_colour.get(seen.light[o.id].fill) is o][:LEGEND_LIMIT]


def _ramp(seen: Scene, option: Option, key: str) -> Node:
    light = charts.ramp(seen.light[option.id].fill, charts.LIGHT)
    dark = charts.ramp(seen.dark[option.id].fill, charts.DARK)
    return el(
        "li",
        el("span", seen.say(key, name=_ramp_name(seen, option)), class_="lgn"),
        el("span", *map(swatch, light, dark), class_="sws"),
        class_="lg",
    )


def _ramp_name(seen: Scene, option: Option) -> str:
    """Options beyond the palette share its grey."""
    fill = seen.light[option.id].fill
    alone = sum(hue.fill == fill for hue in seen.light.values()) == 1
    return option.short_name if alone else seen.say("others_short")


def _pattern(name: str, words: str) -> Node:
    return el("li", el("span", class_=f"sw {name}"), words, class_="lg")


def _cell(seen: Scene, area: AreaResult) -> Cell:
    z = _class(seen, area)
    partial = area.status is CountStatus.PARTIAL and z >= TIE
    return Cell(z, _tip_title(seen, area), _tip(seen, area), partial)


def _class(seen: Scene, area: AreaResult) -> int:
    if not area.row_key:
        return NONE
    if area.counts is None or not seen.settled or _below_floor(seen, area):
        return WAITING
    first = leader(seen.contest, area.counts)
    if first is None:
        return TIE if area.counts.valid_votes else WAITING
    ranked = by_votes(standing(seen.contest, area.counts))
    runner_up = next((s.share or 0.0 for s in ranked if s.option is not first), 0.0)
    lead = max(0.0, (ranked[0].share or 0.0) - runner_up)
    return option_class(seen.contest.options.index(first), lead_class(lead))


def _below_floor(seen: Scene, area: AreaResult) -> bool:
    """A few early stations of a town are not the town: its numbers are in the tip."""
    if area.status is not CountStatus.PARTIAL or area.counts is None:
        return False
    row = seen.rows[area.row_key]
    few_stations = row.units > 1 and row.complete_units / row.units < PARTIAL_FLOOR
    return few_stations or area.counts.valid_votes < PARTIAL_VOTES


def _is_tie(seen: Scene, area: AreaResult) -> bool:
    return _class(seen, area) == TIE


def _tip_title(seen: Scene, area: AreaResult) -> str:
    """Plotly reads ``<b>`` and ``<br>`` in it: every name is escaped."""
    title = f"<b>{escape(area.name)}</b>"
    if not area.shared:
        return title
    return f"{title}<br>{seen.say('tip_shared', units=seen.row.many)}"


def _tip(seen: Scene, area: AreaResult) -> str:
    if not area.row_key:
        return seen.say("tip_none")
    if area.counts is None:
        return seen.say("tip_waiting")
    ranked = by_votes(standing(seen.contest, area.counts))
    shown = standing(seen.contest, area.counts) if seen.is_duel else ranked[:TIP_OPTIONS]
    first = leader(seen.contest, area.counts)
    scores = []
    for each in shown:
        score = f"{escape(each.option.short_name)} {seen.share(each.share)}"
        scores.append(f"<b>{score}</b>" if each.option is first else score)
    numbers = [seen.say("tip_valid", valid=seen.number(area.counts.valid_votes))]
    if len(ranked) > 1:
        gap = seen.number(ranked[0].votes - ranked[1].votes)
        numbers.append(seen.say("tip_gap", gap=gap))
    lines = [("   " if seen.is_duel else "<br>").join(scores), BULLET.join(numbers)]
    return "<br>".join([*lines, *_stations(seen, area)])


def _stations(seen: Scene, area: AreaResult) -> list[str]:
    row = seen.rows[area.row_key]
    if row.units < 2:
        return []
    words = text.plural(row.units, seen.unit.brief, seen.unit.brief_many, seen.lang)
    done, total = str(row.complete_units), str(row.units)
    return [seen.say("tip_units", done=done, total=total, units=words)]
