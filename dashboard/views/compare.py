"""Beside an earlier vote: the legend of the ticks, what has moved, what has no counterpart."""

from collections.abc import Mapping

from .. import text
from ..model import Previous
from ..tally import Change
from .markup import Node, el
from .rich import BULLET
from .scene import Scene

_SHOWN = 5  # options that a sentence names
_LISTED = 60  # units without a counterpart


def shares_then(seen: Scene) -> Mapping[str, float]:
    """The earlier shares of all there was then, by option id: of a part, of its own units."""
    previous = seen.contest.previous
    if previous is None or not seen.place.is_part:
        return previous.shares if previous else {}
    return seen.remembered("shares then", (), _shares_of_part, seen, previous)


def _shares_of_part(seen: Scene, previous: Previous) -> dict[str, float]:
    units = [previous.counts[u.code] for u in seen.contest.units if u.code in previous.counts]
    valid = sum(counts.valid_votes for counts in units)
    return {
        option: sum(counts.votes.get(option, 0) for counts in units) / valid
        for option in previous.options
        if valid
    }


def compared(seen: Scene) -> Node | None:
    """Under the bars: what the ticks are, how the same units moved, what has no counterpart."""
    previous = seen.contest.previous
    if previous is None or seen.sealed:
        return None
    return el(
        "div",
        seen.remembered("ticks", (), _ticks, seen, previous),
        _moved(seen),
        seen.remembered("alone", (), _alone, seen, previous),
        class_="compare",
    )


def what_ticks_are(seen: Scene) -> Node | None:
    """The legend of the wall, where there is room for the name of that vote alone."""
    previous = seen.contest.previous
    if previous is None or seen.sealed or not previous.shares:
        return None
    return el(
        "p", el("i", class_="tick", aria_hidden="true"), previous.called(seen.lang), class_="then"
    )


def _ticks(seen: Scene, previous: Previous) -> Node:
    then = shares_then(seen)
    scores = [
        f"{option.short_name} {seen.share(then[option.id])}"
        for option in seen.contest.options
        if option.id in then
    ]
    said = seen.say_units(
        "compare_then", label=previous.called(seen.lang), units=seen.unit.many,
        scores=BULLET.join(scores[:_SHOWN]),
    )  # fmt: skip
    source = seen.say("compare_source", source=previous.credit) if previous.credit else ""
    return el("p", el("i", class_="tick", aria_hidden="true"), f"{said} {source}".rstrip())


def _moved(seen: Scene) -> Node | None:
    """Said of all options, once it is not too early."""
    whole = seen.compared.whole
    if whole is None or not seen.settled:
        return None
    swings = [
        f"{swing.option.short_name} {text.fmt_points(swing.points, seen.lang)}"
        for swing in whole.swings
        if swing.points is not None
    ]
    key = "compare_moved_one" if whole.units == 1 else "compare_moved"
    said = seen.say_units(
        key, n=seen.number(whole.units), unit=seen.unit.one, units=seen.unit.many,
        swings=BULLET.join(swings[:_SHOWN]),
    )  # fmt: skip
    return el("p", said)


def _alone(seen: Scene, previous: Previous) -> Node | None:
    """Units of one vote only: listed, never guessed."""
    new = [unit.name for unit in seen.contest.units if unit.code not in previous.counts]
    gone = () if seen.place.is_part else previous.gone
    if not previous.counts or not (new or gone):
        return None
    lists = [
        el("p", seen.say(key, names=_listed(names)))
        for key, names in (("compare_new", new), ("compare_gone", list(gone)))
        if names
    ]
    count = seen.number(len(new) + len(gone))
    return el("details", el("summary", seen.say("compare_alone", n=count)), *lists)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")


def has_swings(seen: Scene) -> bool:
    """Whether there are units to compare, and not only shares of the whole."""
    previous = seen.contest.previous
    return previous is not None and bool(previous.counts)


def gain(seen: Scene, change: Change | None) -> str:
    """ "Hamon +21,4": who rose most where, of the same units; a dash without a counterpart."""
    if change is None or change.gain is None or not seen.settled:
        return text.fmt_share(None, seen.lang)
    option, points = change.gain
    return f"{option.short_name} {text.fmt_points(points or 0.0, seen.lang)}"
