"""Viewers as the network sees them: connections of their own, from addresses of their own."""

import asyncio
import json
import re
import resource
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import uvloop

from tests.web.client import UNPACK

T = TypeVar("T")
PATIENCE = 30.0  # s: a deadline, not an expectation
# What browsers of today say over TLS, and one of yesterday.
CODINGS = ("gzip, deflate, br, zstd", "gzip, deflate, br", "gzip, deflate")
_NAMED = re.compile(r'(?:src|href)="(/[^"]+)"')
_DATA = re.compile(r'data-(document|url)="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return _text(self.headers.get("content-encoding", ""), self.raw)

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@lru_cache(maxsize=64)
def _text(coding: str, raw: bytes) -> str:
    return UNPACK[coding](raw).decode()


class Connection:
    """HTTP/1.1, one request after another. Raises ``OSError``, ``EOFError`` or ``TimeoutError``."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Header names with underscores."""
        async with asyncio.timeout(PATIENCE):
            self.ask(target, method, **headers)
            status, found = await self.head()
            bare = method == "HEAD" or status == 304
            return Answer(status, found, b"" if bare else await self._body(found))

    def ask(self, target: str, method: str = "GET", **headers: str) -> None:
        lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
        request = f"{method} {target} HTTP/1.1\r\nhost: night.example\r\n{''.join(lines)}\r\n"
        self.writer.write(request.encode())

    async def head(self) -> tuple[int, dict[str, str]]:
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.split(": ", 1) for line in lines if line)
        return int(first.split()[1]), {name.lower(): value for name, value in pairs}

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if "content-length" in headers:
            return await self.reader.readexactly(int(headers["content-length"]))
        body = b""
        while piece := await self.chunk():
            body += piece
        return body

    async def chunk(self) -> bytes:
        """One piece of a chunked body; empty at its end."""
        size = int(await self.reader.readuntil(b"\r\n"), 16)
        return (await self.reader.readexactly(size + 2))[:-2]


@asynccontextmanager
async def connected(port: int, viewer: int = 0) -> AsyncIterator[Connection]:
    """A connection from the address of that ``viewer`` (all of 127/8 is this machine on Linux)."""
    own = (f"127.1.{viewer >> 8}.{viewer & 255}", 0) if sys.platform == "linux" else None
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, local_addr=own, limit=2**20
        )
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


def pointer_of(document: str) -> str:
    """The address a page polls."""
    return f"/live/latest/{document}.json"


async def visit(port: int, viewer: int, everything: bool = False) -> int:
    """Open the page as a browser does; how many requests were answered, every one with 200.

    ``everything``: scripts, styles, fonts and outlines too.
    """
    coding = CODINGS[viewer % len(CODINGS)]
    async with connected(port, viewer) as connection:

        async def get(target: str) -> Answer:
            answer = await connection.get(target, accept_encoding=coding)
            if answer.status != 200:
                raise OSError(f"{answer.status} for {target}")
            if answer.headers.get("content-encoding", "gzip") not in coding:
                raise OSError(f"a coding nobody asked for: {target}")
            return answer

        page = (await get("/")).text
        data = dict(_DATA.findall(page))
        needed = [pointer_of(data["document"]), data["url"]]
        if everything:
            needed += sorted(set(_NAMED.findall(page)) - {data["url"]})
        for address in needed:
            await get(address)
        return 1 + len(needed)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs ``work`` in a thread (in the main one a browser's event loop may be running), with as
    many sockets as this machine gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with ThreadPoolExecutor(1) as pool, asyncio.Runner(loop_factory=uvloop.new_event_loop) as r:
            return pool.submit(r.run, work).result()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
