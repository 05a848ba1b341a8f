"""How far the count has come, and the figures beside the scores."""

from .. import text
from .markup import Node, el
from .rich import BULLET, data, fill
from .scene import Scene


def progress(seen: Scene) -> Node:
    """Units counted, a neutral bar, the state; never in an option's colour."""
    return el(
        "div",
        el("p", *counted(seen), class_="pl"),
        bar(seen),
        el("p", *state_line(seen), class_="pr"),
        held_line(seen),
        class_="progress",
    )


def counted(seen: Scene, *, brief: bool = False) -> list[Node]:
    """ "112 bureaux sur 165 dépouillés", the two numbers marked."""
    done, total = seen.progress.complete, seen.progress.units
    key = text.plural(done, "counted_one", "counted", seen.lang)
    number = done if seen.lang == "fr" else total
    template = text.words(seen.lang)
    agreed = f"{key}_f" if seen.unit.feminine and f"{key}_f" in template else key
    return fill(
        template[agreed],
        count=el("b", data(seen.number(done), done, "counted-units")),
        total=el("b", data(seen.number(total), total, "total-units")),
        units=seen.units(number, brief=brief),
    )


def bar(seen: Scene) -> Node:
    return el(
        "div", el("i"), class_="cbar", style=f"--w:{seen.progress.share * 100:.2f}%",
        aria_hidden="true",
    )  # fmt: skip


def meter(seen: Scene) -> Node:
    """The thin line under the sticky bar."""
    return el("i", class_="topbar", style=f"--w:{seen.progress.share * 100:.2f}%")


def state_line(seen: Scene, *, brief: bool = False) -> list[Node]:
    """ "67,9 % · résultats partiels", with the share of registered voters where it is known."""
    if seen.state == "waiting":
        return [seen.say_units("state_waiting", units=seen.unit.brief_many)]
    if seen.state == "complete":
        words = state_words(seen)
        return [words[:1].upper() + words[1:]]
    nodes: list[Node] = [el("b", seen.share(seen.progress.share)), BULLET, state_words(seen)]
    known, total = seen.progress.registered_counted, seen.progress.registered
    if known is not None and total and not brief:
        nodes += [BULLET, seen.say("of_registered", share=seen.share(known / total))]
    return nodes


def state_words(seen: Scene) -> str:
    if seen.state == "complete":
        at = seen.result.complete_at or seen.result.data_at
        return seen.say("state_complete", time=seen.time(at))
    return seen.say(f"state_{seen.state}")


def held_line(seen: Scene) -> Node | None:
    """ "2 bureaux en vérification": nothing when none is."""
    held = seen.progress.held
    if not held:
        return None
    key = text.plural(held, "held_one", "held_many", seen.lang)
    said = seen.say(key, n=str(held), unit=seen.unit.brief, units=seen.unit.brief_many)
    return el("p", said, class_="held")


def key_figures(seen: Scene) -> Node | None:
    """Turnout, ballots, blank, invalid, valid: whatever the source gives."""
    counts = seen.counts
    if counts is None:
        return None
    figures = [
        _ratio(seen, "turnout", counts.turnout),
        _count(seen, "ballots_cast", counts.ballots_cast, field="ballots-cast"),
        _count(seen, "blank", counts.blank_ballots),
        _count(seen, "invalid", counts.invalid_ballots),
        _count(seen, "blank_or_invalid", counts.blank_or_invalid_ballots),
        _count(seen, "valid", counts.valid_votes, field="valid-votes"),
    ]
    return el("dl", *figures, class_="keyfigures", aria_label=seen.say("figures"))


def _count(seen: Scene, key: str, number: int | None, field: str | None = None) -> Node | None:
    if number is None:
        return None
    cast = seen.counts.ballots_cast if seen.counts else None
    part = None
    if key in ("blank", "invalid", "blank_or_invalid") and cast:
        part = el("small", seen.say("of_ballots", share=seen.share(number / cast)))
    return el(
        "div",
        el("dt", seen.say(key)),
        el("dd", data(seen.number(number), number, field), part),
    )


def _ratio(seen: Scene, key: str, share: float | None) -> Node | None:
    if share is None:
        return None
    return el(
        "div", el("dt", seen.say(key)), el("dd", data(seen.share(share), f"{share:.6f}", key))
    )
