"""Keeps one companion alive beside a web worker, and no frozen watcher in any worker's way.

Light on purpose: this runs inside the process that serves, which imports nothing of the night.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from .lock import holder, is_held, pulse
from .log import log

MODULE = "dashboard.live.companion"
LOOK_SECONDS = 0.5
FROZEN_LOOKS = 30  # looks without a pulse: 15 s. Counted, so that a pause of our own is one look
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a companion that ended is started again
STEADY_SECONDS = 30.0  # one that lived this long starts with a clean slate
LEAVE_SECONDS = 6.0
NOT_OURS = 75  # exit code of a companion that may not write any more: another one may


class Companion:
    """A companion process and the thread that keeps it. ``stop`` ends both."""

    def __init__(self, election: Path, state: Path, command: Sequence[str] = ()) -> None:
        self._command = list(command) or [sys.executable, "-m", MODULE, str(election), str(state)]
        self._lock = state / "lock"
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = FIRST_PAUSE
        self._pulse: int | None = None
        self._looks = 0
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the companion and waits for it, some seconds at most. May be called twice."""
        self._over.set()
        self._thread.join(LEAVE_SECONDS + 2.0)

    def _keep(self) -> None:
        self._start()
        while not self._over.wait(LOOK_SECONDS):
            if self._process is None or self._process.poll() is not None:
                self._restart()
            self._end_frozen_watcher()
        self._end()

    def _start(self) -> None:
        """The pipe is the leash: it closes when this process ends, however it ends. In a session
        of its own, so that Ctrl-C reaches the server alone."""
        self._began = time.monotonic()
        package_parent = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [package_parent, os.environ.get("PYTHONPATH", "")]))
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
                start_new_session=True,
            )
        except OSError as error:  # out of processes or memory: try again later
            self._process = None
            log("companion", detail=f"not started: {error.strerror}")

    def _restart(self) -> None:
        """Soon after a long life, a killing or a lost lease, later and later after short ones: one
        that ends by itself at once will do so again, one of the others is missed as a standby."""
        code = self._process.returncode if self._process is not None else None
        self._release()
        is_missed = code is not None and (code < 0 or code == NOT_OURS)
        if is_missed or time.monotonic() - self._began > STEADY_SECONDS:
            self._pause = FIRST_PAUSE
        log("companion", detail="ended, starting another", code=code)
        if not self._over.wait(self._pause):
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self._start()

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        self._release()
        try:
            process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _release(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def _end_frozen_watcher(self) -> None:
        """Kills the watcher, whosever companion it is, when it has had no pulse for long."""
        now = pulse(self._lock)
        self._looks = 0 if now != self._pulse else self._looks + 1
        self._pulse = now
        if self._looks < FROZEN_LOOKS:
            return
        self._looks = 0
        pid = holder(self._lock)
        if pid is not None and is_held(self._lock) and _is_companion(pid, self._lock.parent):
            log("frozen", detail="the watcher has no pulse and is killed", pid=pid)
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def spawn(election: Path, state: Path) -> Companion:
    """Starts a companion for this worker; its ``stop`` ends it."""
    return Companion(election, state)


def _is_companion(pid: int, state: Path) -> bool:
    """Whether that pid is a companion of this state folder, not a stranger who was given the
    number of one that died. Only where /proc says; elsewhere a frozen watcher is left alone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return MODULE.encode() in words and os.fsencode(state) in words
