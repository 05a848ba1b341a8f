"""Reading an http(s) URL, with a limit on everything.

httpx, because cancelling a task is the only deadline that covers all of it: name, connection, TLS,
headers that drip, a body that drips. Libraries with a time-out per read wait for ever on one byte
a second. Its HTTP/1.1 engine (h11) refuses a body shorter than its Content-Length.

A validator (ETag, Last-Modified) saves the transfer but is not believed for ever: the bytes decide,
and once a minute they are asked for whatever the validator says.
"""

import asyncio
import ipaddress
import socket
import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from .. import __version__, wire
from ..model import SourceFile
from .fetch import MOST_BYTES, FetchError, Look

URL_DEADLINE = 15.0  # seconds, for everything together
MOST_REDIRECTS = 3
LONGEST_RETRY_AFTER = 120.0  # seconds
_UNCONDITIONAL_SECONDS = 60.0
_CODES = {401: "denied", 403: "denied", 404: "missing", 410: "missing"}
_REDIRECTS = {301, 302, 303, 307, 308}


class Url:
    """A URL polled by conditional GET."""

    def __init__(self, url: str, deadline: float = URL_DEADLINE) -> None:
        self.deadline = deadline + 5.0  # for the lane: the loop's own deadline comes first
        self._seconds = deadline
        self._page = Page(url)
        self._runner: asyncio.Runner | None = None  # made in the thread that looks
        self._client: httpx.AsyncClient | None = None

    def look(self, again: bool) -> Look | None:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(self._look(again))

    async def _look(self, again: bool) -> Look | None:
        if self._client is None:
            self._client = make_client(self._seconds)
        return await self._page.look(self._client, self._seconds, again)


def make_client(seconds: float) -> httpx.AsyncClient:
    """Redirects are followed by ``Page``, where each is examined first."""
    return httpx.AsyncClient(follow_redirects=False, timeout=seconds)


class Page:
    """What is at one address, and what is known of it."""

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url)
        self._name = self._url.path.rpartition("/")[2] or self._url.host
        self._validators: dict[str, str] = {}
        self._whole_at = 0.0  # monotonic seconds of the last body

    async def look(self, client: httpx.AsyncClient, seconds: float, again: bool) -> Look | None:
        """As ``Fetcher.look``, within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                return await self._look(client, again)
        except TimeoutError as error:
            raise self._error("timeout", f"no whole answer in {seconds:g} s") from error
        except httpx.RemoteProtocolError as error:
            raise self._error("torn", str(error)) from error
        except httpx.TimeoutException as error:
            raise self._error("timeout", type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._error("http", str(error) or type(error).__name__) from error

    async def _look(self, client: httpx.AsyncClient, again: bool) -> Look | None:
        known = {} if again or self._is_due() else self._validators
        url = self._url
        for _ in range(MOST_REDIRECTS + 1):
            headers = {"accept-encoding": "gzip", "user-agent": f"soiree/{__version__}", **known}
            async with client.stream("GET", url, headers=headers) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    url = await self._redirected(url, response.headers["location"])
                    continue
                return await self._answer(response)
        raise self._error("http", f"more than {MOST_REDIRECTS} redirects")

    def _is_due(self) -> bool:
        return time.monotonic() - self._whole_at > _UNCONDITIONAL_SECONDS

    async def _answer(self, response: httpx.Response) -> Look | None:
        status = response.status_code
        if status == 304 and self._validators:
            return None
        if status != 200:
            raise FetchError(
                _CODES.get(status, "http"),
                f"{self._url.host} answered {status}",
                _retry_after(response.headers.get("retry-after", "")),
            )
        content = await self._body(response)
        self._validators = _validators(response.headers)
        self._whole_at = time.monotonic()
        modified = _http_date(response.headers.get("last-modified", ""))
        now = datetime.now(UTC)
        digest = wire.digest(content)
        return Look(SourceFile(self._name, content, digest, min(modified or now, now)), None, ())

    async def _body(self, response: httpx.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding not in {"identity", "gzip"}:
            raise self._error("http", f"content-encoding {encoding}, which was not asked for")
        unzip = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
        content = bytearray()
        received = 0
        async for chunk in response.aiter_raw():
            received += len(chunk)
            room = MOST_BYTES + 1 - len(content)
            try:
                content += unzip.decompress(chunk, room) if unzip else chunk[:room]
            except zlib.error as error:
                raise self._error("torn", f"broken gzip: {error}") from error
            if max(len(content), received) > MOST_BYTES:
                raise self._error("too_large", f"more than {MOST_BYTES >> 20} MiB")
        if unzip is not None and not unzip.eof:
            raise self._error("torn", "the compressed body stops early")
        if not content:
            raise self._error("empty", "the body is empty")
        return bytes(content)

    async def _redirected(self, url: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect leads. Raises ``FetchError`` for anything but the public web, or the
        host that the operator named (who may well run inside his own network)."""
        target = url.join(location)
        if target.scheme not in {"http", "https"} or (url.scheme, target.scheme) == (
            "https",
            "http",
        ):
            raise self._error("http", f"redirected from {url.scheme} to {target.scheme}")
        if target.host != self._url.host and not await _is_public(target):
            raise self._error("http", f"redirected to {target.host}, a private address")
        return target

    def _error(self, code: str, detail: str) -> FetchError:
        """Names the host only: the rest of the URL may hold a key."""
        return FetchError(code, f"{self._url.host}: {detail}")


async def _is_public(url: httpx.URL) -> bool:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
    return all((getattr(a, "ipv4_mapped", None) or a).is_global for a in addresses)


def _validators(headers: Mapping[str, str]) -> dict[str, str]:
    pairs = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))
    return {ask: headers[given] for given, ask in pairs if given in headers}


def _retry_after(text: str) -> float | None:
    """Seconds, from a number or a date."""
    seconds: float
    if text.isascii() and text.isdigit():
        seconds = float(text[:6])
    elif (moment := _http_date(text)) is not None:
        seconds = (moment - datetime.now(UTC)).total_seconds()
    else:
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
