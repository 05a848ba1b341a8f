"""Responses as ready bytes: compressed and given their headers once, sent as they are."""

import gzip
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..wire import digest

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]

# Said with every answer, the refused ones too.
SECURITY_HEADERS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
SAME_ORIGIN: Headers = [(b"cross-origin-resource-policy", b"same-origin")]
OPEN_DATA: Headers = [
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"access-control-allow-origin", b"*"),
]

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "public, max-age=60"
JSON_TYPE = "application/json"
# Below this, gzip saves nothing a network packet would notice.
_WORTH_COMPRESSING = 600
_LARGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ready:
    """One answer: its bytes plain and gzipped, and the headers of each."""

    status: int
    body: bytes
    gzipped: bytes | None
    etag: bytes
    headers: Headers  # without content-length and content-encoding

    async def send(self, scope: Scope, send: Send) -> None:
        """Answer ``scope``: 304 if the asker has it, gzip if it can read it."""
        asked = {name: value for name, value in scope["headers"] if name in _ASKED}
        if self.status == 200 and self._is_held(asked.get(b"if-none-match", b"")):
            await _send(send, 304, self.headers, b"")
            return
        body, headers = self.body, self.headers
        if self.gzipped is not None and b"gzip" in asked.get(b"accept-encoding", b""):
            body, headers = self.gzipped, [*headers, (b"content-encoding", b"gzip")]
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        await _send(send, self.status, headers, b"" if scope["method"] == "HEAD" else body)

    def _is_held(self, if_none_match: bytes) -> bool:
        return bool(self.etag) and (self.etag in if_none_match or if_none_match == b"*")


_ASKED = frozenset({b"if-none-match", b"accept-encoding"})


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def ready(
    body: bytes,
    content_type: str,
    cache: str,
    *,
    gzipped: bytes | None = None,
    extra: Iterable[tuple[bytes, bytes]] = SAME_ORIGIN,
) -> Ready:
    """A 200 answer of ``body``, compressed now unless ``gzipped`` is at hand."""
    if gzipped is None and len(body) >= _WORTH_COMPRESSING and _compresses(content_type):
        # Level 9 of a 5 MB bundle costs a second of every start for 1 % fewer bytes.
        gzipped = gzip.compress(body, 6 if len(body) > _LARGE else 9, mtime=0)
    # Weak, because the plain and the gzipped bytes carry the same one.
    etag = f'W/"{digest(body)[:32]}"'.encode()
    headers = [
        (b"content-type", content_type.encode()),
        (b"cache-control", cache.encode()),
        (b"etag", etag),
        (b"vary", b"accept-encoding"),
        *SECURITY_HEADERS,
        *extra,
    ]
    return Ready(200, body, gzipped, etag, headers)


def _compresses(content_type: str) -> bool:
    return not content_type.startswith(("font/", "image/png", "image/jpeg", "image/webp"))


def refused(status: int, sentence: str, *extra: tuple[bytes, bytes]) -> Ready:
    """A short plain answer to what is not served."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *SECURITY_HEADERS,
        *SAME_ORIGIN,
        *extra,
    ]
    return Ready(status, sentence.encode() + b"\n", None, b"", headers)
