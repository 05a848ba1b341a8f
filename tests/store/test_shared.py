"""Several machines share a night; their database is killed, emptied, replaced by an older one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from dashboard.live import lease
from dashboard.live.lease import Standby
from dashboard.model import Snapshot
from dashboard.store import Fenced, StoreError
from dashboard.store.errors import Unreachable
from dashboard.store.shared import OtherVersion, Shared
from tests.builders import make_contest, make_result, make_unit
from tests.redis_server import Door, RedisServer

from .machines import Machine
from .nights import assert_whole, publish

pytestmark = pytest.mark.slow


@pytest.fixture
def machines(server: RedisServer, tmp_path: Path) -> tuple[Machine, Machine]:
    return Machine(tmp_path / "a", server.url), Machine(tmp_path / "b", server.url)


def lease_runs_out(server: RedisServer) -> None:
    """As if nobody had renewed it for long."""
    assert server.client.delete("soiree:{essai}:lease") == 1


def lasting(server: RedisServer) -> set[str]:
    """Names of the blobs that will not expire."""
    prefix = "soiree:{essai}:blob:"
    keys = server.client.keys(f"{prefix}*")
    return {key.removeprefix(prefix) for key in keys if server.client.ttl(key) == -1}


def test_every_machine_serves_the_same_bytes(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    writer = first.leased()
    for value in ("a", "b", "c"):
        publish(writer, value)
        assert second.follow() == first.version
        assert second.files() == first.files()
        assert len(first.files()) == 3 + (value != "a")  # pointer, whole, file, patch
        assert_whole(second.root)
    writer.write_status({"state": "ok", "checked_at": "2017-01-29T19:47:00.000Z"})
    writer.save("opened.json", b'["an hour"]')
    writer.renew()
    second.follow()
    assert second.store.status() == first.store.status()
    assert second.store.load("opened.json") == b'["an hour"]'


def test_who_comes_late_is_given_the_present_version_at_once(
    machines: tuple[Machine, Machine],
) -> None:
    first, second = machines
    writer = first.leased()
    for n in range(60):  # more than a folder keeps
        publish(writer, n)
    assert second.follow() == first.version
    assert_whole(second.root)


def test_what_no_version_names_is_forgotten(server: RedisServer, tmp_path: Path) -> None:
    machine = Machine(tmp_path, server.url)
    writer = machine.leased()
    for value in ("a", "b", "c"):
        publish(writer, value)
    assert lasting(server) == machine.files().keys() - {"pointer.json"}


def test_F42_a_watcher_that_was_frozen_beyond_its_lease_is_refused(
    server: RedisServer, machines: tuple[Machine, Machine]
) -> None:
    first, second = machines
    late = first.leased()
    version = publish(late, "a")
    lease_runs_out(server)
    quick = second.leased()
    with pytest.raises(Fenced):
        publish(late, "late")
    with pytest.raises(Fenced):
        late.renew()
    assert first.version == version, "nor is it shown on its own machine"
    newer = publish(quick, "b")
    assert newer > version + 1
    assert first.follow() == newer
    assert first.files() == second.files()


def test_F42_nobody_gets_a_lease_that_is_held(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    first.leased()
    assert second.shared is not None
    assert second.shared.acquire(10**14) == 0
    assert second.standby().turn() == 0


def test_a_lease_that_nobody_else_took_is_continued(
    server: RedisServer, machines: tuple[Machine, Machine]
) -> None:
    """The database was away for longer than the lease, and nobody has published since."""
    writer = machines[0].leased()
    version = publish(writer, "a")
    lease_runs_out(server)
    assert publish(writer, "b") == version + 1
    writer.renew()
    assert server.client.pttl("soiree:{essai}:lease") > 0


def test_another_process_of_the_machine_continues_its_lease(
    machines: tuple[Machine, Machine],
) -> None:
    version = publish(machines[0].leased(), "a")
    assert publish(machines[0].leased(), "b") == version + 1


def test_a_lease_given_back_is_free_at_once(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    writer = first.leased()
    version = publish(writer, "a")
    writer.release()
    assert publish(second.leased(), "b") > version + 1


def test_a_take_over_continues_from_what_was_published(
    server: RedisServer, machines: tuple[Machine, Machine]
) -> None:
    first, second = machines
    contest = make_contest(4)
    result = make_result(contest, make_unit("u1", 60_013, 40))
    snapshot = Snapshot((result,), ())
    publish(first.leased(), "a", snapshot=snapshot)
    second.follow()
    lease_runs_out(server)
    assert second.leased().load_snapshot() == snapshot


def test_of_what_is_sealed_nothing_is_shared(server: RedisServer, tmp_path: Path) -> None:
    writer = Machine(tmp_path, server.url).leased()
    publish(writer, "a")
    before = contents(server)
    result = make_result(make_contest(4), make_unit("u1", 60_013, 40))
    writer.save_snapshot(Snapshot((result,), ()))
    writer.save("anything", b"60013")
    writer.renew()
    assert contents(server) == before
    assert writer.load_snapshot() == Snapshot((result,), ())


def contents(server: RedisServer) -> dict[bytes, bytes]:
    """All that lies in the database, by key."""
    with redis.Redis.from_url(server.url) as client:
        return {key: client.dump(key) for key in client.scan_iter()}


def test_F44_an_answer_that_was_lost_is_no_second_version(
    machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version was put up, and the watcher never heard of it."""
    first, second = machines
    writer = first.leased()
    version = publish(writer, "a")
    put = Shared.put

    def lost(*given: Any, **named: Any) -> None:
        put(*given, **named)
        raise Unreachable("the answer was lost")

    with monkeypatch.context() as patch:
        patch.setattr(Shared, "put", lost)
        with pytest.raises(StoreError):
            publish(writer, "b")
    assert first.version == version
    assert second.follow() == version + 1
    assert publish(writer, "c") == version + 2
    entry = (first.store.pointer() or {})["documents"]["home.fr"]
    assert entry["patch"]["from"] == version + 1, "what the others have seen is continued"


def test_F44_flushed_it_is_told_again_by_who_knows(
    server: RedisServer, machines: tuple[Machine, Machine]
) -> None:
    first, second = machines
    writer = first.leased()
    version = publish(writer, "a", snapshot=Snapshot((), ()))
    second.follow()
    seen = second.files()
    server.client.flushall()
    with pytest.raises((Fenced, OtherVersion)):
        publish(writer, "b")
    assert second.standby().turn() == 0  # brings it back, and asks for the lease
    assert json.loads(server.client.hget("soiree:{essai}:published", "pointer")) == (
        second.store.pointer()
    )
    assert lasting(server) == seen.keys() - {"pointer.json"}
    assert second.files() == seen, "a viewer has nothing to fetch"
    assert publish(second.leased(), "b") > version
    assert first.follow() == second.version


def test_F44_whoever_is_first_at_an_empty_store_waits_for_who_knows_more(
    server: RedisServer, machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, newcomer = machines
    version = publish(first.leased(), "a")
    server.client.flushall()
    monkeypatch.setattr(lease, "EMPTY_SECONDS", 1e6)
    standby = newcomer.standby()
    for _ in range(3):
        assert standby.turn() == 0
        assert not server.client.exists("soiree:{essai}:lease")
    first.standby().turn()
    server.client.delete("soiree:{essai}:lease")
    assert standby.run(lambda: False) > version
    assert newcomer.version == version


def test_F44_evicted_documents_come_again_with_the_next_version(
    server: RedisServer, tmp_path: Path
) -> None:
    first = Machine(tmp_path / "a", server.url)
    writer = first.leased()
    still = {"home.@34.fr": {"state": "partial", "says": "the same"}}
    publish(writer, "a", documents=still)
    server.client.delete(*server.client.keys("*:blob:*"))
    late = Machine(tmp_path / "c", server.url)
    assert late.follow() == 0
    publish(writer, "b", documents=still | {"home.fr": {"state": "partial"}})
    assert late.follow() == first.version
    assert_whole(late.root)


class Pair:
    """A primary, a replica of it that will be behind, and the door that clients know."""

    def __init__(self, primary: RedisServer, replica: RedisServer, door: Door) -> None:
        self.primary, self.replica, self.door = primary, replica, door

    def replicate(self) -> None:
        """Waits until the replica has all that was written."""
        self.primary.client.set("the last of all", "1")  # WAIT is about the asker's own writes
        assert self.primary.client.execute_command("WAIT", 1, 20_000) == 1

    def part(self) -> None:
        """The replica hears no more."""
        self.replica.client.execute_command("REPLICAOF", "NO", "ONE")

    def fail_over(self) -> None:
        self.primary.stop()
        self.door.lead_to(self.replica.port)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setattr(lease, "EMPTY_SECONDS", 0)
    with (
        RedisServer(tmp_path / "primary") as primary,
        RedisServer(tmp_path / "replica", primary) as replica,
    ):
        door = Door(primary.port)
        yield Pair(primary, replica, door)
        door.close()


def test_F44_a_replica_that_is_behind_is_brought_up_by_the_watcher(
    pair: Pair, tmp_path: Path
) -> None:
    first, second = (Machine(tmp_path / name, pair.door.url) for name in "ab")
    writer = first.leased()
    publish(writer, "a")
    pair.replicate()
    pair.part()
    version = publish(writer, "b")
    pair.fail_over()
    with pytest.raises(OtherVersion):
        publish(writer, "c")  # it is known there that the lease is ours, and that is all
    assert publish(writer, "c") == version + 1
    assert second.follow() == version + 1
    assert second.files() == first.files()


def test_F44_a_replica_that_is_behind_gives_no_version_twice(pair: Pair, tmp_path: Path) -> None:
    """Nobody who asks the replica knows of the last versions, which viewers have seen."""
    first, second, third = (Machine(tmp_path / name, pair.door.url) for name in "abc")
    writer = first.leased()
    publish(writer, "a")
    second.follow()
    pair.replicate()
    pair.part()
    lost = [publish(writer, value) for value in "bcd"]
    assert third.follow() == lost[-1]
    pair.fail_over()
    lease_runs_out(pair.replica)
    new = second.leased()
    assert second.version < lost[0]
    assert third.follow() == lost[-1]  # and brings that back
    latest = publish(new, "e")
    assert latest > lost[-1]
    entry = (second.store.pointer() or {})["documents"]["home.fr"]
    assert entry["patch"]["from"] == lost[-1]
    with pytest.raises(Fenced):
        publish(writer, "late")
    assert first.follow() == third.follow() == latest


def test_F44_a_version_that_nobody_can_tell_of_is_still_surpassed(
    pair: Pair, tmp_path: Path
) -> None:
    first, second = (Machine(tmp_path / name, pair.door.url) for name in "ab")
    writer = first.leased()
    publish(writer, "a")
    second.follow()
    pair.replicate()
    pair.part()
    lost = [publish(writer, n) for n in range(20)][-1]
    pair.fail_over()
    lease_runs_out(pair.replica)
    latest = publish(second.leased(), "e")
    assert latest > lost
    assert first.follow() == latest


def test_F44_away_the_last_version_stays_and_says_so(
    server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.live.health.GRACE_SECONDS", 0)
    door = Door(server.port)
    first, second = (Machine(tmp_path / name, door.url) for name in "ab")
    writer = first.leased()
    version = publish(writer, "a")
    said = {"state": "ok", "code": "", "checked_at": "2017-01-29T19:47:00.000Z"}
    writer.write_status(said)
    writer.renew()
    standby = second.standby()
    standby.turn()
    seen = second.files()
    door.lead_to(None)
    assert standby.turn() == 0
    status = second.store.status() or {}
    assert (status["state"], status["code"]) == ("trouble", "store") and status["since"]
    assert status["checked_at"] == said["checked_at"]
    assert second.version == version and second.files() == seen
    with pytest.raises(Unreachable):
        publish(writer, "b")
    assert first.version == version, "what cannot be agreed on is shown to nobody"
    door.lead_to(server.port)
    assert publish(writer, "b") == version + 1
    standby.turn()
    assert second.version == version + 1 and second.store.status() == said
    door.close()


def test_a_watcher_that_cannot_tell_the_others_says_so(
    server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.live.health.GRACE_SECONDS", 0)
    door = Door(server.port)
    writer = Machine(tmp_path, door.url).leased()
    told: list[str] = []
    renewal = lease.Renewal(writer, say=lambda event, **facts: told.append(event))
    door.lead_to(None)
    renewal._renew()
    writer.write_status({"state": "ok", "code": ""})
    assert (writer.status() or {})["code"] == "storage"
    door.lead_to(server.port)
    renewal._renew()
    writer.write_status({"state": "ok", "code": ""})
    assert writer.status() == {"state": "ok", "code": ""}
    assert told == ["trouble", "recovered"] and renewal.lost is None
    door.close()


def test_no_password_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.live.health.GRACE_SECONDS", 0)
    said: list[dict[str, Any]] = []
    with RedisServer(tmp_path / "redis") as server:
        server.client.config_set("requirepass", "another")
        machine = Machine(tmp_path / "a", server.url.replace("redis://", "redis://:s3cr3t-w0rd@"))
        assert machine.shared is not None
        with pytest.raises(Unreachable, match="AuthenticationError") as caught:
            machine.shared.look()
        Standby(machine.store, machine.shared, say=lambda event, **facts: said.append(facts)).turn()
    assert said
    assert "s3cr3t" not in f"{caught.value} {said} {machine.store.status()}"
