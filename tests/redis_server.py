"""A Redis or Valkey of a test's own, and a door before it that can be shut or lead elsewhere."""

import contextlib
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import redis

from tests.ports import free_port

PATIENCE = 30.0  # seconds; it takes a tenth of one


def program() -> str:
    """Whichever is installed."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise AssertionError("neither valkey-server nor redis-server is installed: apt-get install one")


class RedisServer:
    """Keeps nothing on disk. A context manager; ``primary``: the one it is a replica of."""

    def __init__(self, folder: Path, primary: "RedisServer | None" = None) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._command = [
            program(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--dir", str(folder), "--repl-diskless-sync-delay", "0",
        ]  # fmt: skip
        if primary is not None:
            self._command += ["--replicaof", f"127.0.0.1 {primary.port}"]
        self.process: subprocess.Popen[bytes] | None = None
        self.client: Any = redis.Redis.from_url(self.url, decode_responses=True)

    def start(self) -> None:
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(redis.ConnectionError):
                self.client.ping()
                return
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((self._folder / "log").read_text())
            time.sleep(0.02)

    def send_signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self, number: int = signal.SIGKILL) -> None:
        """All that it knew is lost."""
        if self.process is not None:
            self.send_signal(signal.SIGCONT)
            self.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()
        self.client.close()


class Door:
    """A port that leads to another one: what clients know while servers change behind it."""

    def __init__(self, port: int) -> None:
        self.leads_to: int | None = port  # ``None``: shut
        self._listener = socket.create_server(("127.0.0.1", free_port()))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def lead_to(self, port: int | None) -> None:
        """From now on, for everyone: open connections are cut."""
        self.leads_to = port
        for pair in self._pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def close(self) -> None:
        self.lead_to(None)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    assert self.leads_to is not None
                    server = socket.create_connection(("127.0.0.1", self.leads_to))
                except (AssertionError, OSError):
                    client.close()
                    continue
                self._pairs.append((client, server))
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=_pump, args=ends, daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := source.recv(65_536):
            target.sendall(content)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
