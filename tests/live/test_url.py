"""URLs that answer late, wrongly, too much or not at all (F6 to F11)."""

import asyncio
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from dashboard.live import health, source, url
from dashboard.live.fetch import FetchError, Look
from dashboard.live.url import Url

from .bench import Bench, table

BODY = b"code;votes\nu1;7\n"
Headers: TypeAlias = dict[str, str]
Answer: TypeAlias = Callable[[Headers], list[bytes | float]]  # pieces to send, seconds to rest


class FaultServer:
    """Speaks just enough HTTP to speak it badly. ``answer`` decides what each request gets."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _: whole(BODY)
        self.requests: list[Headers] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop
        )
        self._server = started.result(10)
        self.port = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/results.csv"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {"path": lines[0].split()[1]}
        headers |= {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:]) if v}
        self.requests.append(headers)
        try:
            for piece in self.answer(headers):
                if isinstance(piece, float):
                    await asyncio.sleep(piece)
                else:
                    writer.write(piece)
                    await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _stop(self) -> None:
        self._server.close()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    def close(self) -> None:
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


def whole(body: bytes, status: str = "200 OK", **headers: str) -> list[bytes | float]:
    given = {"content-length": str(len(body)), "connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in given.items())]
    return ["\r\n".join([*head, "", ""]).encode() + body]


@pytest.fixture
def server() -> Iterator[FaultServer]:
    server = FaultServer()
    yield server
    server.close()


def failure(server: FaultServer, deadline: float = 5.0) -> FetchError:
    fetcher = Url(server.url, deadline)
    with pytest.raises(FetchError) as caught:
        fetcher.look(False)
    assert fetcher._runner is not None
    fetcher._runner.close()
    return caught.value


def look(fetcher: Url, again: bool = False) -> Look:
    found = fetcher.look(again)
    assert found is not None
    return found


def test_a_url_is_read(server: FaultServer) -> None:
    server.answer = lambda _: whole(BODY, last_modified="Sun, 29 Jan 2017 19:47:00 GMT")
    file = look(Url(server.url)).file
    assert (file.content, file.name) == (BODY, "results.csv")
    assert file.modified_at == datetime(2017, 1, 29, 19, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "code"),
    [("404 Not Found", "missing"), ("410 Gone", "missing"), ("403 Forbidden", "denied"),
     ("500 Oops", "http"), ("204 No Content", "http")],
)  # fmt: skip
def test_F06_F07_an_answer_that_is_not_200_has_its_code(
    server: FaultServer, status: str, code: str
) -> None:
    server.answer = lambda _: whole(b"no\n" if "204" not in status else b"", status)
    assert failure(server).code == code


def test_F07_retry_after_is_honoured_up_to_two_minutes(server: FaultServer) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    for asked, given in (("7", 7), ("86400", 120), (later, 90), ("soon", None)):
        server.answer = lambda _, asked=asked: whole(  # type: ignore[misc]
            b"", "503 Busy", retry_after=asked
        )
        assert failure(server).retry_after == (
            None if given is None else pytest.approx(given, abs=3)
        )


@pytest.mark.parametrize(
    "pieces",
    [
        [30.0],
        [b"HTTP/1.1 200 OK\r\n", *([b"x-drip: 1\r\n", 0.1] * 300)],
        [*whole(b"", content_length="900"), *([b"x", 0.1] * 300)],
    ],
    ids=["silence", "dripping headers", "dripping body"],
)
def test_F08_the_deadline_covers_everything(
    server: FaultServer, pieces: list[bytes | float]
) -> None:
    server.answer = lambda _: pieces
    began = time.monotonic()
    assert failure(server, deadline=0.5).code == "timeout"
    assert time.monotonic() - began < 10, "a time-out per read would have waited thirty seconds"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_F08_an_endless_body_is_refused(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(url, "MOST_BYTES", 100_000)
    bomb = gzip.compress(b"0" * 10_000_000)
    assert len(bomb) < 100_000
    head = [b"HTTP/1.1 200 OK\r\nconnection: close\r\n"]
    if encoding:
        server.answer = lambda _: [*head, b"content-encoding: gzip\r\n\r\n", bomb]
    else:
        server.answer = lambda _: [*head, b"\r\n", *([b"x" * 10_000] * 1000)]
    assert failure(server).code == "too_large"


def test_F09_redirects_stay_on_the_web(server: FaultServer) -> None:
    for target in (
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:1/",
        "http://localhost:1/",
    ):
        server.answer = lambda _, target=target: whole(  # type: ignore[misc]
            b"", "302 Found", location=target
        )
        assert failure(server).code == "http"
    assert len(server.requests) == 4, "none was followed"
    server.answer = lambda _: whole(b"", "302 Found", location="/again")
    assert "redirects" in failure(server).detail
    assert len(server.requests) == 8


def test_F09_a_redirect_at_home_is_followed(server: FaultServer) -> None:
    server.answer = lambda headers: (
        whole(BODY) if headers["path"] == "/there" else whole(b"", "302 Found", location="/there")
    )
    assert look(Url(server.url)).file.content == BODY


def test_F10_the_bytes_decide_not_the_validator(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = Url(server.url)
    server.answer = lambda h: (
        whole(b"", "304 Not Modified") if "if-none-match" in h else whole(BODY, etag='W/"1"')
    )
    look(fetcher)
    assert fetcher.look(False) is None
    assert server.requests[-1]["if-none-match"] == 'W/"1"'
    server.answer = lambda _: whole(b"other\n", etag='W/"1"')
    assert look(fetcher).file.content == b"other\n", "same ETag, new bytes"
    look(fetcher, again=True)
    assert "if-none-match" not in server.requests[-1]
    monkeypatch.setattr(url, "_UNCONDITIONAL_SECONDS", 0.0)
    look(fetcher)
    assert "if-none-match" not in server.requests[-1], "nor is it believed for ever"


def test_F10_data_is_never_from_the_future(server: FaultServer) -> None:
    future = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    server.answer = lambda _: whole(BODY, last_modified=future)
    assert look(Url(server.url)).file.modified_at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "pieces",
    [
        whole(BODY, content_length=str(len(BODY) + 10)),
        [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ncode"],
        whole(BODY, content_encoding="gzip"),
        whole(gzip.compress(BODY)[:-9], content_encoding="gzip"),
        [b"SSH-2.0-OpenSSH\r\n"],
    ],
    ids=["short", "chunks end", "not gzip", "gzip ends", "not http"],
)
def test_F11_a_broken_answer_is_torn(server: FaultServer, pieces: list[bytes | float]) -> None:
    server.answer = lambda _: pieces
    assert failure(server).code == "torn"


def test_F11_an_encoding_that_was_not_asked_for_is_refused(server: FaultServer) -> None:
    server.answer = lambda _: whole(BODY, content_encoding="br")
    assert failure(server).code == "http"


def test_an_empty_body_and_nobody_there(server: FaultServer) -> None:
    server.answer = lambda _: whole(b"")
    assert failure(server).code == "empty"
    server.close()
    assert failure(server).code == "http"


def test_gzip_is_read(server: FaultServer) -> None:
    server.answer = lambda _: whole(gzip.compress(BODY), content_encoding="gzip")
    assert look(Url(server.url)).file.content == BODY


def test_F06_F07_a_night_with_a_url_survives_and_recovers(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "GRACE_SECONDS", 0.3)
    monkeypatch.setattr(source, "FIRST_BACKOFF", 0.1)
    monkeypatch.setattr(source, "LONGEST_BACKOFF", 0.4)
    server.answer = lambda _: whole(table({1: (60, 40)}, 4))
    bench = Bench(tmp_path, location=server.url)
    bench.until("published", lambda: bench.votes == (60, 40))
    server.answer = lambda _: whole(b"<html>", "503 Busy")
    bench.until("told", lambda: bench.code == "http")
    asked = len(server.requests)
    bench.during(1.0, lambda: bench.votes == (60, 40))
    assert len(server.requests) - asked <= 5, "it backs off"
    assert len(bench.told("trouble")) == 1
    server.answer = lambda _: whole(table({1: (61, 40)}, 4))
    bench.until("published", lambda: bench.votes == (61, 40))
    assert bench.code == "" and len(bench.told("recovered")) == 1


def test_F06_the_backoff_doubles_to_a_minute_with_jitter(tmp_path: Path) -> None:
    bench = Bench(tmp_path, location="http://127.0.0.1:1/results.csv")
    polled = bench.watcher._contests["second-round"]
    pauses = []
    for _ in range(9):
        polled._failed(FetchError("http", ""), 100.0, datetime.now(UTC))
        pauses.append(polled._next_look - 100.0)
    # The watcher itself may have failed once already.
    expected = [2.0**n for n in range(7)]
    for pause, middle in zip(pauses, [*expected[:6], 60.0, 60.0, 60.0], strict=True):
        assert 0.8 * middle <= pause <= 1.2 * middle or 0.8 * 2 * middle <= pause <= 2.4 * middle
    polled._failed(FetchError("http", "", retry_after=100.0), 100.0, datetime.now(UTC))
    assert polled._next_look == 200.0
