"""A real Chromium, a page that may not leave home, and the server it looks at."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium
from tests.web.fakes import Night
from tests.web.serving import Server

# A beat comes every half second from the tests' servers: everything else in proportion.
TIMINGS = {
    "tick": 100,
    "offline": 2_000,
    "unwatched": 600_000,  # nobody watches here
    "silence": 1_500,
    "dead": 4_000,
    "grace": 1_000,
    "poll": 300,
    "retry": 200,
    "retryMost": 500,
    "reload": 100,
}
# Everything data-version ever said, and whether every figure showed it at that moment.
RECORDER = """
    window.soireeTimings = %s;
    window.versions = [];
    new MutationObserver(() => {
      const main = document.querySelector('main#live');
      if (!main) return;
      const version = Number(main.dataset.version);
      if (version !== window.versions.at(-1)?.version) {
        const plots = [...main.querySelectorAll('[data-figure-box] .js-plotly-plot')];
        window.versions.push({
          version,
          shown: plots.map((plot) => plot.data[0].x?.[0]),
          text: main.querySelector('[data-field=votes]')?.textContent,
        });
      }
    }).observe(document, {subtree: true, childList: true, attributeFilter: ['data-version']});
"""


# Not for the session: while Playwright runs, no other test of this process may run asyncio.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Fails, never skips: a house whose browser tests did not run has not been tested."""
    try:
        chromium.executable()
    except LookupError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium.launched() as launched:
        yield launched


@pytest.fixture
def night(tmp_path: Path) -> Night:
    night = Night(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def server(night: Night) -> Iterator[Server]:
    with Server(night.store.root) as server:
        yield server


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Open]:
    """Opens pages of the server; at the end none may have complained or asked anyone else."""
    complaints: list[str] = []
    with ExitStack() as contexts:

        def note(page: Page, expected: str) -> None:
            def say(text: str) -> None:
                if not expected or expected not in text:
                    complaints.append(text)

            page.on("pageerror", lambda error: say(str(error)))
            page.on("websocket", lambda socket: say(f"a websocket to {socket.url}"))
            page.on("console", lambda message: message.type == "error" and say(message.text))

        def open_one(
            path: str = "/",
            script: str = "",
            expected: str = "ERR_",
            drawn: bool = True,
            timings: dict[str, Any] | None = None,
            **options: Any,
        ) -> Page:
            context = browser.new_context(**options)
            contexts.callback(context.close)
            page = context.new_page()
            note(page, expected)
            page.add_init_script(RECORDER % json.dumps({**TIMINGS, **(timings or {})}))
            page.add_init_script(script)
            strays.append(chromium.keep_home(page, server.origin))
            page.goto(server.origin + path)
            if drawn:
                page.wait_for_selector("main#live[data-figures=drawn]")
            return page

        strays: list[list[str]] = []
        yield open_one
    assert [stray for page in strays for stray in page] == []
    assert complaints == []
