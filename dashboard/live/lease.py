"""Several machines, one night: which of them watches, and what the others do meanwhile.

The process that holds the lock of a machine's state folder speaks for the machine. It follows the
shared store until the lease is free and becomes its own; then it watches, until it is told to end
or another machine has the lease. A process whose lease is gone ends: another starts from what is
shared.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ..store import DirectoryStore, Fenced, StoreError
from ..store.leased import LeasedStore
from ..store.mirror import Mirror
from ..store.shared import Look, Shared
from .health import Health
from .lock import Lock, LockLost
from .log import Log, log

LOOK_SECONDS = 0.25  # a version is told at once; a status, or a lease that ran out, this late
LONGEST_BACKOFF = 1.0
EMPTY_SECONDS = 3.0  # in which whoever has a version brings it back to an empty store
RENEW_SECONDS = 0.5
_TOKEN = "lease"  # sealed: the last token of this machine


def follow_and_watch(
    shared: Shared,
    state: Path,
    lock: Lock,
    watch: Callable[[LeasedStore, Callable[[], bool]], None],
    is_over: Callable[[], bool],
) -> None:
    """Follows, then watches, as long as this machine may. Raises ``Fenced`` or ``LockLost`` when
    it may not any more, ``StoreError`` when the state folder cannot be read."""
    log("following", pid=os.getpid())
    token = Standby(DirectoryStore(state, fence=lock.check), shared, lock.beat).run(is_over)
    if not token:
        return
    store = LeasedStore(state, lock.check, shared, token)
    with Renewal(store, lock.check) as renewal:
        watch(store, lambda: is_over() or renewal.lost is not None)
    if renewal.lost is not None:
        raise renewal.lost


class Standby:
    """Follows the shared store on behalf of this machine."""

    def __init__(
        self,
        directory: DirectoryStore,
        shared: Shared,
        beat: Callable[[], None] = lambda: None,
        say: Log = log,
    ) -> None:
        self._directory = directory
        self._shared = shared
        self._mirror = Mirror(directory, shared)
        self._beat = beat
        self._health = Health("shared store", say)
        self._token = int(directory.load(_TOKEN) or 0)
        self._empty_since: float | None = None
        self._pause = LOOK_SECONDS

    def run(self, is_over: Callable[[], bool]) -> int:
        """Follows until this machine is to watch; returns the token, 0 when it is over."""
        while not is_over():
            if token := self.turn():
                return token
        return 0

    def turn(self) -> int:
        """One look, and the wait for the next; the token once this machine is to watch.

        Raises ``LockLost`` when another process speaks for this machine.
        """
        self._beat()
        try:
            look = self._mirror.meet()
            self._health.good(datetime.now(UTC))
            self._mirror.status(look)
            if self._try_lease(look):
                return self._token
            self._shared.wait(LOOK_SECONDS)
        except Fenced:
            raise
        except StoreError as error:
            self._health.bad("store", str(error), datetime.now(UTC), time.monotonic())
            self._tell_trouble()
            time.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_BACKOFF)
        else:
            self._pause = LOOK_SECONDS
        return 0

    def _try_lease(self, look: Look) -> bool:
        """Whether the lease is ours. One that has just been given is confirmed at the next turn,
        after another look: what was published meanwhile must be here first."""
        if look.holder not in {0, self._token}:
            return False
        if self._token:
            with contextlib.suppress(Fenced):
                self._shared.renew(self._token, {})
                return True
        if look.holder == 0 and not self._may_be_brought_back(look):
            token = self._shared.acquire(self._directory.version())
            if token:
                self._directory.save(_TOKEN, b"%d" % token)
                self._token = token
        return False

    def _may_be_brought_back(self, look: Look) -> bool:
        """A store without any version may have lost it: whoever begins at once would tell all who
        have seen results that everything is yet to come."""
        now = time.monotonic()
        if look.version or self._directory.version():
            self._empty_since = None
            return False
        self._empty_since = self._empty_since or now
        return now - self._empty_since < EMPTY_SECONDS

    def _tell_trouble(self) -> None:
        status = self._directory.status() or {}
        if self._health.code and status.get("code") != self._health.code:
            with contextlib.suppress(StoreError):
                self._directory.write_status({**status, **self._health.status()})


class Renewal:
    """The thread that keeps the lease while this machine watches. A context manager."""

    def __init__(
        self, store: LeasedStore, check: Callable[[], None] = lambda: None, say: Log = log
    ) -> None:
        """``check`` raises ``LockLost`` when another process speaks for this machine."""
        self.lost: Exception | None = None  # why this process may not write any more
        self._store = store
        self._check = check
        self._health = Health("shared store", say)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease", daemon=True)

    def _run(self) -> None:
        while self.lost is None and not self._over.wait(RENEW_SECONDS):
            self._renew()

    def _renew(self) -> None:
        try:
            self._check()
            self._store.renew()
        except (Fenced, LockLost) as error:
            self.lost = error
        except StoreError as error:
            self._health.bad("storage", str(error), datetime.now(UTC), time.monotonic())
        else:
            self._health.good(datetime.now(UTC))
        self._store.trouble = self._health.status() if self._health.code else None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """The lease is given back, unless it is lost already or the store does not answer."""
        self._over.set()
        self._thread.join()
        if self.lost is None:
            with contextlib.suppress(StoreError):
                self._store.release()
