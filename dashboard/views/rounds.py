"""Both rounds beside each other, place by place, as a table: totals, and of nobody's vote.

A document of its own ("rounds.fr"), as only who opens the table on the dashboard asks for it
(assets/rounds.js).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from .. import text
from ..charts import THEMES, Figure, Theme
from ..model import Contest, Counts, Option, Previous
from ..tally import Change
from ..wire import JSON
from .markup import Node, el, keyed
from .scene import Scene

NAME = "rounds"  # of the document
_MEASURES = ("registered", "ballots_cast", "abstentions", "blank_or_invalid")


def has_rounds(contest: Contest) -> bool:
    """Whether its earlier vote is the first round of the same contest, known by unit."""
    previous = contest.previous
    return previous is not None and previous.first_round and bool(previous.counts)


def fold(seen: Scene) -> Node | None:
    """Under the dashboard's table: what opens to the table of both rounds; constant all night."""
    if not has_rounds(seen.contest) or seen.place.is_part:
        return None
    return el(
        "details",
        el("summary", seen.say("rounds_title", unit=seen.row.one)),
        el("p", _caveat(seen), class_="note"),
        el("div", data_role="rounds-table"),
        el("p", seen.say("rounds_none"), hidden=True, data_role="rounds-none"),
        class_="rounds",
        data_role="rounds",
    )


def parts(seen: Scene) -> dict[str, Node]:
    """The table; nothing under embargo, or before one may say who is ahead."""
    whole = seen.compared.whole
    if seen.sealed or not seen.settled or whole is None:
        return {NAME: el("p", seen.say("rounds_waiting"), class_="note")}
    head = seen.remembered("rounds head", (), _head, seen)
    rows = keyed(_rows(seen, whole))
    table = el(
        "table", el("caption", _caveat(seen), class_="sr"), el("thead", *head),
        el("tbody", rows), class_="tb rtb",
    )  # fmt: skip
    said = seen.say_units("rounds_units", n=seen.number(whole.units), units=seen.unit.many)
    title = seen.say("rounds_title", unit=seen.row.one)
    button = el("button", "CSV", type="button", data_rounds_csv="")
    return {
        NAME: el(
            "div",
            el("p", said, " ", seen.say("rounds_take"), " ", button, class_="note"),
            # With nothing in it to focus, it is scrolled with the keyboard by itself.
            el("div", table, class_="tbw", role="region", aria_label=title, tabindex=0),
        )
    }


def figures(_seen: Scene) -> dict[Theme, dict[str, Figure]]:
    """None: it is a table."""
    return {theme: {} for theme in THEMES}


def extras(_seen: Scene) -> dict[str, JSON]:
    return {}


def _caveat(seen: Scene) -> str:
    return seen.say("rounds_said", unit=seen.row.one, label=_previous(seen).called(seen.lang))


def _previous(seen: Scene) -> Previous:
    assert seen.contest.previous is not None
    return seen.contest.previous


def _kept(seen: Scene) -> list[Option]:
    """The options of both rounds, in the order of the ballot paper."""
    return [o for o in seen.contest.options if o.id in _previous(seen).options]


def _has_rest(seen: Scene) -> bool:
    """Whether options of the first round are not named one by one."""
    previous = _previous(seen)
    return any(_rest(counts) for counts in previous.counts.values())


def _rest(counts: Counts) -> int:
    return counts.valid_votes - sum(counts.votes.values())


def _head(seen: Scene) -> list[Node]:
    previous = _previous(seen)
    gone = list(previous.others.values())
    if seen.remembered("rounds rest", (), _has_rest, seen):
        gone.append(seen.say("others_short"))
    kept = [option.short_name for option in _kept(seen)]
    groups = [
        (seen.say("rounds_gone", label=previous.called(seen.lang)), gone),
        (seen.say("rounds_change"), [seen.say(f"rounds_{key}") for key in _MEASURES]),
        (seen.say("rounds_gain"), kept),
    ]
    name = seen.row.one[:1].upper() + seen.row.one[1:]
    return [
        el(
            "tr",
            el("th", name, scope="col", rowspan=2),
            *(
                el("th", words, scope="colgroup", colspan=len(columns), class_="side")
                for words, columns in groups
                if columns
            ),
        ),
        el(
            "tr",
            *(
                el("th", column, scope="col", class_=_side(index))
                for _, columns in groups
                for index, column in enumerate(columns)
            ),
        ),
    ]


def _rows(seen: Scene, whole: Change) -> Iterator[tuple[str, Node]]:
    """The sum of what is compared first, then by name."""
    yield "", _row(seen, seen.say("rounds_all"), whole)
    names = {key: seen.rows[key].name for key in seen.compared.rows}
    for key in sorted(names, key=lambda key: text.sort_key(names[key])):
        change = seen.compared.rows[key]
        yield key, seen.remembered(f"rounds {key}", (change,), _row, seen, names[key], change)


def _row(seen: Scene, name: str, change: Change) -> Node:
    then, now = change.then, change.now
    gone: list[int | None] = [then.votes.get(option) for option in _previous(seen).others]
    if seen.remembered("rounds rest", (), _has_rest, seen):
        gone.append(_rest(then))
    moved = [_moved(a, b) for a, b in zip(_measured(then), _measured(now), strict=True)]
    gains = [_moved(then.votes.get(o.id), now.votes.get(o.id)) for o in _kept(seen)]
    cells = [_cell(index, n, seen.number(n)) for index, n in enumerate(gone)]
    for group in (moved, gains):
        cells += [_cell(i, n, text.fmt_change(n, seen.lang)) for i, n in enumerate(group)]
    return ["tr", {}, ["th", {"scope": "row"}, name], *cells]


def _measured(counts: Counts) -> Sequence[int | None]:
    """In the order of ``_MEASURES``; what a source leaves out of the ballots is their rest."""
    rejected = counts.rejected_ballots
    if rejected is None and counts.ballots_cast is not None:
        rejected = counts.ballots_cast - counts.valid_votes
    return counts.registered_voters, counts.ballots_cast, counts.abstentions, rejected


def _moved(then: int | None, now: int | None) -> int | None:
    return None if then is None or now is None else now - then


def _cell(index: int, number: int | None, words: str) -> Node:
    attributes: dict[str, Any] = {"class": _side(index)}
    if number is not None:
        attributes["data-value"] = str(number)
    return ["td", attributes, words]


def _side(index: int) -> str:
    """The first column of a group stands apart from the one before."""
    return "n side" if index == 0 else "n"
