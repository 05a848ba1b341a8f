"""The web side under its real server, without a watcher: a test plays the watcher."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds


class Server:
    """gunicorn with the product's own configuration, on a port that stays the same."""

    def __init__(
        self,
        state: Path,
        beat_seconds: float = 0.5,
        workers: int = 1,
        app: str = "tests.web.served:app",
    ) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = state.parent / f"server-{self.port}.log"
        self._app = app
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "SOIREE_ELECTION": "not-read-here.toml",
            "SOIREE_STATE": str(state),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(workers),
            "BEAT_SECONDS": str(beat_seconds),
        }

    def start(self) -> None:
        command = [
            sys.executable, "-m", "gunicorn", "--config", "python:dashboard.web.gunicorn_config",
            self._app,
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, start_new_session=True, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server of the test did not start")
            time.sleep(0.02)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends it; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)

    def workers(self) -> set[int]:
        """The process ids of those who answer."""
        assert self._process is not None
        return {child.pid for child in psutil.Process(self._process.pid).children()}

    def freeze(self) -> None:
        """Every process of it stops where it is: connections stay open and say nothing."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.origin}/healthz", timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except urllib.error.URLError:
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()
