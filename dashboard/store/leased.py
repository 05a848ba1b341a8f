"""The state folder of the machine that watches, while others follow it through a shared store."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import zstandard

from .. import wire
from ..model import ContestResult, Snapshot
from ..wire import JSON
from .directory import DirectoryStore
from .edition import Content, named
from .mirror import OPENED, SNAPSHOT, Mirror
from .shared import BlobsMissing, Shared


class LeasedStore(DirectoryStore):
    """A ``DirectoryStore`` whose every version is agreed on with the other machines first.

    What they refuse, or do not answer to, is not shown here either: ``publish`` raises, to be tried
    again, and then first looks at what has become of the last attempt.
    """

    def __init__(self, root: Path, fence: Callable[[], None], shared: Shared, token: int) -> None:
        """``token``: of the lease, which ``renew`` keeps."""
        super().__init__(root, fence)
        self.trouble: Mapping[str, JSON] | None = None  # the status when others cannot be told
        self._shared = shared
        self._token = token
        self._mirror = Mirror(self, shared)
        self._met: int | None = None  # the shared version; ``None``: to be learnt
        self._said: dict[str, bytes] = {}

    def publish(self, content: Content, now: datetime) -> int:
        if self._met is None:
            look = self._mirror.meet()
            self._met = max(look.version, (self.pointer() or {}).get("version", 0))
        try:
            self._met = max(self._met, super().publish(content, now))
        except BaseException:
            self._met = None
            raise
        return self._met

    def _expected_version(self) -> int:
        return max(super()._expected_version(), self._token - 1)

    def _agree(
        self, pointer: Mapping[str, Any], blobs: Mapping[str, bytes], content: Content
    ) -> None:
        assert self._met is not None
        snapshot = zstandard.compress(wire.snapshot_to_json(content.snapshot), 1)
        put = partial(
            self._shared.put,
            pointer,
            snapshot,
            dropped=named(self.pointer() or {}) - named(pointer),
            token=self._token,
            before=self._met,
        )
        try:
            put(blobs=blobs)
        except BlobsMissing:  # evicted, or expired on the way
            put(blobs={**self._mirror.blobs(pointer), **blobs})
        self.save(SNAPSHOT, snapshot)

    def renew(self) -> None:
        """Keeps the lease and tells the others how the source is doing; called in a thread of its
        own. Raises ``Fenced`` when the lease has gone to another machine, ``StoreError``."""
        if self._shared.renew(self._token, dict(self._said)) < self.version():
            self._mirror.bring_back()

    def release(self) -> None:
        """Lets another machine watch. Raises ``StoreError``."""
        self._shared.release(self._token)

    def write_status(self, status: Mapping[str, JSON]) -> None:
        self._said["status"] = wire.encode(status)
        super().write_status({**status, **(self.trouble or {})})

    def save(self, name: str, content: bytes) -> None:
        super().save(name, content)
        if name == OPENED:
            self._said["opened"] = content

    def load_snapshot(self) -> Snapshot | None:
        """Of each contest the later of what was published, here or elsewhere, and what was saved
        here: a contest before its hour is in the latter alone."""
        own, published = super().load_snapshot(), self._published_snapshot()
        if own is None or published is None:
            return published or own
        contests = {result.contest_id: result for result in own.contests}
        for result in published.contests:
            saved = contests.get(result.contest_id)
            contests[result.contest_id] = _later(saved, result)
        return Snapshot(tuple(contests.values()), published.posts or own.posts)

    def _published_snapshot(self) -> Snapshot | None:
        try:
            return wire.snapshot_from_json(zstandard.decompress(self.load(SNAPSHOT) or b""))
        except (ValueError, zstandard.ZstdError):
            return None


def _later(saved: ContestResult | None, published: ContestResult) -> ContestResult:
    return saved if saved is not None and saved.data_at > published.data_at else published
