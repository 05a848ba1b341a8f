"""What is published right now, as one immutable view that every request reads."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from .. import codings
from ..store.edition import forgets_since, named
from ..wire import JSON, digest, encode
from .responses import JSON_TYPE, MOMENT, SAME_ORIGIN, Ready, ready

# A second for everyone; a cache whose origin is gone goes on with what it has, and the page sees
# by the time of the last look how old that is.
LATEST_CACHE = "public, max-age=1, stale-while-revalidate=5, stale-if-error=86400"
# A step that is short goes along with the pointer: one answer instead of two.
_SHORT_STEP = 8_192  # bytes of JSON
REPLAY_CACHE = "public, max-age=5, stale-while-revalidate=60, stale-if-error=86400"
REPLAY_LEVEL = 9  # a night of 580 kB takes 90 ms, and is 2 % smaller than at 6 in 20 ms
REPLAY_PATH = "/replay.json"  # the night of the first contest, in the language without asking
# What is named by its content never changes, but a post in it may be withdrawn: no cache shows it
# for longer than this without asking, unless the origin is gone.
BLOB_CACHE = f"{MOMENT}, stale-if-error=86400"
CHECKED_AT = b"x-checked-at"
# Of blobs and their compressed forms: a country's by département, all of them asked for, are 55 MB.
_KEPT_BYTES = 100_000_000


class Store(Protocol):
    """The reading side of ``dashboard.store.DirectoryStore``."""

    def pointer(self) -> Mapping[str, Any] | None: ...
    def status(self) -> Mapping[str, Any] | None: ...
    def blob(self, digest: str) -> bytes: ...
    def replay(self, name: str, version: int) -> bytes: ...
    def past(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class View:
    """One version and one status."""

    version: int = 0  # 0 before anything was published
    pointer: Mapping[str, Any] = field(default_factory=dict)
    status: Mapping[str, Any] = field(default_factory=lambda: {"state": "starting", "code": ""})

    @property
    def documents(self) -> Mapping[str, Any]:
        return self.pointer.get("documents", {})  # type: ignore[no-any-return]

    def document_url(self, name: str) -> str:
        """Where the whole document of that name is, "" when there is none."""
        entry = self.documents.get(name)
        return blob_url(entry["digest"]) if entry else ""

    def document_version(self, name: str) -> int:
        """The version in which that document last changed, 0 when there is none."""
        entry = self.documents.get(name)
        return int(entry["version"]) if entry else 0


def replay_url(name: str) -> str:
    return f"/live/replay/{name}.json"


def blob_url(blob: str) -> str:
    return f"/live/{blob}.json"


class Follower:
    """Keeps ``view`` in step with the store. In one process its version never goes down."""

    def __init__(
        self, store: Store, build: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.view = View()
        self.build = build
        self.clock = clock
        self._store = store
        self._blobs: dict[str, Ready] = {}  # the oldest first
        self._kept_bytes = 0
        self._replays: dict[str, tuple[int, Ready]] = {}
        self._latest: dict[str, tuple[View, Ready]] = {}  # by document, "" for all of them

    def refresh(self) -> bool:
        """Look at the store; whether the view changed. A store that cannot be read changes nothing:
        what was published stays up."""
        try:
            pointer, status = self._store.pointer(), self._store.status()
        except (OSError, ValueError):
            return False
        old = self.view
        if pointer is None or pointer["version"] <= old.version:
            version, pointer = old.version, old.pointer
        else:
            version = pointer["version"]
        view = View(version, pointer, _public(status) if status else old.status)
        if view == old:
            return False
        self.view = view
        if forgets_since(old.pointer, pointer):
            self._forget()
        return True

    def blob(self, blob: str) -> Ready | None:
        """A published document or patch, compressed when it is first asked for and then at hand;
        ``None`` when there is no such thing."""
        found = self._blobs.get(blob)
        if found is None and (content := self.read(blob)) is not None:
            found = ready(content, JSON_TYPE, BLOB_CACHE)
            if not self._is_being_withdrawn(blob):
                self._keep(blob, found)
        return found

    def _keep(self, blob: str, answer: Ready) -> None:
        self._blobs[blob] = answer
        self._kept_bytes += answer.size
        while self._kept_bytes > _KEPT_BYTES:
            self._kept_bytes -= self._blobs.pop(next(iter(self._blobs))).size

    def _is_being_withdrawn(self, blob: str) -> bool:
        """While the writer still removes it from the disk."""
        pointer = self.view.pointer
        return pointer.get("forgets") == self.view.version and blob not in named(pointer)

    def _forget(self) -> None:
        """A post was withdrawn: nothing from before is at hand any more."""
        needed = named(self.view.pointer)
        self._blobs = {blob: answer for blob, answer in self._blobs.items() if blob in needed}
        self._kept_bytes = sum(answer.size for answer in self._blobs.values())

    def read(self, blob: str) -> bytes | None:
        """The bytes of a blob, or ``None``."""
        try:
            return self._store.blob(blob)
        except (OSError, KeyError):
            return None

    def past(self) -> list[Mapping[str, Any]]:
        """The versions whose open results are kept, up to the one in view, the oldest first."""
        try:
            return [e for e in self._store.past() if e["version"] <= self.view.version]
        except OSError:
            return []

    def replay(self, name: str) -> Ready | None:
        """The night so far of the document of that name, or ``None``."""
        # Of the whole, not of the document: a post withdrawn elsewhere changes its past too.
        version = self.view.version
        kept = self._replays.get(name)
        if kept is None or kept[0] != version:
            try:
                body = self._store.replay(name, self.view.document_version(name))
            except (OSError, KeyError):
                return None
            # Never as large as what is compressed in haste: everyone who asks waits for all of it.
            encoded = codings.at_levels(body, REPLAY_LEVEL, REPLAY_LEVEL)
            kept = version, ready(body, JSON_TYPE, REPLAY_CACHE, encoded=encoded)
            self._replays[name] = kept
        return kept[1]

    def document(self, name: str) -> dict[str, Any] | None:
        """The document of that name in the present version."""
        entry = self.view.documents.get(name)
        content = self.read(entry["digest"]) if entry else None
        return json.loads(content)["document"] if content is not None else None

    def latest(self, name: str = "") -> Ready:
        """``/live/latest/NAME.json``: where the document of that name is and how the source does;
        without a name ``/live/latest.json``, where everything is. Encoded once per view.

        When the source was last looked at is in a header: it changes every second, and a poll that
        brings nothing else new shall be a 304.
        """
        kept = self._latest.get(name)
        if kept is None or kept[0] is not self.view:
            body = everything_body(self.view)
            if name:  # what a page asks for again and again: as little as will do
                body = {**self.told_place(name), "status": said(self.view)}
            checked = str(self.view.status.get("checked_at") or "").encode()
            answer = ready(
                encode({**body, "build": self.build}),
                JSON_TYPE,
                LATEST_CACHE,
                extra=[*SAME_ORIGIN, (CHECKED_AT, checked)],
            )
            kept = (self.view, answer)
            self._latest[name] = kept
        return kept[1]

    def told_place(self, name: str) -> dict[str, JSON]:
        """``place_of`` the document of that name; a short step from the version before is in it,
        ``{"from": 3, "change": …}``, and not behind an address of its own."""
        entry = self.view.documents.get(name)
        place = place_of(entry)
        if entry is not None and "patch" in place:
            step = self.read(entry["patch"]["digest"])
            if step is not None and len(step) <= _SHORT_STEP:
                place["patch"] = {
                    "from": entry["patch"]["from"],
                    "change": json.loads(step)["patch"],
                }
        return place


def everything_body(view: View) -> dict[str, JSON]:
    """The present version for machines."""
    return {
        "version": view.version,
        "digest": view.pointer.get("digest", digest(b"")),
        "state": view.pointer.get("state", "waiting"),
        "generated_at": view.pointer.get("generated_at", ""),
        "status": dict(view.status),
        "documents": {name: place_of(entry) for name, entry in view.documents.items()},
    }


def place_of(entry: Mapping[str, Any] | None) -> dict[str, JSON]:
    """A document's version, its address, and that of the step from the version before."""
    if entry is None:
        return {"version": 0, "url": ""}
    place: dict[str, JSON] = {"version": entry["version"], "url": blob_url(entry["digest"])}
    if patch := entry.get("patch"):
        place["patch"] = {"from": patch["from"], "url": blob_url(patch["digest"])}
    return place


def said(view: View) -> dict[str, Any]:
    """What of a status is worth an event: not the time of the last look, which beats carry."""
    return {name: value for name, value in view.status.items() if name != "checked_at"}


def _public(status: Mapping[str, Any]) -> dict[str, Any]:
    """The status without what only an operator on the machine needs."""
    return {name: value for name, value in status.items() if name != "watcher"}
