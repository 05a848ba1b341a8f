"""What is published right now, as one immutable view that every request reads."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from ..wire import JSON, digest, encode
from .responses import IMMUTABLE, JSON_TYPE, Ready, ready

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LATEST_CACHE = "public, max-age=1"
# Enough for every document and patch of a few versions; a blob that fell out is read again.
_KEPT_BLOBS = 64


class Store(Protocol):
    """The reading side of ``dashboard.store.DirectoryStore``."""

    def pointer(self) -> Mapping[str, Any] | None: ...
    def status(self) -> Mapping[str, Any] | None: ...
    def blob(self, digest: str, encoding: str = "") -> bytes: ...


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
        self._blobs: dict[str, Ready] = {}
        self._latest: tuple[View, Ready] | None = None

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
        return True

    def blob(self, blob: str) -> Ready | None:
        """A published document or patch, or ``None`` when there is no such thing."""
        found = self._blobs.get(blob)
        if found is not None:
            return found
        content = self.read(blob)
        if content is None:
            return None
        gzipped = self._read(blob, "gzip")
        found = ready(content, JSON_TYPE, IMMUTABLE, encoded={b"gzip": gzipped} if gzipped else {})
        if len(self._blobs) >= _KEPT_BLOBS:
            del self._blobs[next(iter(self._blobs))]
        self._blobs[blob] = found
        return found

    def read(self, blob: str) -> bytes | None:
        """The bytes of a blob, or ``None``."""
        return self._read(blob, "") if _DIGEST.fullmatch(blob) else None

    def _read(self, blob: str, encoding: str) -> bytes | None:
        try:
            return self._store.blob(blob, encoding)
        except (OSError, KeyError):
            return None

    def document(self, name: str) -> dict[str, Any] | None:
        """The document of that name in the present version."""
        entry = self.view.documents.get(name)
        content = self.read(entry["digest"]) if entry else None
        return json.loads(content)["document"] if content is not None else None

    def latest(self) -> Ready:
        """``/live/latest.json``: where everything is, encoded once per view."""
        if self._latest is None or self._latest[0] is not self.view:
            body = encode(latest_body(self.view, self.build))
            self._latest = (self.view, ready(body, JSON_TYPE, _LATEST_CACHE))
        return self._latest[1]


def latest_body(view: View, build: str) -> dict[str, JSON]:
    documents: dict[str, JSON] = {}
    for name, entry in view.documents.items():
        documents[name] = {"url": blob_url(entry["digest"])}
        if patch := entry.get("patch"):
            documents[name] = {
                "url": blob_url(entry["digest"]),
                "patch": {"from": patch["from"], "url": blob_url(patch["digest"])},
            }
    return {
        "version": view.version,
        "digest": view.pointer.get("digest", digest(b"")),
        "state": view.pointer.get("state", "waiting"),
        "generated_at": view.pointer.get("generated_at", ""),
        "status": dict(view.status),
        "build": build,
        "documents": documents,
    }


def _public(status: Mapping[str, Any]) -> dict[str, Any]:
    """The status without what only an operator on the machine needs."""
    return {name: value for name, value in status.items() if name != "watcher"}
