"""The wall sees the night again when the count is over; nothing past is there without that word."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.serving import Server

from .conftest import Open
from .evening import TIMES, Evening
from .helpers import eventually

pytestmark = pytest.mark.browser
# What is on screen whenever a document is put there, before anybody can see it.
SEEN = """
    window.seen = [];
    document.addEventListener("soiree:document", () => {
      const said = document.querySelector("[data-role=past]");
      seen.push({
        isPast: soiree.live.document() !== soiree.live.present(),
        version: soiree.live.version(),
        said: said.checkVisibility() ? said.textContent : "",
        live: [...document.querySelectorAll(".tv .live, .tv .upd, .tv .clk")]
          .filter((each) => each.checkVisibility() && each.textContent).length,
      });
    });
"""
ADDRESS = "/ecran?scenes=relecture&contests=second-round"
SHOWN = "document.documentElement.dataset.scene"
SHORT = {"end": 0}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """One for all: the last two tests go on with it."""
    evening = Evening(tmp_path_factory.mktemp("loop") / "state")
    evening.report()
    return evening


@pytest.fixture(scope="module")
def server(night: Evening) -> Iterator[Server]:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        yield server


def wall(open_page: Open, **options: Any) -> Page:
    """A wall that has just begun to see the night again."""
    page = open_page(ADDRESS, script=SEEN, **options)
    goes_on(page)
    return page


def goes_on(page: Page) -> None:
    """Until the night is seen again: somebody steps from scene to scene."""
    for _ in range(6):
        if page.evaluate(SHOWN) == "replay":
            return
        page.keyboard.press("Enter")
    raise AssertionError("the night is not in the rotation")


def said(page: Page, time: str) -> None:
    expect(page.locator("[data-role=past]")).to_have_text(f"Relecture · {time}")


def test_the_night_is_seen_from_its_beginning_and_then_the_present(open_page: Open) -> None:
    page = wall(open_page, timings=SHORT)
    eventually(page, f"document.title.startsWith('Relecture · {TIMES[0]} · ')")
    eventually(page, f"{SHOWN} === 'overview'")
    expect(page.locator("[data-role=past]")).to_be_hidden()
    expect(page.locator(".tv .clk")).to_be_visible()
    seen = page.evaluate("seen")
    past = [each for each in seen if each["isPast"]]
    assert [each["said"] for each in past] == [f"Relecture · {time}" for time in TIMES]
    assert {each["live"] for each in past} == {0}, "neither live, nor the hour of now"
    assert {each["said"] for each in seen if not each["isPast"]} == {""}
    assert page.evaluate("soiree.live.document() === soiree.live.present()")
    assert not page.title().startswith("Relecture")


def test_little_moves_for_who_wishes_so_and_any_key_brings_the_present(open_page: Open) -> None:
    page = wall(open_page, reduced_motion="reduce")
    said(page, TIMES[0])
    eventually(page, "seen.filter((each) => each.isPast).length > 1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-role=past]")).to_be_hidden()
    assert page.evaluate("soiree.live.document() === soiree.live.present()")


def test_without_the_night_s_file_the_present_stays(open_page: Open) -> None:
    page = open_page(ADDRESS, script=SEEN)
    page.route("**/live/replay/*", lambda route: route.abort())
    with page.expect_request("**/live/replay/screen.fr.json"):
        for _ in range(3):
            page.keyboard.press("Enter")
    eventually(page, f"{SHOWN} === 'overview'")
    assert not [each for each in page.evaluate("seen") if each["isPast"] or each["said"]]


def test_what_is_new_ends_it_at_once(night: Evening, open_page: Open) -> None:
    page = wall(open_page)
    said(page, TIMES[0])
    page.keyboard.press(" ")  # held at that hour
    night.correct(4)
    eventually(page, "soiree.live.version() === 5")
    assert page.evaluate(SHOWN) == "overview"
    expect(page.locator("[data-role=past]")).to_be_hidden()
    first = next(each for each in page.evaluate("seen") if each["version"] == 5)
    assert not first["isPast"] and not first["said"]
    assert page.evaluate("seen.filter((each) => each.isPast && !each.said).length") == 0
    goes_on(page)  # still held: at its first step
    said(page, TIMES[0])


def test_before_the_end_there_is_nothing_to_see_again(night: Evening, open_page: Open) -> None:
    night.tell(5, "held")
    page = open_page(ADDRESS)
    rotation = json.dumps(page.evaluate("soiree.live.document().scenes.rotation"))
    assert "replay" not in rotation
    for _ in range(6):
        page.keyboard.press("Enter")
        assert page.evaluate(SHOWN) == "overview"
