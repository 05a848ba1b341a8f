"""Every page in every state: the browser refuses nothing, and nobody else is asked for anything."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import keep_home
from tests.web.herault import MOMENTS, Herault
from tests.web.serving import Server

from .conftest import TIMINGS
from .helpers import wait_for_version

pytestmark = pytest.mark.browser
PATHS = ("/", "/ecran", "/?lang=en&theme=dark", "/?contest=first-round", "/ecran?lang=en")
VIOLATIONS = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Witness:
    """One open page, and everything its browser has to say against it."""

    def __init__(self, browser: Browser, server: Server, path: str) -> None:
        # A context of its own: of one, six event streams are all the connections there are.
        context = browser.new_context()
        self.page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.said.append(error.stack))
        self.page.on("websocket", lambda socket: self.said.append(f"a websocket: {socket.url}"))
        devtools = context.new_cdp_session(self.page)
        devtools.on("Audits.issueAdded", lambda event: self._judge(event["issue"]))
        devtools.send("Audits.enable")
        self.page.add_init_script(f"window.soireeTimings = {json.dumps(TIMINGS)}; {VIOLATIONS}")
        self.strays = keep_home(self.page, server.origin)
        self.page.goto(server.origin + path)

    def _note(self, kind: str, text: str) -> None:
        # A server that is gone is an error of the network, said by the browser itself.
        if kind in ("error", "warning") and "net::ERR_" not in text:
            self.said.append(text)

    def _judge(self, issue: dict[str, object]) -> None:
        if issue["code"] == "ContentSecurityPolicyIssue":
            self.said.append(json.dumps(issue["details"]))

    def complaints(self) -> list[str]:
        return [*self.page.evaluate("window.violations"), *self.said, *self.strays]


@pytest.fixture
def night(tmp_path: Path) -> Herault:
    night = Herault(tmp_path / "state")
    night.report()
    return night


def test_no_policy_is_violated_and_nobody_else_asked(night: Herault, browser: Browser) -> None:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        witnesses = [Witness(browser, server, path) for path in PATHS]
        for witness in witnesses:  # the first second of a night
            witness.page.wait_for_selector("main#live[data-version='0']")
        for posts, moment in enumerate((*MOMENTS, "embargo", "partial")):
            version = night.publish(moment, posts)
            for witness in witnesses:
                wait_for_version(witness.page, version)
        # The first HTML of a count has what scripts add to that of an empty page.
        witnesses += [Witness(browser, server, path) for path in PATHS[:2]]
        for witness in witnesses:
            wait_for_version(witness.page, version)
        night.report("trouble", "missing")
        for witness in witnesses:
            witness.page.wait_for_selector("main#live[data-freshness=stale]")
        server.stop()
        for witness in witnesses:
            witness.page.wait_for_selector("main#live[data-freshness=offline]")
            assert witness.complaints() == [], witness.page.url


def test_the_whole_plotly_violates_no_policy_either(night: Herault, browser: Browser) -> None:
    """It is what is served where the small bundle has not been built."""
    version = night.publish("partial")
    with Server(night.store.root, app="tests.web.herault:served(full_plotly=True)") as server:
        witness = Witness(browser, server, "/")
        wait_for_version(witness.page, version)
        assert witness.page.evaluate(
            "performance.getEntriesByType('resource')"
            ".find(({name}) => name.includes('plotly.min.js')).decodedBodySize > 3e6"
        )
        assert witness.complaints() == []


def test_the_first_html_looks_as_it_will(night: Herault, browser: Browser) -> None:
    """Colours and lengths are there without any script, and the same ones afterwards."""
    version = night.publish("partial")
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        bare = browser.new_context(java_script_enabled=False)
        for path in ("/", "/ecran"):
            first = bare.new_page()
            first.goto(server.origin + path)
            witness = Witness(browser, server, path)
            wait_for_version(witness.page, version)
            looks = witness.page.evaluate(LOOKS)
            assert len(looks) > 10
            assert witness.page.locator("[data-style]").count() == 0
            assert first.evaluate(LOOKS) == looks
        bare.close()


# What the style sheets make of the numbers and colours of each element that has some.
LOOKS = """() => [...document.querySelectorAll('main [style*="--"], main [data-style]')]
  .filter((element) => !element.closest('.js-plotly-plot, .dash-graph'))
  .map((element) => ['--w', '--l', '--d', '--share'].map(
    (name) => getComputedStyle(element).getPropertyValue(name)).join(' '))"""
