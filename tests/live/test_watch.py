"""The loop: embargoes, take-overs, a state folder that fails, mistakes of our own."""

import json
import resource
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.live import health, watch
from dashboard.live.publisher import Journey
from dashboard.model import ContestResult, Election, Snapshot, SourceFile
from dashboard.store import Content, DirectoryStore, Fenced
from dashboard.wire import JSON
from tests.builders import make_contest
from tests.readers.formats.official import FILES, night

from .bench import LIGHT, Bench, light_documents, replace_file, table

HOUR = datetime(2017, 1, 29, 19, 0, tzinfo=UTC)
EARLIER, LATER = HOUR - timedelta(seconds=1), HOUR + timedelta(seconds=1)
FIRST = {1: (60_013, 40_009)}  # recognisable
SECOND = {1: (60_013, 40_009), 2: (30, 70)}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "GRACE_SECONDS", 0.3)
    monkeypatch.setattr(watch, "RETRY_SECONDS", 0.1)


def public_bytes(bench: Bench) -> bytes:
    """Everything a web worker could read, and the log."""
    files = sorted((bench.folder / "state/public").rglob("*"))
    status = bench.store.status() or {}
    assert status["checked_at"]
    published = [
        path.read_bytes() for path in files if path.is_file() and path.name != "status.json"
    ]
    said = {k: v for k, v in status.items() if k not in {"checked_at", "watcher"}}
    return b"\n".join([*published, json.dumps(said).encode(), repr(bench.said).encode()])


def closed_bench(folder: Path, votes: Mapping[int, tuple[int, int]]) -> Bench:
    """Before the hour, with a file that was read and archived."""
    folder.mkdir()
    bench = Bench(folder, embargo=HOUR, now=EARLIER)
    replace_file(bench.path, table(votes, 4))
    replace_file(bench.feed, b"id;time;text\n1;18:00;60013 voix\n")
    bench.until("archived", lambda: len(list(bench.store.archive.iterdir())) == 2)
    bench.during(1.2)
    return bench


def test_F53_before_the_hour_nothing_depends_on_the_results(tmp_path: Path) -> None:
    """Non-interference: two nights with different secrets publish the same bytes."""
    seen = []
    for votes in (FIRST, {3: (7, 5), 4: (1, 1)}):
        bench = closed_bench(tmp_path / "night", votes)
        assert bench.version == 1
        assert bench.document() == {"state": "embargo", "votes": {}, "posts": []}
        seen.append(public_bytes(bench))
        shutil.rmtree(bench.folder)
    assert seen[0] == seen[1]
    assert b"60013" not in seen[0]


def test_at_the_hour_the_pages_fill_by_themselves(tmp_path: Path) -> None:
    bench = closed_bench(tmp_path / "night", FIRST)
    bench.now = HOUR
    bench.watcher.turn()
    assert bench.votes == (60_013, 40_009) and bench.version == 2
    assert bench.document()["posts"] == ["60013 voix"]


def test_a_source_that_breaks_before_the_hour_loses_nothing(tmp_path: Path) -> None:
    bench = closed_bench(tmp_path / "night", FIRST)
    bench.path.write_bytes(b"")
    bench.start()  # the watcher died as well
    bench.now = HOUR
    bench.watcher.turn()
    assert bench.votes == (60_013, 40_009)


def test_F36_what_was_open_stays_open_when_the_clock_is_set_back(tmp_path: Path) -> None:
    bench = closed_bench(tmp_path / "night", FIRST)
    bench.now = LATER
    bench.watcher.turn()
    bench.now = EARLIER
    bench.watcher.turn()
    assert bench.document()["state"] == "partial"
    bench.start()
    bench.watcher.turn()
    assert bench.document()["state"] == "partial", "nor by a take-over"
    bench.election = replace(
        bench.election,
        contests=(replace(bench.contest, embargo=HOUR + timedelta(days=7)),),
    )
    bench.start()
    assert bench.document()["state"] == "embargo", "another hour is another embargo"


def test_each_contest_has_its_own_hour(tmp_path: Path) -> None:
    first = make_contest(4, embargo=HOUR)
    second = replace(first, id="overseas", embargo=LATER)
    paths = [tmp_path / name for name in ("results.csv", "overseas.csv")]
    contests = [
        replace(c, source=replace(c.source, location=str(p), poll_seconds=0.05))
        for c, p in zip((first, second), paths, strict=True)
    ]
    for path in paths:
        path.write_bytes(table(FIRST, 4))
    bench = Bench(tmp_path, contests=contests, now=EARLIER)
    bench.until("archived", lambda: len(bench.watcher._publisher.results) == 2)
    bench.now = HOUR
    bench.watcher.turn()
    assert bench.document()["state"] == "partial"
    assert bench.document("overseas") == {"state": "embargo", "votes": {}, "posts": []}
    bench.now = LATER
    bench.watcher.turn()
    assert bench.document("overseas")["state"] == "partial"


def test_F40_a_take_over_continues_with_the_same_version(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    before = bench.version
    bench.start()
    bench.during(0.5)
    assert bench.version == before and bench.votes == (60_013, 40_009)
    bench.publish(SECOND)
    assert bench.version == before + 1


def test_F40_a_take_over_keeps_the_last_good_results_of_a_broken_source(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    bench.path.unlink()
    bench.start()
    bench.until("trouble told", lambda: bench.code == "missing")
    assert bench.votes == (60_013, 40_009)


def test_an_election_file_that_changed_drops_what_no_longer_fits(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    bench.path.unlink()
    bench.election = replace(bench.election, contests=(
        replace(bench.contest, units=bench.contest.units[:2]),
    ))  # fmt: skip
    bench.start()
    assert bench.document()["state"] == "waiting"


def test_F38_a_full_state_folder_keeps_the_last_version_up(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    before = bench.version
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, hard))
    try:
        aside = bench.path.with_name("aside")
        content = table(SECOND, 4)
        assert len(content) < 300
        aside.write_bytes(content)
        aside.replace(bench.path)
        bench.until("told", lambda: bench.told("trouble"))
        bench.during(0.5)
        assert bench.version == before and bench.votes == (60_013, 40_009)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    bench.until("published", lambda: bench.votes == (60_043, 40_079))
    assert bench.version == before + 1
    assert [(t["source"], t["code"]) for t in bench.told("trouble")] == [
        ("state folder", "storage")
    ]
    assert len(bench.told("recovered")) == 1


def test_F41_a_mistake_in_a_view_is_said_once_and_the_night_goes_on(tmp_path: Path) -> None:
    broken = True
    attempts = []

    def documents(
        election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> Mapping[str, JSON]:
        attempts.append(snapshot)
        if broken and snapshot.contests:
            raise ZeroDivisionError("60013")
        return light_documents(election, snapshot, sealed)

    bench = Bench(tmp_path, journey=replace(LIGHT, documents=documents))
    replace_file(bench.path, table(FIRST, 4))
    bench.until("told", lambda: bench.told("trouble"))
    bench.during(0.5)
    assert len(bench.told("trouble")) == 1 and bench.version == 1
    assert len(attempts) <= 10, "it is tried again, but not at every turn"
    assert "ZeroDivisionError at test_watch.py" in bench.said[0]["detail"]
    assert "60013" not in repr(bench.said), "a message may hold a figure"
    broken = False
    bench.until("published", lambda: bench.votes == (60_013, 40_009))
    assert len(bench.told("recovered")) == 1


def test_F41_a_mistake_in_a_reader_costs_one_file(tmp_path: Path) -> None:
    def read_contest(
        file: SourceFile, contest: Any, previous: ContestResult | None
    ) -> ContestResult:
        if b";30;" in file.content:
            raise IndexError
        return LIGHT.read_contest(file, contest, previous)

    journey: Journey = replace(LIGHT, read_contest=read_contest)
    bench = Bench(tmp_path, journey=journey)
    bench.publish(FIRST)
    replace_file(bench.path, table(SECOND, 4))
    bench.until("told", lambda: bench.code == "unreadable")
    assert bench.votes == (60_013, 40_009)
    bench.publish({1: (60_014, 40_009)})


def test_F42_a_watcher_that_is_fenced_off_stops(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    late = bench.watcher
    bench.start()
    bench.publish(FIRST)
    bench.watcher = late
    with pytest.raises(Fenced):
        bench.during(60.0)


def test_a_refused_file_is_not_published(tmp_path: Path) -> None:
    """C290: none of its units is of this contest."""
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    replace_file(bench.path, table(FIRST, 4).replace(b"u1", b"x1").replace(b"u", b"y"))
    bench.until("told", lambda: bench.code == "unreadable")
    assert bench.votes == (60_013, 40_009)


def test_F20_an_older_file_of_another_mirror_changes_nothing(tmp_path: Path) -> None:
    good = FILES / "clarity" / "good.xml"
    path = tmp_path / "results.xml"
    described = night(good, "1").contest
    source = replace(described.source, location=str(path), poll_seconds=0.05)
    bench = Bench(tmp_path, contests=[replace(described, source=source)])
    first = good.read_bytes()
    assert b"9:05:07 PM" in first

    def at(time: bytes) -> bytes:
        return first.replace(b"9:05:07 PM", time).replace(b'votes="180"', b'votes="181"')

    replace_file(path, first)
    bench.until("published", lambda: bench.document(described.id)["votes"])
    votes = bench.document(described.id)["votes"]
    replace_file(path, at(b"9:05:06 PM"))
    bench.until("told", lambda: bench.code == "older")
    assert bench.document(described.id)["votes"] == votes
    replace_file(path, at(b"9:05:08 PM"))
    bench.until("published", lambda: bench.document(described.id)["votes"] != votes)
    bench.until("over", lambda: bench.code == "")


def test_F53_what_a_take_over_elsewhere_continues_from_holds_nothing_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a version goes the snapshot it was drawn from, to where other machines read it."""
    told: list[Snapshot] = []
    publish = DirectoryStore.publish

    def seen(store: DirectoryStore, content: Content, now: datetime) -> int:
        told.append(content.snapshot)
        return publish(store, content, now)

    monkeypatch.setattr(DirectoryStore, "publish", seen)
    bench = closed_bench(tmp_path / "night", FIRST)
    assert told == [Snapshot((), ())]
    bench.now = HOUR
    bench.watcher.turn()
    assert told[-1].contests[0].units["u1"].counts is not None
