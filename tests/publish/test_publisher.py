"""The order of uploads, whatever fails; what is removed; what is said."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from dashboard.model import Election, Parent, Post, PostKind, Snapshot
from dashboard.publish import publisher as publishing
from dashboard.publish.contents import File
from dashboard.publish.destination import Bucket
from dashboard.publish.publisher import Publisher
from dashboard.views.elsewhere import Feeds, shares
from dashboard.web.site import assemble
from tests.web.conftest import site
from tests.web.fakes import Night, contest, document, election, pages

from .conftest import Publish, Said
from .reader import follow, tree

SECRET = "Le mot de trop"
BLOB = r"live/[0-9a-f]{64}\.json"


class Watched(Bucket):
    """A store whose ``fails``-th write or removal from now on fails, and that a reader follows
    after each, successful or not."""

    def __init__(self, system: MemoryFileSystem) -> None:
        super().__init__(system, "/site")
        self.fails = 0
        self.lasts = 1  # how many then fail, one after the other
        self.writes: list[str] = []
        self._lock = threading.Lock()

    @contextmanager
    def _change(self, path: str) -> Iterator[None]:
        with self._lock:
            self.writes.append(path)
            if self.fails and self.fails <= len(self.writes) < self.fails + self.lasts:
                raise ConnectionError("the cable was pulled")
            yield
            if not path.startswith("build/"):
                follow(self.read)

    def put(self, file: File) -> None:
        with self._change(file.path):
            super().put(file)

    def remove(self, path: str) -> None:
        with self._change(path):
            super().remove(path)

    def failing(self, number: int, times: int = 1) -> None:
        self.writes, self.fails, self.lasts = [], number, times


@pytest.fixture
def store(memory: MemoryFileSystem) -> Watched:
    return Watched(memory)


def finish(publisher: Publisher) -> int:
    """Steps until one succeeds; how many failed."""
    for failed in range(10):
        try:
            publisher.step()
        except ConnectionError:
            continue
        return failed
    raise AssertionError("it does not recover")


def blobs(store: Bucket) -> set[str]:
    """The documents and patches that are there."""
    return {path for path in tree(store) if re.fullmatch(BLOB, path)}


@pytest.mark.slow
def test_a_reader_finds_what_it_is_led_to_whichever_upload_fails(
    night: Night, publish: Publish, store: Watched
) -> None:
    night.publish(votes=100)
    publish(store).step()
    failed: list[str] = []
    version = night.publish(votes=101)
    publisher = publish(store)
    while True:
        store.failing(len(failed) + 1)
        failures = finish(publisher)
        assert follow(store.read) == version
        if not failures:
            break
        failed.append(store.writes[len(failed)])
        version = night.publish(votes=101 + len(failed))
    assert {"index.html", "live/latest/home.fr.json", "live/latest.json"} < set(failed)
    assert failed[-1] == "live/beat.json"
    assert any(re.fullmatch(BLOB, path) for path in failed)


def test_a_new_program_is_there_before_its_first_page(
    night: Night, publish: Publish, store: Watched
) -> None:
    """Both builds' files stay: pages of the old one lie in caches."""
    night.publish()
    first, second, third = (replace(site(), build=letter * 12) for letter in "abc")
    publish(store, first).step()
    store.failing(40, times=3)
    assert finish(publish(store, second)) > 0
    pages = [n for n, path in enumerate(store.writes) if path.endswith("index.html")]
    program = [n for n, path in enumerate(store.writes) if path.startswith("build/")]
    assert max(program) < min(pages)
    assert any(path.startswith(f"build/{first.build}/") for path in tree(store))
    publish(store, third).step()
    left = {path.split("/")[1] for path in tree(store) if path.startswith("build/")}
    assert left == {second.build, third.build}


def test_a_restart_uploads_nothing_that_is_there(
    night: Night, publish: Publish, store: Watched
) -> None:
    night.publish()
    publish(store).step()
    before = tree(store)
    store.failing(0)
    publish(store).step()
    assert tree(store) == before
    assert not [path for path in store.writes if path.startswith(("build/", "geo/"))]
    assert not blobs(store) & set(store.writes)


def test_what_a_crash_left_torn_is_written_again(
    night: Night, publish: Publish, store: Watched, memory: MemoryFileSystem
) -> None:
    """As a folder does after a power failure: the name is there, the bytes are not."""
    night.publish()
    publish(store).step()
    [blob, *_] = blobs(store)
    memory.pipe_file(f"/site/{blob}", b"")
    publish(Bucket(memory, "/site")).step()
    assert follow(store.read) == 1


def test_old_documents_go_and_nobody_elses_files(
    night: Night, publish: Publish, store: Watched, memory: MemoryFileSystem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(publishing, "RECENT_VERSIONS", 3)
    foreign = {".well-known/acme", "live/notes.txt", "build/readme.txt", "archive/2012.html"}
    orphan = f"live/{'0' * 64}.json"  # of a publisher that was killed
    for path in (*foreign, orphan):
        memory.pipe_file(f"/site/{path}", b"mine")
    night.publish(votes=1)
    publisher = publish(store)
    publisher.step()
    seen: list[set[str]] = []
    for votes in range(2, 12):
        night.publish(votes=votes)
        publisher.step()
        seen.append(blobs(store))
    assert len(seen[-1]) == len(seen[-2]) < len(set().union(*seen))
    assert orphan not in seen[-1]
    for late, early in zip(seen[3:], seen, strict=False):
        assert early & late, "what was there three versions ago can still be read"
    assert foreign <= tree(store)


def test_what_is_needed_after_all_is_as_young_as_its_version(
    night: Night, publish: Publish, store: Watched, memory: MemoryFileSystem, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A publisher that was killed had begun the version after the one its heir begins with."""
    monkeypatch.setattr(publishing, "RECENT_VERSIONS", 2)
    ahead = Night(tmp_path / "ahead")
    for votes in (1, 2):
        ahead.publish(votes=votes)
    publish(Bucket(memory, "/site"), of=site(), night_of=ahead).step()
    second = {path for path in blobs(store) if b'{"version":2' in (store.read(path) or b"")}
    memory.rm("/site/live/beat.json")
    night.publish(votes=1)
    publisher = publish(Bucket(memory, "/site"))
    publisher.step()
    for votes in (2, 3):
        night.publish(votes=votes)
        publisher.step()
    assert second and second <= blobs(store)


def leaking(store: Watched) -> list[str]:
    """Paths at which a reader still finds it; but for the replay, which knows posts by their place
    in a page (tests/store), and these pages have none."""
    kept = {path for path in tree(store) if not path.startswith("live/replay/")}
    return [path for path in kept if SECRET.encode() in unpacked(store, path)]


def test_F54_what_was_withdrawn_goes_at_once_or_at_the_next_beat(
    night: Night, publish: Publish, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [Post("1", datetime(2017, 1, 29, tzinfo=UTC), PostKind.NOTE, SECRET)]
    times = iter([0.0, 0.0, 0.0, 60.0, 60.0])
    publisher = publish(store, clock=lambda: next(times))
    night.publish(hostile=SECRET, said=said)
    publisher.step()
    night.publish(hostile=SECRET, votes=7, said=said)
    publisher.step()
    assert leaking(store)

    def refuse(path: str) -> None:
        raise PermissionError(f"no right to remove {path}")

    with monkeypatch.context() as stubborn:
        stubborn.setattr(store, "remove", refuse)
        night.publish()
        publisher.step()
    assert all(re.fullmatch(BLOB, path) for path in leaking(store)), "no page, no pointer"
    publisher.step()  # a beat
    assert leaking(store) == []


def test_F54_it_also_goes_when_it_was_withdrawn_while_nobody_published(
    night: Night, publish: Publish, store: Watched
) -> None:
    said = [Post("1", datetime(2017, 1, 29, tzinfo=UTC), PostKind.NOTE, SECRET)]
    night.publish(hostile=SECRET, said=said)
    publish(store).step()
    night.publish()
    night.publish(votes=7)
    publish(store).step()
    assert leaking(store) == []


def test_a_store_that_lets_us_write_but_not_remove_stays_live(
    night: Night, publish: Publish, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "RECENT_VERSIONS", 1)
    said = Said()
    publisher = publish(store, log=said)

    def refuse(path: str) -> None:
        raise PermissionError(f"no right to remove {path}")

    monkeypatch.setattr(store, "remove", refuse)
    for votes in range(1, 6):
        version = night.publish(votes=votes)
        publisher.step()
        assert follow(store.read) == version
    assert [event for event, _ in said] == ["untidy"]


def test_while_nothing_changes_one_small_file_is_written_at_each_beat(
    night: Night, publish: Publish, store: Watched
) -> None:
    night.publish()
    now = [0.0]
    publisher = publish(store, every=5.0, clock=lambda: now[0])
    publisher.step()
    store.failing(0)
    for second in range(1, 11):
        now[0] = float(second)
        night.report()  # the watcher looked again
        publisher.step()
    assert store.writes == ["live/beat.json"] * 2
    beat = json.loads(store.read("live/beat.json") or b"")
    status = night.store.status()
    assert status and beat["checked_at"] == status["checked_at"]
    assert beat["every"] == 5.0
    assert "watcher" not in beat["status"]
    night.report(state="trouble", code="missing")
    publisher.step()  # at once
    assert json.loads(store.read("live/beat.json") or b"")["status"]["code"] == "missing"


def test_a_failure_is_said_once_and_its_end_too(
    night: Night, publish: Publish, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(publishing, "LONGEST_PAUSE", 0.004)
    over = threading.Event()

    class Listening(Said):
        def __call__(self, event: str, **facts: object) -> None:
            super().__call__(event, **facts)
            if event == "published again":
                over.set()

    said = Listening()
    night.publish()
    store.failing(30, times=100)
    publish(store, log=said).run(over)
    assert [event for event, _ in said] == ["unpublished", "published again"]
    assert said[0][1] == {
        "destination": "memory:///site",
        "detail": "ConnectionError: the cable was pulled",
    }
    assert follow(store.read) == 1


def test_nothing_is_shown_before_there_is_a_version(publish: Publish, store: Watched) -> None:
    """Lest a restart put an empty page over last night's numbers."""
    publish(store).step()
    assert tree(store) == set()


def test_each_parent_has_its_page_in_every_language(
    night: Night, publish: Publish, store: Watched
) -> None:
    whole = replace(contest(), parents=(Parent("34", "Hérault"), Parent("2A", "Corse")))
    night.publish({**pages(votes=100), "home.@34.fr": document(votes=777)})
    publish(store, assemble(Election("e", "Primaire", (whole,)), {})).step()
    assert b'value="777"' in store.read("lieu/34/index.html")
    places = {path for path in tree(store) if path.endswith("index.html") and "lieu/" in path}
    assert places == {
        f"{lang}lieu/{code}/index.html" for lang in ("", "en/") for code in ("34", "2A")
    }


def test_feeds_and_the_pictures_of_links_are_there(
    night: Night, publish: Publish, store: Watched
) -> None:
    known = election("second-round", "first-round")
    said = [Post("1", datetime(2017, 1, 29, tzinfo=UTC), PostKind.NOTE, SECRET)]
    elsewhere = {**Feeds()(known, Snapshot((), tuple(said)), frozenset())}
    night.publish(files={**elsewhere, **shares(known, {}, frozenset())}, said=said)
    publisher = publish(store)
    publisher.step()
    feeds = [f"{lang}feed.{suffix}" for lang in ("", "en/") for suffix in ("xml", "json")]
    assert all(SECRET.encode() in unpacked(store, path) for path in feeds)
    for folder in ("", "en/", "contest/first-round/", "en/contest/first-round/"):
        assert (store.read(f"{folder}share.png") or b"").startswith(b"\x89PNG")
    assert b'"LiveBlogPosting"' in unpacked(store, "index.html")
    night.publish(files={**Feeds()(known, Snapshot((), ()), frozenset())}, votes=7)
    publisher.step()
    assert leaking(store) == []
    assert b"<entry>" not in unpacked(store, "feed.xml")


def unpacked(store: Watched, path: str) -> bytes:
    body = store.read(path) or b""
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def test_the_night_so_far_is_there_and_grows(
    night: Night, publish: Publish, store: Watched
) -> None:
    night.publish(votes=100)
    publisher = publish(store)
    publisher.step()
    night.publish(votes=101)
    publisher.step()
    body = store.read("live/replay/home.fr.json")
    assert body is not None
    assert [step["version"] for step in json.loads(body)["steps"]] == [1, 2]
    assert store.read("replay.json") == body
