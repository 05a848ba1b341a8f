"""The process beside each web worker: ``python -m dashboard.live.companion ELECTION STATE``.

It imports everything, then waits for the lock: whoever holds it is the watcher, the others are
warm standbys that take over in milliseconds when the holder dies. It ends when its worker does
(standard input ends, or its parent changes) and on SIGTERM.

With a shared store (``store`` in the election file, or SOIREE_STORE) the holder of the lock watches
only while this machine has the lease, and follows the machine that has it otherwise.

Exit codes: 0 asked to end, 2 a wrong election file, 3 a state folder that cannot be used, 70 a
mistake of ours at the start, 75 the lock file, or the lease, was taken from it.
"""

import contextlib
import gc
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

from .. import __version__, feed, pipeline, views
from ..settings import (
    LoadedElection,
    Settings,
    SettingsError,
    load_election,
    rehearsed,
    shared_store,
)
from ..store import DirectoryStore, Fenced, StoreError
from ..views.export import Exports
from .lock import Lock, LockLost
from .log import log
from .publisher import Journey
from .source import where
from .spawn import NOT_OURS
from .watch import Watcher

WRONG, NO_STATE, MISTAKE = 2, 3, 70
LAST_SECONDS = 5.0  # from the wish to end to the end, whatever is going on
PARENT_SECONDS = 1.0

_DOCUMENTS = views.Documents()
JOURNEY = Journey(
    read_contest=pipeline.read_contest,
    read_posts=feed.read_posts,
    documents=_DOCUMENTS,
    exports=Exports(_DOCUMENTS.summary),
)


class Ending:
    """The wish to end. While we wait for the lock, nothing is at stake: the signal ends us."""

    def __init__(self) -> None:
        self.is_wished = False
        self.is_standby = True

    def wish(self, _number: int, _at: FrameType | None) -> None:
        # A plain attribute: an Event's lock may be held by the very code this interrupts.
        self.is_wished = True
        if self.is_standby:
            raise SystemExit(0)


def main(arguments: Sequence[str], journey: Journey = JOURNEY) -> int:
    """Runs until the end; returns the exit code."""
    election_path, state = (Path(argument) for argument in arguments)
    ending = Ending()
    signal.signal(signal.SIGTERM, ending.wish)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    try:
        loaded = _load(election_path)
        return _stand_by_and_watch(loaded, state, journey, ending)
    except SettingsError as error:
        print(f"soiree: {error}", file=sys.stderr)
        return WRONG
    except (Fenced, LockLost) as error:
        log("fenced", detail=str(error))
        return NOT_OURS
    except StoreError as error:
        print(f"soiree: {error}", file=sys.stderr)
        return NO_STATE
    except Exception as error:
        log("mistake", detail=where(error))
        return MISTAKE


def _stand_by_and_watch(
    loaded: LoadedElection, state: Path, journey: Journey, ending: Ending
) -> int:
    DirectoryStore(state).prepare()
    try:
        lock = Lock.take(state / "lock")
    except OSError as error:
        raise StoreError(f"{state / 'lock'}: {error.strerror}") from error
    ending.is_standby = False

    def watch(store: DirectoryStore, is_over: Callable[[], bool]) -> None:
        spare_the_collector()
        log("watching", pid=os.getpid())
        Watcher(loaded.election, store, journey, __version__, beat=lock.beat).run(is_over)

    if loaded.store:
        # Here, because one machine alone does not need redis-py.
        from ..store.shared import Shared
        from .lease import follow_and_watch

        shared = Shared(loaded.store, loaded.election.id)
        follow_and_watch(shared, state, lock, watch, lambda: ending.is_wished)
    else:
        watch(DirectoryStore(state, fence=lock.check), lambda: ending.is_wished)
    return 0


def spare_the_collector() -> None:
    """Results hold no cycles: to look for some in 70,000 units at every version is half its cost.

    What is loaded is left alone, and the little that does hold cycles is looked for rarely: after
    more containers than the reading of 70,000 units keeps at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 50, 50)


def _load(path: Path) -> LoadedElection:
    """The election file, with what the environment says over it."""
    loaded = load_election(path)
    election, store = loaded.election, shared_store() or loaded.store
    settings = Settings.from_environment() if "SOIREE_ELECTION" in os.environ else None
    if settings and not election.public_url:
        election = replace(election, public_url=settings.public_url)
    if settings and settings.rehearsal:
        election, store = rehearsed(election, settings.rehearsal), ""  # nobody else's screens
    return replace(loaded, election=election, store=store)


def _end_with_parent(parent: int) -> None:
    """Waits for the end of standard input, a pipe from the worker that nobody writes to."""
    with contextlib.suppress(OSError):  # no standard input is the end of it
        while os.getppid() == parent:
            readable, _, _ = select.select([0], [], [], PARENT_SECONDS)
            if readable and not os.read(0, 1024):
                break
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(0)  # the loop is stuck; the lock goes with us


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
