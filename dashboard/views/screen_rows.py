"""The wall's other scenes in words: the last rows to come in, one of them, the weight of votes."""

from collections.abc import Iterable
from datetime import timedelta

from .. import text
from ..model import Arrival, CountStatus
from ..tally import RowResult, Standing, by_votes
from .markup import Node, el
from .progress import bar, counted, state_line
from .rich import data, raw_share
from .scene import Scene
from .scores import option_colours

LATEST = 5
FOCUSES = 3  # of those that came in together, the largest
NEW_FOR = timedelta(minutes=10)  # of the source's own time
NAMED = 3  # options, where there is no room for all
LARGE_NAMED = 4


def arrived(seen: Scene) -> list[tuple[Arrival, RowResult]]:
    """The rows that came in last and still stand, newest first."""
    if not seen.settled:
        return []
    rows = ((each, seen.rows.get(each.row)) for each in reversed(seen.result.arrivals))
    return [(each, row) for each, row in rows if row and row.status is CountStatus.COMPLETE]


def in_focus(seen: Scene) -> list[tuple[Arrival, RowResult]]:
    """Newly complete rows by registered voters."""
    now = seen.result.data_at
    new = [(each, row) for each, row in arrived(seen) if each.at >= now - NEW_FOR]
    return sorted(new, key=lambda pair: -_weight(pair[1]))[:FOCUSES]


def latest(seen: Scene) -> Node | None:
    """The last five rows, each with its leader's share and a bar of all."""
    rows = arrived(seen)[:LATEST]
    if not rows:
        return None
    items = [_latest_row(seen, row) for _, row in rows]
    return el("div", el("h2", seen.say("tv_latest")), el("ol", *items), class_="latest")


def _latest_row(seen: Scene, row: RowResult) -> Node:
    first = row.ranked[0]
    return el(
        "li",
        el("span", row.name, class_="nm"),
        el(
            "b",
            seen.say("row_tie") if row.leader is None else seen.share(first.share),
            style=option_colours(seen, first) if row.leader else None,
        ),
        share_bar(seen, row.standings if seen.is_duel else row.ranked),
    )


def share_bar(seen: Scene, standings: Iterable[Standing]) -> Node:
    """The options beside each other, each as wide as its share."""
    pieces = [
        el("i", style=f"{option_colours(seen, s)};--w:{s.share * 100:.2f}%")
        for s in standings
        if s.share
    ]
    return el("span", *pieces, class_="shares", aria_hidden="true")


def focus(seen: Scene, place: int) -> Node | None:
    """One row that has just become complete."""
    rows = in_focus(seen)
    if place >= len(rows):
        return None
    arrival, row = rows[place]
    shown = row.standings if seen.is_duel else row.ranked[:NAMED]
    return el(
        "div",
        el("p", f"{seen.say('tv_whole')} · {seen.time(arrival.at)}", class_="when"),
        el("h2", row.name),
        el("ol", *(_score(seen, standing) for standing in shown), class_="tally"),
        share_bar(seen, row.standings if seen.is_duel else row.ranked),
        _facts(seen, row),
        class_="focus",
    )


def _score(seen: Scene, standing: Standing) -> Node:
    word = text.plural(standing.votes, seen.say("vote"), seen.say("votes"), seen.lang)
    return el(
        "li",
        el("span", standing.option.short_name, class_="nm"),
        el("b", seen.share(standing.share)),
        el("span", f"{seen.number(standing.votes)} {word}", class_="vx"),
        style=option_colours(seen, standing),
    )


def _facts(seen: Scene, row: RowResult) -> Node:
    assert row.counts is not None
    facts = [(seen.say("valid"), seen.number(row.counts.valid_votes))]
    if row.counts.turnout is not None:
        facts.insert(0, (seen.say("turnout"), seen.share(row.counts.turnout)))
    return el("p", *(el("span", f"{name} ", el("b", value)) for name, value in facts),
              class_="facts")  # fmt: skip


def weight(seen: Scene) -> Node | None:
    """What a circle is, and how much the heaviest row weighs."""
    heaviest = max(seen.rows.values(), key=_votes, default=None)
    if not seen.settled or heaviest is None or seen.counts is None or not _votes(heaviest):
        return None
    return el(
        "div",
        el("h2", seen.say("tv_weight")),
        el("p", seen.say("tv_weight_rule", unit=seen.row.one)),
        el("p", heaviest.name, class_="name"),
        el("p", seen.share(_votes(heaviest) / seen.counts.valid_votes), class_="big"),
        el("p", seen.say("tv_weight_share"), class_="of"),
        class_="weight",
    )


def short_scores(seen: Scene) -> Node | None:
    """Scores and progress in little room: every scene keeps them."""
    if seen.sealed:
        return None
    return el(
        "div",
        el("ol", *(_short_score(seen, s) for s in _first(seen, NAMED)), class_="tally"),
        bar(seen),
        _progress(seen),
        class_="short",
    )


def _short_score(seen: Scene, standing: Standing) -> Node:
    return el(
        "li",
        el("span", standing.option.short_name, class_="nm"),
        el("b", _share(seen, standing)),
        style=option_colours(seen, standing),
    )


def large(seen: Scene) -> Node | None:
    """Names, shares, progress and nothing else, for the back of a deep hall."""
    if seen.sealed:
        return None
    shown = _first(seen, LARGE_NAMED)
    rows = [_short_score(seen, standing) for standing in shown]
    return el(
        "div",
        el("ol", *rows, class_=f"of-{len(rows)}"),
        bar(seen),
        _progress(seen),
        class_="large",
    )


def _progress(seen: Scene) -> Node:
    return el(
        "div",
        el("p", *counted(seen, brief=True)),
        el("p", *state_line(seen, brief=True)),
        class_="cl",
    )


def _first(seen: Scene, limit: int) -> tuple[Standing, ...]:
    """Both of a duel as on the ballot paper; else the first by votes."""
    return seen.standings if seen.is_duel else by_votes(seen.standings)[:limit]


def _share(seen: Scene, standing: Standing) -> Node:
    shown = seen.share(standing.share)
    if standing.share is None:
        return shown
    return data(shown, raw_share(standing.share))


def _votes(row: RowResult) -> int:
    return row.counts.valid_votes if row.counts else 0


def _weight(row: RowResult) -> int:
    return row.registered_voters or _votes(row)
