"""What is known now, and which part of it may leave: results, posts, the embargo.

Before its hour a contest is left out of the snapshot that views and exports see, so that no
document, digest or version number depends on its results; and as long as no contest is open no
post leaves either, because anyone may write a figure into one. Once its results have been
published a contest stays open, even if the clock is set back: what has left cannot be recalled,
and a live screen must not go blank because a clock is corrected. Another hour in the election
file closes it again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TypeAlias

from .. import pipeline, wire
from ..model import (
    Contest,
    ContestResult,
    Election,
    FeedSource,
    Finding,
    Post,
    Snapshot,
    SourceFile,
)
from ..store import Content, DirectoryStore
from ..wire import JSON

Posts: TypeAlias = "tuple[tuple[Post, ...], tuple[Finding, ...]]"
_OPENED = "opened.json"


@dataclass(frozen=True, slots=True)
class Journey:
    """The core's part in a night; ``companion`` gives the real one."""

    read_contest: Callable[[SourceFile, Contest, ContestResult | None], ContestResult]
    read_posts: Callable[[SourceFile, FeedSource, str, date, Sequence[Post]], Posts]
    documents: Callable[[Election, Snapshot, frozenset[str]], Mapping[str, JSON]]
    exports: Callable[[Election, Snapshot, frozenset[str]], Mapping[str, bytes]]


class Publisher:
    """Gives the store a new version whenever what may be seen has changed."""

    def __init__(
        self, election: Election, store: DirectoryStore, journey: Journey, build: str
    ) -> None:
        self.results: dict[str, ContestResult] = {}
        self.posts: dict[str, tuple[Post, ...]] = {feed.name: () for feed in election.feeds}
        self._election = election
        self._election_digest = wire.digest(repr(election).encode())
        self._store = store
        self._journey = journey
        self._build = build
        self._opened: set[str] = set()
        self._unsaved = False
        self._unpublished = True
        self._sealed_then: frozenset[str] | None = None
        self._published = ""  # digest of what may be seen

    def restore(self) -> None:
        """Continues from what the watcher before left in the store."""
        self._opened = set(json.loads(self._store.load(_OPENED) or b"[]"))
        snapshot = self._store.load_snapshot()
        if snapshot is None:
            return
        # Ours follow from the results; a feed that is no longer named says nothing any more.
        for name in self.posts:
            self.posts[name] = tuple(post for post in snapshot.posts if post.feed == name)
        results = {result.contest_id: result for result in snapshot.contests}
        for contest in self._election.contests:
            result = results.get(contest.id)
            if result is not None and _fits(result, contest):
                self.results[contest.id] = result

    def sealed(self, now: datetime) -> frozenset[str]:
        """The ids of the contests whose hour has not come."""
        return frozenset(
            contest.id
            for contest in self._election.contests
            if contest.embargo is not None
            and now < contest.embargo
            and _hour(contest) not in self._opened
        )

    def take_result(self, result: ContestResult) -> bool:
        """A contest's new result; whether it says anything the last one did not."""
        old = self.results.get(result.contest_id)
        if old is not None and _say_the_same(old, result):
            return False  # saved again without a change: the time of the data stays as well
        self.results[result.contest_id] = result
        self._unsaved = self._unpublished = True
        return True

    def take_posts(self, name: str, posts: tuple[Post, ...]) -> None:
        """The new posts of the feed of that name."""
        self.posts[name] = posts
        self._unsaved = self._unpublished = True

    def is_due(self, now: datetime) -> bool:
        """Whether something changed that may be worth a version, an hour that came included."""
        return self._unpublished or self.sealed(now) != self._sealed_then

    def publish(self, now: datetime, between: Callable[[], None] = lambda: None) -> None:
        """Publishes, unless what may be seen is what was published last. Raises ``StoreError``.

        The snapshot is saved first: a watcher that dies in between is continued from it, and the
        source may be broken by then. ``between`` is called between the long steps.
        """
        sealed = self.sealed(now)
        if self._unsaved:
            self._store.save_snapshot(self._snapshot(frozenset()))
            self._unsaved = False
        visible = self._snapshot(sealed)
        digest = self._digest(visible, sealed)
        if digest != self._published:
            self._give(visible, sealed, digest, now, between)
        self._sealed_then = sealed
        self._unpublished = False

    def visible(self, now: datetime) -> list[ContestResult]:
        """Results of the contests that are open."""
        return list(self._snapshot(self.sealed(now)).contests)

    def _give(
        self,
        visible: Snapshot,
        sealed: frozenset[str],
        digest: str,
        now: datetime,
        between: Callable[[], None],
    ) -> None:
        documents = self._journey.documents(self._election, visible, sealed)
        between()
        files = self._journey.exports(self._election, visible, sealed)
        between()
        content = Content(digest, documents, files, _state(documents), self._build, visible)
        self._store.publish(content, now)
        self._published = digest
        self._remember_opened(sealed)

    def _snapshot(self, sealed: frozenset[str]) -> Snapshot:
        contests = self._election.contests
        seen = [self.results[c.id] for c in contests if c.id in self.results.keys() - sealed]
        none_open = len(sealed) == len(contests)
        posts = () if none_open else tuple(chain.from_iterable(self.posts.values()))
        return pipeline.build_snapshot(contests, seen, posts)

    def _digest(self, visible: Snapshot, sealed: frozenset[str]) -> str:
        says = [
            wire.snapshot_digest(visible),
            sorted(sealed),
            self._election_digest,
            self._build,
        ]
        return wire.digest(wire.encode(says))

    def _remember_opened(self, sealed: frozenset[str]) -> None:
        opened = {
            _hour(contest)
            for contest in self._election.contests
            if contest.embargo is not None and contest.id not in sealed
        }
        if not opened <= self._opened:
            self._opened |= opened
            self._store.save(_OPENED, wire.encode(sorted(self._opened)))


def _hour(contest: Contest) -> str:
    assert contest.embargo is not None
    return f"{contest.id} {contest.embargo.isoformat()}"


def _say_the_same(one: ContestResult, other: ContestResult) -> bool:
    """Whatever files said it and when; quick where most units are the same objects."""
    return one.units == other.units and one.findings == other.findings


def _fits(result: ContestResult, contest: Contest) -> bool:
    """Whether a saved result is still one of this contest: the election file may have changed."""
    options = {option.id for option in contest.options}
    return list(result.units) == [unit.code for unit in contest.units] and all(
        unit.counts is None or unit.counts.votes.keys() <= options for unit in result.units.values()
    )


def _state(documents: Mapping[str, JSON]) -> str:
    """The first contest's state, which is the state of the first document."""
    first = next(iter(documents.values()))
    assert isinstance(first, dict)
    return str(first["state"])
