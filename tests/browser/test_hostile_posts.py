"""F32: five hundred hostile posts are plain text on every screen, in every feed, at every width."""

import json
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
from playwright.sync_api import Browser, Page

from dashboard import tally, views
from dashboard.model import Post, PostKind, Snapshot
from dashboard.views.feed import said
from dashboard.views.place import Place
from dashboard.views.scene import scenes
from dashboard.views.screen_posts import LONGEST_POST, clipped, full_screen, lower_third
from tests.chromium import keep_home
from tests.night.server import eventually as shown
from tests.web.herault import Herault, loaded, result
from tests.web.serving import Server

from .conftest import TIMINGS
from .helpers import wait_for_version
from .hostile_posts import posts, representatives, twin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HIGHEST = 5_000  # px of a card: 2,000 of the widest signs that a language has, on a phone
# Every element of the page with its class and the names of its attributes.
SKELETON = """() => [...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('.dash-graph, [data-role=announcer]'))
  .map((element) => [element.tagName, element.getAttribute('class'),
                     ...element.getAttributeNames().sort()].join(' '))"""
SAID = """() => [...document.querySelectorAll('[data-role=feed] > li')].map((post) =>
  [...post.querySelectorAll('.said')].map((paragraph) => paragraph.textContent).join('\\n'))"""
CARDS = """() => [...document.querySelectorAll('[data-role=feed] > li')].map((post) => {
  const {left, right, height} = post.getBoundingClientRect();
  return {left, right, height};
})"""
OUTSIDE = """() => [document.scrollingElement, ...document.querySelectorAll('.quote')]
  .filter((element) => element.scrollWidth > innerWidth || element.scrollHeight > innerHeight)
  .map((element) => [element.className, element.scrollWidth, element.scrollHeight].join(' '))"""
# Puts every post where the wall has one, by the wall's own renderer.
RENDERED = """(posts) => {
  const places = ['reaction', 'post'].map((part) => document.querySelector(`[data-part=${part}]`));
  return posts.map(([...nodes]) => {
    const words = nodes.pop();
    places.forEach((place, i) => soiree.render.part(place, undefined, nodes[i]));
    const all = places.flatMap((place) => [...place.querySelectorAll('*')]);
    return {
      wrong: places.map((place) => place.querySelector('.qt').textContent)
        .filter((text) => text !== words),
      outside: places.flatMap((place) => [...place.children])
        .filter((e) => e.scrollWidth > innerWidth || e.scrollHeight > innerHeight)
        .map((e) => [e.className, e.scrollWidth, e.scrollHeight].join(' ')),
      bones: all.map((e) => [e.tagName, ...e.getAttributeNames().sort()].join(' ')),
    };
  });
}"""
WIDTH = "[document.scrollingElement.scrollWidth, innerWidth]"
LINKS = """() => [...document.querySelectorAll('[data-role=feed] a, .quote a')].filter(
  (link) => !/^#post-[\\w-]{1,64}$/.test(link.getAttribute('href'))).length"""


@cache
def hostile() -> tuple[Post, ...]:
    found = posts()
    assert len(found) >= 500
    return found


@cache
def harmless() -> tuple[Post, ...]:
    return tuple(map(twin, hostile()))


@pytest.fixture
def night(tmp_path: Path) -> Herault:
    night = Herault(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def server(night: Herault) -> Iterator[Server]:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        yield server


class Visit:
    """One page, which must not have run, asked or thrown anything."""

    def __init__(self, browser: Browser, server: Server, path: str, width: int, height: int):
        context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = context.new_page()
        self.thrown: list[str] = []
        self.page.on("pageerror", lambda error: self.thrown.append(str(error)))
        self.page.on("dialog", lambda dialog: self.thrown.append(dialog.message))
        self.page.add_init_script(f"window.soireeTimings = {json.dumps(TIMINGS)}")
        self.strays = keep_home(self.page, server.origin)
        self.page.goto(server.origin + path)

    def skeleton(self, version: int) -> list[str]:
        wait_for_version(self.page, version)
        found: list[str] = self.page.evaluate(SKELETON)
        return found

    def harm(self) -> list[Any]:
        ran = self.page.evaluate("[window.harm, ({}).order, ({}).div].filter(Boolean)")
        return [*ran, *self.thrown, *self.strays, *["link"] * self.page.evaluate(LINKS)]


def test_F32_posts_are_text_in_the_feed_whatever_they_say(
    night: Herault, server: Server, browser: Browser
) -> None:
    before = night.publish("partial", harmless())
    visits = [Visit(browser, server, "/", width, 900) for width in (390, 1440)]
    expected = [visit.skeleton(before) for visit in visits]
    for visit in visits:
        visit.page.locator(".feedlist .all").click()
    version = night.publish("partial", hostile())
    for visit, bones in zip(visits, expected, strict=True):  # patched, then loaded
        assert visit.skeleton(version) == bones
        for again in range(2):
            page = visit.page
            assert page.evaluate(SAID) == [post.text for post in hostile()]
            cards = page.evaluate(CARDS)
            across, width = page.evaluate(WIDTH)
            assert across <= width
            assert min(card["height"] for card in cards) > 20, "all are unfolded"
            assert max(card["height"] for card in cards) <= HIGHEST
            assert all(card["left"] >= 0 and card["right"] <= width for card in cards)
            assert visit.harm() == []
            if not again:
                page.reload()
                assert visit.skeleton(version) == bones
                page.locator(".feedlist .all").click()


def test_F32_posts_are_text_on_the_wall(night: Herault, server: Server, browser: Browser) -> None:
    first, *chosen = representatives(hostile(), 40)
    version = night.publish("partial", (twin(first),))
    wall = Visit(browser, server, "/ecran?scenes=reaction&duree=3", 1920, 1080)
    bones = wall.skeleton(version)
    for post in (first, *chosen):
        assert wall.skeleton(night.publish("partial", (post,))) == bones
        assert wall.page.locator(".quote.whole .qt").all_text_contents() == [post.text]
        assert wall.harm() == []
        assert wall.page.evaluate(OUTSIDE) == []


def on_the_wall(found: tuple[Post, ...]) -> list[tuple[Any, Any, str]]:
    """Each as a reaction on the whole screen and in the lower third, and what it says there."""
    election = loaded().election
    contest, counted = election.contests[0], result(election.contests[0], "partial")
    place, gathered = Place(election, contest), tally.Gatherer(contest)(counted)
    seen = scenes(place, contest, counted, gathered, (), defaultdict(dict), sealed=False)["fr"]
    return [
        (
            full_screen(seen, post),
            lower_third(replace(seen, posts=(post,))),
            clipped(said(post, "fr"), LONGEST_POST),
        )
        for post in (replace(each, kind=PostKind.REACTION) for each in found)
    ]


def test_F32_all_of_them_are_text_on_the_wall(
    night: Herault, server: Server, browser: Browser
) -> None:
    version = night.publish("partial", harmless()[:1])
    wall = Visit(browser, server, "/ecran?scenes=reaction&duree=3", 1920, 1080)
    wall.skeleton(version)
    bad = wall.page.evaluate(RENDERED, on_the_wall(hostile()))
    good = wall.page.evaluate(RENDERED, on_the_wall(harmless()))
    for post, shown_bad, shown_good in zip(hostile(), bad, good, strict=True):
        assert shown_bad["wrong"] == [], post.text
        assert shown_bad["outside"] == [], post.text
        assert shown_bad["bones"] == shown_good["bones"], post.text
    assert wall.harm() == []


def test_F32_no_post_changes_what_the_documents_consist_of() -> None:
    """Of the wall each of them, in both languages; what charts draw is the same to the letter."""
    election = loaded().election
    results = tuple(result(contest, "partial") for contest in election.contests)

    def made(of: tuple[Post, ...]) -> dict[str, Any]:
        return dict(views.documents(election, Snapshot(results, of), frozenset()))

    bad, good = made(hostile()), made(harmless())
    assert bad.keys() == good.keys()
    for name in bad:
        assert bad[name]["figures"] == good[name]["figures"]
        assert shape(bad[name]) == shape(good[name])


def shape(node: Any) -> Any:
    """All but the words: names, classes, keys."""
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items()}
    if isinstance(node, list):
        return [shape(value) for value in node]
    return type(node).__name__


def test_F32_feeds_and_the_data_for_search_engines_say_them_to_the_letter(
    night: Herault, browser: Browser
) -> None:
    night.publish("partial", hostile())
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        texts = {post.text for post in hostile()}

        def fetched(path: str) -> bytes:
            with urllib.request.urlopen(server.origin + path, timeout=30) as answer:
                content: bytes = answer.read()
                return content

        shown("it is published", lambda: b"home.fr" in fetched("/live/latest.json"))
        atom = feedparser.parse(fetched("/feed.xml"))
        assert not atom.bozo and len(atom.entries) == 100
        assert {entry.content[0].type for entry in atom.entries} == {"text/plain"}
        assert {link.rel for entry in atom.entries for link in entry.links} == {"alternate"}
        items = json.loads(fetched("/feed.json"))["items"]
        assert {item["content_text"] for item in items} <= texts
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(server.origin + "/")
        [data] = page.locator('script[type="application/ld+json"]').all_text_contents()
        updates = json.loads(data)["liveBlogUpdate"]
        assert updates and {update["articleBody"] for update in updates} <= texts
