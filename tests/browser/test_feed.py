"""What a reader does with the feed: filters, permalinks, pinned and edited posts, new ones."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.feed import read_posts
from dashboard.model import FeedSource, Post
from tests.builders import make_file
from tests.web.herault import Herault
from tests.web.serving import Server

from .helpers import wait_for_version

pytestmark = pytest.mark.browser

COLUMNS = "id;time;author;kind;text;pinned;edited"
ROWS = [f"r{n};20:{n:02};Anne;reaction;Réaction {n};;" for n in range(12)]
KEY = "k;20:20;;key;Temps fort;;"
PINNED = "p;19:00;;note;À retenir;oui;"


def posts(*rows: str) -> tuple[Post, ...]:
    file = make_file("\n".join([COLUMNS, *rows]).encode())
    return read_posts(file, FeedSource("feed"), "Europe/Paris", date(2017, 1, 29))[0]


@pytest.fixture
def night(tmp_path: Path) -> Herault:
    night = Herault(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def server(night: Herault) -> Iterator[Server]:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        yield server


Open = Callable[..., Page]
PHONE = {"width": 390, "height": 600}
ORDER = "[...document.querySelectorAll('[data-role=feed] > li')].map((post) => post.dataset.key)"


def test_pinned_posts_come_first_and_say_so(night: Herault, open_page: Open) -> None:
    night.publish("partial", posts(*ROWS, KEY, PINNED))
    page = open_page()
    assert page.evaluate(ORDER)[:2] == ["p", "k"]
    expect(page.locator("[data-key=p] .kind")).to_contain_text("Épinglé")
    wait_for_version(page, night.publish("partial", posts(*ROWS, KEY, PINNED.replace("oui", ""))))
    assert page.evaluate(ORDER)[-1] == "p"


def test_an_edited_post_says_when(night: Herault, open_page: Open) -> None:
    night.publish("partial", posts(KEY))
    page = open_page()
    expect(page.locator("[data-key=k] .edited")).to_have_count(0)
    edited = posts(KEY.replace("Temps fort;;", "Temps fort, précisé;;20:31"))
    wait_for_version(page, night.publish("partial", edited))
    expect(page.locator("[data-key=k] .said")).to_have_text("Temps fort, précisé")
    expect(page.locator("[data-key=k] .edited")).to_have_text("Modifié à 20\u00a0h\u00a031")


def test_a_filter_holds_while_posts_come_and_ends_with_its_kind(
    night: Herault, open_page: Open
) -> None:
    night.publish("partial", posts(ROWS[0], KEY))
    page = open_page()
    page.locator("[data-action=filter][data-filter=key]").click()
    expect(page.locator("[data-key=r0]")).to_be_hidden()
    wait_for_version(page, night.publish("partial", posts(*ROWS[:2], KEY)))
    expect(page.locator("[data-key=r1]")).to_be_hidden()
    expect(page.locator("[data-key=k]")).to_be_visible()
    wait_for_version(page, night.publish("partial", posts(*ROWS[:2], PINNED)))
    expect(page.locator("[data-key=r1]")).to_be_visible()
    pressed = page.locator("[data-action=filter][aria-pressed=true]")
    assert pressed.evaluate_all("(chips) => chips.map((chip) => chip.dataset.filter)") == ["*"]


def test_a_permalink_finds_its_post_behind_the_fold_and_behind_a_filter(
    night: Herault, open_page: Open
) -> None:
    night.publish("partial", posts(*ROWS, KEY))
    page = open_page("/#post-r1", viewport=PHONE)
    linked = page.locator("[data-linked]")
    expect(linked).to_have_attribute("data-key", "r1")
    expect(linked).to_be_in_viewport()
    page.locator("[data-action=filter][data-filter=key]").click()
    expect(page.locator("[data-key=r2]")).to_be_hidden()
    page.evaluate("location.hash = '#post-r2'")
    expect(linked).to_have_attribute("data-key", "r2")
    expect(linked).to_be_in_viewport()
    href = page.locator("[data-key=r3] .when a").get_attribute("href")
    assert href == "#post-r3"


def test_the_button_counts_what_it_will_show(night: Herault, open_page: Open) -> None:
    night.publish("partial", posts(*ROWS[:8], KEY, PINNED))
    page = open_page(viewport=PHONE)
    page.locator("[data-action=filter][data-filter=reaction]").click()
    page.locator("[data-key=r3]").scroll_into_view_if_needed()
    before = page.locator("[data-key=r3]").bounding_box()
    more = (*ROWS[:10], KEY, PINNED, "k2;20:40;;key;Un autre;;")
    wait_for_version(page, night.publish("partial", posts(*more)))
    assert page.locator("[data-key=r3]").bounding_box() == before
    button = page.locator("[data-action=show-new]")
    expect(button).to_have_text("↑ 2 nouvelles publications")
    button.click()
    expect(page.locator("[data-key=r9]")).to_be_visible()
    expect(page.locator("[data-key=k2]")).to_be_hidden()
    page.locator("[data-action=filter][data-filter='*']").click()
    expect(page.locator("[data-key=k2]")).to_be_visible()
