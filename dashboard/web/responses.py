"""Responses as ready bytes: compressed and given their headers once, sent as they are."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from .. import codings
from ..wire import digest

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]

# Said with every whole answer, the refused ones too.
NO_SNIFFING: Headers = [(b"x-content-type-options", b"nosniff")]
# Said with all but JSON, where they mean nothing and would be a quarter of what a poll costs.
# Strict-Transport-Security is for whoever holds the certificate to say (deploy/nginx.conf): it
# binds a whole host for years, and many a town hall serves its own network over plain HTTP.
SECURITY_HEADERS: Headers = [
    *NO_SNIFFING,
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
# What says how things stand, posts included: together less than the ten seconds in which a
# withdrawn one is gone, and long enough that a cache asks for each of its two codings (gzip, br)
# less than once in two seconds.
MOMENT = "public, max-age=3, stale-while-revalidate=3"
REVALIDATE = "public, max-age=60"
JSON_TYPE = "application/json"
_NO_WEIGHT = re.compile(r"q\s*=\s*0(\.0*)?")


@dataclass(frozen=True, slots=True)
class Ready:
    """One answer: its bytes, as they are and compressed, and the headers of each."""

    status: int
    body: bytes
    encoded: Mapping[str, bytes]  # by content coding, the shortest first
    etag: bytes
    headers: Headers  # without content-length and content-encoding

    @property
    def size(self) -> int:
        """Bytes of all its forms."""
        return len(self.body) + sum(map(len, self.encoded.values()))

    async def send(self, scope: Scope, send: Send) -> None:
        """Answer ``scope``: 304 if the asker has it, compressed if it can read that."""
        asked = {name: value for name, value in scope["headers"] if name in _ASKED}
        if self.status == 200 and self._is_held(asked.get(b"if-none-match", b"")):
            kept = [header for header in self.headers if header[0] in _TOLD_AGAIN]
            await _send(send, 304, kept, b"")
            return
        body, headers = self.body, self.headers
        accepted = accepted_codings(asked.get(b"accept-encoding", b""))
        for coding, content in self.encoded.items():
            if accepted.get(coding, accepted["*"]):
                body, headers = content, [*headers, (b"content-encoding", coding.encode())]
                break
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        await _send(send, self.status, headers, b"" if scope["method"] == "HEAD" else body)

    def _is_held(self, if_none_match: bytes) -> bool:
        return bool(self.etag) and (self.etag in if_none_match or if_none_match == b"*")


_ASKED = frozenset({b"if-none-match", b"accept-encoding"})
# With a 304: what a cache must know (RFC 9110, 15.4.5); the rest it has.
_TOLD_AGAIN = frozenset(
    {b"etag", b"cache-control", b"vary", b"x-checked-at", b"access-control-allow-origin"}
)


@lru_cache(maxsize=256)  # browsers say a dozen different things
def accepted_codings(accept_encoding: bytes) -> Mapping[str, bool]:
    """Whether each coding that was named may be used, and under ``*`` the others (RFC 9110,
    12.5.3): ``gzip;q=0`` is a refusal, as is silence."""
    found = {"*": False}
    for part in accept_encoding.decode("latin-1").lower().split(","):
        coding, _, weight = part.partition(";")
        found[coding.strip()] = not _NO_WEIGHT.fullmatch(weight.strip())
    return found


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def ready(
    body: bytes,
    content_type: str,
    cache: str,
    *,
    encoded: Mapping[str, bytes] | None = None,
    extra: Iterable[tuple[bytes, bytes]] = SAME_ORIGIN,
) -> Ready:
    """A 200 answer of ``body``, compressed now unless it is at hand ``encoded``."""
    if encoded is None:
        encoded = codings.at_once(body) if compresses(content_type) else {}
    # Weak, because the plain and the compressed bytes carry the same one.
    etag = f'W/"{digest(body)[:16]}"'.encode()
    headers = [
        (b"content-type", content_type.encode()),
        (b"cache-control", cache.encode()),
        (b"etag", etag),
        (b"vary", b"accept-encoding"),
        *(NO_SNIFFING if content_type == JSON_TYPE else SECURITY_HEADERS),
        *extra,
    ]
    return Ready(200, body, encoded, etag, headers)


def compresses(content_type: str) -> bool:
    """Whether content of that type gets smaller."""
    return not content_type.startswith(("font/", "image/png", "image/jpeg", "image/webp"))


def refused(
    status: int, sentence: str, *extra: tuple[bytes, bytes], cache: str = "no-store"
) -> Ready:
    """A short plain answer to what is not served."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", cache.encode()),
        *SECURITY_HEADERS,
        *SAME_ORIGIN,
        *extra,
    ]
    return Ready(status, sentence.encode() + b"\n", {}, b"", headers)
