"""What the checks found, in plain sentences."""

from .. import text
from ..model import Finding, Severity
from .corrections import corrections
from .markup import Node, el
from .scene import Scene

SHOWN_FINDINGS = 12


def findings(seen: Scene) -> Node | None:
    """Corrections, held units and flags; says so when there is nothing to say of the whole file."""
    if seen.sealed or seen.data_at is None:
        return None
    corrected = corrections(seen)
    if seen.place.is_part and not (seen.result.findings or seen.progress.held or corrected):
        return None
    found = sorted(seen.result.findings, key=lambda f: f.severity is not Severity.HOLD)
    return el(
        "div",
        corrected,
        el("h2", seen.say("findings")),
        _held(seen),
        el("ul", *(_item(seen, f) for f in found[:SHOWN_FINDINGS]), class_="findings")
        if found
        else el("p", seen.say("findings_none"), class_="note"),
        _more(seen, len(found) - SHOWN_FINDINGS),
        class_="checks",
    )


def _held(seen: Scene) -> Node | None:
    held = seen.progress.held
    if not held:
        return None
    key = text.plural(held, "findings_held_one", "findings_held_many", seen.lang)
    words = seen.say(key, n=str(held), unit=seen.unit.one, units=seen.unit.many)
    return el("p", words, class_="note")


def _item(seen: Scene, finding: Finding) -> Node:
    message = finding.message_fr if seen.lang == "fr" else finding.message
    return el(
        "li", el("span", finding.code, class_="code"), message,
        class_=str(finding.severity),
    )  # fmt: skip


def _more(seen: Scene, number: int) -> Node | None:
    if number <= 0:
        return None
    key = text.plural(number, "findings_more_one", "findings_more_many", seen.lang)
    return el("p", seen.say(key, n=str(number)), class_="note")
