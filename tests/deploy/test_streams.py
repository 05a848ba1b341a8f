"""Events pass through nginx one by one, as they are sent."""

import asyncio
import itertools
import zlib

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import keep_home
from tests.night.server import eventually

from .conftest import Night
from .viewers import Connection, connected, run

pytestmark = pytest.mark.slow

STREAM = "/live/events?document=home.fr&since=0"


_counted = itertools.count(1)


def publish(night: Night) -> None:
    """One vote more for each."""
    votes = next(_counted)
    night.folder.publish({1: (60, 40), 2: (30, 50), 3: (votes, votes)})


class Stream:
    """What has come of an open stream, unpacked."""

    def __init__(self, connection: Connection, coding: str) -> None:
        self._connection = connection
        self._unpack = zlib.decompressobj(31).decompress if coding == "gzip" else bytes
        self.text = ""

    async def until(self, words: str) -> None:
        async with asyncio.timeout(30):
            while words not in self.text:
                piece = await self._connection.chunk()
                assert piece, f"the stream ended before {words!r}"
                self.text += self._unpack(piece).decode()


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_an_event_arrives_while_the_stream_is_open(shared_night: Night, coding: str) -> None:
    async def listen() -> None:
        async with connected(shared_night.proxy.port) as connection:
            connection.ask(STREAM, accept_encoding=coding)
            status, headers = await connection.head()
            assert (status, headers.get("content-encoding", "identity")) == (200, coding)
            assert headers["content-type"].startswith("text/event-stream")
            stream = Stream(connection, coding)
            await stream.until("event: document")
            before = shared_night.server.version()
            for n in range(1, 4):
                publish(shared_night)
                await stream.until(f"event: patch\nid: {before + n}\n")
            await stream.until("event: beat")

    run(listen())


def test_who_comes_back_is_told_what_was_missed(shared_night: Night) -> None:
    """The header by which a browser reconnects reaches the origin."""

    async def greeting(**headers: str) -> str:
        async with connected(shared_night.proxy.port) as connection:
            connection.ask(STREAM, **headers)
            await connection.head()
            stream = Stream(connection, "identity")
            await stream.until("event: status")
            return stream.text

    version = str(shared_night.server.version())
    assert "event: document" in run(greeting())
    assert "event: document" not in run(greeting(last_event_id=version))


@pytest.mark.browser
def test_a_page_hears_without_polling(shared_night: Night, browser: Browser) -> None:
    page = browser.new_page()
    strays = keep_home(page, shared_night.proxy.url)
    polls: list[str] = []
    page.on("request", lambda r: polls.append(r.url) if "/live/latest" in r.url else None)
    page.goto(shared_night.proxy.url)
    live = page.locator("main#live[data-figures=drawn]")
    live.wait_for(timeout=30_000)
    for _ in range(3):
        before = shared_night.server.version()
        publish(shared_night)
        version = before + eventually("newer", lambda b=before: shared_night.server.version() - b)
        expect(live).to_have_attribute("data-version", str(version), timeout=15_000)
    page.close()
    assert polls == [] and strays == []
