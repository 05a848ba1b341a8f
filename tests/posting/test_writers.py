"""Several writers at once, a writer that dies, a program that knows nothing of the lock."""

import json
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest

from dashboard.posting import desk
from dashboard.posting.command import post
from dashboard.posting.desk import Busy, Change, Desk
from dashboard.posting.sheet import Sheet
from tests.settings.test_feeds import CONTEST, HEAD, UNITS

WRITERS = 200
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def election(tmp_path: Path) -> Path:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    path = tmp_path / "election.toml"
    path.write_text(f'{HEAD}[feed]\npath = "feed.csv"\n{CONTEST}', encoding="utf-8")
    return path


def write(election: Path, number: int, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    os._exit(post(election, "", "add", f"p{number}", {"text": f"Texte {number}", "time": "20:10"}))


def ids(content: bytes) -> list[str]:
    assert content.endswith(b"\n"), "torn"
    header, *rows = content.decode().splitlines()
    assert all(row.count(";") == header.count(";") for row in rows), "torn"
    return [row.partition(";")[0] for row in rows]


def test_two_hundred_writers_lose_nothing_and_tear_nothing(election: Path) -> None:
    feed = election.with_name("feed.csv")
    feed.write_text("id;time;text\n", encoding="utf-8")
    start = FORK.Event()
    writers = [FORK.Process(target=write, args=(election, n, start)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    is_over = threading.Event()

    def watch() -> None:  # as the watcher does, all the time
        while not is_over.is_set():
            seen.append(len(ids(feed.read_bytes())))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start.set()
    for writer in writers:
        writer.join(240)
    is_over.set()
    watcher.join()
    assert {writer.exitcode for writer in writers} == {0}
    wanted = {f"p{n}" for n in range(WRITERS)}
    found = ids(feed.read_bytes())
    assert len(found) == WRITERS and set(found) == wanted
    assert seen == sorted(seen), "no post ever disappeared"
    lines = feed.with_name("feed.csv.history.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == wanted


def add(sheet: Sheet, identifier: str = "a") -> tuple[Change, str]:
    row = {"id": identifier, "time": "20:10", "text": "Un"}
    sheet.add(row)
    return Change("add", identifier, None, row), "told"


def test_a_writer_that_dies_holds_nobody_up_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id;time;text\n", encoding="utf-8")

    def die() -> None:
        Desk(path).alter(lambda sheet: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[arg-type,return-value]

    writer = FORK.Process(target=die)
    writer.start()
    writer.join(60)
    assert writer.exitcode == -signal.SIGKILL
    assert Desk(path).alter(add) == "told"
    assert ids(path.read_bytes()) == ["a"]


def test_what_another_program_saved_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id;time;text\n", encoding="utf-8")
    turns = []

    def meanwhile(sheet: Sheet) -> tuple[Change, str]:
        turns.append(1)
        if len(turns) == 1:
            path.write_text("id;time;text\nb;20:11;Deux\n", encoding="utf-8")
        return add(sheet)

    assert Desk(path).alter(meanwhile) == "told"
    assert ids(path.read_bytes()) == ["b", "a"]
    assert len(desk_history(path)) == 1


def test_a_program_that_never_stops_saving_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id;time;text\n", encoding="utf-8")
    turns: list[int] = []

    def meanwhile(sheet: Sheet) -> tuple[Change, str]:
        turns.append(1)
        path.write_text(f"id;time;text\nb;20:11;{'x' * len(turns)}\n", encoding="utf-8")
        return add(sheet)

    with pytest.raises(Busy):
        Desk(path).alter(meanwhile)
    assert ids(path.read_bytes()) == ["b"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_nothing_changes_without_its_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id;time;text\n", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk, pytest.raises(OSError, match="No space"):
        disk.setattr(desk.Desk, "_remember", full)
        Desk(path).alter(add)
    assert ids(path.read_bytes()) == []


def desk_history(path: Path) -> list[str]:
    return path.with_name("feed.csv.history.jsonl").read_text("utf-8").splitlines()
