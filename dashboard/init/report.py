"""What the join to a map found and did not, in plain lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap

from ..text import fmt_int
from .drafting import Drafted
from .words import say

LISTED = 20
WIDTH = 96


def map_lines(one: Drafted, lang: str) -> Iterator[str]:
    """How the units were found, then what is on one side only."""
    join = one.join
    if join is None:
        return
    units = {unit.code: unit for unit in one.contest.units}
    yield say(
        "joined",
        lang,
        found=fmt_int(len(join.areas), lang),
        units=fmt_int(len(units), lang),
        key=" + ".join(join.key),
    )
    if join.repairs:
        kinds = Counter(join.repairs.values())
        said = [say(f"repair_{kind}", lang, n=fmt_int(n, lang)) for kind, n in kinds.items()]
        yield say("repaired", lang, repairs=", ".join(said))
    astray = [
        say("likely", lang, unit=units[code].name, code=code, area=area)
        if area
        else f"{units[code].name} ({code})"
        for code, area in join.astray.items()
    ]
    yield from _listed("astray", astray, lang)
    yield from _listed("empty", [f"{name} ({area})" for area, name in join.empty.items()], lang)


def _listed(key: str, names: Sequence[str], lang: str) -> Iterator[str]:
    """A sentence that counts them, and the first of them by name."""
    if not names:
        return
    more = len(names) - LISTED
    shown = [*names[:LISTED], *([say("more", lang, n=fmt_int(more, lang))] if more > 0 else [])]
    yield say(key, lang, n=fmt_int(len(names), lang))
    yield from wrap(", ".join(shown), WIDTH, initial_indent="  ", subsequent_indent="  ")
