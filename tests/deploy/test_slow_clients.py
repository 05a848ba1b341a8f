"""Those who stall, on purpose or in a tunnel, are nginx's burden and not the origin's."""

import asyncio
import socket
from contextlib import AsyncExitStack, suppress

import psutil
import pytest

from dashboard.web.shell import PLOTLY
from tests.night.server import Server

from .conftest import Night
from .viewers import PATIENCE, connected, run

pytestmark = pytest.mark.slow

STALLED = 300  # of each kind


def held(server: Server) -> int:
    """Connections that the origin's processes have open."""
    assert server.process is not None
    workers = psutil.Process(server.process.pid).children(recursive=True)
    return sum(
        connection.status == psutil.CONN_ESTABLISHED
        for worker in workers
        for connection in worker.net_connections("tcp")
        if connection.laddr.port == server.port
    )


def test_F49_nine_hundred_stalled_clients_do_not_reach_the_origin(night: Night) -> None:
    half_a_head = b"GET / HTTP/1.1\r\nhost: night.example\r\nx-slow: "
    half_a_body = b"GET /healthz HTTP/1.1\r\nhost: night.example\r\ncontent-length: 900\r\n\r\nabc"
    # More than the buffers between the two ends take.
    large = f"GET /{PLOTLY} HTTP/1.1\r\nhost: night.example\r\naccept-encoding: gzip\r\n\r\n"
    unread = large.encode() * 16

    async def crowd() -> tuple[int, list[int]]:
        async with AsyncExitStack() as stack:
            first = await stack.enter_async_context(connected(night.proxy.port))
            first.writer.write(half_a_head)
            for viewer in range(STALLED):
                for request in (half_a_head, half_a_body, unread):
                    stalled = await stack.enter_async_context(connected(night.proxy.port, viewer))
                    transport = stalled.writer.transport
                    transport.pause_reading()
                    transport.get_extra_info("socket").setsockopt(
                        socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096
                    )
                    stalled.writer.write(request)
            reader = await stack.enter_async_context(connected(night.proxy.port, STALLED))
            answers = [await reader.get("/healthz") for _ in range(200)]
            connections = held(night.server)
            with suppress(ConnectionResetError):  # who never finishes is not waited for either
                await asyncio.wait_for(first.reader.read(), PATIENCE)
            return connections, [answer.status for answer in answers]

    before = len(night.proxy.reached()["/healthz"])
    connections, statuses = run(crowd())
    assert statuses == [200] * 200
    # A body that never ended was never passed on, and nobody who does not read holds an answer.
    assert len(night.proxy.reached()["/healthz"]) - before == 200
    assert connections < 20
