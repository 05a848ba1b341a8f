"""The gunicorn worker: uvicorn's, without what a public server should not say, do or wait for."""

import asyncio
import logging
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn_worker import UvicornWorker

from .responses import Ready, refused

LONGEST_TARGET = 4_096  # bytes of path and query
LARGEST_HEAD = 16_384  # bytes of target and headers: room for the cookies of a town's other sites
MOST_HEADERS = 64
HEAD_SECONDS = 10.0  # for a request's head to arrive, whatever drips

_CLOSE = (b"connection", b"close")
_NOT_HTTP = refused(400, "This is not a request.", _CLOSE)
_NO_HOST = refused(400, "A request names one host.", _CLOSE)
_LONG_TARGET = refused(414, "The address is too long.", _CLOSE)
_LARGE_HEAD = refused(431, "The headers are too large.", _CLOSE)


class Protocol(HttpToolsProtocol):
    """HTTP with limits: httptools has none of its own, and would hold whatever is sent."""

    _refusal = _NOT_HTTP
    _in_head = True
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():  # it was refused and goes on sending
            return
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if not self._in_head or self.transport.is_closing():
            return
        if self._head_bytes > LARGEST_HEAD:
            self._refuse(_LARGE_HEAD)
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head_arrived()
        refusal = _judge(self.url, self.headers, self.parser.get_http_version())
        if refusal is not None:
            self._refusal = refusal
            raise ValueError  # the parser stops, and send_400_response is called
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._refusal)

    def _head_arrived(self) -> None:
        self._in_head = False
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, refusal: Ready) -> None:
        # An answer that is under way must not be continued by another; one that has not begun
        # belongs to a request that goes on in what was refused.
        underway = self.cycle is not None and not self.cycle.response_complete
        if underway and not self.cycle.response_started:
            self.cycle.disconnected, underway = True, False
        if not underway:
            headers = [*refusal.headers, (b"content-length", b"%d" % len(refusal.body))]
            lines = [name + b": " + value + b"\r\n" for name, value in headers]
            self.transport.write(
                b"".join([STATUS_LINE[refusal.status], *lines, b"\r\n", refusal.body])
            )
        self.transport.close()


def _judge(target: bytes, headers: list[tuple[bytes, bytes]], version: str) -> Ready | None:
    """Why a request is refused before anything reads it, or ``None``."""
    if len(target) > LONGEST_TARGET:
        return _LONG_TARGET
    size, hosts = len(target), 0
    for name, value in headers:
        size += len(name) + len(value)
        hosts += name == b"host"
    if size > LARGEST_HEAD or len(headers) > MOST_HEADERS:
        return _LARGE_HEAD
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        return _NO_HOST
    return None


class Worker(UvicornWorker):  # type: ignore[misc]
    """No Server header, no WebSocket, no line per request; the application has a lifespan."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "auto",
        "http": Protocol,
        "ws": "none",
        "lifespan": "on",
        "server_header": False,
        "access_log": False,
    }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # It warns of every malformed request: whoever sends them would fill the disk.
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
