"""What an operator lets through: ``soiree release``, one record per file that waited.

A file is released by its digest: what the operator has looked at, and not whatever comes next.
"""

import json
from datetime import datetime

from .. import wire
from ..store import DirectoryStore, iso

_NAME = "releases.json"
_KEPT = 200


class Releases:
    """Read by the watcher, written by the command line; both find them in the state folder."""

    def __init__(self, store: DirectoryStore) -> None:
        self._store = store

    def allows(self, contest_id: str, digest: str) -> bool:
        """Whether the file of this digest was released for that contest."""
        return any((r["contest"], r["digest"]) == (contest_id, digest) for r in self.all())

    def add(self, contest_id: str, digest: str, reason: str, now: datetime) -> None:
        """Releases a file. Raises ``StoreError``."""
        said = {
            "contest": contest_id,
            "digest": digest,
            "reason": reason,
            "at": iso(now),
        }
        self._store.save(_NAME, wire.encode([*self.all(), said][-_KEPT:]))

    def all(self) -> list[dict[str, str]]:
        """Every record, the newest last."""
        try:
            records = json.loads(self._store.load(_NAME) or b"[]")
        except ValueError:  # by another hand
            return []
        return records if isinstance(records, list) else []
