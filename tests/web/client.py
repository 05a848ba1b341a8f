"""Asks the ASGI application as a server would, without a socket."""

import asyncio
import gzip
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import brotli
import zstandard

from dashboard.web.front import Front
from dashboard.web.responses import Message

T = TypeVar("T")
UNPACK = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.decompress,
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return UNPACK[self.headers.get("content-encoding", "")](self.raw).decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(app: Front, target: str, method: str = "GET", **headers: str) -> Answer:
    """``target``: path and query; header names with underscores."""
    return run(_ask(app, target, method, headers))


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs ``work`` in a thread: in the main one a browser's event loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _ask(app: Front, target: str, method: str, headers: Mapping[str, str]) -> Answer:
    path, _, query = target.partition("?")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
    }
    await app(scope, receive, send)
    names = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    assert len(names) == len(dict(names)), f"a header twice: {names}"
    return Answer(sent[0]["status"], dict(names), b"".join(m["body"] for m in sent[1:]))
