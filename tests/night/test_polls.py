"""A hundred thousand polls while workers are killed: none goes back, none fails."""

import contextlib
import os
import random
import signal
import socket
import threading
from pathlib import Path

import pytest

from tests.redis_server import RedisServer

from .folder import Folder
from .server import Server, eventually

pytestmark = pytest.mark.slow

POLLS = 100_000
VIEWERS = 8
TRIES = 3  # a browser repeats a request whose kept connection ends under it


class Viewer(threading.Thread):
    """Polls as a page does, on a connection it keeps, and tells the newest version it has seen."""

    def __init__(self, server: Server, polls: int) -> None:
        super().__init__()
        self.done, self.highest = 0, 0
        self.faults: list[str] = []
        self._port, self._polls = server.port, polls
        self._socket: socket.socket | None = None

    def run(self) -> None:
        while self.done < self._polls and len(self.faults) < 10:
            version = self._ask()
            if version < self.highest:
                self.faults.append(f"version {version} after {self.highest}")
            self.highest = max(self.highest, version)
            self.done += 1
        self._leave()

    def _ask(self) -> int:
        """The version told; -1 when nobody answers."""
        path = f"/live/latest/home.fr.json?since={self.highest}"
        for _ in range(TRIES):
            with contextlib.suppress(OSError):
                if self._socket is None:
                    self._socket = socket.create_connection(("127.0.0.1", self._port), 30)
                self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                if body := self._answer(self._socket):
                    return int(body.partition(b'"version":')[2].partition(b",")[0])
            self._leave()
        return -1

    def _answer(self, connection: socket.socket) -> bytes:
        """The body of a 200, b"" when the connection ended before."""
        content = b""
        while True:
            head, end, body = content.partition(b"\r\n\r\n")
            if end:
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
                if len(body) >= length:
                    if not head.startswith(b"HTTP/1.1 200"):
                        self.faults.append(head.decode())
                    return body
            received = connection.recv(65_536)
            if not received:
                return b""
            content += received

    def _leave(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def workers(server: Server) -> list[int]:
    assert server.process is not None
    pid = server.process.pid
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("machines", [1, 2])
def test_F43_no_poll_goes_back_or_fails_while_workers_are_killed(
    machines: int, folder: Folder, tmp_path: Path
) -> None:
    """Four workers, on one machine or on two that share a database."""
    with contextlib.ExitStack() as running:
        if machines > 1:
            database = running.enter_context(RedisServer(tmp_path / "redis"))
            text = folder.election.read_text(encoding="utf-8")
            folder.election.write_text(f'store = "{database.url}"\n{text}', encoding="utf-8")
        servers = [
            running.enter_context(Server(folder.election, tmp_path / f"state-{n}", 4 // machines))
            for n in range(machines)
        ]
        viewers = [Viewer(servers[n % machines], POLLS // VIEWERS) for n in range(VIEWERS)]
        for viewer in viewers:
            viewer.start()
        kills = kill_while(viewers, servers, folder)
        folder.publish({1: (100_000, 40)})
        for server in servers:
            eventually("the last file", lambda s=server: s.votes().get("hamon") == 100_000, 60)  # type: ignore[misc]
    assert [fault for viewer in viewers for fault in viewer.faults] == []
    assert sum(viewer.done for viewer in viewers) == POLLS
    assert kills >= 4


def kill_while(viewers: list[Viewer], servers: list[Server], folder: Folder) -> int:
    """Kills a worker, then waits for a new version, as long as anybody polls; how often."""
    chance = random.Random(1)
    kills = 0
    while any(viewer.is_alive() for viewer in viewers):
        server = chance.choice(servers)
        found = eventually("a worker", lambda s=server: workers(s), 60)  # type: ignore[misc]
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(found), signal.SIGKILL)
        kills += 1
        folder.publish({1: (kills, 40)})
        for each in servers:
            eventually("published", lambda s=each, n=kills: s.votes().get("hamon") == n, 60)  # type: ignore[misc]
    for viewer in viewers:
        viewer.join()
    return kills
