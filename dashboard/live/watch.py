"""The watcher's loop: poll, judge, archive, publish, and say how it goes.

Whatever fails, the last version stays up and the loop goes on. A feed that fails changes nothing
about the results.
"""

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from .. import tally
from ..model import Contest, ContestResult, Election, FeedSource, Severity, SourceFile
from ..readers import ReadError
from ..store import DirectoryStore, Fenced, StoreError, iso
from ..wire import JSON
from . import archive, whole
from .desk import Desk, source_said
from .health import Health
from .lock import LockLost
from .log import Log, log
from .publisher import Journey, Posts, Publisher
from .releases import Releases
from .source import Plan, Source, Whole, where
from .whole import Facts

T = TypeVar("T")

LONGEST_WAIT = 0.25  # seconds between two turns: embargo hours and signals are noticed this late
STATUS_SECONDS = 1.0
RETRY_SECONDS = 1.0  # after a publication that failed


class Watcher:
    """One per machine: the process that holds the lock runs it."""

    def __init__(
        self,
        election: Election,
        store: DirectoryStore,
        journey: Journey,
        build: str,
        *,
        beat: Callable[[], None] = lambda: None,
        say: Log = log,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``beat`` is called at every turn and between long steps; ``clock`` is monotonic."""
        self._election = election
        self._store = store
        self._journey = journey
        self._publisher = Publisher(election, store, journey, build)
        self._beat, self._say, self._clock, self._wall = beat, say, clock, wall
        self._woken = threading.Event()
        self._started_at = wall()
        self._releases = Releases(store)
        self._desk = Desk(election, store)
        self._contests = {c.id: self._contest_source(c) for c in election.contests}
        self._feeds = {feed.name: self._feed_source(feed) for feed in election.feeds}
        self._publishing = Health("state folder", say)
        self._archiving = Health("archive", say)
        self._turning = Health("watcher", say)
        self._retry_at = 0.0
        self._changed_at: dict[str, float] = {}  # clock, by contest
        self._status_at = -STATUS_SECONDS
        self._status_said: dict[str, JSON] = {}

    def begin(self) -> None:
        """Continues from the store, and publishes what is known: at first, that all wait."""
        self._publisher.restore()
        clock, now = self._clock(), self._wall()
        for contest in self._election.contests:
            result = self._publisher.results.get(contest.id)
            if result is not None:
                facts = facts_of(contest, result, complete=True)
                self._contests[contest.id].resume(result.source_digest, facts)
                age = (now - result.data_at).total_seconds()
                self._changed_at[contest.id] = clock - max(0.0, age)
        self._turn_or_tell()

    def run(self, is_over: Callable[[], bool]) -> None:
        """Turns until ``is_over``. Raises ``Fenced`` or ``LockLost`` when it must stop writing."""
        self.begin()
        while not is_over():
            self._woken.wait(self._rest())
            self._woken.clear()
            self._turn_or_tell()

    def _turn_or_tell(self) -> None:
        try:
            self.turn()
        except (Fenced, LockLost):
            raise
        except Exception as error:  # our own mistake: say it once, and go on
            self._turning.bad("unreadable", where(error), self._wall(), self._clock(), at_once=True)
        else:
            self._turning.good(self._wall())

    def turn(self) -> None:
        """One turn of the loop; never waits for a source."""
        clock, now = self._clock(), self._wall()
        self._beat()
        for contest in self._election.contests:
            accepted = self._contests[contest.id].turn(clock, now)
            if accepted is not None:
                self._take(accepted)
        for name, feed in self._feeds.items():
            if (posts := feed.turn(clock, now)) is not None:
                self._keep(posts.file, now)
                self._publisher.take_posts(name, posts.value[0])
        if clock >= self._retry_at and self._publisher.is_due(now):
            self._publish(clock, now)
        self._write_status(clock, now)
        self._tell_desk(clock, now)

    def _take(self, accepted: Whole[ContestResult]) -> None:
        self._keep(accepted.file, self._wall())
        result = tally.believed(accepted.value)
        before = self._publisher.results.get(result.contest_id)
        contest = self._election.contest(result.contest_id)
        self._desk.take(contest, accepted.file, before, result, self._wall())
        if self._publisher.take_result(result):
            self._changed_at[result.contest_id] = self._clock()

    def _keep(self, file: SourceFile, now: datetime) -> None:
        """A full disk leaves a gap in the archive, not on the screens."""
        try:
            archive.keep(self._store.archive, file, now)
        except OSError as error:
            detail = f"{file.digest[:12]}: {error.strerror}"
            self._archiving.bad("storage", detail, now, self._clock(), at_once=True)
        else:
            self._archiving.good(now)

    def _publish(self, clock: float, now: datetime) -> None:
        try:
            self._publisher.publish(now, self._beat)
        except (Fenced, LockLost):
            raise
        except Exception as error:  # a mistake in a view must not end the night
            known = isinstance(error, StoreError)
            code, detail = ("storage", str(error)) if known else ("unreadable", where(error))
            self._publishing.bad(code, detail, now, clock, at_once=True)
            self._retry_at = clock + RETRY_SECONDS
        else:
            self._publishing.good(now)

    def _rest(self) -> float:
        """Seconds until something is to be done."""
        due_at = min(source.due_at for source in self._sources())
        return min(max(due_at - self._clock(), 0.005), LONGEST_WAIT)

    def _sources(self) -> list[Source[ContestResult] | Source[Posts]]:
        return [*self._contests.values(), *self._feeds.values()]

    # Status

    def _write_status(self, clock: float, now: datetime) -> None:
        said = self._status(clock, now)
        if said == self._status_said and clock - self._status_at < STATUS_SECONDS:
            return
        try:
            self._store.write_status({**said, "checked_at": iso(now)})
        except StoreError:
            return  # readers see its age grow, which is the truth
        self._status_said, self._status_at = said, clock

    def _status(self, clock: float, now: datetime) -> dict[str, JSON]:
        healths = [source.health for source in self._contests.values()]
        healths += [self._publishing, self._turning]
        shown = next((health for health in healths if health.code), self._turning)
        visible = self._publisher.visible(now)
        feed = next((f.health.code for f in self._feeds.values() if f.health.code), "")
        return {
            **shown.status(),
            "data_at": iso(max(r.data_at for r in visible)) if visible else None,
            "quiet": bool(visible) and all(self._is_quiet(r, clock) for r in visible),
            "feed": {"state": "trouble" if feed else "ok", "code": feed},
            "watcher": {"pid": os.getpid(), "started_at": iso(self._started_at)},
        }

    def _tell_desk(self, clock: float, now: datetime) -> None:
        said = [
            source_said(name, "results", s.location, s.health.status(), s.health.detail)
            for name, s in self._contests.items()
        ]
        said += [
            source_said(name, "feed", f.location, f.health.status(), f.health.detail)
            for name, f in self._feeds.items()
        ]
        held_back = {name: source.held_back for name, source in self._contests.items()}
        sealed = self._publisher.sealed(now)
        self._desk.write(said, self._publisher.results, held_back, sealed, clock)

    def _is_quiet(self, result: ContestResult, clock: float) -> bool:
        """Nothing new for long, although the count is not over."""
        limit = self._election.contest(result.contest_id).source.quiet_seconds
        return result.complete_at is None and clock - self._changed_at[result.contest_id] > limit

    # Sources

    def _contest_source(self, contest: Contest) -> Source[ContestResult]:
        described = contest.source
        plan = Plan(
            described.location,
            described.poll_seconds,
            described.patience_seconds,
            described.format,
            described.level,
        )

        def read(file: SourceFile) -> ContestResult:
            previous = self._publisher.results.get(contest.id)
            self._beat()
            return _unrefused(self._journey.read_contest(file, contest, previous))

        return Source(
            plan,
            plan.fetcher(),
            Health(f"results of {contest.id}", self._say),
            read,
            lambda result, complete: facts_of(
                contest, result, complete, self._publisher.results.get(contest.id)
            ),
            lambda: contest.id in self._publisher.sealed(self._wall()),
            self._woken.set,
            lambda file: self._releases.allows(contest.id, file),
        )

    def _feed_source(self, feed: FeedSource) -> Source[Posts]:
        first = self._election.contests[0]
        plan = Plan(feed.location, feed.poll_seconds, whole.DOUBT)
        return Source(
            plan,
            plan.fetcher(),
            Health(feed.name, self._say),
            lambda file: self._journey.read_posts(
                file, feed, first.timezone, first.date, self._publisher.posts[feed.name]
            ),
            # Posts may be withdrawn: a feed is whole however short it has become.
            lambda _, complete: Facts(0, frozenset(), True, complete),
            lambda: bool(self._publisher.sealed(self._wall())),
            self._woken.set,
        )


def facts_of(
    contest: Contest,
    result: ContestResult,
    complete: bool,
    previous: ContestResult | None = None,
) -> Facts:
    """What ``whole`` compares of two files; ``previous`` is published."""
    doubt = next((f.message for f in result.findings if f.severity is Severity.WAIT), "")
    is_odd = previous is not None and (doubt or result.row_count < previous.row_count)
    options = sum(not option.remainder for option in contest.options)
    rows_per_unit = options if contest.source.columns.is_long else 1
    return Facts(
        rows=result.row_count,
        held=frozenset(code for code, unit in result.units.items() if unit.held),
        lists_all=result.row_count >= len(contest.units) * rows_per_unit,
        complete=complete,
        doubt=doubt,
        takes_back=tally.taken_back(previous.units, result.units) if previous and is_odd else {},
    )


def _unrefused(result: ContestResult) -> ContestResult:
    """The result, or ``ReadError`` when its checks refuse the file as a whole."""
    for finding in result.findings:
        if finding.severity is Severity.REFUSE:
            raise ReadError(finding)
    return result
