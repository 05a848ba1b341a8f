"""Real companions on two machines (two state folders), one real database between them, and all that
can happen to it. Witnesses look at what viewers are served, all the time."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.live.lock import holder
from dashboard.live.spawn import spawn
from dashboard.store import DirectoryStore
from tests.night.folder import Folder, make_folder
from tests.redis_server import Door, RedisServer

from .bench import eventually

pytestmark = pytest.mark.slow

START_SECONDS = 60.0  # a deadline on a busy machine; it takes about one second


class Machine:
    """A state folder with one worker's companion, and a witness of what is up."""

    def __init__(self, folder: Folder, state: Path) -> None:
        self.state = state
        self.store = DirectoryStore(state)
        self.faults: list[str] = []
        self.seen: dict[int, str] = {}  # digest of what was up, by version
        self._over = threading.Event()
        self._companion = spawn(folder.election, state)
        self._witness = threading.Thread(target=self._watch)
        self._witness.start()

    @property
    def pid(self) -> int:
        """Of the process that speaks for this machine."""
        return holder(self.state / "lock") or 0

    @property
    def watches(self) -> bool:
        return bool(((self.store.status() or {}).get("watcher") or {}).get("pid") == self.pid)

    @property
    def votes(self) -> int:
        """Published votes of the first option; 0 before the first."""
        digest = (self.store.pointer() or {}).get("files", {}).get("results.json", "")
        try:
            options = json.loads(self.store.blob(digest))["contests"][0].get("options", [])
        except (KeyError, IndexError):
            return 0
        return int(options[0]["votes"]) if options else 0

    @property
    def checked_at(self) -> str:
        return str((self.store.status() or {}).get("checked_at", ""))

    def _watch(self) -> None:
        highest = 0
        while not self._over.wait(0.005):
            pointer = self.store.pointer()
            if pointer is None and highest:
                self.faults.append(f"nothing after {highest}")
            version, digest = (pointer or {}).get("version", 0), (pointer or {}).get("digest", "")
            if version < highest:
                self.faults.append(f"version {version} after {highest}")
            highest = version
            if self.seen.setdefault(version, digest) != digest:
                self.faults.append(f"version {version} twice")

    def stop(self) -> None:
        self._over.set()
        self._witness.join()
        self._companion.stop()


class Night:
    """Two machines, the door to their database, and a results file that counts up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "a night").mkdir()
        self.folder = make_folder(path / "a night", poll=0.1)
        self.server = RedisServer(path / "redis")
        self.server.start()
        self.door = Door(self.server.port)
        election = self.folder.election
        text = election.read_text(encoding="utf-8")
        election.write_text(f'store = "{self.door.url}"\n{text}', encoding="utf-8")
        self.machines = [Machine(self.folder, path / name) for name in ("a", "b")]
        self.count = 100

    def watcher(self) -> Machine:
        found: list[Machine] = []

        def look() -> bool:
            found[:] = [machine for machine in self.machines if machine.watches]
            return len(found) == 1

        eventually("one machine watches", look, START_SECONDS)
        return found[0]

    def write(self) -> int:
        """A new file; its votes."""
        self.count += 1
        self.folder.publish({1: (self.count, 40)})
        return self.count

    def is_shown(self, votes: int, *machines: Machine) -> None:
        """Waits until these machines, or all, show it."""
        for machine in machines or self.machines:
            eventually(
                f"{votes} shown in {machine.state.name}",
                lambda m=machine: m.votes == votes,  # type: ignore[misc]
                START_SECONDS,
            )

    def stop(self) -> None:
        for machine in self.machines:
            machine.stop()
        self.door.close()
        self.server.stop()

    def check(self) -> None:
        """No viewer of either machine ever went back, and a number had one content everywhere."""
        first, second = self.machines
        assert first.faults == [] and second.faults == []
        both = first.seen.keys() & second.seen.keys()
        assert all(first.seen[version] == second.seen[version] for version in both)
        assert len(both) > 1


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    night = Night(tmp_path_factory.mktemp("several"))
    yield night
    night.stop()


@pytest.fixture(autouse=True)
def nobody_goes_back(night: Night) -> Iterator[None]:
    night.is_shown(night.write())
    yield
    night.is_shown(night.write())
    night.check()


def test_one_machine_watches_and_both_say_the_same(night: Night) -> None:
    night.watcher()
    first, second = (machine.store for machine in night.machines)
    eventually("the same version", lambda: first.pointer() == second.pointer())
    eventually("both know of a look", lambda: all(m.checked_at for m in night.machines))
    before = {machine.state: machine.checked_at for machine in night.machines}
    for machine in night.machines:
        eventually("of another", lambda m=machine: m.checked_at > before[m.state])  # type: ignore[misc]


def test_F42_a_frozen_watcher_is_replaced_and_its_late_write_refused(night: Night) -> None:
    frozen = night.watcher()
    (other,) = (machine for machine in night.machines if machine is not frozen)
    pid = frozen.pid
    os.kill(pid, signal.SIGSTOP)
    version = (frozen.store.pointer() or {})["version"]
    votes = night.write()
    night.is_shown(votes, other)
    assert (other.store.pointer() or {})["version"] > version
    assert frozen.votes < votes, "its own machine keeps the last version"
    os.kill(pid, signal.SIGCONT)
    night.is_shown(votes)
    eventually("another process follows there", lambda: frozen.pid != pid, START_SECONDS)
    assert night.watcher() is other


def test_the_end_of_a_watcher_is_no_wait_for_its_lease(night: Night) -> None:
    pid = night.watcher().pid
    os.kill(pid, signal.SIGTERM)
    eventually("another process", lambda: night.watcher().pid != pid, START_SECONDS)


def test_F44_killed_and_started_again_empty(night: Night) -> None:
    night.server.stop(signal.SIGKILL)
    votes = night.write()
    for machine in night.machines:
        eventually("it says so", lambda m=machine: _trouble(m), START_SECONDS)  # type: ignore[misc]
        assert machine.votes == votes - 1, "what cannot be agreed on is shown to nobody"
    night.server.start()
    night.is_shown(votes)
    for machine in night.machines:
        eventually("all is well", lambda m=machine: not _trouble(m), START_SECONDS)  # type: ignore[misc]


def test_F44_frozen(night: Night) -> None:
    night.server.send_signal(signal.SIGSTOP)
    votes = night.write()
    for machine in night.machines:
        eventually("it says so", lambda m=machine: _trouble(m), START_SECONDS)  # type: ignore[misc]
    night.server.send_signal(signal.SIGCONT)
    night.is_shown(votes)


def test_F44_slow(night: Night) -> None:
    night.server.client.client_pause(3_000)
    night.is_shown(night.write())


def test_F44_flushed_while_nothing_new_comes(night: Night) -> None:
    shown = [machine.store.pointer() for machine in night.machines]
    night.server.client.flushall()
    eventually(
        "brought back", lambda: night.server.client.hget("soiree:{essai}:published", "version")
    )
    assert [machine.store.pointer() for machine in night.machines] == shown
    night.watcher()


def test_F44_cut_off_again_and_again(night: Night) -> None:
    for _ in range(3):
        night.door.lead_to(None)
        votes = night.write()
        night.door.lead_to(night.server.port)
        night.is_shown(votes)


def test_F44_replaced_by_a_replica_that_is_behind(night: Night) -> None:
    replica = RedisServer(night.path / "replica", night.server)
    replica.start()
    eventually("linked", lambda: replica.client.info("replication")["master_link_status"] == "up")
    replica.client.execute_command("REPLICAOF", "NO", "ONE")
    for _ in range(3):
        night.is_shown(night.write())
    night.server.stop()
    night.door.lead_to(replica.port)
    night.server = replica
    night.is_shown(night.write())


def _trouble(machine: Machine) -> bool:
    return (machine.store.status() or {}).get("code") in {"store", "storage"}
