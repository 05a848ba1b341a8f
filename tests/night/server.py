"""The real server on a real port, and patience that polls a condition instead of sleeping."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from tests.ports import free_port

T = TypeVar("T")
START_SECONDS = 60.0  # a deadline, not an expectation: the machine may be busy


def eventually(what: str, probe: Callable[[], T | None], seconds: float = 20.0) -> T:
    """The first truthy answer of ``probe``; fails with ``what`` when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"in {seconds:.0f} s: {what}")
        time.sleep(0.02)


class Server:
    """``soiree serve ELECTION`` as an operator starts it; a context manager."""

    def __init__(
        self, election: Path, state: Path, workers: int = 2, patience: float = START_SECONDS
    ) -> None:
        self.election, self.state, self.workers = election, state, workers
        self.patience = patience  # seconds until the first version
        self.port = free_port()
        self.log = state.parent / f"server-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._seen = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "dashboard", "serve", str(self.election)]
        command += ["--port", str(self.port), "--workers", str(self.workers)]
        environment = os.environ | {"SOIREE_STATE": str(self.state)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        eventually("the server publishes", self._ready, self.patience)

    def _ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        return self.version() > 0

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=8) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except (urllib.error.URLError, OSError):
            return 0, b""

    def json(self, path: str) -> dict[str, Any]:
        status, body = self.get(path)
        parsed: dict[str, Any] = json.loads(body) if status == 200 else {}
        return parsed

    def latest(self) -> dict[str, Any]:
        """The pointer, asked for as a viewer does: never older than what was seen before."""
        latest = self.json(f"/live/latest.json?since={self._seen}")
        self._seen = max(self._seen, int(latest.get("version") or 0))
        return latest

    def version(self) -> int:
        return int(self.latest().get("version") or 0)

    def document(self, name: str = "home.fr") -> dict[str, Any]:
        url = self.latest()["documents"][name]["url"]
        document: dict[str, Any] = self.json(url)["document"]
        return document

    def votes(self) -> dict[str, int]:
        """Published totals by option, from the open results."""
        contests = self.json("/api/results.json").get("contests", [{}])
        return {option["id"]: option["votes"] for option in contests[0].get("options", [])}

    def newer(self, version: int) -> int:
        """The version, once it is newer: a worker may be a moment behind the one asked before."""
        return (
            eventually(f"a version after {version}", lambda: max(0, self.version() - version))
            and self._seen
        )

    def watcher_pid(self) -> int:
        """Who holds the lock."""
        try:
            return int((self.state / "lock").read_text() or 0)
        except (OSError, ValueError):
            return 0
