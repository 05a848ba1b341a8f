"""Keeps the state folder of one machine in step with what several machines share.

Web processes follow the folder and know nothing of this: what they serve is on their own disk, so
none of them ever waits for the database, and the last version stays up without it.
"""

import contextlib
import json
from collections.abc import Mapping
from typing import Any

from .. import wire
from .directory import DirectoryStore
from .edition import named
from .errors import StoreError
from .shared import Look, Shared

SNAPSHOT = "published.zst"  # sealed: what the present version was drawn from
OPENED = "opened.json"  # sealed, and no secret: the hours that have come


class Mirror:
    """Both ways: what is newer there comes here; what was forgotten there goes back."""

    def __init__(self, directory: DirectoryStore, shared: Shared) -> None:
        self._directory = directory
        self._shared = shared

    def meet(self) -> Look:
        """One look; afterwards the same version is up on both sides, status and hours are here.

        Raises ``StoreError`` when either side fails, or when the version moves on meanwhile.
        """
        look = self._shared.look()
        here = (self._directory.pointer() or {}).get("version", 0)
        if look.version > here:
            self._take()
        elif look.version < here:
            self.bring_back()
        if look.opened is not None and look.opened != self._directory.load(OPENED):
            self._directory.save(OPENED, look.opened)
        return look

    def status(self, look: Look) -> None:
        """Tells here what the watcher said there, if anything."""
        status = json.loads(look.status or b"null")
        if status and status != self._directory.status():
            self._directory.write_status(status)

    def bring_back(self) -> None:
        """Puts up the version of this folder where a lower one is. Raises ``StoreError``."""
        pointer = self._directory.pointer()
        if pointer is None:
            return
        snapshot = self._directory.load(SNAPSHOT) or b""
        self._shared.put(pointer, snapshot, self.blobs(pointer))

    def blobs(self, pointer: Mapping[str, Any]) -> dict[str, bytes]:
        """All that a pointer leads to and that lies in the folder, by digest."""
        found = {}
        for digest in named(pointer):
            with contextlib.suppress(KeyError):
                found[digest] = self._directory.blob(digest)
        return found

    def _take(self) -> None:
        there = self._shared.published()
        if there is None:
            return
        pointer, snapshot = json.loads(there[0]), there[1]
        lacking = self._directory.lacking(pointer)
        blobs = self._shared.blobs(lacking)
        for digest in lacking:
            if wire.digest(blobs.get(digest, b"")) != digest:
                raise StoreError(f"blob {digest[:12]} of version {pointer['version']} is not there")
        # First: a take-over may continue from something newer than what is up, never older.
        self._directory.save(SNAPSHOT, snapshot)
        self._directory.receive(pointer, blobs)
