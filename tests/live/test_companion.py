"""Real companions: one watches, the others stand by; kills, freezes, and no one left behind."""

import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.live import spawn as spawning
from dashboard.live.lock import Lock, LockLost, holder, is_held, pulse
from dashboard.live.spawn import Companion, spawn
from dashboard.store import DirectoryStore
from tests.night.folder import Folder, make_folder

from .bench import eventually

pytestmark = pytest.mark.slow

START_SECONDS = 60.0  # a deadline on a busy machine; it takes about one second


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "a night").mkdir()
    return make_folder(tmp_path / "a night", poll=0.1)


class Night:
    """Companions of one election, as many workers would keep them."""

    def __init__(self, folder: Folder, state: Path, workers: int) -> None:
        self.folder = folder
        self.state = state
        self.store = DirectoryStore(state)
        self.companions = [spawn(folder.election, state) for _ in range(workers)]

    @property
    def version(self) -> int:
        return int((self.store.pointer() or {}).get("version", 0))

    @property
    def pid(self) -> int:
        """The watcher's, 0 while nobody holds the lock."""
        return (holder(self.state / "lock") or 0) if is_held(self.state / "lock") else 0

    @property
    def votes(self) -> int:
        """Published votes of the first option; 0 before the first."""
        digest = (self.store.pointer() or {})["files"]["results.json"]
        options = json.loads(self.store.blob(digest))["contests"][0].get("options", [])
        return int(options[0]["votes"]) if options else 0

    def processes(self) -> list[subprocess.Popen[bytes]]:
        running = [companion._process for companion in self.companions]
        return [process for process in running if process is not None and process.poll() is None]

    def warm(self) -> bool:
        """Whether someone watches and someone else waits in the lock's queue."""
        return bool(self.pid) and len(waiting_for(self.state / "lock")) > 0

    def stop(self) -> None:
        for companion in self.companions:
            companion._over.set()
        for companion in self.companions:
            companion.stop()


def watcher_of(store: DirectoryStore) -> int:
    """The pid that the status names, 0 before the first."""
    return int((store.status() or {}).get("watcher", {}).get("pid", 0))


def waiting_for(lock: Path) -> list[int]:
    """Pids in the queue for the lock, as the kernel tells it."""
    inode = f":{lock.stat().st_ino} "
    lines = Path("/proc/locks").read_text().splitlines()
    return [int(line.split()[5]) for line in lines if "->" in line and inode in line]


@pytest.fixture
def night(folder: Folder, tmp_path: Path) -> Iterator[Night]:
    night = Night(folder, tmp_path / "state", workers=3)
    eventually("the first version", lambda: night.version, START_SECONDS)
    yield night
    night.stop()
    assert not night.processes()
    assert not night.pid


def kill_again_and_again(night: Night, times: int) -> list[float]:
    """Kills the watcher while the file changes all the time; returns seconds to a take-over."""
    digests: dict[int, str] = {}
    over = threading.Event()
    faults: list[str] = []

    def follow() -> None:
        highest = 0
        while not over.wait(0.002):
            pointer = night.store.pointer() or {}
            version, digest = pointer["version"], pointer["digest"]
            if version < highest:
                faults.append(f"version {version} after {highest}")
            if digests.setdefault(version, digest) != digest:
                faults.append(f"version {version} twice")
            highest = version

    def write() -> None:
        n = 0
        while not over.wait(0.15):
            n += 1
            night.folder.publish({1: (60 + n, 40), 2: (10 + n, 10)})

    helpers = [threading.Thread(target=work) for work in (follow, write)]
    for helper in helpers:
        helper.start()
    took = []
    chance = random.Random(1)
    for _ in range(times):
        eventually("a warm standby", night.warm, START_SECONDS)
        time.sleep(chance.uniform(0, 0.4))  # so that it dies anywhere in its work
        before = night.pid
        os.kill(before, signal.SIGKILL)
        killed = time.monotonic()
        eventually("a take-over", lambda before=before: night.pid not in {0, before})  # type: ignore[misc]
        took.append(time.monotonic() - killed)
    version = night.version
    eventually("it publishes", lambda: night.version > version, START_SECONDS)
    over.set()
    for helper in helpers:
        helper.join()
    assert not faults
    night.folder.publish({1: (9_000, 40), 2: (1_000, 10)})
    eventually("the last file", lambda: night.votes == 10_000, START_SECONDS)
    return took


def test_F40_the_version_never_falls_nor_repeats_when_the_watcher_is_killed(night: Night) -> None:
    took = kill_again_and_again(night, times=50)
    print(f"take-over: worst {max(took):.3f} s, median {sorted(took)[len(took) // 2]:.3f} s")
    assert max(took) <= 5.0


def test_F41_a_frozen_watcher_is_killed_and_replaced(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spawning, "FROZEN_LOOKS", 8)
    eventually("a warm standby", night.warm, START_SECONDS)
    frozen = night.pid
    os.kill(frozen, signal.SIGSTOP)
    version = night.version
    eventually("a take-over", lambda: night.pid not in {0, frozen}, START_SECONDS)
    night.folder.publish({1: (61, 40)})
    eventually("published", lambda: night.version > version and night.votes == 61)


def test_F42_only_one_of_many_watches(night: Night) -> None:
    eventually("two wait", lambda: len(waiting_for(night.state / "lock")) == 2, START_SECONDS)
    pids = {process.pid for process in night.processes()}
    assert night.pid in pids and len(pids) == 3
    eventually("it says so", lambda: watcher_of(night.store) == night.pid)


def test_a_lock_file_removed_by_hand_makes_the_watcher_step_down(night: Night) -> None:
    eventually("a warm standby", night.warm, START_SECONDS)
    (night.state / "lock").unlink()
    night.folder.publish({1: (61, 40)})
    eventually("someone watches again", lambda: night.pid, START_SECONDS)
    eventually("published", lambda: night.votes == 61, START_SECONDS)


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL])
def test_a_companion_ends_with_its_worker(folder: Folder, tmp_path: Path, way: int) -> None:
    code = (
        "import sys, time; from pathlib import Path; from dashboard.live.spawn import spawn;"
        "spawn(Path(sys.argv[1]), Path(sys.argv[2])); time.sleep(600)"
    )
    state = tmp_path / "state"
    command = [sys.executable, "-c", code, str(folder.election), str(state)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as worker:
        lock = state / "lock"
        eventually("it watches", lambda: lock.exists() and is_held(lock), START_SECONDS)
        worker.send_signal(way)
    eventually("nobody watches", lambda: not is_held(lock))


def test_stopping_leaves_nothing_behind(folder: Folder, tmp_path: Path) -> None:
    threads = threading.active_count()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    companion = spawn(folder.election, tmp_path / "state")
    lock = tmp_path / "state" / "lock"
    eventually("it watches", lambda: lock.exists() and is_held(lock), START_SECONDS)
    process = companion._process
    assert process is not None
    companion.stop()
    companion.stop()
    assert process.returncode == 0, "asked, not killed"
    assert threading.active_count() == threads
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


def test_one_that_keeps_ending_is_started_less_and_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spawning, "LOOK_SECONDS", 0.01)
    starts = tmp_path / "starts"
    script = "import sys, time; open(sys.argv[1], 'a').write(f'{time.time()}\\n')"
    companion = Companion(tmp_path, tmp_path, [sys.executable, "-c", script, str(starts)])
    eventually("four starts", lambda: starts.exists() and len(starts.read_text().split()) >= 4)
    companion.stop()
    first, *_, last, latest = map(float, starts.read_text().split()[:4])
    assert last - first >= 0.6 and latest - last >= 0.8


def test_one_that_is_killed_is_soon_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever kills the watcher again and again must not run out of standbys."""
    monkeypatch.setattr(spawning, "LOOK_SECONDS", 0.01)
    companion = Companion(tmp_path, tmp_path, [sys.executable, "-c", "input()"])
    eventually("a start", lambda: companion._process)
    for _ in range(6):
        process = companion._process
        assert process is not None
        process.kill()
        eventually("another", lambda process=process: companion._process is not process)  # type: ignore[misc]
    assert companion._pause <= 2 * spawning.FIRST_PAUSE
    companion.stop()


def run_companion(*arguments: Path) -> subprocess.CompletedProcess[str]:
    """Runs one until it ends by itself, on an open leash."""
    reading, writing = os.pipe()
    try:
        return subprocess.run(
            [sys.executable, "-m", spawning.MODULE, *map(str, arguments)],
            cwd=Path(__file__).parents[2],
            stdin=reading,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)


def test_a_state_folder_that_cannot_be_used_is_one_sentence_and_3(folder: Folder) -> None:
    ended = run_companion(folder.election, folder.election)
    assert ended.returncode == 3
    assert ended.stderr.startswith("soiree: ") and ended.stderr.count("\n") == 1
    assert "essai.toml" in ended.stderr


def test_a_wrong_election_file_is_one_sentence_and_2(tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text("id = 3\n")
    ended = run_companion(tmp_path / "e.toml", tmp_path / "state")
    assert ended.returncode == 2
    assert ended.stderr.startswith("soiree: ") and ended.stderr.count("\n") == 1


# The lock itself


def test_the_lock_says_who_and_that_he_lives(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path) and holder(path) is None and pulse(path) is None
    lock = Lock.take(path)
    lock.check()
    assert is_held(path) and holder(path) == os.getpid()
    before = pulse(path)
    eventually("the pulse", lambda: lock.beat() or pulse(path) != before)  # type: ignore[func-returns-value]
    path.unlink()
    with pytest.raises(LockLost):
        lock.check()
    path.write_text(str(os.getpid()))
    with pytest.raises(LockLost):
        lock.check()


def test_a_lock_file_replaced_while_we_waited_is_not_taken_for_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    old = path.open("w")
    fcntl.flock(old, fcntl.LOCK_EX)
    locks: list[Lock] = []
    waiter = threading.Thread(target=lambda: locks.append(Lock.take(path)))
    waiter.start()
    eventually("it waits", lambda: waiting_for(path))
    path.unlink()
    old.close()
    waiter.join(20)
    locks[0].check()
    assert is_held(path)


def test_a_link_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("")
    (tmp_path / "lock").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic links"):
        Lock.take(tmp_path / "lock")


def test_a_stranger_with_the_pid_of_a_dead_watcher_is_spared(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        assert not spawning._is_companion(stranger.pid, tmp_path)
        stranger.communicate(b"\n")
