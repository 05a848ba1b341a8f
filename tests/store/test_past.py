"""Open results of the versions there were: all of a usual night, the newest of a large one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.model import Snapshot
from dashboard.store import Content, DirectoryStore, past
from tests.builders import make_contest, make_result, make_unit

NOW = datetime(2017, 1, 29, 20, tzinfo=UTC)
CONTEST = make_contest()
SNAPSHOT = Snapshot((make_result(CONTEST, make_unit("u1", 6, 4)),), ())


def publish(store: DirectoryStore, number: int, size: int = 0) -> int:
    """A version in which everything says ``number``."""
    files = {
        "results.csv": f"{number},".ljust(size, "0").encode(),
        "feed.fr.xml": f"<feed>{number}</feed>".encode(),
    }
    documents = {"home.fr": {"state": "partial", "number": number}}
    content = Content(f"{number}", documents, files, "partial", "build", SNAPSHOT)
    return store.publish(content, NOW)


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    store = DirectoryStore(tmp_path)
    store.prepare()
    return store


def numbers(store: DirectoryStore) -> list[int]:
    """What the open results of each kept version say; all of them are there."""
    return [int(store.blob(e["files"]["results.csv"]).split(b",")[0]) for e in store.past()]


def test_every_version_of_the_night_can_be_read_again(store: DirectoryStore) -> None:
    for number in range(1, 121):  # more than the recent ones whose documents are kept
        assert publish(store, number) == number
    assert numbers(store) == list(range(1, 121))
    first = store.past()[0]
    assert (first["version"], first["state"]) == (1, "partial")
    assert first["generated_at"] == "2017-01-29T20:00:00.000Z"
    assert [s["source_digest"] for s in first["sources"]] == [SNAPSHOT.contests[0].source_digest]
    assert list(first["files"]) == ["results.csv"], "a withdrawn post is in no past file"


def test_a_writer_that_begins_again_goes_on(store: DirectoryStore) -> None:
    publish(store, 1)
    with (store.root / "public" / "versions.jsonl").open("ab") as file:
        file.write(b'{"version": 2, "fil')  # a crash
    again = DirectoryStore(store.root)
    assert publish(again, 2) == 2
    assert publish(again, 3) == 3
    assert numbers(store) == [1, 2, 3]


def test_the_oldest_go_when_they_take_too_much(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MOST_BYTES", 100_000)
    for number in range(1, 201):
        publish(store, number, size=1_000)
    kept = numbers(store)
    assert kept[-1] == 200 and 74 <= len(kept) <= 100
    assert kept == list(range(kept[0], 201))
    blobs = list((store.root / "public" / "blobs").iterdir())
    # One file of results for each, and of the 51 newest versions everything.
    assert len(blobs) <= len(kept) + 3 * 51


def test_what_two_versions_share_is_counted_and_kept_once(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MOST_BYTES", 2_500)
    files = {"results.csv": b"1,".ljust(2_000, b"0")}
    for number in range(1, 61):
        content = Content(f"{number}", {"home.fr": {"n": number}}, files, "partial", "build")
        store.publish(content, NOW)
    assert numbers(store) == [1] * 60


def test_few_versions_are_kept_of_a_night_of_very_many(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MOST_VERSIONS", 40)
    for number in range(1, 101):
        publish(store, number)
    assert 30 <= len(numbers(store)) <= 40 and numbers(store)[-1] == 100
