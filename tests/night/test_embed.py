"""A chart in the page of another site: as high as what is in it, and live."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from .folder import Folder, make_folder
from .server import Server, eventually

pytestmark = pytest.mark.browser
DOCS = Path(__file__).parents[2] / "docs" / "embed.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = make_folder(tmp_path_factory.mktemp("embed"))
    folder.publish({n: (600 + n, 400) for n in range(1, 11)})
    return folder


@pytest.fixture(scope="module")
def server(folder: Folder) -> Iterator[Server]:
    with Server(folder.election, folder.path / "state", workers=1) as server:
        yield server


@pytest.fixture(scope="module")
def newspaper(server: Server) -> Iterator[str]:
    """Another site, whose page has the very lines of docs/embed.md, and a frame it may not have."""
    lines = DOCS.read_text(encoding="utf-8").split("```html")[1].split("```")[0]
    lines = lines.replace("https://soiree.example.org", server.url)
    page = f"<!doctype html><h1>Article</h1>{lines}<iframe name=all src={server.url}/></iframe>"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None: ...

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://localhost:{site.server_port}/"
    site.shutdown()
    site.server_close()


def charts(page: Page) -> list[Frame]:
    def drawn() -> list[Frame]:
        frames = [f for f in page.frames if "/embed/" in f.url]
        ready = [f for f in frames if f.locator("main#live[data-figures=drawn]").count()]
        return ready if len(ready) == 2 else []

    return eventually("both charts are drawn", drawn, 60.0)


def is_whole(page: Page, frame: Frame) -> bool:
    """Whether the frame is as high as the chart, and no higher."""
    inside = frame.evaluate("soiree.live.main().getBoundingClientRect().height")
    return bool(0 <= frame.evaluate("innerHeight") - inside <= 1.5)


@pytest.mark.parametrize("width", [1000, 390])
def test_a_chart_alone_in_an_article(
    width: int, browser: Browser, newspaper: str, server: Server, folder: Folder
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(newspaper)
    for frame in charts(page):
        eventually("as high as its content", lambda f=frame: is_whole(page, f))
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
        link = frame.locator('[data-part="more"] a')
        assert (link.get_attribute("href"), link.get_attribute("target")) == ("/", "_blank")
    bars = next(frame for frame in charts(page) if "bars" in frame.url)
    before = bars.inner_text("main")
    folder.publish({n: (700 + n + width, 400) for n in range(1, 16)})
    eventually("a new count arrives", lambda: bars.inner_text("main") != before)
    page.close()


def test_the_dashboard_itself_is_in_no_frame(browser: Browser, newspaper: str) -> None:
    page = browser.new_page()
    page.goto(newspaper)
    charts(page)
    assert not [f for f in page.frames if f.name == "all" and f.locator("main#live").count()]
    page.close()
