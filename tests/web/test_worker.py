"""The limits of one connection: how much may come before an answer, and how slowly."""

import asyncio
from collections.abc import Callable

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from dashboard.web.worker import HEAD_SECONDS, LARGEST_HEAD, Protocol

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"


class Clock:
    """An event loop that only remembers what it was asked to do later."""

    def __init__(self) -> None:
        self.due: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> "Handle":
        self.due.append((seconds, call))
        return Handle(self, self.due[-1])

    def create_task(self, work: object, **options: object) -> asyncio.Future[None]:
        work.close()  # type: ignore[attr-defined]
        return asyncio.Future(loop=asyncio.new_event_loop())


class Handle:
    def __init__(self, clock: Clock, entry: tuple[float, Callable[[], None]]) -> None:
        self._clock, self._entry = clock, entry

    def cancel(self) -> None:
        if self._entry in self._clock.due:
            self._clock.due.remove(self._entry)


class Wire:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.written += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, name: str) -> None:
        return None

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


async def nothing(scope: object, receive: object, send: object) -> None: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def protocol(clock: Clock, wire: Wire) -> Protocol:
    config = Config(nothing, ws="none", log_config=None)
    made = Protocol(config, ServerState(), {}, clock)  # type: ignore[arg-type]
    made.connection_made(wire)  # type: ignore[arg-type]
    return made


def test_F49_a_connection_that_says_nothing_is_closed(
    protocol: Protocol, clock: Clock, wire: Wire
) -> None:
    ((seconds, give_up),) = clock.due
    assert seconds == HEAD_SECONDS
    give_up()
    assert wire.closed


def test_F49_dripping_does_not_put_the_end_off(protocol: Protocol, clock: Clock) -> None:
    (first,) = clock.due
    for byte in HEAD:
        protocol.data_received(bytes([byte]))
    assert clock.due == [first]
    protocol.data_received(b"\r\n")
    assert clock.due == [], "a whole request is given all the time its answer takes"


def test_F49_the_next_request_may_not_drip_either(protocol: Protocol, clock: Clock) -> None:
    protocol.data_received(HEAD + b"\r\n")
    protocol.data_received(HEAD)
    assert [seconds for seconds, _ in clock.due] == [HEAD_SECONDS]


def test_F56_headers_without_end_are_refused_on_the_way(protocol: Protocol, wire: Wire) -> None:
    protocol.data_received(HEAD)
    sent = 0
    while not wire.closed:
        protocol.data_received(b"X: " + b"a" * 1_000)
        sent += 1_003
        assert sent < 2 * LARGEST_HEAD
    assert wire.written.startswith(b"HTTP/1.1 431 ")
    assert b"\r\nconnection: close\r\n" in wire.written


def test_F56_a_body_is_not_taken_for_headers(protocol: Protocol, wire: Wire) -> None:
    protocol.data_received(HEAD + b"Content-Length: 60000\r\n\r\n")
    for _ in range(59):
        protocol.data_received(b"a" * 1_000)
    assert not wire.closed
