"""One screen of one scene as one JSON document."""

from datetime import UTC, datetime
from types import ModuleType

from .. import charts, wire
from ..wire import JSON
from .moment import moment
from .scene import Scene
from .words import browser_words


def document(seen: Scene, module: ModuleType) -> JSON:
    figures = module.figures(seen)
    light, dark = figures[charts.LIGHT], figures[charts.DARK]
    said: dict[str, JSON] = {
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
    if not seen.sealed and not seen.place.is_part:
        said["moment"] = moment(seen)
    if seen.data_at is not None:
        said["data_at"] = _iso(seen.data_at)
    if seen.sealed and seen.contest.embargo is not None:
        said["opens_at"] = _iso(seen.contest.embargo)
    if seen.election.simulated:
        said["simulated"] = True
    return said


def _title(seen: Scene) -> str:
    """What a tab says: the scores once there are any, then the contest."""
    name = f"{seen.contest.title} · {seen.contest.place}".removesuffix(" · ")
    if not seen.settled or not seen.is_duel:
        return name
    scores = charts.describe_scores(seen.standings, seen.lang)
    return f"{scores} · {name}"


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
