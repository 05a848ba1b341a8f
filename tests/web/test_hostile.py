"""F49, F56: twenty thousand requests of bad intent on the sockets of the real server."""

import re
import socket
from collections.abc import Iterator

import pytest

from . import hostile
from .fakes import Night
from .serving import PATIENCE, Server

pytestmark = pytest.mark.slow

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
LAST_WORD = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
PIPELINED = 20  # requests to a connection, so few that all of them fit into its buffers
ANSWERS = {200, 304, 400, 404, 405, 413, 414, 431}
QUIET = 0.3  # s without a byte, after which a connection that stays open has said its all


def say(server: Server, sent: bytes, *, answered: bool = True, closed: bool = True) -> bytes:
    """All that is said on a connection of its own, until the server hangs up; of one that is not
    ``closed`` until it is quiet."""
    heard = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
            if not answered:
                connection.settimeout(QUIET)
            while chunk := connection.recv(1 << 20):
                heard += chunk
                if not closed:
                    connection.settimeout(QUIET)
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass  # it waits for more of the request, or hung up while we were still sending
    return heard


def statuses(heard: bytes) -> list[int]:
    return [int(found) for found in STATUS.findall(heard)]


def pages(server: Server) -> list[bytes]:
    """What a visitor gets; without the hour of the answer."""
    asked = (f"GET {p} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" for p in ("/", "/ecran"))
    return [re.sub(rb"date: [^\r]*", b"", say(server, a.encode())) for a in asked]


@pytest.mark.parametrize("attack", hostile.TABLE, ids=lambda attack: attack.name)
def test_F56_known_attacks_get_a_short_answer(attack: hostile.Attack, served: Server) -> None:
    heard = say(served, attack.sent, answered=bool(attack.answers), closed=False)
    assert set(statuses(heard)[:1]) <= attack.answers, heard[:200]
    assert bool(heard) or not attack.answers
    head = heard.partition(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in head
    assert b"evil" not in heard
    if heard:
        assert b"x-content-type-options: nosniff" in head


def test_F56_twenty_thousand_hostile_requests_do_no_harm(served: Server) -> None:
    before, workers = pages(served), served.workers()
    heard = list(attack(served, whole=17_000, broken=3_000))
    found = {status for answers in heard for status in statuses(answers)}
    assert found <= ANSWERS
    assert {200, 304, 404, 405, 414} <= found, "the requests reach what they are meant to reach"
    assert not any(b"set-cookie" in answers.lower() for answers in heard)
    assert not any(b"Traceback" in answers for answers in heard)
    log = served.log.read_text(encoding="utf-8")
    assert len(log) < 1 << 20
    assert not re.search("Traceback|Exception|Error", log), log[:2000]
    assert served.workers() == workers, "no worker died"
    assert pages(served) == before


def attack(server: Server, whole: int, broken: int) -> Iterator[bytes]:
    """Answers by connection. Every whole request has one, or the connection was refused."""
    requests = list(hostile.requests(whole, seed=20_170_129))
    for at in range(0, whole, PIPELINED):
        batch = requests[at : at + PIPELINED]
        heard = say(server, b"".join(batch) + LAST_WORD)
        assert len(statuses(heard)) == len(batch) + 1, batch
        assert statuses(heard)[-1] == 200
        yield heard
    for request in hostile.broken(broken, seed=20_170_130):
        # The last word again and again: for some it is the rest of their body.
        yield say(server, request + b"\r\n\r\n" + LAST_WORD * 20, closed=False)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    night = Night(tmp_path_factory.mktemp("hostile") / "state")
    night.report()
    night.publish()
    with Server(night.store.root) as server:
        yield server
