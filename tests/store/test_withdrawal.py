"""F54: of what was published before a post was withdrawn nothing stays, whatever happens."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.model import Post, PostKind, Snapshot
from dashboard.store import DirectoryStore
from dashboard.store.edition import named
from dashboard.wire import digest

from .nights import NOW, assert_whole, make_store, publish

SECRET, OTHER = "Le mot de trop", "Un autre mot"


def post(text: str, **more: Any) -> Post:
    return Post(text, NOW, PostKind.NOTE, text, **more)


def show(store: DirectoryStore, *posts: Post, value: str = "") -> int:
    """A version with these posts in its document."""
    texts = [p.text for p in posts]
    feed = ["ol", {}, {digest(text.encode())[:8]: ["li", {}, text] for text in texts}]
    return publish(
        store,
        [*texts, value],
        documents={"home.fr": {"parts": {"feed": feed}, "rows": list(range(400)), "value": value}},
        files={"feed.xml": repr(texts).encode()},
        snapshot=Snapshot((), posts),
    )


def public(root: Path) -> bytes:
    return b"\n".join(p.read_bytes() for p in (root / "public").rglob("*") if p.is_file())


def test_F54_a_withdrawn_post_is_nowhere_any_more(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for value in ("1", "2", "3"):
        show(store, post(SECRET), post(OTHER), value=value)
    assert SECRET.encode() in public(tmp_path)
    show(store, post(OTHER), value="4")
    assert SECRET.encode() not in public(tmp_path) and OTHER.encode() in public(tmp_path)
    pointer = store.pointer() or {}
    assert pointer["forgets"] == pointer["version"] == assert_whole(tmp_path) == 4
    assert {p.name for p in (tmp_path / "public/blobs").iterdir()} == named(pointer)
    show(store, post(OTHER), value="5")
    assert (store.pointer() or {})["forgets"] == 4


@pytest.mark.parametrize("now", [{"text": OTHER}, {"author": "Une autre"}, {"image_text": "x"}])
def test_F54_what_an_edited_post_said_goes_too(tmp_path: Path, now: dict[str, Any]) -> None:
    store = make_store(tmp_path)
    show(store, post(SECRET))
    show(store, Post(SECRET, NOW, PostKind.NOTE, **({"text": SECRET} | now)), value="2")
    assert (store.pointer() or {})["forgets"] == 2


def test_what_is_added_or_pinned_forgets_nothing(tmp_path: Path) -> None:
    """Readers that are a little late find what they are told of."""
    store = make_store(tmp_path)
    show(store, post(OTHER))
    before = named(store.pointer() or {})
    show(store, post(OTHER, pinned=True), post("Un de plus"))
    assert (store.pointer() or {})["forgets"] == 0
    assert all(store.blob(blob) for blob in before)


def test_F54_a_writer_killed_before_it_removed_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(tmp_path)
    show(store, post(SECRET), value="1")
    show(store, post(SECRET), value="2")
    with monkeypatch.context() as killed:
        killed.setattr(DirectoryStore, "_prune", lambda *_: None)
        show(store, value="3")
    assert SECRET.encode() in public(tmp_path)
    show(make_store(tmp_path), value="3")  # nothing new, but a new writer
    assert SECRET.encode() not in public(tmp_path)
    assert assert_whole(tmp_path) == 3


def test_F54_what_cannot_be_removed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(tmp_path)
    show(store, post(SECRET), value="1")

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.parent.name == "blobs" and not self.name.startswith("."):
            raise PermissionError(1, "no", str(self))

    with monkeypatch.context() as stubborn:
        stubborn.setattr(Path, "unlink", refuse)
        show(store, value="2")
    assert SECRET.encode() in public(tmp_path)
    show(store, value="3")
    assert SECRET.encode() not in public(tmp_path)


def test_F54_a_machine_that_follows_removes_it_as_well(tmp_path: Path) -> None:
    here, there = make_store(tmp_path / "here"), make_store(tmp_path / "there")
    for texts in ([SECRET, OTHER], [OTHER]):
        show(here, *map(post, texts))
        pointer = here.pointer() or {}
        there.receive(pointer, {blob: here.blob(blob) for blob in there.lacking(pointer)})
    assert SECRET.encode() not in public(tmp_path / "there")
    assert OTHER.encode() in public(tmp_path / "there")


def test_the_numbers_go_on_growing_though_nothing_is_remembered(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    show(store, post(SECRET))
    assert show(store) == 2
    (tmp_path / "public/pointer.json").unlink()
    assert show(make_store(tmp_path), value="3") == 3
