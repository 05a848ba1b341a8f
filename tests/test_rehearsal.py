"""A night that was kept, as if it were live."""

import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard import demo, rehearsal, views
from dashboard.live import archive, companion
from dashboard.model import FeedSource, Snapshot, SourceFile
from dashboard.settings import SettingsError, load_election, rehearsed, source_names
from dashboard.views.desk import panel

from .web.fakes import election

BEGAN = datetime(2017, 1, 29, 18, 0, tzinfo=UTC)
NAMES = ("results.csv", "feed.csv")


def kept(folder: Path, name: str, content: bytes, minutes: int) -> None:
    file = SourceFile(name, content, hashlib.sha256(content).hexdigest(), BEGAN)
    archive.keep(folder, file, BEGAN + timedelta(minutes=minutes))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state" / "sealed" / "archive"
    folder.mkdir(parents=True)
    kept(folder, "results.csv", b"second", 8)
    kept(folder, "results.csv", b"first", 0)
    kept(folder, "feed.csv", b"post", 4)
    kept(folder, "other.csv", b"of another election", 5)
    (folder / ".half").write_bytes(b"of a killed writer")
    return tmp_path / "state"


@pytest.mark.parametrize("below", ["", "sealed/archive"])
def test_an_archive_is_given_in_the_order_and_at_the_pace_it_came(
    state: Path, tmp_path: Path, below: str
) -> None:
    found = rehearsal.arrivals(state / below, NAMES)
    now, seen = 100.0, []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    for each in rehearsal.give(found, tmp_path, 60, clock=lambda: now, sleep=sleep):
        content = (tmp_path / each.name).read_bytes()
        vouched = (tmp_path / f"{each.name}.sha256").read_text()
        assert vouched == f"{hashlib.sha256(content).hexdigest()}  {each.name}\n"
        seen.append((now, each.name, content))
    assert seen == [
        (100.0, "results.csv", b"first"),
        (104.0, "feed.csv", b"post"),
        (108.0, "results.csv", b"second"),
    ]


def test_a_folder_of_files_has_the_times_of_its_files(tmp_path: Path) -> None:
    for number, name in enumerate(["results-2.csv", "results-1.csv", "notes.txt"]):
        (tmp_path / name).write_bytes(name.encode())
        at = (BEGAN - timedelta(minutes=number)).timestamp()
        os.utime(tmp_path / name, (at, at))
    found = rehearsal.arrivals(tmp_path, ("results.csv",))
    assert [(each.path.name, each.name) for each in found] == [
        ("results-1.csv", "results.csv"),
        ("results-2.csv", "results.csv"),
    ]


def test_what_is_no_night_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="expected a state folder or a folder of source files"):
        rehearsal.arrivals(tmp_path / "nothing", NAMES)
    (tmp_path / "notes.txt").write_bytes(b"")
    with pytest.raises(SettingsError, match=r"expected files of results.csv or feed.csv"):
        rehearsal.arrivals(tmp_path, NAMES)


def test_a_rehearsal_reads_its_own_folder_and_nothing_else(tmp_path: Path) -> None:
    loaded = load_election(demo.prepare("herault-2017", tmp_path)).election
    assert source_names(loaded) == ["results.csv", "feed.csv"]
    moved = rehearsed(loaded, tmp_path / "source")
    assert moved.contests[0].source.location == str(tmp_path / "source" / "results.csv")
    (feed,) = moved.feeds
    assert feed.location == str(tmp_path / "source" / "feed.csv")


def test_two_sources_of_one_name_cannot_be_rehearsed(tmp_path: Path) -> None:
    night = replace(election(), feeds=(FeedSource("https://example.org/nowhere.csv?key=1"),))
    with pytest.raises(SettingsError, match=r"'nowhere\.csv', expected a name that only one"):
        rehearsed(night, tmp_path)


def test_every_screen_says_that_it_is_a_rehearsal(tmp_path: Path) -> None:
    night = rehearsed(election("second-round", "first-round"), tmp_path)
    contests = tuple(replace(contest, embargo=BEGAN) for contest in night.contests)
    night = replace(night, contests=contests)
    for sealed in (frozenset[str](), frozenset({"second-round", "first-round"})):
        documents = views.documents(night, Snapshot((), ()), sealed)
        assert len(documents) == 8
        for name, document in documents.items():
            assert isinstance(document, dict)
            parts = document["parts"]
            assert isinstance(parts, dict)
            label = "RÉPÉTITION" if name.endswith("fr") else "REHEARSAL"
            assert label in str(parts["simulated"]), name


def test_what_is_rehearsed_never_reaches_a_shared_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = demo.prepare("herault-2017", tmp_path)
    monkeypatch.setenv("SOIREE_ELECTION", str(path))
    monkeypatch.setenv("SOIREE_STORE", "redis://127.0.0.1:6379/0")
    assert companion._load(path).store
    monkeypatch.setenv("SOIREE_REHEARSAL", str(tmp_path / "source"))
    loaded = companion._load(path)
    assert (loaded.store, loaded.election.is_rehearsal) == ("", True)
    assert loaded.election.contests[0].source.location == str(tmp_path / "source" / "results.csv")


def test_the_desk_is_told_of_a_rehearsal() -> None:
    assert "RÉPÉTITION" in str(panel({"rehearsal": True}, None, "fr"))
    assert "RÉPÉTITION" not in str(panel({"rehearsal": False}, None, "fr"))
