"""What an operator lets through: ``soiree release``, one record per file that waited.

A file is released by its digest: what the operator has looked at, and not whatever comes next. But
a file may change every few seconds while the count goes on: one that is compared with the same
published file and takes back the very numbers the operator saw, none of them further, is released
with it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from .. import wire
from ..store import DirectoryStore, iso
from .whole import no_further

_NAME = "releases.json"
_KEPT = 200


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A file that waits."""

    digest: str
    against: str  # digest of the file it is compared with
    takes_back: Mapping[str, int]  # as tally.taken_back


class Releases:
    """Read by the watcher, written by the command line; both find them in the state folder."""

    def __init__(self, store: DirectoryStore) -> None:
        self._store = store

    def allows(self, contest_id: str, file: Doubtful) -> bool:
        """Whether that file, or one like it, was released for that contest."""
        return any(r["contest"] == contest_id and _covers(r, file) for r in self.all())

    def add(self, contest_id: str, file: Doubtful, reason: str, now: datetime) -> None:
        """Releases a file. Raises ``StoreError``."""
        said = {"contest": contest_id, **asdict(file), "reason": reason, "at": iso(now)}
        self._store.save(_NAME, wire.encode([*self.all(), said][-_KEPT:]))

    def all(self) -> list[dict[str, Any]]:
        """Every record, the newest last."""
        try:
            records = json.loads(self._store.load(_NAME) or b"[]")
        except ValueError:  # by another hand
            return []
        return records if isinstance(records, list) else []


def _covers(record: Mapping[str, Any], file: Doubtful) -> bool:
    return record["digest"] == file.digest or (
        record.get("against") == file.against
        and no_further(record.get("takes_back", {}), file.takes_back)
    )
