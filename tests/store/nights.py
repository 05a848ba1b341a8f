"""Versions to publish, and what must be true of every one of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard import wire
from dashboard.store import Content, DirectoryStore

NOW = datetime(2017, 1, 29, 19, 47, tzinfo=UTC)


def make_store(root: Path) -> DirectoryStore:
    store = DirectoryStore(root)
    store.prepare()
    return store


def publish(store: DirectoryStore, value: object, **changes: Any) -> int:
    """A version that says ``value`` in one document and one export."""
    given: dict[str, Any] = {
        "digest": wire.digest(repr(value).encode()),
        "documents": {"home.fr": {"state": "partial", "says": value, "rows": list(range(400))}},
        "files": {"results.csv": repr(value).encode()},
        "state": "partial",
        "build": "1",
    }
    return store.publish(Content(**(given | changes)), NOW)


def assert_whole(root: Path) -> int:
    """Whatever the pointer names is there, complete; returns the version."""
    store = DirectoryStore(root)
    pointer = store.pointer()
    if pointer is None:
        return 0
    named = [*pointer["files"].values()]
    for entry in pointer["documents"].values():
        assert json.loads(store.blob(entry["digest"]))["version"] == entry["version"]
        named += [entry["digest"], *([entry["patch"]["digest"]] if entry["patch"] else [])]
    for digest in named:
        assert wire.digest(store.blob(digest)) == digest
    return int(pointer["version"])
