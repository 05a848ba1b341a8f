"""The real server: gunicorn, its worker, sockets and signals."""

import socket
import time

import pytest

from .fakes import Night
from .serving import Server

pytestmark = pytest.mark.slow


def open_stream(server: Server) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    stream.sendall(b"GET /live/events?document=home.fr&since=1 HTTP/1.1\r\nHost: x\r\n\r\n")
    return stream


def read_until(stream: socket.socket, end: bytes) -> bytes:
    """All that came up to ``end``, or to the end of the connection."""
    heard = b""
    while end not in heard:
        chunk = stream.recv(65_536)
        if not chunk:
            break
        heard += chunk
    return heard


def test_versions_are_pushed_and_a_stop_ends_streams_cleanly(night: Night) -> None:
    night.publish(votes=100)
    with Server(night.store.root, workers=2) as server:
        streams = [open_stream(server) for _ in range(6)]
        greetings = [read_until(stream, b"event: status") for stream in streams]
        for greeting in greetings:
            assert greeting.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"\r\nserver:" not in greeting.lower()
        night.publish(votes=101)
        for stream in streams:
            assert b"event: patch\nid: 2\ndata: " in read_until(stream, b"101 voix")
        began = time.monotonic()
        assert server.stop() == 0
        # The last chunk of a chunked answer: the stream was ended, not cut.
        for stream in streams:
            assert read_until(stream, b"\r\n0\r\n\r\n").endswith(b"0\r\n\r\n")
            stream.close()
        # gunicorn would have waited for graceful_timeout (5 s) and killed the workers.
        assert time.monotonic() - began < 5


def test_a_websocket_is_not_opened(night: Night) -> None:
    with (
        Server(night.store.root) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as knock,
    ):
        knock.sendall(
            b"GET /_dash-ws-callback HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert read_until(knock, b"\r\n").startswith(b"HTTP/1.1 404 ")
