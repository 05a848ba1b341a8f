"""Results as page documents: what each screen shows, in each language, once per version."""

from datetime import UTC, datetime
from types import ModuleType

from .. import charts, wire
from ..model import Contest, Election, Snapshot
from ..wire import JSON
from . import home, screen
from .scene import Scene, scenes
from .words import browser_words

SCREENS: dict[str, ModuleType] = {"home": home, "screen": screen}


def documents(election: Election, snapshot: Snapshot, sealed: frozenset[str]) -> dict[str, JSON]:
    """Every document by name: "home.fr" for the first contest, "home.ID.fr" for the others.

    ``sealed`` are the ids of contests still under embargo: their documents say when they open and
    hold no figure. A contest the snapshot lacks waits for its first unit.
    """
    return {
        document_name(election, contest, name, lang): _document(seen, module)
        for contest in election.contests
        for lang, seen in scenes(election, contest, snapshot, sealed).items()
        for name, module in SCREENS.items()
    }


def document_name(election: Election, contest: Contest, name: str, lang: str) -> str:
    """The first contest is what a viewer gets without asking, so its name is the short one."""
    first = contest is election.contests[0]
    return f"{name}.{lang}" if first else f"{name}.{contest.id}.{lang}"


def _document(seen: Scene, module: ModuleType) -> JSON:
    figures = module.figures(seen)
    light, dark = figures[charts.LIGHT], figures[charts.DARK]
    document: dict[str, JSON] = {
        "lang": seen.lang,
        "contest": seen.contest.id,
        "title": _title(seen),
        "state": seen.state,
        "parts": module.parts(seen),
        "figures": light,
        "dark": {"figures": wire.diff(light, dark)},
        "words": browser_words(seen),
        **module.extras(seen),
    }
    if seen.data_at is not None:
        document["data_at"] = _iso(seen.data_at)
    if seen.sealed and seen.contest.embargo is not None:
        document["opens_at"] = _iso(seen.contest.embargo)
    if seen.election.simulated:
        document["simulated"] = True
    return document


def _title(seen: Scene) -> str:
    """What a tab says: the scores once there are any, then the contest."""
    name = f"{seen.contest.title} · {seen.contest.place}".removesuffix(" · ")
    if not seen.settled or not seen.is_duel:
        return name
    scores = charts.describe_scores(seen.standings, seen.lang)
    return f"{scores} · {name}"


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
