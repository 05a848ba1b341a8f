"""The night seen again: every document as it was published, whatever happened to the writer."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import wire
from dashboard.store import DirectoryStore, StoreError, replay
from dashboard.store.files import write

from .nights import make_store, publish

NAME = "home.fr"
counts = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(0, 9), max_size=4))


def night(value: Any, state: str = "partial", **more: Any) -> dict[str, Any]:
    return {"documents": {NAME: {"state": state, "says": value, **more}}}


def steps(store: DirectoryStore, version: int | None = None) -> list[dict[str, Any]]:
    body = json.loads(store.replay(NAME, store.version() if version is None else version))
    found: list[dict[str, Any]] = body["steps"]
    return found


def canonical(document: Any) -> bytes:
    """One text per value: a merge may leave an object's members in another order."""
    return json.dumps(document, sort_keys=True).encode()


def served(store: DirectoryStore) -> bytes:
    entry = (store.pointer() or {})["documents"][NAME]
    return canonical(json.loads(store.blob(entry["digest"]))["document"])


@settings(max_examples=20, deadline=None)  # each writes and fsyncs some thirty files
@given(versions=st.lists(counts, min_size=1, max_size=6), restart=st.integers(0, 5))
def test_I7_every_version_is_seen_again_as_it_was_served(
    versions: list[Any], restart: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("state")
    store = make_store(root)
    then: dict[int, bytes] = {}
    for n, value in enumerate(versions):
        if n == restart:
            store = make_store(root)
        publish(store, n, **night(value))
        entry = (store.pointer() or {})["documents"][NAME]
        then[entry["version"]] = served(store)
    found = steps(store)
    assert [step["version"] for step in found] == list(then)
    for number, step in enumerate(found):
        document = replay.fold(found[: number + 1])
        assert canonical(document) == then[step["version"]]


def test_a_step_says_when_it_was_and_of_what_kind(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for n, moment in enumerate([{"votes": 1}, {"votes": 2}, {"votes": 2, "posts": 1}]):
        publish(store, n, **night(n, moment=moment))
    assert [step["kind"] for step in steps(store)] == ["start", "result", "post"]
    assert {step["at"] for step in steps(store)} == {"2017-01-29T19:47:00.000Z"}


def test_what_is_not_up_yet_is_not_seen(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for n in range(3):
        publish(store, n, **night(n))
    assert [step["version"] for step in steps(store, 2)] == [1, 2]
    with pytest.raises(KeyError):
        store.replay(NAME, 0)


@pytest.mark.parametrize("is_restarted", [True, False])
def test_a_version_that_never_came_leaves_no_step(
    tmp_path: Path, is_restarted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(tmp_path)
    publish(store, "a", **night("a"))

    def fails(path: Path, *rest: Any) -> None:
        if path.name == "pointer.json":
            raise OSError(28, "No space left on device")
        write(path, *rest)

    with monkeypatch.context() as broken:
        broken.setattr("dashboard.store.directory.write", fails)
        with pytest.raises(StoreError):
            publish(store, "b", **night("never seen " * 99))
    if is_restarted:
        store = make_store(tmp_path)
    publish(store, "c", **night("c"))
    assert [step["version"] for step in steps(store)] == [1, 2]
    assert canonical(replay.fold(steps(store))) == served(store)
    assert b"never seen" not in (tmp_path / "public/replay/home.fr.jsonl").read_bytes()


@pytest.mark.parametrize(
    "tail", [b'{"version":2,"at":"20', b"\0\0\0\0\n", b'{"version":1,"x":1}\n']
)
def test_a_line_that_a_crash_broke_is_written_again(tmp_path: Path, tail: bytes) -> None:
    publish(make_store(tmp_path), "a", **night("a"))
    file = tmp_path / "public/replay/home.fr.jsonl"
    file.write_bytes(file.read_bytes() + tail)
    store = make_store(tmp_path)
    assert [step["version"] for step in steps(store)] == [1]
    publish(store, "b", **night("b"))
    assert [step["version"] for step in steps(store)] == [1, 2]
    assert canonical(replay.fold(steps(store))) == served(store)


def test_a_long_night_keeps_its_newer_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_STEPS", 4)
    store = make_store(tmp_path)
    for n in range(12):
        publish(store, n, **night(n))
        assert len(steps(store)) <= 4
        assert canonical(replay.fold(steps(store))) == served(store)
    assert steps(store)[0]["kind"] == "start"


def test_F53_a_contest_closed_again_is_not_seen_open(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    publish(store, "a", **night("secret"))
    publish(store, "b", **night("secret as well"))
    publish(store, "c", **night("", state="embargo"))
    assert b"secret" not in store.replay(NAME, store.version())
    assert b"secret" not in (tmp_path / "public/replay/home.fr.jsonl").read_bytes()


def test_a_simulated_night_that_starts_over_is_another(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for n, state in enumerate(["waiting", "partial", "complete", "waiting", "partial"]):
        publish(store, n, **night(n, state=state, simulated=True))
    assert [step["version"] for step in steps(store)] == [4, 5]


def test_the_parts_of_a_country_have_no_replay(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    publish(store, "a", documents={NAME: {"state": "partial"}, "home.@34.fr": {"state": "partial"}})
    assert [path.name for path in (tmp_path / "public/replay").iterdir()] == ["home.fr.jsonl"]


def test_a_machine_that_mirrors_has_the_steps_it_was_given(tmp_path: Path) -> None:
    there, here = make_store(tmp_path / "there"), make_store(tmp_path / "here")
    for n in range(4):
        publish(there, n, **night(n))
        if n != 1:
            pointer = there.pointer() or {}
            blobs = {digest: there.blob(digest) for digest in here.lacking(pointer)}
            here.receive(pointer, blobs)
    assert [step["version"] for step in steps(here)] == [1, 3, 4]
    assert canonical(replay.fold(steps(here))) == served(there)
    assert wire.encode(steps(here)[-1]) == wire.encode(steps(there)[-1])


def told(*posts: str) -> dict[str, Any]:
    """Parts with a feed of these posts, as the dashboard's."""
    keyed = {post[:5]: ["li", {"data-order": str(n)}, post] for n, post in enumerate(posts)}
    return {"feed": ["div", {}, ["ol", {"class": "posts"}, keyed]]}


@pytest.mark.parametrize("after", [(), ("other",), ("first, corrected",)])
@pytest.mark.parametrize("is_restarted", [True, False])
def test_F54_what_was_withdrawn_or_changed_is_in_no_file(
    tmp_path: Path, after: tuple[str, ...], is_restarted: bool
) -> None:
    store = make_store(tmp_path)
    wall = {"screen.fr": {"state": "partial", "says": "first, as it was said"}}
    for n, posts in enumerate([(), ("first, as it was said",), ("new", "first, as it was said")]):
        publish(store, n, documents={NAME: {"state": "partial", "parts": told(*posts)}, **wall})
    assert len(steps(store)) == 3
    if is_restarted:
        store = make_store(tmp_path)
    documents = {
        NAME: {"state": "partial", "parts": told("new", *after)},
        "screen.fr": {"state": "partial", "says": "new"},
    }
    publish(store, 3, documents=documents)
    assert [step["kind"] for step in steps(store)] == ["start"]
    for file in (tmp_path / "public/replay").iterdir():
        assert b"as it was said" not in file.read_bytes()


def test_F54_a_wall_that_had_gone_on_loses_its_past_as_well(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for n, says in enumerate(["withdrawn later", "another"]):
        feed = told("withdrawn later")
        documents = {
            NAME: {"state": "partial", "n": n, "parts": feed},
            "screen.fr": {"state": "partial", "says": says},
        }
        publish(store, n, documents=documents)
    documents = {**documents, NAME: {"state": "partial", "n": 2, "parts": told()}}
    publish(store, 2, documents=documents)
    for file in (tmp_path / "public/replay").iterdir():
        assert b"withdrawn later" not in file.read_bytes()
