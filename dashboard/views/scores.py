"""The result itself: a duel for two options, a ranking for more."""

from collections.abc import Mapping
from types import MappingProxyType

from .. import charts, text
from ..charts import Figure, Theme
from ..model import Contest, Option
from ..tally import Standing
from .markup import Node, el
from .rich import colours, data, hidden, raw_share
from .scene import MANY_OPTIONS, SHOWN_OPTIONS, Scene, shown_and_rest, summed


def shape(contest: Contest) -> str:
    """ "duel", or "ranking rows-5": the style sheet reserves the room of that many bars."""
    count = len(contest.options)
    if count == 2:
        return "duel"
    return f"ranking rows-{count if count < MANY_OPTIONS else SHOWN_OPTIONS + 1}"


def scores(seen: Scene) -> Node:
    """Names, shares and votes; the bars are figures beside it."""
    heading = el("h2", seen.say("scores"), class_="sr")
    if seen.is_duel:
        first, second = seen.standings
        return el(
            "div", heading, candidate(seen, first), _gap(seen), candidate(seen, second),
            el("p", seen.say("half"), class_="half", aria_hidden="true"),
            class_="duel",
        )  # fmt: skip
    return el("div", heading, *ranking(seen), class_="ranking")


def candidate(seen: Scene, standing: Standing, *, given: bool = True) -> Node:
    """One side of a duel; ``given``: with the given name."""
    option = standing.option
    return el(
        "div",
        el(
            "p",
            el("span", option.given_name, class_="first") if given and option.given_name else None,
            el("b", option.short_name),
            leading_tag(seen, standing),
            class_="nm",
        ),
        share_line(seen, standing, "big"),
        votes_line(seen, standing),
        class_="cand",
        data_option=option.id,
        style=option_colours(seen, standing),
    )


def ranking(seen: Scene) -> list[Node]:
    """One row per option; the others follow as one row, and each by name in a list that opens."""
    rest = shown_and_rest(seen)[1]
    rows = ranking_rows(seen)
    nodes = [el("ol", *rows, class_="rows")]
    if seen.settled and seen.state != "complete":
        nodes.append(el("p", seen.say("order_rule"), class_="rule"))
    if rest:
        everyone = [
            el(
                "li",
                el("span", s.option.name, class_="nm"),
                el("span", *_numbers(seen, s), class_="num"),
                data_option=s.option.id,
            )
            for s in rest
        ]
        label = seen.say("show_all_options", n=str(len(seen.standings)))
        nodes.append(el("details", el("summary", label), el("ol", *everyone), class_="rest"))
    return nodes


def ranking_rows(seen: Scene, *, brief: bool = False) -> list[Node]:
    """``brief``: short names, for the big screen."""
    shown, rest = shown_and_rest(seen)
    rows = [ranking_row(seen, standing, brief=brief) for standing in shown]
    return [*rows, others_row(seen, rest)] if rest else rows


def ranking_row(seen: Scene, standing: Standing, *, brief: bool) -> Node:
    option = standing.option
    return el(
        "li",
        el(
            "div",
            el("span", *_name(option, brief=brief), class_="nm"),
            leading_tag(seen, standing),
            el("span", option.list_name, class_="list") if option.list_name else None,
            class_="who",
        ),
        el("div", *_numbers(seen, standing), class_="num"),
        data_option=option.id,
        style=option_colours(seen, standing),
    )


def _name(option: Option, *, brief: bool) -> list[Node]:
    """The full name, its first part apart: a phone has no room for it."""
    if brief or not option.given_name:
        return [option.short_name if brief else option.name]
    return [el("span", f"{option.given_name} ", class_="first"), option.short_name]


def others_row(seen: Scene, rest: tuple[Standing, ...]) -> Node:
    votes, share = summed(rest)
    return el(
        "li",
        el("div", el("span", seen.say("others", n=str(len(rest))), class_="nm"), class_="who"),
        el(
            "div",
            el("span", seen.share(share), class_="pc"),
            el("span", seen.number(votes), class_="vx") if share is not None else None,
            class_="num",
        ),
        class_="others",
    )


def leading_tag(seen: Scene, standing: Standing) -> Node | None:
    """Only once it is not too early, never on a tie."""
    if not seen.settled or seen.leader is not standing.option:
        return None
    return el("span", seen.say("leading"), class_="tag")


def share_line(seen: Scene, standing: Standing, class_: str) -> Node:
    """ "59,4 %" with the sign smaller than the number; a dash when nothing is counted."""
    if standing.share is None:
        return el("p", text.fmt_share(None, seen.lang), class_=f"{class_} none")
    number = text.fmt_percent_plain(standing.share, seen.lang)
    return el(
        "p",
        data(number, raw_share(standing.share), "share"),
        el("small", "\u202f%" if seen.lang == "fr" else "%"),
        class_=class_,
    )


def votes_line(seen: Scene, standing: Standing) -> Node | None:
    if standing.share is None:
        return None
    word = text.plural(standing.votes, seen.say("vote"), seen.say("votes"), seen.lang)
    return el(
        "p", data(seen.number(standing.votes), standing.votes, "votes"), f" {word}", class_="vx"
    )


def option_colours(seen: Scene, standing: Standing) -> str:
    option = standing.option.id
    return colours(seen.light[option], seen.dark[option])


def bar_figure(
    seen: Scene,
    theme: Theme,
    band: tuple[float, float] = (0.25, 0.75),
    then: Mapping[str, float] = MappingProxyType({}),
) -> Figure:
    """A duel or a ranking in one figure; ``band`` is where a ranking's bar lies in its row.

    ``then``: earlier shares by option id, marked by ticks.
    """
    shown, rest = shown_and_rest(seen)
    hues = seen.light if theme is charts.LIGHT else seen.dark
    early = seen.state == "early"
    if seen.is_duel:
        return charts.duel(
            [s.share for s in seen.standings],
            [hues[s.option.id].fill for s in seen.standings],
            theme,
            early=early,
            then=[then.get(s.option.id) for s in seen.standings] if then else (),
        )
    shares = [s.share for s in shown]
    fills = [hues[s.option.id].fill for s in shown]
    if rest:
        shares.append(summed(rest)[1])
        fills.append(theme.ink_3)
    ticks = [then.get(s.option.id) for s in shown] if then else ()
    return charts.ranking(shares, fills, theme, early=early, band=band, then=ticks)


def single_figures(
    seen: Scene, theme: Theme, then: Mapping[str, float] = MappingProxyType({})
) -> dict[str, Figure]:
    """The two bars of the big screen's duel, by figure id; ``then`` as for ``bar_figure``."""
    hues = seen.light if theme is charts.LIGHT else seen.dark
    return {
        f"bars-{place}": charts.single(
            s.share,
            hues[s.option.id].fill,
            theme,
            early=seen.state == "early",
            then=then.get(s.option.id),
        )
        for place, s in enumerate(seen.standings)
    }


def alternative(seen: Scene) -> str:
    """The result as one sentence for screen readers: also what is announced when it changes."""
    return charts.describe_scores(shown_and_rest(seen)[0], seen.lang)


def _numbers(seen: Scene, standing: Standing) -> list[Node]:
    if standing.share is None:
        return [el("span", text.fmt_share(None, seen.lang), class_="pc none")]
    word = text.plural(standing.votes, seen.say("vote"), seen.say("votes"), seen.lang)
    return [
        el("span", data(seen.share(standing.share), raw_share(standing.share), "share"),
           class_="pc"),
        el("span", data(seen.number(standing.votes), standing.votes, "votes"),
           hidden(f" {word}"), class_="vx"),
    ]  # fmt: skip


def _gap(seen: Scene) -> Node | None:
    first, second = seen.standings
    if not seen.settled or first.share is None or second.share is None:
        return el("div", class_="gap")
    votes = abs(first.votes - second.votes)
    if votes == 0:
        return el("div", el("p", seen.say("tie"), class_="gapn"), class_="gap")
    points = abs(first.share - second.share)
    unit = text.plural(points * 100, seen.say("gap_point"), seen.say("gap_points"), seen.lang)
    return el(
        "div",
        el("p", text.fmt_points(points, seen.lang), class_="gapn"),
        el("p", unit),
        el("p", seen.say("gap_votes", votes=seen.number(votes))),
        class_="gap",
    )
