"""The night again from a published folder, behind a server of files that knows nothing of ours."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from dashboard.publish.destination import Folder
from dashboard.web.site import assemble
from tests.chromium import keep_home
from tests.web.herault import Herault, loaded

from .conftest import Publish

pytestmark = [pytest.mark.slow, pytest.mark.browser]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass

    def guess_type(self, path: Any) -> str:
        """As deploy/static.conf: what Dash asks for has no suffix, and is JSON."""
        return super().guess_type(path) if Path(path).suffix else "application/json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def origin(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_night_is_seen_again_without_our_server(
    browser: Browser, tmp_path: Path, publish: Publish, folder: Path, origin: str
) -> None:
    night = Herault(tmp_path / "herault")
    night.report()
    publisher = publish(
        Folder(folder), assemble(loaded().election, loaded().geometry), night_of=night
    )
    documents = []
    for moment in ("early", "partial", "complete"):
        night.publish(moment)
        publisher.step()
        pointer = json.loads((folder / "live/latest/home.fr.json").read_bytes())
        documents.append(json.loads((folder / pointer["url"][1:]).read_bytes())["document"])
    assert (folder / "replay.json").read_bytes() == (
        folder / "live/replay/home.fr.json"
    ).read_bytes()

    page = browser.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda said: said.type == "error" and mistakes.append(said.text))
    strays = keep_home(page, origin)
    page.goto(origin + "/")
    page.wait_for_selector("main#live[data-figures=drawn]")
    page.click("[data-action=replay-play]")
    expect(page.locator("[data-role=replay-band]")).to_be_visible()
    page.click("[data-action=replay-play]")
    page.focus("[data-role=replay-range] input")
    page.keyboard.press("Home")
    for document in documents:
        expect(page.locator("main#live")).to_have_attribute("data-state", document["state"])
        assert page.evaluate("soiree.live.document()") == document
        page.keyboard.press("ArrowRight")
    page.click("[data-action=replay-live]")
    expect(page.locator("[data-role=replay-band]")).to_be_hidden()

    page.goto(origin + "/ecran/?scenes=relecture&contests=second-round")
    page.wait_for_selector("main#live[data-figures=drawn]")
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(page.locator("[data-role=past]")).to_contain_text("Relecture · ")
    expect(page.locator("main#live")).to_have_attribute("data-state", documents[1]["state"])
    page.close()
    assert mistakes == strays == []
