"""``soiree publish``: one process that watches the source and keeps a destination up to date.

It starts the same companion as every web worker does: beside ``soiree serve`` that one stands by,
alone it watches. Exit codes: 0 asked to end, 2 a wrong setting, 3 a place that cannot be used.
"""

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from types import FrameType

from ..live.log import log
from ..live.spawn import spawn
from ..settings import Settings, load_election
from ..store import DirectoryStore, StoreError
from ..web.follower import Follower
from ..web.site import assemble
from .contents import Contents
from .destination import Destination, open_destination
from .publisher import LOOK_SECONDS, Publisher, explained

UNUSABLE = 3
FIRST_LOOK_SECONDS = 60.0  # to start Python and pandas, and to look at the source
SETTLE_SECONDS = 10.0  # from there until a file counts as whole; under an embargo none does
LAST_SECONDS = 10.0  # from the wish to end to the end, whatever an upload is waiting for


def publish(settings: Settings, address: str, every: float, *, once: bool) -> int:
    """Publishes until SIGTERM, or ``once``; returns the exit code. Raises ``SettingsError``."""
    over = _over_on_signal()
    destination = open_destination(address)
    loaded = load_election(settings.election, previous=False)
    site = assemble(loaded.election, loaded.geometry)
    store = DirectoryStore(settings.state)
    follower = Follower(store, site.build)
    contents = Contents(site, follower, every)
    publisher = Publisher(contents, follower, destination, every, log)
    try:
        _continue(store, publisher.prepare(), destination)
    except Exception as error:  # every file system has errors of its own
        return _unusable(destination, error)
    log("publishing", destination=destination.name)
    companion = spawn(settings.election, settings.state)
    try:
        if once:
            _await_first_look(follower, over)
            publisher.step()
        else:
            publisher.run(over)
    except Exception as error:
        return _unusable(destination, error)
    finally:
        companion.stop()
    return 0


def _continue(store: DirectoryStore, shown: int, destination: Destination) -> None:
    """Sees to it that versions go on growing where pages hold ``shown``: they take no older one.

    A state folder that begins anew, on another machine say, begins after it. Raises
    ``StoreError`` when this one is in the middle of something else.
    """
    pointer = store.pointer()
    if pointer is None and shown:
        store.prepare()
        store.continue_from(shown)
    elif pointer is not None and pointer["version"] < shown:
        raise StoreError(
            f"it shows version {shown} and {store.root} is at {pointer['version']}; expected the "
            "state folder it was published from, an empty one, or an empty destination"
        )


def _await_first_look(follower: Follower, over: threading.Event) -> None:
    """Until the source was read, or something is wrong with it. Raises ``TimeoutError``."""
    began, patience = datetime.now(UTC), time.monotonic() + FIRST_LOOK_SECONDS
    settled = None
    while not over.wait(LOOK_SECONDS):
        follower.refresh()
        view, now = follower.view, time.monotonic()
        looked = view.status.get("checked_at")
        if view.version and looked and datetime.fromisoformat(looked) >= began:
            settled = settled or now + SETTLE_SECONDS
            if view.status.get("data_at") or view.status["state"] != "ok" or now > settled:
                return
        elif now > patience:
            raise TimeoutError("nobody looked at the source within a minute")


def _over_on_signal() -> threading.Event:
    over = threading.Event()

    def end(_number: int, _at: FrameType | None) -> None:
        over.set()
        # An upload may be waiting for a dead host; nothing is torn when it is cut off.
        last = threading.Timer(LAST_SECONDS, os._exit, [0])
        last.daemon = True
        last.start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return over


def _unusable(destination: Destination, error: Exception) -> int:
    print(f"soiree: {destination.name}: {explained(error)}.", file=sys.stderr)
    return UNUSABLE
