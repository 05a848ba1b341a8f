"""The life of one worker: it follows the store, beats, keeps its companion, and ends at once."""

import asyncio
import contextlib
import gc
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeAlias

from .events import Events
from .follower import Follower
from .responses import Receive, Send

LOOK_SECONDS = 0.02
BEAT_SECONDS = 5.0
_ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)

# Starts whatever has to run beside this worker and gives the function that ends it.
Companion: TypeAlias = Callable[[], Callable[[], None]]


class Lifespan:
    """From the server's start-up message to its last."""

    def __init__(
        self,
        follower: Follower,
        events: Events,
        companion: Companion | None = None,
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self._follower = follower
        self._events = events
        self._companion = companion
        self._beat_seconds = beat_seconds

    async def __call__(self, receive: Receive, send: Send) -> None:
        await receive()
        self.look()
        _on_ending_signal(self._events.close)
        leave = self._companion() if self._companion else None
        tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._beat())]
        _spare_the_collector()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._events.close()
        for task in tasks:
            task.cancel()
        if leave is not None:
            # It waits for a process to end; streams end meanwhile.
            await asyncio.to_thread(leave)
        await send({"type": "lifespan.shutdown.complete"})

    def look(self) -> None:
        """Look at the store now and tell everyone what changed."""
        old = self._follower.view
        if self._follower.refresh():
            self._events.announce(old, self._follower.view)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            self._events.beat()


def _spare_the_collector() -> None:
    """What is there at start lasts, and thousands of connections are no garbage: with the usual
    thresholds, walking over them all was a third of what it costs to tell them a version."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _on_ending_signal(end: Callable[[], None]) -> None:
    """Run ``end`` when the process is asked to stop, before the server's own handler.

    The server waits for open connections before it says anything to the application, and an
    event stream is open for ever: without this a restart would take as long as it may.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in _ENDINGS:
        before = signal.getsignal(number)

        def handle(received: int, at: FrameType | None, before: Any = before) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may be closed already
                loop.call_soon_threadsafe(end)
            if callable(before):
                before(received, at)

        signal.signal(number, handle)
