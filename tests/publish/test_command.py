"""``soiree publish`` as an operator starts it: alone, for a whole night, and on another machine."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.night.folder import Folder, make_folder
from tests.night.server import START_SECONDS, eventually
from tests.night.test_embargo import CANARIES, assert_no_secret
from tests.web.fakes import Night

from .command import Publishing, command, environment
from .reader import follow

pytestmark = pytest.mark.slow


@pytest.fixture
def real(tmp_path: Path) -> Folder:
    (tmp_path / "night").mkdir()
    return make_folder(tmp_path / "night")


def read(site: Path, path: str) -> bytes | None:
    file = site / path
    return file.read_bytes() if file.exists() else None


def version(site: Path) -> int:
    return int(json.loads(read(site, "live/beat.json") or b"{}").get("version", 0))


def votes(site: Path) -> int:
    """Hamon's, from the open results."""
    contests = json.loads(read(site, "api/results.json") or b"{}").get("contests", [])
    return sum(o["votes"] for c in contests for o in c.get("options", ()) if o["id"] == "hamon")


def test_one_command_watches_and_publishes_and_another_machine_goes_on(
    real: Folder, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    real.publish({1: (60, 40)})
    with Publishing(real.election, tmp_path / "state", str(site)) as publishing:
        publishing.await_file(site / "live" / "beat.json")
        eventually("the count is published", lambda: votes(site) == 60)
        real.publish({1: (60, 40), 2: (10, 1)})
        eventually("the next count is published", lambda: votes(site) == 70)
        assert publishing.stop() == 0
        assert {line["event"] for line in publishing.log()} >= {"publishing", "watching"}
    before = follow(lambda path: read(site, path))
    assert before >= 2

    # The machine is lost, its state too; open pages take no version that is older than theirs.
    real.publish({1: (60, 40), 2: (10, 1), 3: (5, 5)})
    with Publishing(real.election, tmp_path / "elsewhere", str(site)):
        eventually("the count goes on", lambda: votes(site) == 75, START_SECONDS)
        eventually("with a newer version", lambda: version(site) > before)
        follow(lambda path: read(site, path))


def test_before_the_hour_no_figure_is_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    sealed = make_folder(tmp_path / "night", embargo=datetime.now(UTC) + timedelta(hours=2))
    sealed.publish({1: CANARIES})
    site, state = tmp_path / "site", tmp_path / "state"
    with Publishing(sealed.election, state, str(site)) as publishing:
        archive = state / "sealed" / "archive"
        eventually("the file was read", lambda: archive.exists() and list(archive.iterdir()),
                   START_SECONDS)  # fmt: skip
        publishing.await_file(site / "live" / "beat.json")
        before = read(site, "live/beat.json")
        eventually("and another beat told", lambda: read(site, "live/beat.json") != before)
        publishing.stop()
    page = (site / "index.html").read_bytes()
    assert b'data-state="embargo"' in page
    told = [path for path in site.rglob("*") if path.is_file() and path.suffix != ".br"]
    told = [path for path in told if "build" not in path.parts]  # the program: 300 kB of digits
    assert len(told) > 15
    for path in told:
        assert_no_secret(path.read_bytes(), str(path.relative_to(site)))


def test_once_publishes_what_is_there(real: Folder, tmp_path: Path) -> None:
    real.publish({1: (60, 40)})
    site = tmp_path / "site"
    done = subprocess.run(
        command(real.election, str(site), "--once"),
        env=environment(tmp_path / "state"), capture_output=True, text=True, timeout=200,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert follow(lambda path: read(site, path)) >= 1
    assert votes(site) == 60


def refused(election: Path, state: Path, *words: str) -> str:
    done = subprocess.run(
        command(election, *words), env=environment(state),
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode in {2, 3}
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_what_is_wrong_is_one_sentence(real: Folder, night: Night, tmp_path: Path) -> None:
    said = refused(real.election, tmp_path / "s", "nowhere://bucket")
    assert said.startswith("soiree: command line, DEST: found 'nowhere://bucket', expected")
    (tmp_path / "file").write_text("not a folder")
    said = refused(real.election, tmp_path / "s", str(tmp_path / "file"), "--once")
    assert said.startswith(f"soiree: {tmp_path / 'file'}: NotADirectoryError")
    assert "found 0" in refused(real.election, tmp_path / "s", "x", "--beat", "0")


def test_a_folder_ahead_of_its_state_is_not_taken_back(
    real: Folder, night: Night, tmp_path: Path
) -> None:
    """Pages would refuse the older version and look live for ever."""
    night.publish()
    site = tmp_path / "site"
    (site / "live").mkdir(parents=True)
    (site / "live" / "beat.json").write_text('{"version": 500, "build": "x"}')
    said = refused(real.election, night.store.root, str(site))
    assert "it shows version 500 and" in said
    assert said.endswith("an empty one, or an empty destination.")
    assert version(site) == 500
    shutil.rmtree(site)
