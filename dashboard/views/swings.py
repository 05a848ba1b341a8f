"""The map by how much an option has moved since an earlier vote: a way to see it, on demand.

A browser (assets/swing.js) puts these colours and tips in the place of the map's own, so that
nobody's page draws one chart more.
"""

from typing import Any

from .. import charts, text
from ..charts.map import NONE, WAITING
from ..charts.swing import DOWN, UP, class_width, scale, side, swing_class
from ..model import Option
from ..tally import AreaResult, Change, by_votes
from ..wire import JSON
from .compare import has_swings
from .markup import Node, el
from .rich import swatch
from .scene import Scene

_MOST = 3  # options that can be chosen; of more, the first two


def swung(seen: Scene) -> list[tuple[Option, float]]:
    """The options whose change can be seen on the map, each with that of the whole (in shares);
    in the order of the ballot paper."""
    whole = seen.compared.whole
    if whole is None or seen.sealed or not seen.settled or seen.contest.geometry is None:
        return []
    moved = [(s.option, s.points) for s in whole.swings if s.points is not None]
    if len(moved) > _MOST:
        first = [s.option for s in by_votes(seen.standings)]
        leading = sorted(moved, key=lambda each: first.index(each[0]))[:2]
        moved = [each for each in moved if each in leading]
    return moved


def swings(seen: Scene) -> dict[str, JSON]:
    """By option id, the class of each area and its tip, in the map's order; and the scale."""
    by_option: dict[str, JSON] = {
        option.id: {
            "z": [_class(seen, area, option, class_width(whole)) for area in seen.areas.values()],
            "tips": [_told(seen, area, option) for area in seen.areas.values()],
        }
        for option, whole in swung(seen)
    }
    scales: list[Any] = [scale(charts.LIGHT), scale(charts.DARK)]
    return {"scales": scales, "options": by_option} if by_option else {}


def _class(seen: Scene, area: AreaResult, option: Option, width: int) -> int:
    moved = _moved(seen.compared.areas.get(area.id), option)
    if moved is not None:
        return swing_class(moved, width)
    return WAITING if area.row_key and not _is_alone(seen, area) else NONE


def _moved(change: Change | None, option: Option) -> float | None:
    if change is None:
        return None
    return next(swing.points for swing in change.swings if swing.option is option)


def _is_alone(seen: Scene, area: AreaResult) -> bool:
    """Whether it is counted and has nothing to be compared with."""
    row = seen.rows[area.row_key]
    return row.complete_units == row.units and area.id not in seen.compared.areas


def _told(seen: Scene, area: AreaResult, option: Option) -> str:
    change = seen.compared.areas.get(area.id)
    return seen.remembered(f"swing {option.id} {area.id}", (change, area), _tip, seen, area, option)


def _tip(seen: Scene, area: AreaResult, option: Option) -> str:
    change = seen.compared.areas.get(area.id)
    moved = _moved(change, option)
    if change is None or moved is None:
        if not area.row_key:
            return seen.say("tip_none")
        return seen.say("swing_none" if _is_alone(seen, area) else "tip_waiting")
    then, now = (
        seen.share(counts.votes.get(option.id, 0) / counts.valid_votes)
        for counts in (change.then, change.now)
    )
    return seen.say("swing_tip", points=text.fmt_points(moved, seen.lang), then=then, now=now)


def swing_switch(seen: Scene) -> Node | None:
    """One button for the leaders and one for each option; disabled until the script is here."""
    options = swung(seen)
    if not options:
        return None
    buttons = [_button(seen.say("swing_off"), "", pressed=True)]
    buttons += [
        _button(seen.say("swing_of", name=option.short_name), option.id, pressed=False)
        for option, _ in options
    ]
    named = seen.say("swing_group", label=_label(seen))
    return el("div", *buttons, class_="chips views", role="group", aria_label=named)


def _button(words: str, option: str, *, pressed: bool) -> Node:
    return el(
        "button", words, type="button", data_swing=option, disabled=True,
        aria_pressed="true" if pressed else "false",
    )  # fmt: skip


def swing_legends(seen: Scene) -> list[Node]:
    """One for each option, hidden until it is chosen."""
    return [_legend(seen, option, class_width(whole)) for option, whole in swung(seen)]


def _legend(seen: Scene, option: Option, width: int) -> Node:
    ticks = (seen.number(width * step) for step in range(4))
    rows = [_ramp(seen.say("swing_up"), UP), _ramp(seen.say("swing_down"), DOWN)]
    rows.append(
        el(
            "li",
            el("span", class_="lgn"),
            el("span", *(el("span", tick) for tick in ticks), class_="tk"),
            el("span", seen.say("swing_points"), class_="unit"),
            class_="lg ticks",
        )
    )
    patterns = [
        _pattern("hatch", seen.say_rows("legend_waiting")),
        _pattern("alone", seen.say("swing_none")),
    ]
    return el(
        "div",
        el("p", seen.say("swing_title", name=option.short_name, label=_label(seen))),
        el("ul", *rows, class_="ramps"),
        el("ul", *patterns, class_="patterns"),
        class_="legend",
        hidden=True,
        data_swing_legend=option.id,
    )


def _ramp(words: str, way: str) -> Node:
    swatches = map(swatch, side(way, charts.LIGHT), side(way, charts.DARK))
    return el("li", el("span", words, class_="lgn"), el("span", *swatches, class_="sws"),
              class_="lg")  # fmt: skip


def _pattern(name: str, words: str) -> Node:
    return el("li", el("span", class_=f"sw {name}"), words, class_="lg")


def _label(seen: Scene) -> str:
    previous = seen.contest.previous
    assert previous is not None and has_swings(seen)
    return previous.called(seen.lang)
