"""The map: what each area shows, its legend and what to know of it."""

from collections import Counter
from collections.abc import Iterable

from .. import charts, text
from ..charts import Figure, Theme
from ..charts.figure import escape
from ..charts.map import TIE, Cells, area_map
from ..model import CountStatus, Option
from ..tally import AreaResult
from ..wire import JSON
from .markup import Node, el
from .rich import BULLET, swatch
from .scene import Scene
from .swings import swing_legends, swing_switch

LEGEND_LIMIT = 6
TIP_OPTIONS = 3
WEIGHTY = 0.10  # of all votes, for one row to be named under the map


def map_figures(
    seen: Scene, *, label_size: int = 12, label_limit: int = 11, tips: bool = True
) -> dict[Theme, Figure]:
    """The choropleth by theme; empty for a contest without geometry or under embargo.

    ``tips``: with what a pointer shows of each area.
    """
    geometry = seen.contest.geometry
    if geometry is None or seen.sealed:
        return {}
    cells = _cells(seen, tips=tips)
    return {
        theme: area_map(
            seen.contest, geometry, cells, theme, hues,
            label_size=label_size, label_limit=label_limit,
        )
        for theme, hues in ((charts.LIGHT, seen.light), (charts.DARK, seen.dark))
    }  # fmt: skip


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
            seen.remembered("datalist", (), _datalist, names(seen)),
            class_="search",
        ),
        swing_switch(seen),
        class_="mh",
    )  # fmt: skip


def _datalist(names: Iterable[str]) -> Node:
    options = [["option", {"value": name}] for name in sorted(names)]
    return el("datalist", *options, id="search-names")


def names(seen: Scene) -> dict[str, JSON]:
    """Every name a reader may type -> the key of its row. Of two equal names both say which."""
    return seen.remembered("names", (), _names, seen)


def rows_of_areas(seen: Scene) -> dict[str, JSON]:
    """The key of each area's row, by the area's id."""
    areas = seen.areas.values()
    return seen.remembered("areas", (), lambda: {a.id: a.row_key for a in areas if a.row_key})


def _names(seen: Scene) -> dict[str, JSON]:
    rows = [(row.name, row.key) for row in seen.rows.values()]
    areas = [(area.name, area.row_key) for area in seen.areas.values() if area.row_key]
    found = list(dict.fromkeys(rows + areas))
    times = Counter(name for name, _ in found)
    return {name if times[name] == 1 else f"{name} ({key})": key for name, key in found}


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
    if TIE in seen.classes.values():
        patterns.append(_pattern("tie", seen.say("legend_tie")))
    own = el(
        "div",
        el("ul", *ramps, ticks, class_="ramps") if ramps else None,
        el("ul", *patterns, class_="patterns"),
        class_="legend",
    )
    others = swing_legends(seen)
    return el("div", own, *others) if others else own


def map_note(seen: Scene) -> Node | None:
    if seen.sealed or seen.contest.geometry is None:
        return None
    sentences = [seen.say_rows("map_note", unit=seen.row.one)]
    if seen.contest.parents:
        sentences.insert(0, seen.say("map_note_parents", unit=seen.row.one, detail=seen.unit.one))
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
        first.short_name for area in seen.areas.values() if (first := area.leader) is not None
    )
    waiting = sum(area.counts is None for area in seen.areas.values())
    return charts.describe_map(leads.most_common(), waiting, seen.row.many, seen.lang)


def _leading(seen: Scene) -> list[Option]:
    """Ballot order; all when they are few, else those that lead an area, each colour once."""
    options = [option for option in seen.contest.options if not option.remainder]
    if len(options) <= TIP_OPTIONS:
        return options
    leading = {a.leader.id for a in seen.areas.values() if a.leader}
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


def _cells(seen: Scene, *, tips: bool) -> Cells:
    areas = seen.areas.values()
    z = list(seen.classes.values())
    return Cells(
        ids=seen.remembered("ids", (), list, seen.areas),
        z=z,
        partial=[
            1 if area.status is CountStatus.PARTIAL and class_ >= TIE else None
            for area, class_ in zip(areas, z, strict=True)
        ],
        titles=seen.remembered("titles", (), _tip_titles, seen) if tips else [],
        tips=[
            seen.remembered(f"tip {area.id}", (area, seen.rows.get(area.row_key)), _tip, seen, area)
            for area in areas
        ]
        if tips
        else [],
    )


def _tip_titles(seen: Scene) -> list[str]:
    """Plotly reads ``<b>`` and ``<br>`` in it: every name is escaped."""
    shared = f"<br>{seen.say('tip_shared', units=seen.row.many)}"
    return [
        f"<b>{escape(area.name)}</b>{shared if area.shared else ''}" for area in seen.areas.values()
    ]


def _tip(seen: Scene, area: AreaResult) -> str:
    if not area.row_key:
        return seen.say("tip_none")
    if area.counts is None:
        return seen.say("tip_waiting")
    ranked = area.ranked
    shown = area.standings if seen.is_duel else ranked[:TIP_OPTIONS]
    scores = []
    for each in shown:
        score = f"{escape(each.option.short_name)} {seen.share(each.share)}"
        scores.append(f"<b>{score}</b>" if each.option is area.leader else score)
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
