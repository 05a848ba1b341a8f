"""One writer, many readers, versions that only grow: on one machine, and on several."""

import json
from pathlib import Path

import pytest

from dashboard.model import Snapshot
from dashboard.store import Fenced
from dashboard.store.directory import RECENT_VERSIONS

from .machines import Machine
from .nights import assert_whole, publish


@pytest.fixture(params=["one machine", "several"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    if request.param == "one machine":
        return Machine(tmp_path)
    return Machine(tmp_path, request.getfixturevalue("server").url)


def test_a_version_is_a_pointer_to_blobs(machine: Machine) -> None:
    store = machine.writer()
    assert store.pointer() is None
    version = publish(store, "a")
    pointer = store.pointer()
    assert pointer is not None
    assert pointer["version"] == version > 0
    assert pointer["generated_at"] == "2017-01-29T19:47:00.000Z"
    assert pointer["documents"]["home.fr"]["patch"] is None
    assert store.blob(pointer["files"]["results.csv"]) == b"'a'"
    whole = json.loads(store.blob(pointer["documents"]["home.fr"]["digest"]))
    assert whole["version"] == version and whole["document"]["says"] == "a"
    assert_whole(machine.root)


def test_the_patch_leads_from_the_version_before(machine: Machine) -> None:
    first = publish(machine.writer(), "a")
    taken_over = machine.writer()  # reads what to continue from the disk
    second = publish(taken_over, "b")
    assert second == first + 1
    entry = (taken_over.pointer() or {})["documents"]["home.fr"]
    patch = json.loads(taken_over.blob(entry["patch"]["digest"]))
    assert patch == {"from": first, "to": second, "patch": {"says": "b"}}
    assert entry["patch"]["from"] == first


def test_same_content_is_the_same_version(machine: Machine) -> None:
    store = machine.writer()
    first = publish(store, "a")
    assert publish(store, "a") == publish(machine.writer(), "a") == first
    assert publish(store, "a", build="2") == first + 1
    upgraded = {"home.fr": {"state": "partial", "says": "a", "new": True}}
    assert publish(store, "a", build="2", documents=upgraded) == first + 2


def test_who_has_an_unchanged_document_has_nothing_to_fetch(machine: Machine) -> None:
    store = machine.writer()
    still, moving = {"state": "partial", "says": "the same"}, {"state": "partial", "rows": []}
    pointers = []
    for n in range(RECENT_VERSIONS + 5):
        both = {"home.@34.fr": still, "home.fr": moving | {"says": n}}
        publish(store, n, documents=both)
        pointers.append(store.pointer() or {})
    first, last = pointers[0]["version"], pointers[-1]["version"]
    entry = pointers[-1]["documents"]["home.@34.fr"]
    assert last == first + RECENT_VERSIONS + 4
    assert entry == pointers[0]["documents"]["home.@34.fr"] and entry["version"] == first
    assert_whole(machine.root)
    both["home.@34.fr"] = still | {"says": "another"}
    publish(store, "moved", documents=both)
    changed = (store.pointer() or {})["documents"]["home.@34.fr"]
    assert changed["version"] == last + 1 and changed["patch"]["from"] == first
    assert store.blob(entry["digest"])  # for readers of the version before
    assert_whole(machine.root)


def test_a_lost_pointer_does_not_restart_the_count(machine: Machine) -> None:
    store = machine.writer()
    last = [publish(store, value) for value in "abc"][-1]
    (machine.root / "public/pointer.json").write_bytes(b"{")
    assert store.pointer() is None
    assert publish(machine.writer(), "d") == last + 1


@pytest.mark.parametrize("digest", ["", "../pointer.json", "0" * 64, "../../sealed/snapshot.json"])
def test_only_blobs_are_blobs(machine: Machine, digest: str) -> None:
    store = machine.writer()
    publish(store, "a")
    with pytest.raises(KeyError):
        store.blob(digest)


def test_sealed_is_for_the_watcher_alone(machine: Machine) -> None:
    store = machine.writer()
    assert store.load_snapshot() is None
    store.save_snapshot(Snapshot((), ()))
    assert store.load_snapshot() == Snapshot((), ())
    assert (machine.root / "sealed").stat().st_mode & 0o777 == 0o700
    assert (machine.root / "sealed/snapshot.json").stat().st_mode & 0o077 == 0
    (machine.root / "sealed/snapshot.json").write_bytes(b'{"of another": "age"}')
    assert store.load_snapshot() is None


def test_status_is_read_back(machine: Machine) -> None:
    store = machine.writer()
    assert store.status() is None
    store.write_status({"state": "ok"})
    assert store.status() == {"state": "ok"}


def test_F42_a_writer_that_was_overtaken_never_writes_again(machine: Machine) -> None:
    late, quick = machine.writer(), machine.writer()
    publish(late, "a")
    version = publish(quick, "b")
    with pytest.raises(Fenced):
        publish(late, "c")
    assert assert_whole(machine.root) == version


def test_F42_the_fence_is_asked_before_anything_is_written(machine: Machine) -> None:
    writer = machine.writer()

    def fence() -> None:
        raise Fenced("not ours")

    writer._fence = fence
    before = sorted(machine.root.rglob("*"))
    with pytest.raises(Fenced):
        publish(writer, "a")
    assert sorted(machine.root.rglob("*")) == before
