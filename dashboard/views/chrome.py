"""What frames every screen: the strip on top, the label of a simulation, the footer."""

import re

from .. import text
from ..tally import by_votes
from .markup import Node, el
from .rich import BULLET, colours
from .scene import Scene

_ORDINAL = re.compile(r"(\d+)(er|re|ers|res|d|de|nd|nde|e|es|st|rd|th)\b(.*)", re.DOTALL)


def simulated(seen: Scene) -> Node | None:
    """The honest label: on every screen, before everything else."""
    words = simulated_words(seen)
    if not words:
        return None
    is_rehearsal = seen.election.is_rehearsal
    label = seen.say("rehearsal" if is_rehearsal else "simulated")
    return el("p", el("b", label), el("span", words), class_=simulated_class(seen))


def simulated_words(seen: Scene) -> str:
    election = seen.election
    if seen.lang == "en":
        return election.simulated_en or election.simulated
    return election.simulated


def simulated_class(seen: Scene) -> str:
    return "sim rehearsal" if seen.election.is_rehearsal else "sim"


def live_tag(seen: Scene) -> Node | None:
    """ "En direct", in words and not in colour alone; nothing once the count is over."""
    if seen.state == "complete":
        return None
    return el("p", el("i", aria_hidden="true"), seen.say("live"), class_="live")


def brand(seen: Scene) -> Node:
    return el(
        "p",
        el("strong", seen.contest.title),
        el("span", *under, class_="sub") if (under := subtitle(seen)) else None,
        class_="brand",
    )


def subtitle(seen: Scene) -> list[Node]:
    """Round and place, the ordinal's letters raised: 2ᵈ tour · Hérault."""
    nodes: list[Node] = []
    match = _ORDINAL.fullmatch(seen.contest.round)
    if match:
        nodes += [match[1], el("sup", match[2]), match[3]]
    elif seen.contest.round:
        nodes.append(seen.contest.round)
    place = "" if seen.contest.place in seen.contest.title else seen.contest.place
    if nodes and place:
        nodes.append(BULLET)
    return [*nodes, place] if place else nodes


def strip(seen: Scene) -> Node:
    return el(
        "div",
        live_tag(seen),
        brand(seen),
        _mini(seen),
        _updated(seen),
        class_="strip",
    )


def footer(seen: Scene) -> Node:
    contest, election = seen.contest, seen.election
    other = "en" if seen.lang == "fr" else "fr"
    credit, geometry = election.credit, contest.geometry
    # Pictures to take away say where they come from (assets/picture.js).
    lines: list[Node | None] = [
        simulated_words(seen) or None,
        el("span", seen.say("credit", credit=credit), data_source="bars") if credit else None,
        _checked(seen),
        el("span", seen.say("licence", credit=geometry.credit), data_source="map")
        if geometry and geometry.credit
        else None,
    ]
    said = [line for line in lines if line]
    return el(
        "div",
        el("p", *[node for line in said for node in (line, " ")][:-1]),
        el(
            "p",
            el("a", f"{seen.say('download')} (CSV)", href="/api/results.csv")
            if not seen.sealed
            else None,
            el("span", seen.say("accessibility")),
            el(
                "a", seen.say("language"), href=seen.place.address(other, seen.place.code),
                hreflang=other, lang=other, data_role="language",
            ),
            class_="links",
        ),
        class_="ft",
    )  # fmt: skip


def more(seen: Scene) -> Node:
    """Under a chart in another site's page: where all of it is."""
    address = seen.place.address(seen.lang, seen.place.code)
    return el("p", el("a", seen.say("all_results"), href=address, target="_blank", rel="noopener"))


def _mini(seen: Scene) -> Node | None:
    """The first two scores, for when the big ones have scrolled away."""
    if not seen.settled:
        return None
    pair = seen.standings if seen.is_duel else by_votes(seen.standings)[:2]
    return el(
        "p",
        *(
            el(
                "span", el("span", s.option.short_name),
                el("b", text.fmt_percent_plain(s.share, seen.lang)),
                style=colours(seen.light[s.option.id], seen.dark[s.option.id]),
            )
            for s in pair
        ),
        class_="mini",
        aria_hidden="true",
    )  # fmt: skip


def _updated(seen: Scene) -> Node | None:
    if seen.data_at is None:
        return None
    before, after = text.words(seen.lang)["updated"].split("{time}")
    return el(
        "p",
        el("span", before, class_="long"),
        el(
            "b",
            el(
                "time", seen.time(seen.data_at), datetime=seen.data_at.isoformat(timespec="seconds")
            ),
        ),
        after or None,
        class_="upd",
    )


def _checked(seen: Scene) -> str:
    seconds = seen.contest.source.poll_seconds
    if seconds <= 1:
        return seen.say("checked_every_second")
    return seen.say(
        "checked_every", n=f"{seconds:g}".replace(".", "," if seen.lang == "fr" else ".")
    )
