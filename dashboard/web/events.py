"""Server-sent events: what changed, encoded and compressed once, to every open page.

All connections walk along one chain of events, each at its own pace; an event that everyone has
sent is forgotten with the last reference to it. One that cannot keep up is dropped: its page
opens another connection and asks for what it missed.

Compressed, an event is a deflate segment of its own that refers to nothing before it and ends on a
byte (RFC 1951, an empty stored block), so that the same bytes continue every gzip stream.
"""

import asyncio
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..wire import encode
from .follower import Follower, View, blob_url, said
from .responses import NO_SNIFFING, SAME_ORIGIN, Headers, Receive, Send

# A patch beyond this travels by address: cached on its way, and kept by who comes back.
INLINE_LIMIT = 32_768
# A reader who has not taken an event after this long is gone or hopeless.
SEND_SECONDS = 20.0

HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would hold events back
    (b"vary", b"accept-encoding"),
    *NO_SNIFFING,
    *SAME_ORIGIN,
]
# RFC 1952: magic, deflate, no flags, no time, no level, unknown system.
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


@dataclass(frozen=True, slots=True)
class Frame:
    """One event or several, as they are and as a deflate segment."""

    plain: bytes
    segment: bytes

    @classmethod
    def of(cls, plain: bytes) -> "Frame":
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return cls(plain, deflate.compress(plain) + deflate.flush(zlib.Z_SYNC_FLUSH))


class Event:
    """A link of the chain: a frame by document name, then the next."""

    __slots__ = ("arrived", "frames", "next")

    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.frames: Mapping[str, Frame] = {}
        self.next: Event | None = None


class Events:
    """The chain and those who listen. Lives in one event loop."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._open = True
        self._end = Event()
        self._sending: dict[asyncio.Task[None], float] = {}  # since when (s) each waits to send
        self._names: Counter[str] = Counter()  # documents, by how many listen for them

    @property
    def listeners(self) -> int:
        """How many connections are open."""
        return self._names.total()

    def post(self, frames: Mapping[str, bytes]) -> None:
        """Send to those now connected what is for their document."""
        event, self._end = self._end, Event()
        event.frames = {name: Frame.of(content) for name, content in frames.items()}
        event.next = self._end
        event.arrived.set()

    def announce(self, old: View, new: View) -> None:
        """Tell the difference between two views."""
        status = _event("status", said(new)) if said(new) != said(old) else b""
        frames = {}
        for name in self._names:
            before = old.document_version(name)
            is_new = new.document_version(name) > before
            frames[name] = (self._version_event(name, before, new) if is_new else b"") + status
        if any(frames.values()):
            self.post({name: frame for name, frame in frames.items() if frame})

    def beat(self) -> None:
        """The proof of life: the server's clock, and when the source was last looked at."""
        self.drop_stuck()
        self.post({name: self._beat_event(name) for name in self._names})

    def close(self) -> None:
        """End every connection at once."""
        self._open = False
        self.post({})

    async def serve(
        self, name: str, since: int, receive: Receive, send: Send, *, gzipped: bool = False
    ) -> None:
        """One connection, from its first byte to its last; ``gzipped`` if it shall be."""
        coding = [(b"content-encoding", b"gzip")] if gzipped else []
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS + coding})
        serving = asyncio.current_task()
        assert serving is not None
        leaving = asyncio.create_task(_end_with_reader(receive, serving))
        self._names[name] += 1
        try:
            await self._send_all(name, since, send, gzipped, serving)
        except asyncio.CancelledError:
            serving.uncancel()  # the reader left, or does not read, or the server ends
        finally:
            leaving.cancel()
            self._sending.pop(serving, None)
            self._names[name] -= 1
            if not self._names[name]:
                del self._names[name]

    async def _send_all(
        self, name: str, since: int, send: Send, gzipped: bool, serving: asyncio.Task[None]
    ) -> None:
        loop = asyncio.get_running_loop()  # asked once: each time costs a system call
        at = self._end  # before the greeting: nothing may fall between the two
        greeting = Frame.of(self._greeting(name, since))
        content = _GZIP_HEADER + greeting.segment if gzipped else greeting.plain
        while self._open:
            if content:
                self._sending[serving] = loop.time()
                await send({"type": "http.response.body", "body": content, "more_body": True})
                del self._sending[serving]
            await at.arrived.wait()
            frame = at.frames.get(name)
            content = b"" if frame is None else frame.segment if gzipped else frame.plain
            assert at.next is not None
            at = at.next
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def drop_stuck(self) -> None:
        """End the connections whose reader has not taken an event for too long. One look at all of
        them: a timer for each event and reader cost more than the sending."""
        now = asyncio.get_running_loop().time()
        for serving, began in list(self._sending.items()):
            if now - began > SEND_SECONDS:
                serving.cancel()

    def _greeting(self, name: str, since: int) -> bytes:
        view = self._follower.view
        missed = since < view.document_version(name)
        version = self._version_event(name, since, view) if missed else b""
        beat, status = self._beat_event(name), _event("status", said(view))
        return b"retry: 3000\n\n" + beat + status + version

    def _version_event(self, name: str, since: int, view: View) -> bytes:
        """The way from version ``since`` to the view's: the patch if it fits, else the address."""
        entry = view.documents[name]
        patch = entry.get("patch")
        if patch and patch["from"] == since:
            content = self._follower.read(patch["digest"])
            if content is not None and len(content) <= INLINE_LIMIT:
                return _frame("patch", content, entry["version"])
        address = {"version": entry["version"], "url": blob_url(entry["digest"])}
        return _frame("document", encode(address), entry["version"])

    def _beat_event(self, name: str) -> bytes:
        view = self._follower.view
        now = self._follower.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return _event(
            "beat",
            {
                "now": now,
                "checked_at": view.status.get("checked_at"),
                "version": view.document_version(name),
                "build": self._follower.build,
            },
        )


def _event(kind: str, data: Mapping[str, Any]) -> bytes:
    return _frame(kind, encode(dict(data)))


def _frame(kind: str, data: bytes, version: int | None = None) -> bytes:
    number = b"" if version is None else b"id: %d\n" % version
    return b"event: %s\n%sdata: %s\n\n" % (kind.encode(), number, data)


async def _end_with_reader(receive: Receive, serving: asyncio.Task[None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    serving.cancel()
