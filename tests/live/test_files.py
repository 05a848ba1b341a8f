"""Files as they arrive: torn, empty, gone, forbidden, replaced by something else (F1 to F5, F18).

In every test the last good numbers stay, the screens are told, and all is well again by itself.
"""

import hashlib
import os
import random
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import demo, pipeline
from dashboard.live import fetch, health
from dashboard.live.fetch import LocalFile
from dashboard.live.source import is_complete
from dashboard.live.watch import facts_of
from dashboard.live.whole import Accept, Facts, Sighting, Wait, accepted, follow, judge
from dashboard.settings import load_election
from dashboard.wire import digest
from tests.builders import make_file

from .bench import Bench, replace_file, table

FIRST = {1: (60, 40)}
SECOND = {1: (60, 40), 2: (30, 70)}


@pytest.fixture(autouse=True)
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble is told after 0.3 s, not 3: these tests wait for it."""
    monkeypatch.setattr(health, "GRACE_SECONDS", 0.3)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    assert bench.version == 1 and bench.document()["state"] == "waiting"
    bench.publish(FIRST)
    return bench


def fails_and_recovers(bench: Bench, spoil: Callable[[], object], code: str) -> None:
    """The last good version stays under ``code``; a good file ends it; one log line each way."""
    before = bench.version
    bench.said.clear()
    spoil()
    bench.until(f"trouble {code}", lambda: bench.code == code)
    bench.during(0.3)
    assert bench.version == before and bench.votes == (60, 40)
    assert [line["code"] for line in bench.told("trouble")] == [code]
    path = bench.path
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    bench.publish(SECOND)
    bench.until("the trouble is over", lambda: bench.code == "")
    assert len(bench.told("trouble")) == len(bench.told("recovered")) == 1
    assert bench.version == before + 1


def test_a_replaced_file_is_published(bench: Bench) -> None:
    bench.publish(SECOND)
    assert bench.version == 3
    assert bench.code == "" and (bench.store.status() or {})["state"] == "ok"


def test_a_file_written_in_place_is_published(bench: Bench) -> None:
    bench.path.write_bytes(table(SECOND, 4))
    bench.until("published", lambda: bench.votes == (90, 110))


def test_every_accepted_file_is_archived_as_received(bench: Bench) -> None:
    bench.publish(SECOND)
    bench.publish(FIRST | {2: (31, 69)})
    replace_file(bench.path, b"code;c\nhalf a fi")
    bench.during(0.5)
    kept = sorted(bench.store.archive.glob("*results.csv"))
    assert [p.read_bytes() for p in kept] == [
        table(FIRST, 4), table(SECOND, 4), table(FIRST | {2: (31, 69)}, 4)
    ]  # fmt: skip
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o400 for p in kept)


def test_saved_again_unchanged_is_the_same_version(bench: Bench) -> None:
    before = bench.version
    for _ in range(3):
        replace_file(bench.path, table(FIRST, 4))
        bench.during(0.3)
    assert bench.version == before


def test_F02_an_empty_file_changes_nothing(bench: Bench) -> None:
    fails_and_recovers(bench, lambda: bench.path.write_bytes(b""), "empty")


def test_F02_a_header_alone_changes_nothing(bench: Bench) -> None:
    fails_and_recovers(bench, lambda: replace_file(bench.path, table({})), "empty")


def test_F03_a_deleted_file_changes_nothing(bench: Bench) -> None:
    fails_and_recovers(bench, bench.path.unlink, "missing")


def test_F03_a_file_that_comes_and_goes_is_followed(bench: Bench) -> None:
    for n in range(1, 8):
        bench.path.unlink()
        bench.during(0.06)
        bench.publish({1: (60 + n, 40)})
    assert bench.votes == (67, 40)


def test_F11_garbage_changes_nothing(bench: Bench) -> None:
    page = b"<!doctype html><title>Log in</title>\n"
    fails_and_recovers(bench, lambda: replace_file(bench.path, page), "unreadable")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_F04_a_forbidden_file_changes_nothing(bench: Bench) -> None:
    fails_and_recovers(bench, lambda: bench.path.chmod(0), "denied")


def test_F04_permission_denied_has_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above where the tests run as root, who is never denied: another user looks."""
    path = tmp_path / "results.csv"
    path.write_bytes(b"x\n")
    path.chmod(0)
    if os.geteuid() == 0:
        tmp_path.chmod(0o755)
        for parent in tmp_path.parents:
            if parent.stat().st_mode & 0o055 != 0o055 and parent.owner() == "root":
                parent.chmod(parent.stat().st_mode | 0o055)
        os.seteuid(65534)
    try:
        with pytest.raises(fetch.FetchError) as caught:
            LocalFile(path).look(False)
    finally:
        os.seteuid(os.getuid())
    assert caught.value.code == "denied"


def _link(path: Path) -> None:
    target = path.with_name("target.csv")
    target.write_bytes(table(SECOND, 4))
    path.unlink()
    path.symlink_to(target)


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _socket(path: Path) -> None:
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize("spoil", [_link, _fifo, _folder, _socket])
def test_F18_what_is_no_regular_file_is_refused(
    bench: Bench, spoil: Callable[[Path], None]
) -> None:
    fails_and_recovers(bench, lambda: spoil(bench.path), "not_a_file")


def test_F18_a_fifo_that_slips_in_between_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between lstat and open: opening must not wait for a writer that never comes."""
    path = tmp_path / "results.csv"
    path.write_bytes(b"a\n")
    regular = path.lstat()
    _fifo(path)
    monkeypatch.setattr(Path, "lstat", lambda _: regular)
    with pytest.raises(fetch.FetchError, match="no regular file"):
        LocalFile(path).look(False)


def test_F05_a_source_that_hangs_stops_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.publish(FIRST)
    hanging = threading.Event()
    looks = []

    class Hanging:
        deadline = 0.2

        def look(self, again: bool) -> None:
            looks.append(again)
            hanging.wait(30)

    source = bench.watcher._contests["second-round"]
    works, source._fetcher = source._fetcher, Hanging()
    bench.until("timeout told", lambda: bench.code == "timeout")
    status = bench.store.status()
    bench.until("the pulse goes on", lambda: bench.store.status() != status)
    bench.feed.write_text("id;time;text\n1;20:00;Une réaction\n", encoding="utf-8")
    bench.until("and so does the feed", lambda: bench.document()["posts"] == ["Une réaction"])
    assert len(looks) == 1, "no second thread hangs as well"
    hanging.set()
    source._fetcher = works
    bench.publish(SECOND)
    bench.until("the trouble is over", lambda: bench.code == "")


def test_F17_a_file_beyond_the_limit_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 1000)
    fails_and_recovers(bench, lambda: replace_file(bench.path, b"x" * 1001), "too_large")


def test_F27_a_shrunken_file_must_stay_the_same_for_patience(tmp_path: Path) -> None:
    bench = Bench(tmp_path, patience_seconds=2.0)
    bench.publish(dict.fromkeys(range(1, 5), (60, 40)))
    replace_file(bench.path, table({1: (60, 40)}, 4))
    bench.until("told", lambda: bench.code == "doubtful")
    assert bench.votes == (240, 160)
    bench.until("believed", lambda: bench.votes == (60, 40))
    bench.until("over", lambda: bench.code == "")


def test_a_sidecar_vouches_for_exactly_one_content(bench: Bench) -> None:
    sidecar = bench.path.with_name("results.csv.sha256")
    wanted = table(SECOND, 4)
    sidecar.write_text(f"{hashlib.sha256(wanted).hexdigest()} *results.csv\n")
    replace_file(bench.path, wanted[:-20])
    bench.until("told", lambda: bench.code == "torn")
    assert bench.votes == (60, 40)
    bench.path.write_bytes(wanted)
    bench.until("published", lambda: bench.votes == (90, 110))
    sidecar.write_bytes(b"\xff\xfe nonsense")
    replace_file(bench.path, table({1: (61, 39)}, 4))
    bench.during(0.5, lambda: bench.votes == (90, 110))
    sidecar.unlink()
    replace_file(bench.path, table(SECOND | {3: (1, 2)}, 4))
    bench.until("published", lambda: bench.votes == (91, 112))


def test_a_feed_that_fails_changes_nothing_of_the_results(bench: Bench) -> None:
    bench.feed.write_text("id;time;text\n1;20:00;Une réaction\n", encoding="utf-8")
    bench.until("posted", lambda: bench.document()["posts"] == ["Une réaction"])
    bench.feed.write_bytes(b"\x00\x01\x02\n")
    bench.until("told", lambda: (bench.store.status() or {})["feed"]["state"] == "trouble")
    bench.publish(SECOND)
    assert bench.code == "" and bench.document()["posts"] == ["Une réaction"]
    bench.feed.write_text("id;time;text\n", encoding="utf-8")


@pytest.fixture(scope="module")
def herault() -> tuple[bytes, bytes, Path]:
    """Two versions of the founding night's file, and its election file."""
    steps = demo.steps(demo.read_night("herault-2017"))
    path = demo.DATA / "elections" / "herault-2017.toml"
    return steps[len(steps) // 2].results, steps[-1].results, path


@pytest.mark.parametrize(
    ("content", "complete"),
    [
        (b"a;b\n1;2\n", True),
        (b"a;b\n1;2", False),
        (b"<a><b/></a>", True),
        (b"<a><b/></a>\n", True),
        (b"<a><b/></", False),
        (b"\xef\xbb\xbf<a>\n<b/>\n", True),  # its reading refuses it
        ("\ufeff<a/>".encode("utf-16-le"), True),
        (b'{"a": [1]}', True),
        (b'{"a": [1]', False),
        (b'[{"a": 1}]\n', True),
        (b'[{"a": 1}\n', False),
        (b"\xd0\xcf\x11\xe0" + bytes(508), True),
        (b"\xd0\xcf\x11\xe0" + bytes(507), False),
    ],
)
def test_where_a_file_ends(content: bytes, complete: bool) -> None:
    assert is_complete(content) is complete


@pytest.mark.parametrize("place", ["renamed", "in place"])
def test_F01_a_file_cut_at_every_byte_is_never_published(
    herault: tuple[bytes, bytes, Path], place: str
) -> None:
    """More than 10,000 cuts in all, each lying there unchanged for a minute."""
    half, full, path = herault
    contest = load_election(path).election.contests[0]
    before = pipeline.read_contest(make_file(half), contest, None)
    last = facts_of(contest, before, True)
    start = accepted(follow(None, Sighting("", (), (1, 1), True), 0.0))
    inode = (1, 2) if place == "renamed" else (1, 1)
    final = pipeline.read_contest(make_file(full), contest, before)
    cuts = accepts = 0
    for size in range(1, len(full)):
        content = full[:size]
        file = make_file(content)
        seen = Sighting(file.digest, (size,), inode, is_complete(content), being_written=False)
        candidate = follow(follow(start, seen, 100.0), seen, 160.0)

        def read() -> Facts | Wait:
            try:
                result = pipeline.read_contest(file, contest, before)  # noqa: B023
            except pipeline.readers.ReadError:
                return Wait("unreadable")
            read.result = result  # type: ignore[attr-defined]
            return facts_of(contest, result, True)

        verdict = judge(candidate, read, last, 120.0, 160.0)
        cuts += 1
        if isinstance(verdict, Accept):
            accepts += 1
            assert read.result.units == final.units, f"cut at {size}"  # type: ignore[attr-defined]
    assert cuts > 5_000 and accepts <= 1


def test_F01_a_file_that_changes_while_it_is_read_is_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.csv"
    path.write_bytes(table(FIRST, 4))
    real = os.read

    def read(descriptor: int, size: int) -> bytes:
        content = real(descriptor, size)
        if not content:  # all of it has been read
            path.write_bytes(table(SECOND, 4))
        return content

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(fetch.FetchError, match="while it was being read") as caught:
        LocalFile(path).look(False)
    assert caught.value.code == "torn"


def _writes_slowly(path: Path, versions: list[bytes], seconds: float, seed: int) -> Iterator[float]:
    """Writes each version in place, in small pieces, resting now and then on a row's end; gives
    the seconds until it goes on."""
    chance = random.Random(seed)
    for content in versions:
        with path.open("wb", buffering=0) as file:
            at = 0
            while at < len(content):
                upto = min(len(content), at + chance.randint(1, 60))
                if chance.random() < 0.3:
                    upto = content.find(b"\n", upto - 1) + 1 or len(content)
                file.write(content[at:upto])
                os.fsync(file.fileno())
                at = upto
                yield seconds / len(versions) * chance.uniform(0, 2) * 30 / len(content)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("seconds", [4, 30])
@pytest.mark.parametrize("lists", [0, 40])
def test_F01_a_slow_writer_on_a_real_disk(
    tmp_path: Path, seconds: float, seed: int, lists: int
) -> None:
    nights = [dict.fromkeys(range(1, upto + 1), (60, 40)) for upto in (12, 25, 40)]
    bench = Bench(tmp_path, units=40)
    versions = [table(votes, lists) for votes in nights]
    allowed = {(0, 0), *((60 * len(v), 40 * len(v)) for v in nights)}
    for pause in _writes_slowly(bench.path, versions, seconds, seed):
        bench.during(pause, lambda: bench.votes in allowed)
    bench.until("the last version", lambda: bench.votes == (2400, 1600))


def test_the_age_of_data_is_the_sources_own(bench: Bench) -> None:
    past = time.time() - 4000
    aside = bench.path.with_name("aside")
    aside.write_bytes(table(SECOND, 4))
    os.utime(aside, (past, past))
    aside.replace(bench.path)
    bench.until("published", lambda: bench.votes == (90, 110))
    bench.until("said", lambda: _age(bench) > 3990)
    future = time.time() + 4000
    aside.write_bytes(table(SECOND | {3: (1, 1)}, 4))
    os.utime(aside, (future, future))
    aside.replace(bench.path)
    bench.until("published", lambda: bench.votes == (91, 111))
    bench.until("never from the future", lambda: -1 < _age(bench) < 60)


def _age(bench: Bench) -> float:
    from datetime import UTC, datetime

    said = (bench.store.status() or {})["data_at"]
    return (datetime.now(UTC) - datetime.fromisoformat(said)).total_seconds()


def test_quiet_is_said_and_is_no_trouble(tmp_path: Path) -> None:
    bench = Bench(tmp_path, quiet_seconds=0.5)
    bench.publish(FIRST)
    bench.until("quiet", lambda: (bench.store.status() or {})["quiet"])
    assert bench.code == ""
    bench.publish(SECOND)
    bench.until("not quiet", lambda: not (bench.store.status() or {})["quiet"])


def test_nothing_but_the_digest_is_needed_to_look_again(tmp_path: Path) -> None:
    """An unchanged file is not read at every poll, but a change that keeps size and time is
    still seen."""
    path = tmp_path / "f.csv"
    path.write_bytes(b"a;1\n")
    local = LocalFile(path)
    assert local.look(False) is not None
    local._changed_at -= 10
    local._read_at -= 10
    assert local.look(False) is not None, "once more when the clock's tick is over"
    assert local.look(False) is None
    times = path.stat()
    path.write_bytes(b"a;2\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    look = local.look(False)
    assert look is not None and look.file.digest == digest(b"a;2\n")


def test_someone_writing_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a\n")
    local = LocalFile(path)
    look = local.look(True)
    assert look is not None
    if look.being_written is None:
        pytest.skip("this file system gives no leases")
    assert look.being_written is False
    with path.open("ab"):
        look = local.look(True)
        assert look is not None and look.being_written is True
