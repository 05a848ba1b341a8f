"""Every document of a night, drawn version after version."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from .. import tally
from ..model import Contest, ContestResult, Election, Post, Snapshot
from ..tally import Gathered, Gatherer, Summary
from ..wire import JSON
from . import home, rounds, screen
from .document import document
from .place import Place
from .scene import Written, nothing_yet, scenes

_OF_THE_WHOLE: Mapping[str, ModuleType] = {"home": home, "screen": screen}
_OF_A_PART: Mapping[str, ModuleType] = {"home": home}  # the wall shows the whole


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A part of a contest in the version before."""

    result: ContestResult
    sealed: bool
    gathered: Gathered
    documents: Mapping[str, JSON]


class Documents:
    """Draws every document of an election, version after version.

    It remembers the version before, and what did not change since is the very object it was: of
    a country in which twelve départements counted something, those twelve are drawn, and of their
    tables the rows that changed. Nothing but time depends on that memory.
    """

    def __init__(self) -> None:
        self._forget(None)

    def _forget(self, election: Election | None) -> None:
        contests = election.contests if election else ()
        self._election = election
        self._parts = {contest.id: contest.parts() for contest in contests}
        self._gather = {
            (contest.id, code): Gatherer(part)
            for contest in contests
            for code, part in (self._parts[contest.id] or {"": contest}).items()
        }
        self._drawn: dict[tuple[str, str], _Drawn] = {}  # by contest and parent
        self._summaries: dict[str, Summary] = {}
        self._written: dict[tuple[str, str], dict[str, Written]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def __call__(
        self, election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> dict[str, JSON]:
        """Every document by name: "home.fr" for the first contest, "home.ID.fr" for the others,
        "home.@34.fr" for a parent.

        ``sealed`` are the ids of contests still under embargo: their documents say when they open
        and hold no figure. A contest the snapshot lacks waits for its first unit. A post may say a
        figure too, so while any contest is sealed the feed stays closed.
        """
        if election is not self._election:
            self._forget(election)
        given = {result.contest_id: result for result in snapshot.contests}
        posts = () if sealed else snapshot.posts
        found: dict[str, JSON] = {}
        for contest in election.contests:
            closed = contest.id in sealed
            result = None if closed else given.get(contest.id)
            found |= self._contest(contest, result or nothing_yet(contest), posts, sealed=closed)
        return found

    def summary(self, contest: Contest, result: ContestResult) -> Summary:
        """As ``tally.summary``, without adding up anew what was drawn last."""
        known = self._summaries.get(contest.id)
        return known if known and known.result is result else tally.summary(contest, result)

    def _contest(
        self, contest: Contest, result: ContestResult, posts: tuple[Post, ...], *, sealed: bool
    ) -> dict[str, JSON]:
        """The whole first, then its parts."""
        assert self._election is not None
        parts = self._parts[contest.id]
        drawn = [
            self._part(contest, code, part_result, sealed=sealed)
            for code, part_result in tally.split(parts, result).items()
        ]
        gathered = (
            tally.gather_parents(
                contest, {c: d.gathered for c, d in zip(parts, drawn, strict=True)}
            )
            if parts
            else self._gather[contest.id, ""](result)
        )
        self._summaries[contest.id] = tally.summed_up(
            contest, result, gathered.counts, gathered.progress
        )
        whole = self._draw(Place(self._election, contest), contest, result, gathered, posts, sealed)
        return whole | {name: page for each in drawn for name, page in each.documents.items()}

    def _part(self, contest: Contest, code: str, result: ContestResult, *, sealed: bool) -> _Drawn:
        assert self._election is not None
        before = self._drawn.get((contest.id, code))
        if before is not None and before.result == result and before.sealed == sealed:
            return before
        part = self._parts[contest.id][code]
        gathered = self._gather[contest.id, code](result)
        place = Place(self._election, contest, code)
        pages = self._draw(place, part, result, gathered, (), sealed)
        self._drawn[contest.id, code] = drawn = _Drawn(result, sealed, gathered, pages)
        return drawn

    def _draw(
        self,
        place: Place,
        contest: Contest,
        result: ContestResult,
        gathered: Gathered,
        posts: tuple[Post, ...],
        sealed: bool,
    ) -> dict[str, JSON]:
        screens = _OF_A_PART if place.is_part else _OF_THE_WHOLE
        if not place.is_part and rounds.has_rounds(contest):
            screens = {**screens, rounds.NAME: rounds}
        written = self._written[contest.id, place.code]
        seen = scenes(place, contest, result, gathered, posts, written, sealed=sealed)
        return {
            place.document(name, lang): document(scene, module)
            for lang, scene in seen.items()
            for name, module in screens.items()
        }


def documents(election: Election, snapshot: Snapshot, sealed: frozenset[str]) -> dict[str, JSON]:
    """The documents of one version, by one that remembers nothing."""
    return Documents()(election, snapshot, sealed)
