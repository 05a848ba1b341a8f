"""A published folder, deploy/static.conf, the real nginx, and Chromium; our server is stopped."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from dashboard.model import Snapshot
from dashboard.publish.destination import Folder
from dashboard.views.elsewhere import Feeds, shares
from dashboard.web.events import Events
from dashboard.web.follower import BLOB_CACHE, Follower
from dashboard.web.front import Front
from dashboard.web.lifespan import Lifespan
from dashboard.web.responses import IMMUTABLE
from tests.chromium import keep_home
from tests.night.folder import Folder as Night
from tests.night.folder import make_folder
from tests.night.server import Server, eventually
from tests.web.client import ask
from tests.web.conftest import site
from tests.web.fakes import GEOMETRY, election
from tests.web.fakes import Night as FakeNight

from .command import Publishing
from .conftest import Publish
from .nginx import Nginx

pytestmark = pytest.mark.slow

# What a screen says, without what depends on the second at which one looks.
SAID = """() => {
    const main = document.querySelector("main#live").cloneNode(true);
    const passing = ["[data-role=age]", "[data-role=clock]", "[data-role=notice]",
                     "[data-ago]", ".dash-graph", "[data-role=take]"];
    main.querySelectorAll(passing.join()).forEach((element) => element.remove());
    const parts = [...main.querySelectorAll("[data-part]")];
    const said = parts.map((part) => [part.dataset.part, part.textContent]);
    parts.forEach((part) => part.remove());
    return Object.fromEntries([...said, ["beside", main.textContent]]);
}"""
DRAWN = """() => [...document.querySelectorAll(".js-plotly-plot")].map((plot) =>
    plot.data.map((trace) => [trace.type, Array.from(trace.x || trace.z || [])]))"""

FRAMED_BY_NOBODY = "frame-ancestors 'none'"


def fetch(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def nginx(folder: Path, tmp_path: Path) -> Iterator[Nginx]:
    folder.mkdir()
    with Nginx.on(folder, tmp_path / "nginx") as running:
        yield running


def served(night: FakeNight) -> Front:
    """The server of the same night."""
    follower = Follower(night.store, site().build)
    events = Events(follower)
    follower.refresh()
    return Front(site(), follower, events, Lifespan(follower, events))


def rules(policy: str) -> set[str]:
    """Those of a policy, whatever the inline style and script are; the browser checks these."""
    return set(re.sub("'sha256-[^']*'", "'sha256'", policy).split("; "))


def test_nginx_answers_as_our_server_does(
    night: FakeNight, publish: Publish, folder: Path, nginx: Nginx
) -> None:
    known = election("second-round", "first-round")
    night.publish(files={
        "results.csv": b"commune;voix\n" * 100, "results.json": b"{}",
        **Feeds()(known, Snapshot((), ()), frozenset()), **shares(known, {}, frozenset()),
    })  # fmt: skip
    publish(Folder(folder)).step()
    front = served(night)
    entry = ask(front, "/live/latest/home.fr.json").json
    [outline] = GEOMETRY
    for path in ("/", "/ecran", "/embed/bars/", "/en/embed/bars/", "/en/", "/en/ecran/",
                 "/contest/first-round/", "/api/results.csv",
                 "/feed.xml", "/en/feed.json", "/en/contest/first-round/share.png",
                 "/api/results.json", entry["url"], outline, "/robots.txt", "/favicon.ico",
                 "/live/latest/home.fr.json", "/live/latest.json"):  # fmt: skip
        ours = ask(front, path)
        status, theirs, body = fetch(nginx.origin + path)
        assert (status, ours.status) == (200, 200), path
        for name, value in ours.headers.items():
            if name in {"etag", "content-length", "vary", "x-checked-at"}:
                continue
            said = theirs.get(name, "")
            if name == "content-security-policy":
                [in_page] = re.findall(rb'security-policy" content="([^"]*)"', body)
                assert said == ("frame-ancestors *" if "embed" in path else FRAMED_BY_NOBODY)
                assert rules(f"{unescape(in_page.decode())}; {said}") == rules(value)
            elif name == "content-type":
                assert said.split(";")[0] == value.split(";")[0], path
            else:
                assert said.lower() == value.lower(), (path, name)
        if not path.endswith(("/", "/ecran")) and not path.startswith("/live/latest"):
            assert body == ours.raw, path


def test_everything_that_lasts_is_compressed_and_kept(
    night: FakeNight, publish: Publish, folder: Path, nginx: Nginx
) -> None:
    night.publish(rows=60)
    publish(Folder(folder)).step()
    page = fetch(nginx.origin + "/")[2].decode()
    named = re.findall(r'(?:src|href|data-url)="(/(?:build|live)/[^"]+)"', page)
    assert len(named) > 10
    for path in named:
        status, headers, body = fetch(nginx.origin + path, **{"Accept-Encoding": "gzip"})
        lasting = BLOB_CACHE if path.startswith("/live/") else IMMUTABLE
        assert (status, headers["cache-control"]) == (200, lasting)
        is_small = len(body) < 600
        assert headers.get("content-encoding") == "gzip" or "woff2" in path or is_small, path
    for absent in ("/live/events", "/lieu/34/", "/build/", "/.aside-index.html", "/healthz"):
        status, headers, _ = fetch(nginx.origin + absent)
        assert status in {403, 404}
        assert headers["x-content-type-options"] == "nosniff"
        assert "immutable" not in headers.get("cache-control", "")


@pytest.fixture
def real(tmp_path: Path) -> Night:
    (tmp_path / "night").mkdir()
    return make_folder(tmp_path / "night")


def look(browser: Browser, url: str, mistakes: list[str]) -> Page:
    """A page with its figures drawn; what it complains of is added to ``mistakes``."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    origin = "/".join(url.split("/")[:3])
    strays = keep_home(page, origin)
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda said: said.type == "error" and mistakes.append(said.text))
    page.on("close", lambda: mistakes.extend(strays))
    page.goto(url)
    page.wait_for_selector("main#live[data-figures=drawn]")
    return page


def settled(page: Page) -> tuple[str, dict[str, str], Any]:
    """Title, words by part and figures, once they are what they were a second ago: what comes
    with the charts, or with the first look at the feed, has come."""
    known: list[Any] = []

    def is_settled() -> bool:
        known.append((page.title(), page.evaluate(SAID), page.evaluate(DRAWN)))
        page.wait_for_timeout(200)
        return len(known) > 5 and all(each == known[-1] for each in known[-6:])

    eventually("the screen is settled", is_settled, 60)
    return known[-1]  # type: ignore[no-any-return]


def version(page: Page) -> int:
    return int(page.locator("main#live[data-figures=drawn]").get_attribute("data-version") or 0)


@pytest.mark.browser
def test_the_folder_gives_the_same_screens_live_with_our_server_stopped(
    browser: Browser, real: Night, tmp_path: Path, folder: Path, nginx: Nginx,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("SOIREE_PUBLIC_URL", "https://soiree.example/")  # what the QR code opens
    real.publish({1: (60, 40), 2: (30, 50)})
    real.say("Les premiers bureaux ferment.", "Premier dépouillement.")
    state, mistakes = tmp_path / "state", list[str]()
    paths = ("/", "/ecran", "/en/", "/en/ecran/")
    by_server = {}
    with Server(real.election, state, workers=1) as server:
        eventually("counted", lambda: server.votes() == {"hamon": 90, "valls": 90})
        eventually("said", lambda: b"Premier d\xc3\xa9pouillement." in server.get("/")[1])
        for path in paths:
            page = look(browser, server.url + path, mistakes)
            by_server[path] = settled(page)
            page.close()

    with Publishing(real.election, state, str(folder)) as publishing:
        publishing.await_file(folder / "live" / "beat.json")
        for path in paths:
            page = look(browser, nginx.origin + path, mistakes)
            for ours, theirs in zip(settled(page), by_server[path], strict=True):
                assert ours == theirs
            page.close()

        pages = [look(browser, nginx.origin + path, mistakes) for path in ("/", "/ecran")]
        before = [version(page) for page in pages]
        real.publish({1: (60, 40), 2: (30, 50), 3: (1000, 1)})
        for page, old in zip(pages, before, strict=True):
            eventually("the new count is drawn", lambda p=page, o=old: version(p) > o)
            field = page.locator('#live [data-option="hamon"] [data-field="votes"]').first
            assert field.get_attribute("value") == "1090"
            assert page.locator("main#live").get_attribute("data-freshness") == "live"
        real.results.unlink()
        for page in pages:
            page.wait_for_selector("main#live[data-freshness=stale] .notice-text", timeout=60_000)
        real.publish({1: (60, 40), 2: (30, 50), 3: (1000, 1)})
        for page in pages:
            page.wait_for_selector("main#live[data-freshness=live]", timeout=60_000)

        publishing.kill()
        for page in pages:
            page.wait_for_selector("main#live[data-freshness=stale] .notice-text", timeout=60_000)
            page.close()
    assert mistakes == []
    assert "/live/events" not in nginx.asked
    assert not re.findall(r'" [45]\d\d ', nginx.asked)


@pytest.mark.browser
def test_a_query_written_by_hand_leads_to_the_path(
    browser: Browser, night: FakeNight, publish: Publish, folder: Path, nginx: Nginx
) -> None:
    night.publish()
    publish(Folder(folder)).step()
    page = browser.new_page()
    for asked, path in (
        ("/?lang=en&theme=dark", "/en/?theme=dark"),
        ("/ecran/?lang=en", "/en/ecran/"),
        ("/?lang=fr", "/?lang=fr"),
        ("/en/?lang=fr", "/en/?lang=fr"),  # the path is the last word, as for the server
        ("/?lang=xx", "/?lang=xx"),
        ("/?contest=first-round&lang=en", "/en/contest/first-round/"),
        (
            "/contest/first-round/?contest=second-round",
            "/contest/first-round/?contest=second-round",
        ),
        ("/?contest=second-round", "/?contest=second-round"),
    ):
        page.goto(nginx.origin + asked)
        eventually(f"{asked} leads to {path}", lambda p=path: page.url == nginx.origin + p)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "looked, every, freshness",
    [(0, 5, "live"), (100, 5, "stale"), (100, 600, "live")],
    ids=["just now", "long ago, from a cache", "as often as it was promised"],
)
def test_a_beat_out_of_a_cache_is_as_old_as_it_is(
    browser: Browser, night: FakeNight, publish: Publish, folder: Path, nginx: Nginx,
    looked: int, every: int, freshness: str,
) -> None:  # fmt: skip
    """A CDN whose origin is gone tells the same time again and again; only Age says how long."""
    night.publish()
    publish(Folder(folder)).step()
    beat = json.loads((folder / "live" / "beat.json").read_bytes())
    then = datetime.now(UTC) - timedelta(seconds=looked)
    answer = json.dumps({**beat, "checked_at": then.isoformat(), "every": every})
    headers = {"date": format_datetime(then, usegmt=True), "age": str(looked)}
    page = browser.new_page()
    answered = []

    def from_cache(route: Route) -> None:
        answered.append(route.request.url)
        route.fulfill(body=answer, content_type="application/json", headers=headers)

    page.add_init_script("window.soireeTimings = {poll: 100, tick: 50};")
    page.route("**/live/beat.json", from_cache)
    page.goto(nginx.origin)
    page.wait_for_selector(f"main#live[data-freshness={freshness}]")
    eventually("three answers were heard", lambda: page.evaluate("1") and len(answered) > 3)
    assert page.locator("main#live").get_attribute("data-freshness") == freshness
    page.close()
