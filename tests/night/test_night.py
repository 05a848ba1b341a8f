"""The whole house, as an operator runs it: real files, real processes, real kills."""

import os
import re
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from .folder import Folder
from .server import Server, eventually

pytestmark = pytest.mark.slow


def field(html: str, name: str) -> str:
    """The raw value of the first ``data-field`` of that name."""
    tag = re.search(rf'<[^>]*data-field="{name}"[^>]*>', html)
    value = re.search(r'[ "]value="([^"]*)"', tag[0]) if tag else None
    return value[1] if value else ""


def test_a_replaced_file_reaches_every_address(folder: Folder, server: Server) -> None:
    before = server.version()
    folder.publish({1: (60, 40), 2: (50, 50)})
    eventually(
        "the new totals are published", lambda: server.votes() == {"hamon": 110, "valls": 90}
    )
    eventually("a new version", lambda: server.version() > before)
    for path in ("/", "/ecran"):
        # A worker that did not publish the last answer follows within a twentieth of a second.
        page = eventually("the page has it", lambda p=path: page_with(server, p, 'value="110"'))
        main = re.search(r'<main[^>]*id="live"[^>]*>', page)
        assert main is not None and 'data-state="' in main[0]
        assert re.search(r'data-version="\d+"', main[0])
        hamon = page[page.index('data-option="hamon"') :]
        assert field(hamon, "votes") == "110"
        assert float(field(hamon, "share")) == 0.55
        assert field(page, "counted-units") == "2"
        assert field(page, "ballots-cast") == "210"
    assert b"00001" in server.get("/api/results.csv")[1]
    version = server.version()
    eventually("healthy", lambda: server.json("/healthz").get("version") == version)
    assert server.json("/healthz")["state"] == "ok"


def test_same_content_is_the_same_version(folder: Folder, server: Server) -> None:
    folder.publish({1: (60, 40)})
    eventually("published", lambda: server.votes() == {"hamon": 60, "valls": 40})
    before = server.version()
    folder.publish({1: (60, 40)})
    folder.say("Les premiers bureaux ferment.", "Une réaction.")
    eventually("the post is published", lambda: server.version() > before)
    assert server.version() == before + 1


def test_unknown_paths_are_404_and_never_a_traceback(server: Server) -> None:
    hostile = (
        "/nothing",
        "/live/../sealed/snapshot.json",
        "/live/zz.json",
        f"/live/{'0' * 64}.json",
        "/_dash-update-component",
        "/assets/../pyproject.toml",
        "/api/",
    )
    for path in hostile:
        status, body = server.get(path)
        assert status in {400, 404, 405}, path
        assert b"Traceback" not in body and len(body) < 500


def test_a_wrong_setting_stops_the_start(folder: Folder, tmp_path: Path) -> None:
    text = folder.election.read_text(encoding="utf-8")
    folder.election.write_text(text.replace("Europe/Paris", "Europe/Parys"), encoding="utf-8")
    server = Server(folder.election, tmp_path / "state")
    with pytest.raises(AssertionError, match=r"contest\[1\]\.timezone: found 'Europe/Parys'"):
        server.start()
    assert server.process is not None and server.process.wait(10) == 2


def page_with(server: Server, path: str, text: str) -> str:
    page = server.get(path)[1].decode()
    return page if text in page else ""


def newer(server: Server, version: int) -> dict[str, Any]:
    """The pointer once it is newer; a worker may be a twentieth of a second behind another."""
    latest = server.latest()
    assert latest.get("version", version) >= version
    return latest if latest.get("version", 0) > version else {}


def test_F40_kill_the_watcher_fifty_times(folder: Folder, server: Server) -> None:
    """Version never repeats or falls, another takes over, and no viewer sees an error."""
    seen: list[int] = []
    errors: list[int] = []
    stop = threading.Event()

    def view() -> None:
        while not stop.is_set():
            status, _ = server.get("/live/latest.json")
            if status != 200:
                errors.append(status)
            else:
                seen.append(server.version())

    viewer = threading.Thread(target=view)
    viewer.start()
    digests: dict[int, str] = {}
    try:
        for round_number in range(1, 51):
            victim = eventually("somebody watches", server.watcher_pid)
            folder.publish({1: (round_number, 40)})
            os.kill(victim, signal.SIGKILL)
            eventually(
                "another takes over and publishes",
                lambda n=round_number: server.votes().get("hamon") == n,
                60.0,  # a second, unless the machine is busy
            )
            last = max(digests, default=0)
            latest = eventually("its version is told", lambda n=last: newer(server, n))
            digests[latest["version"]] = latest["digest"]
            assert server.watcher_pid() != victim
    finally:
        stop.set()
        viewer.join()
    assert errors == [] and len(seen) > 50
    assert seen == sorted(seen)
    assert len(set(digests.values())) == 50


def test_kill_whole_workers(folder: Folder, server: Server) -> None:
    """A gunicorn worker that dies takes its companion with it; the night goes on."""
    assert server.process is not None
    for round_number in range(1, 6):
        before = server.version()
        victim = eventually("somebody watches", server.watcher_pid)
        worker = int(Path(f"/proc/{victim}/stat").read_text().split()[3])
        assert worker != server.process.pid
        os.kill(worker, signal.SIGKILL)
        folder.publish({1: (round_number, 40)})
        eventually(
            "published by another", lambda n=round_number: server.votes().get("hamon") == n, 30
        )
        eventually("a new version", lambda b=before: server.version() > b)


def test_restart_continues_the_version(folder: Folder, tmp_path: Path) -> None:
    state = tmp_path / "state"
    with Server(folder.election, state) as first:
        folder.publish({1: (60, 40)})
        eventually("published", lambda: first.votes() == {"hamon": 60, "valls": 40})
        before = first.version()
    folder.results.unlink()
    with Server(folder.election, state) as second:
        assert second.votes() == {"hamon": 60, "valls": 40}
        assert second.version() >= before
        folder.publish({1: (61, 40)})
        eventually("published", lambda: second.votes() == {"hamon": 61, "valls": 40})
        eventually("a new version", lambda: second.version() > before)
