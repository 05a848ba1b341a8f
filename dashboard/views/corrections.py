"""What was published and has been corrected: the history, newest first, and the mark of a row."""

from collections import Counter
from collections.abc import Mapping

from .. import tally, text
from .markup import Node, el
from .scene import Scene

SHOWN_CORRECTIONS = 12


def corrections(seen: Scene) -> Node | None:
    """One line per correction: when, where, what it was and what it is."""
    found = seen.result.corrections
    if not found:
        return None
    units = {unit.code: unit for unit in seen.contest.units}
    shown = [
        el(
            "li",
            el("time", seen.time(each.at), datetime=each.at.isoformat(), class_="code"),
            text.fmt_correction(seen.contest, units[each.unit], each, seen.lang),
        )
        for each in found[: -SHOWN_CORRECTIONS - 1 : -1]
    ]
    return el(
        "div",
        el("h2", seen.say("corrections")),
        el("ul", *shown, class_="findings"),
        _more(seen, len(found) - SHOWN_CORRECTIONS),
        class_="corrections",
    )


def corrected_rows(seen: Scene) -> Mapping[str, int]:
    """How often a unit of a row was corrected, by the row's key; of the others nothing."""
    times = Counter(correction.unit for correction in seen.result.corrections)
    found: Counter[str] = Counter()
    if times:
        for unit in seen.contest.units:
            if unit.code in times:
                found[tally.row_key(seen.contest, unit)] += times[unit.code]
    return found


def _more(seen: Scene, number: int) -> Node | None:
    if number <= 0:
        return None
    key = text.plural(number, "corrections_more_one", "corrections_more_many", seen.lang)
    return el("p", seen.say(key, n=str(number)), class_="note")
