"""The state folder: what is visible is whole, whatever the disk does."""

import errno
import itertools
import json
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import wire
from dashboard.store import StoreError
from dashboard.store.directory import RECENT_VERSIONS

from .nights import assert_whole, make_store, publish

scalars = st.one_of(st.integers(), st.text(max_size=8), st.booleans())
documents = st.dictionaries(
    st.text(st.characters(exclude_characters="#", exclude_categories=["Cs"]), max_size=5),
    st.recursive(
        scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", max_size=3), inner)
    ),
    max_size=6,
)


@settings(max_examples=10, deadline=None)  # each writes and fsyncs some thirty files
@given(versions=st.lists(documents, min_size=2, max_size=4))
def test_patches_reproduce_documents(
    versions: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = make_store(tmp_path_factory.mktemp("state"))
    held: Any = None
    for n, document in enumerate(versions):
        publish(store, n, documents={"home.fr": document})
        entry = (store.pointer() or {})["documents"]["home.fr"]
        if entry["patch"] is None:
            held = json.loads(store.blob(entry["digest"]))["document"]
        else:
            held = wire.merge(held, json.loads(store.blob(entry["patch"]["digest"]))["patch"])
        assert wire.encode(held) == wire.encode(document) or held == document


def test_old_blobs_go_and_recent_ones_stay(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    pointers = []
    for n in range(RECENT_VERSIONS + 10):
        publish(store, n)
        pointers.append(store.pointer() or {})
    names = {path.name for path in (tmp_path / "public/blobs").iterdir()}
    # A document and its patch of each recent version, open results of all there were.
    assert len(names) <= 2 * (RECENT_VERSIONS + 1) + len(pointers)
    (tmp_path / "public/blobs/.aside-1-x").write_bytes(b"left by a killed writer")
    publish(make_store(tmp_path), "last")
    assert not list(tmp_path.rglob(".aside*"))
    with pytest.raises(KeyError):
        store.blob(pointers[0]["documents"]["home.fr"]["digest"])
    assert store.blob(pointers[-RECENT_VERSIONS + 1]["documents"]["home.fr"]["digest"])


@pytest.mark.parametrize("folder", ["public", "public/blobs", "sealed", "sealed/archive"])
def test_no_link_leads_out_of_the_state_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "state" / folder
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="state folder must be"):
        make_store(tmp_path / "state")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_linked_pointer_is_replaced_not_followed(tmp_path: Path) -> None:
    store = make_store(tmp_path / "state")
    (tmp_path / "target").write_bytes(b"mine")
    (tmp_path / "state/public/status.json").symlink_to(tmp_path / "target")
    store.write_status({"state": "ok"})
    assert (tmp_path / "target").read_bytes() == b"mine"


def test_an_unusable_state_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=r"file.*; the state folder must be") as caught:
        make_store(tmp_path / "file")
    assert "\n" not in str(caught.value)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The kernel refuses to let any file grow beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1, 40, 100, 200, 400, 800])
def test_F38_no_room_leaves_the_last_version_up(tmp_path: Path, size: int) -> None:
    store = make_store(tmp_path)
    publish(store, "a")
    with largest_file(size), pytest.raises(StoreError):
        publish(store, "b")
    assert assert_whole(tmp_path) == 1
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".aside")]
    assert publish(store, "b") == 2
    assert assert_whole(tmp_path) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_F38_a_full_disk_recovers_alone(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)], check=True)
    try:
        store = make_store(disk)
        publish(store, "a")
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="space"), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(StoreError, match="space"):
            publish(store, "b")
        assert assert_whole(disk) == 1
        ballast.unlink()
        assert publish(store, "b") == 2
        assert assert_whole(disk) == 2
    finally:
        subprocess.run(["umount", str(disk)], check=True)


CALLS = ("write", "fsync", "open")


@pytest.mark.parametrize("call", [*CALLS, "replace"])
def test_F39_each_call_may_fail_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Fails the 1st, 2nd … nth call of one publication; nothing half-made is ever visible."""
    store = make_store(tmp_path)
    publish(store, "start")
    owner: Any = Path if call == "replace" else os
    real = getattr(owner, call)
    for nth in itertools.count():
        seen = itertools.count()

        def failing(*a: Any, seen: Any = seen, nth: int = nth, **k: Any) -> Any:
            if next(seen) == nth:
                raise OSError(errno.EIO, "Input/output error")
            return real(*a, **k)

        before = assert_whole(tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(owner, call, failing)
            failed = _fails(lambda nth=nth: publish(store, nth))  # type: ignore[misc]
        after = assert_whole(tmp_path)
        assert before <= after <= before + 1
        assert publish(store, nth) == before + 1 == assert_whole(tmp_path)
        if not failed and next(seen) <= nth:
            assert nth > 2
            return


def _fails(action: Callable[[], object]) -> bool:
    try:
        action()
    except StoreError:
        return True
    return False


def test_F39_a_short_write_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    store = make_store(tmp_path)
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:7]))
    publish(store, "a")
    assert assert_whole(tmp_path) == 1
