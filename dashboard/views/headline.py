"""The sentence on top, written from the data."""

from .. import text
from ..model import CountStatus
from ..tally import RowResult, by_votes
from .markup import Node, el
from .scene import Scene

NECK_AND_NECK = 0.01  # gaps in shares
NARROW = 0.03
FAR = 0.20
_MILESTONES = (
    (0.25, "when_quarter"),
    (1 / 3, "when_third"),
    (0.50, "when_half"),
    (2 / 3, "when_two_thirds"),
    (0.75, "when_three_quarters"),
)
_NEAR = 0.025
_NEARLY_ALL = 0.90
_NAMED_ROWS = 5  # of which the standfirst says whether they are in


def headline(seen: Scene) -> Node:
    """Heading, standfirst, and under embargo the countdown."""
    return el(
        "div",
        _where(seen),
        el("h1", headline_text(seen)),
        el("p", standfirst(seen), class_="dek"),
        _countdown(seen),
        class_="title",
    )


def headline_text(seen: Scene) -> str:
    """One sentence without a full stop; who is ahead is only said once it is not too early."""
    match seen.state:
        case "embargo":
            return _of_part(seen, seen.say("headline_embargo", time=opening(seen)))
        case "waiting":
            said = seen.say_units("headline_waiting", units=seen.unit.many)
            return _of_part(seen, said)
        case "early":
            return _of_part(seen, seen.say("headline_early"))
        case "complete":
            return _somewhere(seen, _complete(seen))
        case _:
            said = _somewhere(seen, _ahead(seen))
            return seen.say("headline_when", headline=said, when=_when(seen))


def standfirst(seen: Scene) -> str:
    """One or two sentences on how far the count has come."""
    done, total = seen.progress.complete, seen.number(seen.progress.units)
    match seen.state:
        case "embargo" | "waiting":
            return seen.say(f"standfirst_{seen.state}")
        case "early" if done == 1:
            return seen.say("standfirst_early_one", total=total, units=seen.unit.many)
        case "early":
            return seen.say_units(
                "standfirst_early", count=seen.number(done), total=total, units=seen.unit.many
            )
        case "complete" if seen.progress.units == 1:
            return seen.say("standfirst_complete_one")
        case "complete":
            return seen.say_units("standfirst_complete", total=total, units=seen.unit.many)
        case _:
            return " ".join([_partial(seen), *_rows_in_and_out(seen)])


def opening(seen: Scene) -> str:
    """The hour from which figures may leave: "20 h"."""
    contest = seen.contest
    assert contest.embargo is not None, "only a contest with an embargo can be sealed"
    return text.fmt_countdown_target(contest.embargo, contest.timezone, seen.lang)


def main_rows(seen: Scene, limit: int) -> list[RowResult]:
    """The rows that matter most, constant all night: by voters, else stations, else map labels.

    Empty when nothing known before the night tells one row from another.
    """
    voters = tuple([row.registered_voters for row in seen.rows.values()])
    keys = seen.remembered("main rows", voters, _by_weight, seen)
    return [seen.rows[key] for key in keys[:limit]]


def _by_weight(seen: Scene) -> list[str]:
    rows = list(seen.rows.values())
    if all(row.registered_voters for row in rows):
        rows.sort(key=lambda row: -(row.registered_voters or 0))
        return [row.key for row in rows]
    if all(row.units == 1 for row in rows):
        return []
    geometry = seen.contest.geometry
    labels = [label.name for label in geometry.labels] if geometry else []
    rank = {name: place for place, name in enumerate(labels)}
    known = [row for row in rows if row.units > 1 or row.name in rank]
    known.sort(key=lambda row: (-row.units, rank.get(row.name, len(rank)), row.name))
    return [row.key for row in known]


def _where(seen: Scene) -> Node | None:
    """The way back from a part to the whole."""
    if not seen.place.is_part:
        return None
    whole = seen.place.whole
    link = el("a", whole.place or whole.title, href=seen.place.address(seen.lang))
    label = seen.say("where")
    return el("nav", link, el("span", seen.contest.place), class_="where", aria_label=label)


def _countdown(seen: Scene) -> Node | None:
    until = seen.contest.embargo
    if not seen.sealed or until is None:
        return None
    return el(
        "p", class_="countdown", data_role="countdown", data_until=until.isoformat(), role="timer"
    )


def _ahead(seen: Scene) -> str:
    ranked = [s for s in by_votes(seen.standings) if not s.option.remainder]
    first, second = ranked[0], ranked[1] if len(ranked) > 1 else ranked[0]
    names = {"first": first.option.short_name, "second": second.option.short_name}
    if first.votes == second.votes:
        return seen.say("headline_tie", **names)
    gap = (first.share or 0.0) - (second.share or 0.0)
    if len(ranked) > 2:
        key = "headline_many_neck" if gap < NECK_AND_NECK else "headline_many"
        return seen.say(key, **names, third=ranked[2].option.short_name)
    return seen.say(_verb(gap), **names)


def _verb(gap: float) -> str:
    if gap < NECK_AND_NECK:
        return "headline_neck"
    if gap < NARROW:
        return "headline_narrow"
    return "headline_far" if gap >= FAR else "headline_ahead"


def _complete(seen: Scene) -> str:
    first, second = (*by_votes(seen.standings), None)[:2]
    assert first is not None
    if second is not None and first.votes == second.votes:
        return seen.say(
            "headline_complete_tie",
            first=first.option.short_name,
            second=second.option.short_name,
        )
    return seen.say(
        "headline_complete", first=first.option.short_name, share=seen.share(first.share)
    )


def _somewhere(seen: Scene, said: str) -> str:
    place = seen.contest.place
    where = text.in_place(place, seen.lang)
    if where:
        return seen.say("headline_at_place", headline=said, place=where)
    return seen.say("headline_of_place", headline=said, place=place) if place else said


def _of_part(seen: Scene, said: str) -> str:
    """A part is never mistaken for the whole."""
    if not seen.place.is_part:
        return said
    said = f"{said[:1].lower()}{said[1:]}"
    return seen.say("headline_of_place", headline=said, place=seen.contest.place)


def _when(seen: Scene) -> str:
    share = seen.progress.share
    if share >= _NEARLY_ALL:
        return seen.say("when_nearly")
    for milestone, key in _MILESTONES:
        if abs(share - milestone) <= _NEAR:
            return seen.say(key)
    # As the line below the bars says it, in whole per cent; nearly all has words of its own.
    whole = round(share * 100)
    percent = f"{whole}\u202f%" if seen.lang == "fr" else f"{whole}%"
    return seen.say_units("when_share", share=percent, units=seen.unit.brief_many)


def _partial(seen: Scene) -> str:
    return seen.say("standfirst_partial", unit=seen.unit.brief)


def _rows_in_and_out(seen: Scene) -> list[str]:
    named = [row for row in main_rows(seen, _NAMED_ROWS) if row.units]
    done = [row.name for row in named if row.status is CountStatus.COMPLETE][:2]
    waiting = [row.name for row in named if row.status is CountStatus.WAITING][:3]
    sentences = []
    if done:
        key = "standfirst_in_one" if len(done) == 1 else "standfirst_in_many"
        sentences.append(seen.say_rows(key, names=text.join_names(done, seen.lang)))
    if waiting:
        key = "standfirst_out_one" if len(waiting) == 1 else "standfirst_out_many"
        sentences.append(seen.say(key, names=text.join_names(waiting, seen.lang)))
    return sentences
