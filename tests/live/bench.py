"""A watcher on real files, turned by the test until what it waits for has happened.

Its clock is the test's: it moves by ``STEP`` at every turn, so that what lasts seconds takes none,
and a busy machine changes nothing.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dashboard import pipeline, tally
from dashboard.feed import read_posts
from dashboard.live.publisher import Journey
from dashboard.live.watch import Watcher
from dashboard.model import Contest, Election, FeedSource, Snapshot
from dashboard.store import DirectoryStore
from dashboard.wire import JSON
from tests.builders import make_contest, make_election

STEP = 0.02  # seconds of the watcher's clock between two turns
HEADER = "code;cast;blank;invalid;valid;hamon;valls"
Votes = Mapping[int, tuple[int, int]]


def table(votes: Votes, lists: int = 0) -> bytes:
    """A results file: these units have numbers; units up to ``lists`` have an empty row."""
    rows = [HEADER]
    for n in range(1, max([lists, *votes]) + 1):
        if n in votes:
            a, b = votes[n]
            rows.append(f"u{n};{a + b + 5};3;2;{a + b};{a};{b}")
        elif n <= lists:
            rows.append(f"u{n};;;;;;")
    return ("\n".join(rows) + "\n").encode()


def replace_file(path: Path, content: bytes) -> None:
    """As an exporter that renames does."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)


def eventually(what: str, probe: Callable[[], object], seconds: float = 30.0) -> None:
    """Polls until ``probe`` is true; fails with ``what`` when that takes too long."""
    deadline = time.monotonic() + seconds
    while not probe():
        if time.monotonic() > deadline:
            raise AssertionError(f"in {seconds:.0f} s: {what}")
        time.sleep(0.005)


def light_documents(
    election: Election, snapshot: Snapshot, sealed: frozenset[str]
) -> Mapping[str, JSON]:
    """One document per contest that holds its totals: enough to see what leaves."""
    results = {result.contest_id: result for result in snapshot.contests}
    documents: dict[str, JSON] = {}
    for contest in election.contests:
        result = results.get(contest.id)
        counts = tally.total(result.units.values()) if result is not None else None
        documents[f"home.{contest.id}.fr"] = {
            "state": "embargo" if contest.id in sealed else "waiting" if not counts else "partial",
            "votes": dict(counts.votes) if counts is not None else {},
            "posts": [post.text for post in snapshot.posts],
        }
    return documents


LIGHT = Journey(
    read_contest=pipeline.read_contest,
    read_posts=read_posts,
    documents=light_documents,
    exports=lambda election, snapshot, sealed: {
        "results.csv": repr(sorted(c.contest_id for c in snapshot.contests)).encode()
    },
)


class Bench:
    """``location`` defaults to results.csv in ``folder``; ``now`` may be set to stop the clock on
    the wall."""

    def __init__(
        self,
        folder: Path,
        units: int = 4,
        embargo: datetime | None = None,
        location: str = "",
        contests: Sequence[Contest] = (),
        journey: Journey = LIGHT,
        now: datetime | None = None,
        **source: Any,
    ) -> None:
        self.folder = folder
        self.path = folder / "results.csv"
        self.feed = folder / "feed.csv"
        self.said: list[dict[str, Any]] = []
        self.clock = 0.0  # seconds
        self.now = now
        self._began = datetime.now(UTC)
        self.journey = journey
        contest = make_contest(units, embargo=embargo)
        given = {"poll_seconds": 0.05, "location": location or str(self.path)} | source
        self.contest = replace(contest, source=replace(contest.source, **given))
        self.election = replace(
            make_election(self.contest),
            contests=tuple(contests) or (self.contest,),
            feeds=(FeedSource(str(self.feed), 0.05),),
        )
        self.feed.write_text("id;time;text\n", encoding="utf-8")
        self.start()

    def start(self) -> None:
        """A watcher, as a process that has just taken the lock makes one."""
        self.store = DirectoryStore(self.folder / "state")
        self.store.prepare()
        self.watcher = Watcher(
            self.election,
            self.store,
            self.journey,
            "1",
            say=self._say,
            clock=lambda: self.clock,
            wall=self._wall,
        )
        self.watcher.begin()

    def _say(self, event: str, **facts: Any) -> None:
        self.said.append({"event": event, **facts})

    def _wall(self) -> datetime:
        return self.now or self._began + timedelta(seconds=self.clock)

    def turn(self) -> None:
        """One turn, then what it began to look at has been seen, and it is a moment later."""
        woken = self.watcher._woken
        woken.clear()
        self.watcher.turn()
        while self._is_looking() and woken.wait(STEP):  # one that hangs takes the time it takes
            woken.clear()
        self.clock += STEP

    def _is_looking(self) -> bool:
        lanes = [source._lane for source in self.watcher._sources()]
        return any(lane.is_busy and lane._outcomes.empty() for lane in lanes)

    def until(self, what: str, probe: Callable[[], object], seconds: float = 60.0) -> None:
        """Turns until ``probe`` is true, for so many seconds of the watcher's clock."""
        end = self.clock + seconds
        self.turn()
        while not probe():
            assert self.clock < end, f"in {seconds:.0f} s: {what}"
            self.turn()

    def during(self, seconds: float, probe: Callable[[], object] = lambda: True) -> None:
        """Turns for that long; ``probe`` must hold all the time."""
        end = self.clock + seconds
        while self.clock < end:
            self.turn()
            assert probe()

    @property
    def version(self) -> int:
        return int((self.store.pointer() or {}).get("version", 0))

    def document(self, contest: str = "second-round") -> dict[str, Any]:
        entry = (self.store.pointer() or {})["documents"][f"home.{contest}.fr"]
        found: dict[str, Any] = json.loads(self.store.blob(entry["digest"]))["document"]
        return found

    @property
    def votes(self) -> tuple[int, int]:
        """Published totals of Hamon and Valls; zeros before the first."""
        votes = self.document()["votes"]
        return votes.get("hamon", 0), votes.get("valls", 0)

    @property
    def code(self) -> str:
        return str((self.store.status() or {}).get("code"))

    def publish(self, votes: Votes, lists: int = 4) -> None:
        """Replaces the file and waits until its totals are published."""
        replace_file(self.path, table(votes, lists))
        wanted = sum(a for a, _ in votes.values()), sum(b for _, b in votes.values())
        self.until(f"{wanted} published", lambda: self.votes == wanted)

    def told(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.said if line["event"] == event]
