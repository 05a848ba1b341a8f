"""What nginx answers itself, what it asks the origin, and what it lets through."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.night.server import free_port

from .conftest import Night
from .outage import told_age
from .proxy import Proxy
from .viewers import CODINGS, Answer, Connection, connected, run

pytestmark = pytest.mark.slow

POINTER = "/live/latest/home.fr.json"


def ask(night: Night, target: str, method: str = "GET", **headers: str) -> Answer:
    async def once() -> Answer:
        async with connected(night.proxy.port) as connection:
            return await connection.get(target, method, **headers)

    return run(once())


@pytest.mark.parametrize("coding", [*CODINGS, "br;q=0, gzip", "gzip;q=0", "identity", ""])
@pytest.mark.parametrize("target", ["/", POINTER, "/live/latest.json", "/assets/soiree.js"])
def test_everyone_gets_a_coding_they_can_read(
    shared_night: Night, target: str, coding: str
) -> None:
    answer = ask(shared_night, target, accept_encoding=coding)
    assert answer.status == 200
    got = answer.headers.get("content-encoding", "identity")
    readable = [name for name in coding.replace(" ", "").split(",") if not name.endswith(";q=0")]
    assert got in {*readable, "identity"}
    assert answer.text == ask(shared_night, target, accept_encoding="gzip").text
    variants = shared_night.proxy.variants(target)
    assert set(variants) <= {"gzip", "br, gzip", "br, zstd, gzip"}


def test_a_cdn_is_given_gzip_too(shared_night: Night) -> None:
    answer = ask(shared_night, "/live/latest.json", via="1.1 cdn", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"


def test_F56_a_query_nobody_knows_reaches_neither_the_cache_nor_the_origin(
    shared_night: Night,
) -> None:
    for query in ("?utm_source=x", "?lang=xx", "?lang=fr'", "?x=1&y=2", "?contest=%2e%2e", "?m=1"):
        assert ask(shared_night, f"/{query}").status == 200
    for query in ("lang=en&lang=fr", "lang=en"):
        assert '<html lang="en"' in ask(shared_night, f"/?{query}").text
    log = (shared_night.proxy.place / "tap.log").read_text()
    asked = {line.split(" ", 3)[2] for line in log.splitlines()}
    assert {target for target in asked if target.startswith("/?")} == {"/?lang=en&"}


def test_F56_nothing_else_of_a_request_reaches_the_origin(shared_night: Night) -> None:
    hostile = {"cookie": "a=b", "x_forwarded_host": "evil.example", "forwarded": "host=evil"}
    assert ask(shared_night, "/healthz", **hostile, range="bytes=0-3").status == 200
    log = (shared_night.proxy.place / "tap.log").read_text()
    assert "/healthz" in log
    assert "a=b" not in log and "evil" not in log


def test_an_unchanged_poll_is_a_304_that_tells_the_age_of_the_data(shared_night: Night) -> None:
    held = ask(shared_night, POINTER, accept_encoding="gzip")
    for name in ("cache-control", "etag", "x-checked-at", "date"):
        assert name in held.headers
    before = len(shared_night.proxy.reached()[POINTER])

    async def polls() -> list[Answer]:
        async with connected(shared_night.proxy.port) as connection:
            etag = held.headers["etag"]
            return [await connection.get(POINTER, if_none_match=etag) for _ in range(100)]

    answers = run(polls())
    assert {answer.status for answer in answers} == {304}
    assert len(shared_night.proxy.reached()[POINTER]) - before < 100
    assert all(-2 < told_age(answer) < 60 for answer in answers)
    assert all("content-length" not in answer.headers for answer in answers)


def test_the_time_of_the_last_look_moves_though_the_document_does_not(shared_night: Night) -> None:
    """nginx's own revalidation would keep the headers it had."""

    async def until_it_moved() -> None:
        async with connected(shared_night.proxy.port) as connection:
            first = await connection.get(POINTER)
            async with asyncio.timeout(30):
                while True:
                    now = await connection.get(POINTER, if_none_match=first.headers["etag"])
                    assert now.status == 304
                    if now.headers["x-checked-at"] > first.headers["x-checked-at"]:
                        return
                    await asyncio.sleep(0.05)

    run(until_it_moved())


def test_a_head_is_answered_without_a_body(shared_night: Night) -> None:
    answer = ask(shared_night, "/", "HEAD")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_only_get_and_head(shared_night: Night, method: str) -> None:
    answer = ask(shared_night, "/", method, content_length="0")
    assert answer.status == 405
    assert not [line for line in answer.text.splitlines() if "nginx/" in line]


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/assets/soiree.js.map", 404),
        ("/_dash-component-suites/dash/deps/react@18.3.1.min.js.map", 404),
        ("/assets/../../etc/passwd", 400),
        ("/assets/%2e%2e/%2e%2e/etc/passwd", 400),
        ("/a%0d%0aset-cookie:%20x=1", 404),
        ("/" + "a" * 40_000, 414),
    ],
)
def test_F56_what_is_closed(shared_night: Night, target: str, status: int) -> None:
    answer = ask(shared_night, target)
    assert answer.status == status
    assert answer.headers["server"] == "nginx"
    assert "set-cookie" not in answer.headers


def test_a_large_body_is_refused(shared_night: Night) -> None:
    assert ask(shared_night, "/", content_length="70000").status == 413


def test_many_who_ask_for_nothing_do_not_wait_for_each_other(shared_night: Night) -> None:
    """Phones look for icons of their own; a lock on an answer that no cache may keep is a queue."""
    viewers = 40

    async def icon(viewer: int) -> int:
        async with connected(shared_night.proxy.port, viewer) as connection:
            return (await connection.get("/apple-touch-icon.png")).status

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*map(icon, range(viewers)))

    assert set(run(all_at_once())) == {404}
    assert len(shared_night.proxy.reached()["/apple-touch-icon.png"]) <= 2


def test_a_flood_from_one_address_is_refused_and_its_neighbours_are_not(
    shared_night: Night,
) -> None:
    flood, each = 12, 1_000  # connections and requests: more than half a minute allows

    async def pour() -> set[int]:
        statuses = set()
        for _ in range(flood):
            async with connected(shared_night.proxy.port, 1) as flooding:
                for _ in range(each):
                    flooding.ask(POINTER, "HEAD")
                statuses |= {(await flooding.head())[0] for _ in range(each)}
        async with connected(shared_night.proxy.port, 2) as neighbour:
            assert (await neighbour.get("/")).status == 200
        return statuses

    assert run(pour()) == {200, 429}


def test_a_school_may_listen_and_one_address_may_not_take_all(shared_night: Night) -> None:
    school = 1_000
    target = "/live/events?document=home.fr&since=0"

    async def listen() -> None:
        async with asyncio.timeout(60):
            opened = [await raw(shared_night.proxy.port, 3) for _ in range(school)]
            for stream in opened:
                stream.ask(target)
            assert {(await stream.head())[0] for stream in opened} == {200}
            async with connected(shared_night.proxy.port, 3) as one_more:
                assert (await one_more.get(target)).status == 429
                assert (await one_more.get(POINTER)).status == 200  # so it polls
            async with connected(shared_night.proxy.port, 4) as neighbour:
                neighbour.ask(target)
                assert (await neighbour.head())[0] == 200
            for stream in opened:
                stream.writer.close()

    run(listen())


async def raw(port: int, viewer: int) -> Connection:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(f"127.1.0.{viewer}", 0)
    )
    return Connection(reader, writer)


def test_what_was_never_asked_before_is_awaited_when_the_origin_is_dead(tmp_path: Path) -> None:
    with Proxy(free_port(), tmp_path / "nginx") as proxy:

        async def once() -> Answer:
            async with connected(proxy.port) as connection:
                return await connection.get("/ecran")

        answer = run(once())
    assert (answer.status, answer.headers["refresh"]) == (503, "5")
    assert answer.headers["cache-control"] == "no-store"
    assert "réessaie d’elle-même" in answer.text and "tries again by itself" in answer.text


def test_health_is_never_kept(shared_night: Night) -> None:
    for _ in range(3):
        assert json.loads(ask(shared_night, "/healthz").text)["version"] > 0
    assert len(shared_night.proxy.reached()["/healthz"]) >= 3
