"""Many viewers who listen: server-sent events over raw sockets, read with epoll.

The server sends every listener the same bytes, compressed once. So one connection, the witness,
is read as a browser reads it, and tells which bytes are the new version; the others are searched
for those bytes.
"""

import itertools
import select
import socket
import time
import zlib
from collections.abc import Callable

from .pollers import WAIT_SECONDS, request

PER_SOURCE = 10_000  # connections from one address: the ports of one are some 28,000
TOGETHER = 200  # connections opened at once: less than any backlog
NEWS = (b"event: patch", b"event: document")


class Witness:
    """The stream of one connection, read piece by piece."""

    def __init__(self, head: bytes) -> None:
        self._rest = b""
        gzipped = b"content-encoding: gzip" in head.lower()
        self._decoded: Callable[[bytes], bytes] = (
            zlib.decompressobj(31).decompress if gzipped else bytes
        )

    def news(self, content: bytes) -> bytes:
        """The piece of ``content``, as it was sent, that tells a new version; empty if none."""
        self._rest += content
        found = b""
        while b"\r\n" in self._rest:
            size, _, rest = self._rest.partition(b"\r\n")
            length = int(size, 16)
            if len(rest) < length + 2:
                break
            piece, self._rest = rest[:length], rest[length + 2 :]
            text = self._decoded(piece)
            found = piece if any(kind in text for kind in NEWS) else found
        return found


class Listeners:
    """``count`` open event streams. A context manager."""

    def __init__(self, port: int, path: str, count: int) -> None:
        self._ready = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._head: dict[int, bytes] = {}
        asking = request(path, "Cache-Control: no-cache")
        for first in range(0, count, TOGETHER):
            for number in range(first, min(first + TOGETHER, count)):
                self._open(port, f"127.0.0.{1 + number // PER_SOURCE}", asking)
            self._greeted()
        self._number = next(iter(self._sockets))
        head, _, greeting = self._head[self._number].partition(b"\r\n\r\n")
        self._witness = Witness(head)
        self._witness.news(greeting)

    def __enter__(self) -> "Listeners":
        return self

    def __exit__(self, *_: object) -> None:
        self._ready.close()
        for opened in self._sockets.values():
            opened.close()

    def await_news(self) -> tuple[float, float, int]:
        """Waits until every listener has the next version.

        When the first and the last had it (seconds since the epoch), and how many bytes each was
        sent for it. Raises ``AssertionError`` when one has not, twenty seconds after another.
        """
        kept: dict[int, bytes] = dict.fromkeys(self._sockets, b"")
        at: dict[int, float] = {}
        news = b""
        while kept:
            for number, content in self._receive():
                now = time.time()
                if number not in kept:
                    continue
                kept[number] += content
                at[number] = now
                if number == self._number and not news:
                    news = self._witness.news(content)
                    # Those who had it before the witness: the last they received was it.
                    done = [other for other in kept if news and news in kept[other]]
                else:
                    done = [number] if news and news in kept[number] else []
                for other in done:
                    del kept[other]
        return min(at.values()), max(at.values()), len(news) + len(f"{len(news):x}\r\n\r\n")

    def _receive(self) -> list[tuple[int, bytes]]:
        events = self._ready.poll(WAIT_SECONDS)
        assert events, f"nothing was heard for {WAIT_SECONDS:.0f} s"
        received = [(number, self._sockets[number].recv(65_536)) for number, _ in events]
        assert all(content for _, content in received), "the server closed a stream"
        return received

    def _open(self, port: int, source: str, asking: bytes) -> None:
        opened = socket.create_connection(
            ("127.0.0.1", port), WAIT_SECONDS, source_address=(source, 0)
        )
        opened.sendall(asking)
        self._sockets[opened.fileno()] = opened
        self._head[opened.fileno()] = b""
        self._ready.register(opened, select.EPOLLIN)

    def _greeted(self) -> None:
        """Waits until each of those opened last has heard something."""
        last = itertools.islice(reversed(self._sockets), TOGETHER)
        waiting = {number for number in last if not self._head[number]}
        while waiting:
            for number, content in self._receive():
                if number in self._head:
                    self._head[number] += content
                waiting.discard(number)
