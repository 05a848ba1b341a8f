"""Server-sent events: what changed, encoded once, to every open page.

All connections walk along one chain of events, each at its own pace; an event that everyone has
sent is forgotten with the last reference to it. One that cannot keep up is dropped: its page
opens another connection and asks for what it missed.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from ..wire import encode
from .follower import Follower, View, blob_url
from .responses import SAME_ORIGIN, SECURITY_HEADERS, Headers, Receive, Send

# A patch beyond this travels by address: compressed, and cached on its way.
INLINE_LIMIT = 32_768
# A reader who has not taken an event after this long is gone or hopeless.
SEND_SECONDS = 20.0
EVERYONE = ""

HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would hold events back
    *SECURITY_HEADERS,
    *SAME_ORIGIN,
]


class Event:
    """A link of the chain: frames by document name (``EVERYONE`` for all others), then the next."""

    __slots__ = ("arrived", "frames", "next")

    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.frames: Mapping[str, bytes] = {}
        self.next: Event | None = None


class Events:
    """The chain and those who listen. Lives in one event loop."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._open = True
        self._end = Event()
        self.listeners = 0

    def post(self, frames: Mapping[str, bytes]) -> None:
        """Send to everyone now connected."""
        event, self._end = self._end, Event()
        event.frames, event.next = frames, self._end
        event.arrived.set()

    def announce(self, old: View, new: View) -> None:
        """Tell the difference between two views."""
        if new.version != old.version:
            self.post({name: self._version_frame(name, old.version, new) for name in new.documents})
        if _said(new) != _said(old):
            self.post({EVERYONE: frame("status", new.status)})

    def beat(self) -> None:
        """The proof of life: the server's clock, and when the source was last looked at."""
        self.post({EVERYONE: self._beat_frame()})

    def close(self) -> None:
        """End every connection at once."""
        self._open = False
        self.post({})

    async def serve(self, name: str, since: int, receive: Receive, send: Send) -> None:
        """One connection, from its first byte to its last."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        sending = asyncio.create_task(self._send_all(name, since, send))
        leaving = asyncio.create_task(_left(receive))
        self.listeners += 1
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.listeners -= 1
            sending.cancel()
            leaving.cancel()

    async def _send_all(self, name: str, since: int, send: Send) -> None:
        at = self._end  # before the greeting: nothing may fall between the two
        try:
            await _send(send, self._greeting(name, since))
            while self._open:
                await at.arrived.wait()
                content = at.frames.get(name) or at.frames.get(EVERYONE)
                if content:
                    await _send(send, content)
                assert at.next is not None
                at = at.next
        except TimeoutError:
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _greeting(self, name: str, since: int) -> bytes:
        view = self._follower.view
        missed = since < view.version and name in view.documents
        version = self._version_frame(name, since, view) if missed else b""
        return b"retry: 3000\n\n" + self._beat_frame() + frame("status", view.status) + version

    def _version_frame(self, name: str, since: int, view: View) -> bytes:
        """The way from version ``since`` to the view's: the patch if it fits, else the address."""
        entry = view.documents[name]
        patch = entry.get("patch")
        if patch and patch["from"] == since:
            content = self._follower.read(patch["digest"])
            if content is not None and len(content) <= INLINE_LIMIT:
                return _frame("patch", content, view.version)
        address = {"version": view.version, "url": blob_url(entry["digest"])}
        return _frame("document", encode(address), view.version)

    def _beat_frame(self) -> bytes:
        view = self._follower.view
        now = self._follower.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return frame(
            "beat",
            {
                "now": now,
                "checked_at": view.status.get("checked_at"),
                "version": view.version,
                "build": self._follower.build,
            },
        )


def _said(view: View) -> dict[str, Any]:
    """What of a status is worth an event: not the time of the last look, which beats carry."""
    return {name: value for name, value in view.status.items() if name != "checked_at"}


def frame(kind: str, data: Any) -> bytes:
    return _frame(kind, encode(dict(data)))


def _frame(kind: str, data: bytes, version: int | None = None) -> bytes:
    number = b"" if version is None else b"id: %d\n" % version
    return b"event: %s\n%sdata: %s\n\n" % (kind.encode(), number, data)


async def _send(send: Send, content: bytes) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": content, "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
