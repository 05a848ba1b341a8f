"""``soiree publish`` as an operator starts it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from tests.night.server import START_SECONDS, eventually


def command(election: Path, destination: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "dashboard", "publish", str(election), destination, *options]


def environment(state: Path, more: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    return {**os.environ, "SOIREE_STATE": str(state), **more}


class Publishing:
    """A running publisher; a context manager."""

    def __init__(
        self, election: Path, state: Path, destination: str, more: Mapping[str, str] | None = None
    ) -> None:
        self._log = state.parent / "publish.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command(election, destination, "--beat", "1"),
                env=environment(state, more or {}),
                stdout=log,
                stderr=log,
            )

    def await_file(self, path: Path) -> None:
        eventually(f"{path.name} is there", lambda: self._lives() and path.exists(), START_SECONDS)

    def _lives(self) -> bool:
        assert self.process.poll() is None, self._log.read_text(encoding="utf-8")
        return True

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines() if line[:1] == "{"]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()
