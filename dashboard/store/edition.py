"""What a version consists of, whatever it is stored in: one pointer, and blobs by digest.

The pointer::

    {"version": 42, "generated_at": …, "digest": …, "build": …, "state": …,
     "sources": [{"contest": …, "source_digest": …, "data_at": …}],
     "files": {"results.csv": <digest>}, "posts": [<digest>, …], "forgets": 37,
     "documents": {"home.fr": {"version": 40, "digest": …, "patch": {"from": 37, "digest": …}}}}

A document's entry has the version in which it last changed. One that did not change keeps its
entry, its address and its patch: who has it has nothing to fetch, however often the others change.

``posts`` says what each post reads, and ``forgets`` the version in which one was last withdrawn, or
read otherwise: nothing that was published before it may be served any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .. import wire
from ..model import Snapshot
from ..wire import JSON

_EMPTY = Snapshot((), ())


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be published. ``digest`` says what it follows from, ``build`` who made it.

    ``snapshot`` is what all of it was drawn from, and says no more than it does: a watcher on
    another machine continues from that.
    """

    digest: str
    documents: Mapping[str, JSON]
    files: Mapping[str, bytes]
    state: str
    build: str
    snapshot: Snapshot = _EMPTY

    @property
    def posts(self) -> list[str]:
        """What each post reads, as digests."""
        said = {wire.digest(wire.encode(post.said))[:16] for post in self.snapshot.posts}
        return sorted(said)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version, ready to be stored: its pointer, and the blobs the one before lacks."""

    pointer: dict[str, Any]
    blobs: Mapping[str, bytes]  # by digest

    @property
    def version(self) -> int:
        return int(self.pointer["version"])


def next_edition(
    content: Content,
    before: Mapping[str, Any],
    version: int,
    published: Callable[[Mapping[str, Any]], JSON],
    now: datetime,
) -> Edition | None:
    """The version after ``version``, or ``None`` when the present one already says all this.

    ``before``: the present pointer, empty when there is none. ``published`` gives the document of
    one of its entries, or ``None`` when that is lost: then there is no patch.
    """
    files = {name: wire.digest(file) for name, file in content.files.items()}
    same = {
        "digest": content.digest,
        "build": content.build,
        "state": content.state,
        "files": files,
    }
    blobs: dict[str, bytes] = {}
    entries: dict[str, Any] = {}
    kept: Mapping[str, Any] = before.get("documents", {})
    for name, document in content.documents.items():
        entry = kept.get(name)
        old = published(entry) if entry else None
        change = wire.diff(old, document) if old else None
        if entry is not None and change == {}:
            entries[name] = entry
        else:
            start = entry["version"] if entry and change is not None else None
            entries[name] = _entry(version + 1, document, start, change, blobs)
    if same.items() <= before.items() and entries == kept:
        return None
    held = set(before.get("files", {}).values())
    blobs |= {files[name]: file for name, file in content.files.items() if files[name] not in held}
    posts, shown = content.posts, before.get("posts", [])
    withdraws = not set(shown) <= set(posts)
    pointer = {
        "version": version + 1,
        "generated_at": iso(now),
        **same,
        "sources": _sources(content.snapshot),
        "posts": posts,
        "forgets": version + 1 if withdraws else before.get("forgets", 0),
        "documents": entries,
    }
    return Edition(pointer, blobs)


def _sources(snapshot: Snapshot) -> list[dict[str, JSON]]:
    """Which file each contest's numbers are from, and of when."""
    return [
        {
            "contest": result.contest_id,
            "source_digest": result.source_digest,
            "data_at": iso(result.data_at),
        }
        for result in snapshot.contests
    ]


def forgets_since(before: Mapping[str, Any], pointer: Mapping[str, Any]) -> bool:
    """Whether something that the first of two pointers led to was withdrawn since."""
    return bool(pointer.get("forgets", 0) > before.get("forgets", 0))


def _entry(
    version: int, document: JSON, start: int | None, change: JSON, blobs: dict[str, bytes]
) -> dict[str, Any]:
    """The entry of a document that changed; what it names is added to ``blobs``."""

    def keep(blob: bytes) -> str:
        digest = wire.digest(blob)
        blobs[digest] = blob
        return digest

    whole = wire.encode({"version": version, "document": document})
    patch: JSON = None
    if start is not None:
        step = wire.encode({"from": start, "to": version, "patch": change})
        # When everything changed the patch is the longer text: readers take the document.
        if len(step) < len(whole):
            patch = {"from": start, "digest": keep(step)}
    return {"version": version, "digest": keep(whole), "patch": patch}


def named(pointer: Mapping[str, Any]) -> set[str]:
    """The digests of every blob a pointer leads to."""
    digests = set(pointer.get("files", {}).values())
    for entry in pointer.get("documents", {}).values():
        digests.add(entry["digest"])
        if entry["patch"]:
            digests.add(entry["patch"]["digest"])
    return digests


def iso(moment: datetime) -> str:
    """An aware datetime as JSON says it: UTC, milliseconds, "Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
