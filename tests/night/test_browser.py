"""What a person sees through an evening of trouble, in a real Chromium with the network blocked."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.chromium import keep_home

from .folder import Folder
from .server import Server, eventually

pytestmark = pytest.mark.browser
SAID_WITHIN = 15_000  # ms: how long a page may go on looking live when it is not


@pytest.fixture(params=["/", "/ecran"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page that has drawn its figures, and never asks anything of another host."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    strays = keep_home(opened, server.url)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(server.url + request.param)
    drawn(opened, server.version())
    yield opened
    opened.close()
    assert strays == []
    assert errors == []


def drawn(page: Page, version: int, seconds: float = 30) -> None:
    """The page shows at least that version, figures included, and holds one main only."""
    eventually(f"version {version} is drawn", lambda: shown(page) >= version, seconds)


def shown(page: Page) -> int:
    """The version whose figures are drawn; 0 before the first."""
    found: int = page.evaluate(
        "() => { const live = document.querySelectorAll('main#live');"
        " return live.length === 1 && live[0].dataset.figures === 'drawn'"
        " ? Number(live[0].dataset.version) : 0; }"
    )
    return found


def votes(page: Page, option: str) -> str | None:
    field = page.locator(f'#live [data-option="{option}"] [data-field="votes"]')
    return field.first.get_attribute("value")


def bars(page: Page) -> list[float]:
    """The lengths Plotly holds for the first bar figure of the page."""
    lengths: list[float] = page.evaluate(
        "() => [...document.querySelectorAll('#live .js-plotly-plot')]"
        ".flatMap(graph => graph.data.filter(trace => trace.type === 'bar'))"
        ".flatMap(trace => Array.from(trace.x))"
    )
    return lengths


def test_the_file_reaches_the_pixels(page: Page, folder: Folder, server: Server) -> None:
    for n in range(1, 4):
        before = server.version()
        folder.publish({1: (60 * n, 40)})
        eventually("a new version", lambda b=before: server.version() > b)
        drawn(page, server.version())
        assert votes(page, "hamon") == str(60 * n)
        share = 60 * n / (60 * n + 40)
        assert any(abs(length - scale * share) < 0.002 * scale
                   for length in bars(page) for scale in (1, 100)), bars(page)  # fmt: skip


TROUBLE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "html": lambda path: path.write_bytes(b"<html><body>503</body></html>\n"),
    "directory": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_broken_file_leaves_the_last_good_numbers(
    trouble: str, page: Page, folder: Folder, server: Server
) -> None:
    before = server.version()
    folder.publish({1: (60, 40)})
    drawn(page, server.newer(before))
    eventually("published", lambda: server.votes() == {"hamon": 60, "valls": 40})
    version = server.version()

    TROUBLE[trouble](folder.results)
    live = page.locator("#live")
    expect(page.locator("#live [data-role=notice]")).not_to_be_empty(timeout=SAID_WITHIN)
    assert live.get_attribute("data-freshness") != "live"
    assert (votes(page, "hamon"), server.version()) == ("60", version)

    if folder.results.is_dir():
        folder.results.rmdir()
    folder.publish({1: (60, 40), 2: (5, 5)})
    expect(live).to_have_attribute("data-freshness", "live", timeout=SAID_WITHIN)
    drawn(page, version + 1)
    assert votes(page, "hamon") == "65"


def test_a_stopped_server_is_said_and_survived(page: Page, folder: Folder, server: Server) -> None:
    before = server.version()
    folder.publish({1: (60, 40)})
    drawn(page, server.newer(before))
    eventually("published", lambda: server.votes() == {"hamon": 60, "valls": 40})
    address = page.url

    server.stop()
    expect(page.locator("#live")).to_have_attribute(
        "data-freshness", "offline", timeout=SAID_WITHIN
    )
    assert votes(page, "hamon") == "60"

    folder.publish({1: (61, 40)})
    server.start()
    expect(page.locator("#live")).to_have_attribute("data-freshness", "live", timeout=60_000)
    eventually("the new numbers are shown", lambda: votes(page, "hamon") == "61", 30)
    assert page.url == address


def test_F50_a_frozen_server_is_said_too(page: Page, server: Server) -> None:
    """A hung socket answers nothing and refuses nothing: the classic freeze."""
    assert server.process is not None
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    if not children.exists():
        pytest.skip("needs Linux's /proc to find the workers")
    workers = [int(pid) for pid in children.read_text().split()]
    for pid in workers:
        signal_process(pid, signal.SIGSTOP)
    try:
        expect(page.locator("#live")).to_have_attribute(
            "data-freshness", "offline", timeout=2 * SAID_WITHIN
        )
    finally:
        for pid in workers:
            signal_process(pid, signal.SIGCONT)
    expect(page.locator("#live")).to_have_attribute("data-freshness", "live", timeout=60_000)


def signal_process(pid: int, number: signal.Signals) -> None:
    import os

    os.kill(pid, number)


def test_an_open_page_fills_at_the_hour(browser: Browser, tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from .folder import make_folder

    for ahead in (15, 60, 240):  # s: as long as it takes to open a page before the hour
        place = tmp_path / str(ahead)
        place.mkdir()
        opens = (datetime.now(UTC) + timedelta(seconds=ahead)).replace(microsecond=0)
        folder = make_folder(place, embargo=opens)
        folder.publish({1: (7_654_321, 1_234_577)})
        with Server(folder.election, place / "state") as server:
            page = browser.new_page()
            page.goto(server.url)
            expect(page.locator("#live")).to_have_attribute("data-state", re.compile("."))
            before = page.locator("body").inner_text()
            if page.get_attribute("#live", "data-state") == "embargo":
                assert "7 654" not in before
                filled = opens.timestamp() * 1000 + 60_000 - time.time() * 1000
                expect(page.locator("#live")).to_have_attribute(
                    "data-state", "early", timeout=filled
                )
                assert votes(page, "hamon") == "7654321"
                return
            page.close()
    raise AssertionError("no page could be opened before the hour")


@pytest.mark.parametrize("path", ["/", "/ecran", "/?lang=en&theme=dark"])
def test_axe_finds_nothing(path: str, browser: Browser, folder: Folder, server: Server) -> None:
    """Waiting, partial and complete; axe-zero is necessary, not sufficient."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server.url + path)
    everything = {n: (60 + n, 40) for n in range(1, folder.units + 1)}
    for votes_in in ({}, {1: (60, 40), 2: (10, 30), 3: (7, 7)}, everything):
        folder.publish(votes_in)
        total = sum(a for a, _ in votes_in.values())
        eventually("published", lambda t=total: server.votes().get("hamon", 0) == t)
        drawn(page, server.version())
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []
    page.close()


def test_every_number_of_the_figures_is_in_the_accessibility_tree(
    browser: Browser, folder: Folder, server: Server
) -> None:
    page = browser.new_page()
    before = server.version()
    folder.publish({1: (613, 389), 2: (127, 251)})
    page.goto(server.url)
    drawn(page, server.newer(before))
    tree = page.locator("body").aria_snapshot().replace("\u202f", " ").replace("\u00a0", " ")
    for number in ("740", "640", "53,6", "46,4", "61,2", "38,8", "33,6", "66,4"):
        assert number in tree, number
    page.close()
