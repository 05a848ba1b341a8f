"""The stream, listened to without a socket."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from dashboard.web import events as events_module
from dashboard.web.events import INLINE_LIMIT, Events
from dashboard.web.follower import Follower
from dashboard.web.responses import Message

from .client import run
from .fakes import Night, document, pages

PATIENCE = 10.0  # seconds; no test takes a tenth of it


class Listener:
    """An open page: what it was sent, whether it reads, when it leaves."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.leaves = asyncio.Event()
        self.ended = False

    async def receive(self) -> Message:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            await self.reads.wait()
            self.chunks.append(message["body"])
            self.ended = not message["more_body"]

    @property
    def heard(self) -> list[tuple[str, Any]]:
        """(event, data), beats left out."""
        found = []
        for block in b"".join(self.chunks).decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines())
            if "event" in lines and lines["event"] != "beat":
                found.append((lines["event"], json.loads(lines["data"])))
        return found

    async def hears(self, *kinds: str) -> None:
        await until(lambda: [kind for kind, _ in self.heard] == list(kinds))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.001)


class Stage:
    """A follower, its events and who listens to them."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.follower = Follower(night.store, "build")
        self.follower.refresh()
        self.events = Events(self.follower)
        self._tasks: list[asyncio.Task[None]] = []

    def listen(
        self, since: int = 0, name: str = "home.fr", *, gzipped: bool = False, stalled: bool = False
    ) -> Listener:
        listener = Listener()
        if stalled:
            listener.reads.clear()
        stream = self.events.serve(name, since, listener.receive, listener.send, gzipped=gzipped)
        self._tasks.append(asyncio.create_task(stream))
        return listener

    def drop_stuck(self) -> int:
        """As each beat does; how many still listen."""
        self.events.drop_stuck()
        return self.events.listeners

    def look(self) -> None:
        old = self.follower.view
        if self.follower.refresh():
            self.events.announce(old, self.follower.view)

    async def done(self) -> None:
        self.events.close()
        await asyncio.wait_for(asyncio.gather(*self._tasks), PATIENCE)


@asynccontextmanager
async def stage(night: Night) -> AsyncIterator[Stage]:
    it = Stage(night)
    yield it
    await it.done()


def test_a_newcomer_gets_what_it_misses(night: Night) -> None:
    night.publish(votes=100)
    night.publish(votes=101)

    async def test() -> None:
        async with stage(night) as it:
            current, last, old = it.listen(since=2), it.listen(since=1), it.listen(since=0)
            unknown = it.listen(since=0, name="../secret")
            await current.hears("status")
            await last.hears("status", "patch")
            await old.hears("status", "document")
            await unknown.hears("status")
            assert last.heard[1][1]["from"] == 1
            assert old.heard[1][1]["version"] == 2
            assert "watcher" not in current.heard[0][1]
            assert b'event: beat\ndata: {"now":"' in current.chunks[0]

    run(test())


def test_one_segment_continues_every_gzip_stream(night: Night) -> None:
    night.publish(votes=100)

    async def test() -> None:
        async with stage(night) as it:
            early, plain = it.listen(since=1, gzipped=True), it.listen(since=1)
            await until(lambda: bool(early.chunks and plain.chunks))
            for votes in (101, 102):
                night.publish(votes=votes)
                it.look()
                await until(lambda n=votes - 99: len(early.chunks) == len(plain.chunks) == n)
            late = it.listen(since=1, gzipped=True)
            await until(lambda: bool(late.chunks))
            night.publish(votes=103)
            it.look()
            await until(lambda: len(late.chunks) == 2 and len(plain.chunks) == 4)
            assert late.chunks[-1] is early.chunks[-1]
            for listener in (early, late):
                inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
                # Each piece can be read when it arrives, and the last is the plain one's last.
                read = [inflate.decompress(chunk) for chunk in listener.chunks]
                assert read[-1] == plain.chunks[-1]
            assert len(early.chunks[-1]) < len(plain.chunks[-1]) / 2

    run(test())


def test_who_has_an_unchanged_document_is_told_nothing(night: Night) -> None:
    both = pages(votes=100) | {"home.second.fr": document(votes=7)}
    night.publish(both)

    async def test() -> None:
        async with stage(night) as it:
            first, second = it.listen(since=1), it.listen(since=1, name="home.second.fr")
            await first.hears("status")
            await second.hears("status")
            night.publish(both | pages(votes=101))
            it.look()
            await first.hears("status", "patch")
            assert len(second.chunks) == 1
            late = it.listen(since=1, name="home.second.fr")
            await late.hears("status")
            it.events.beat()
            await until(lambda: len(second.chunks) == 2)
            assert b'"version":1' in second.chunks[1]

    run(test())


def test_a_version_reaches_everyone_as_the_same_bytes(night: Night) -> None:
    night.publish(votes=100)

    async def test() -> None:
        async with stage(night) as it:
            listeners = [it.listen(since=1) for _ in range(50)]
            await until(lambda: all(listener.chunks for listener in listeners))
            night.publish(votes=101)
            it.look()
            for listener in listeners:
                await listener.hears("status", "patch")
            assert len({id(listener.chunks[-1]) for listener in listeners}) == 1

    run(test())


def test_versions_that_came_at_once_are_told_by_address(night: Night) -> None:
    night.publish(votes=100)

    async def test() -> None:
        async with stage(night) as it:
            listener = it.listen(since=1)
            await listener.hears("status")
            night.publish(votes=101)
            night.publish(votes=102)
            it.look()
            await listener.hears("status", "document")
            assert listener.heard[1][1]["version"] == 3

    run(test())


def test_a_large_patch_travels_by_address(night: Night) -> None:
    night.publish(votes=100, rows=1)

    async def test() -> None:
        async with stage(night) as it:
            listener = it.listen(since=1)
            night.publish(votes=100, rows=1, hostile="x" * INLINE_LIMIT)
            it.look()
            await listener.hears("status", "document")

    run(test())


def test_a_new_state_is_told_and_a_new_look_is_not(night: Night) -> None:
    night.publish()

    async def test() -> None:
        async with stage(night) as it:
            listener = it.listen(since=1)
            await listener.hears("status")
            night.report()
            it.look()
            night.report("trouble", "missing")
            it.look()
            await listener.hears("status", "status")
            assert listener.heard[1][1]["code"] == "missing"

    run(test())


def test_the_end_comes_at_once(night: Night) -> None:
    async def test() -> None:
        async with stage(night) as it:
            listeners = [it.listen() for _ in range(10)]
            await until(lambda: it.events.listeners == 10)
        assert all(listener.ended for listener in listeners)
        assert it.events.listeners == 0

    run(test())


def test_who_leaves_is_forgotten(night: Night) -> None:
    async def test() -> None:
        async with stage(night) as it:
            listener = it.listen()
            await until(lambda: it.events.listeners == 1)
            listener.leaves.set()
            await until(lambda: it.events.listeners == 0)

    run(test())


def test_F49_who_does_not_read_is_dropped(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_module, "SEND_SECONDS", 0.05)
    night.publish(votes=100)

    async def test() -> None:
        async with stage(night) as it:
            stalled, reading = it.listen(since=1), it.listen(since=1)
            await until(lambda: bool(stalled.chunks and reading.chunks))
            stalled.reads.clear()
            night.publish(votes=101)
            it.look()
            await until(lambda: it.drop_stuck() == 1)
            await reading.hears("status", "patch")
            assert not stalled.ended

    run(test())


def test_the_reader_that_stalls_before_the_greeting_is_dropped(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "SEND_SECONDS", 0.05)

    async def test() -> None:
        async with stage(night) as it:
            it.listen(stalled=True)
            await until(lambda: it.events.listeners == 1)
            await until(lambda: it.drop_stuck() == 0)

    run(test())


def test_a_missing_blob_is_told_by_address(night: Night, tmp_path: Path) -> None:
    night.publish(votes=100)

    async def test() -> None:
        async with stage(night) as it:
            listener = it.listen(since=1)
            await listener.hears("status")
            night.publish(votes=101)
            patch = (night.store.pointer() or {})["documents"]["home.fr"]["patch"]["digest"]
            (night.store.root / "public/blobs" / patch).unlink()
            it.look()
            await listener.hears("status", "document")

    run(test())
