"""Every row as a real table, sortable: the same numbers as the figures."""

from collections.abc import Iterator

from .. import text
from ..model import Counts, CountStatus
from ..tally import Change, RowResult, Standing
from .compare import gain, has_swings
from .corrections import corrected_rows
from .headline import main_rows
from .markup import Node, el, keyed
from .rich import expander, hidden
from .rounds import fold
from .scene import Scene

SHOWN_ROWS = 10  # the style sheet hides those below until asked, in any sorting
FEW_OPTIONS = 5  # up to here each has a column; beyond, the first two of each row


def table(seen: Scene) -> Node | None:
    """Main rows first, the rest when asked; the order never depends on the results."""
    if seen.sealed:
        return None
    ordered = _ordered(seen)
    title = "main_rows" if main_rows(seen, 1) and len(ordered) > SHOWN_ROWS else "all_rows"
    return el(
        "div",
        el("h2", seen.say_rows(title, units=seen.row.many)),
        el(
            "div",
            el(
                "table",
                el("caption", seen.say("caption", unit=seen.row.one), class_="sr"),
                el("thead", el("tr", *_header(seen))),
                el(
                    "tbody",
                    keyed(_rows(seen, ordered)),
                ),
                class_=f"tb columns-{len(seen.contest.options)}",
                style=_sides(seen) if seen.is_duel else None,
                data_role="results",
            ),
            class_="tbw",
        ),
        _show_all(seen, len(ordered)),
        fold(seen),
        class_="tbs",
    )


def _sides(seen: Scene) -> str:
    """The colours of the bars to the left and to the right, once for all rows."""
    left, right = (option.id for option in seen.contest.options)
    return (
        f"--left:{seen.light[left].fill};--left-dark:{seen.dark[left].fill};"
        f"--right:{seen.light[right].fill};--right-dark:{seen.dark[right].fill}"
    )


def _ordered(seen: Scene) -> list[RowResult]:
    first = tuple([row.key for row in main_rows(seen, SHOWN_ROWS)])
    return [seen.rows[key] for key in seen.remembered("order", first, _order, seen, first)]


def _order(seen: Scene, first: tuple[str, ...]) -> list[str]:
    others = [row for row in seen.rows.values() if row.key not in first]
    return [*first, *[row.key for row in sorted(others, key=lambda r: text.sort_key(r.name))]]


def _show_all(seen: Scene, count: int) -> Node | None:
    if count <= SHOWN_ROWS:
        return None
    label = seen.say_rows("show_all", units=seen.row.many, n=seen.number(count))
    return expander(label, seen.say("show_less"))


def _has_stations(seen: Scene) -> bool:
    """Whether a row is more than its one unit."""
    return any(row.units > 1 for row in seen.rows.values())


def _header(seen: Scene) -> list[Node]:
    row_word = seen.row.one
    heads = [_head(row_word[:1].upper() + row_word[1:], "")]
    if len(seen.contest.options) > FEW_OPTIONS:
        heads += [
            _head(seen.say("column_first"), "n named"),
            _head(seen.say("column_second"), "n named second"),
        ]
    else:
        heads += [_head(option.short_name, "n") for option in seen.contest.options]
    if seen.is_duel:
        heads.append(_head(seen.say("column_gap"), "dv"))
    if has_swings(seen):
        heads.append(_head(seen.say("column_gain"), "n second"))
    heads.append(_head(seen.say("column_valid"), "n ex"))
    if _has_stations(seen):
        word = seen.unit.brief_many
        heads.append(_head(word[:1].upper() + word[1:], "n"))
    return heads


def _head(label: str, class_: str) -> Node:
    button = el("button", label, type="button", data_action="sort")
    return el("th", button, scope="col", class_=class_ or None)


def _rows(seen: Scene, ordered: list[RowResult]) -> Iterator[tuple[str, Node]]:
    stations = _has_stations(seen)
    corrected = corrected_rows(seen)
    for order, row in enumerate(ordered):
        times = corrected.get(row.key, 0)
        change = seen.compared.rows.get(row.key)
        inputs = order, row, times, change, seen.settled
        yield (
            row.key,
            seen.remembered(f"row {row.key}", inputs, _row, seen, row, stations, times, change),
        )


def _row(
    seen: Scene, row: RowResult, stations: bool, corrected: int, change: Change | None
) -> Node:
    # Written out where `el` would do the same: there are 35,000 of them in a country.
    valid = row.counts.valid_votes if row.counts else None
    name = [
        "th",
        {"scope": "row", "data-value": row.name},
        _name(seen, row),
        *_tags(seen, row, corrected),
    ]
    cells = _scores(seen, row)
    if has_swings(seen):
        points = change.gain.points if change and change.gain and seen.settled else None
        cells.append(_cell("n second", _value(points), gain(seen, change)))
    cells.append(_cell("n ex", _value(valid), seen.number(valid)))
    if stations:
        part = f"{row.complete_units / row.units:.4f}"
        cells.append(_cell("n", part, f"{row.complete_units}/{row.units}"))
    return ["tr", {"class": "pend"} if valid is None else {}, name, *cells]


def _cell(class_: str, value: str, *children: Node) -> Node:
    """``value`` is what the column is sorted by."""
    return ["td", {"class": class_, "data-value": value}, *children]


def _name(seen: Scene, row: RowResult) -> Node:
    """Of a parent it leads to its page."""
    if not seen.contest.parents:
        return row.name
    return el("a", row.name, href=seen.place.address(seen.lang, row.key))


def _tags(seen: Scene, row: RowResult, corrected: int) -> list[Node]:
    key = ""
    if row.held_units:
        key = "held"
    elif row.status is CountStatus.PARTIAL:
        key = "partial"
    elif row.status is CountStatus.WAITING and not seen.is_duel:
        key = "waiting"
    tags = [el("span", seen.say(f"row_{key}"), class_=f"ptag row-{key}")] if key else []
    if corrected:
        # The second time is told apart for a replay (assets/night.js), and once is the rule.
        times = str(corrected) if corrected > 1 else None
        tag = el("span", seen.say("row_corrected"), class_="ptag row-corrected", data_times=times)
        tags.append(tag)
    return [part for tag in tags for part in (" ", tag)]


def _scores(seen: Scene, row: RowResult) -> list[Node]:
    standings, first = row.standings, row.leader
    if len(standings) > FEW_OPTIONS:
        two = zip(row.ranked, ("n named", "n named second"), strict=False)
        return [_named(seen, s, row.counts, class_) for s, class_ in two]
    cells = [
        _cell("n w" if s.option is first else "n", _value(s.share), seen.share(s.share))
        for s in standings
    ]
    if seen.is_duel:
        cells.append(_lead_bar(seen, standings))
    return cells


def _named(seen: Scene, each: Standing, counts: Counts | None, class_: str) -> Node:
    if counts is None:
        return _cell(class_, "", text.fmt_share(None, seen.lang))
    score = ["b", {}, seen.share(each.share)]
    return _cell(class_, _value(each.share), f"{each.option.short_name} ", score)


def _lead_bar(seen: Scene, standings: tuple[Standing, ...]) -> Node:
    """The lead as a bar to the leader's side, and as words for who does not see it."""
    first, second = standings
    if first.share is None or second.share is None:
        return el("td", el("span", seen.say("row_waiting"), class_="wait"), class_="dv",
                  data_value="")  # fmt: skip
    lead = first.share - second.share
    return el(
        "td",
        el(
            "span", el("i"), class_=f"dbar {'left' if lead > 0 else 'right'}",
            style=f"--w:{abs(lead) * 50:.1f}%",
            aria_hidden="true",
        ),
        hidden(text.fmt_points(abs(lead), seen.lang)),
        class_="dv",
        data_value=f"{lead:.4f}",
    )  # fmt: skip


def _value(number: float | None) -> str:
    """Sorts after every number when there is none."""
    if number is None:
        return ""
    return str(number) if isinstance(number, int) else f"{number:.4f}"
