"""The night seen again in a real page: each step is the document that was served, and no other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.serving import Server

from .conftest import Open
from .evening import TIMES, Evening
from .helpers import eventually

pytestmark = pytest.mark.browser
SHOWN = """() => {
  const sorted = (value) => Array.isArray(value) ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort().map((k) => [k, sorted(value[k])])) : value;
  return JSON.stringify(sorted(soiree.live.document()));
}"""

# Areas in each layer of the map, when it shows what is on the page.
STRIPED = """document.querySelector('main#live').dataset.figures === 'drawn'
  && Number(document.querySelector('main#live').dataset.version) === soiree.live.version()
  && [...document.querySelectorAll('#map .choroplethlayer > g')].map((g) => g.childElementCount)"""


@pytest.fixture
def night(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path / "state")
    evening.report()
    return evening


@pytest.fixture
def server(night: Evening) -> Iterator[Server]:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        yield server


def canonical(document: Any) -> Any:
    return json.loads(json.dumps(document, sort_keys=True))


def shown(page: Page) -> Any:
    return json.loads(page.evaluate(SHOWN))


def begin(page: Page) -> None:
    """Plays, and stops at whatever is there."""
    page.click("[data-action=replay-play]")
    expect(page.locator("[data-role=replay-band]")).to_be_visible()
    page.click("[data-action=replay-play]")
    page.focus("[data-role=replay-range] input")


def at(page: Page, time: str) -> None:
    expect(page.locator("[data-role=replay-at]")).to_have_text(f"Relecture · {time}")


def test_each_step_is_the_document_that_was_served(night: Evening, open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(page)
    assert sum("/live/replay/" in url for url in asked) == 1
    page.keyboard.press("Home")
    for number, time in enumerate(TIMES):
        at(page, time)
        assert canonical(night.served[number]) == shown(page)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    at(page, TIMES[2])
    assert canonical(night.served[2]) == shown(page)
    # The posts of later are not there, the map and the bars are those of then.
    assert page.locator("[data-role=feed] > li").count() == 2
    drawn = "document.querySelector('#bars .js-plotly-plot').data[0].x[0]"
    then = night.served[2]["figures"]["bars"]["data"][0]["x"][0]
    eventually(page, f"Math.abs({drawn} - {then}) < 1e-9")
    # Of the stripes over partial counts only those that there are, not every area once more.
    layers = eventually(page, STRIPED)
    partial = [value for value in night.served[2]["figures"]["map"]["data"][1]["z"] if value]
    assert layers[0] > 300
    assert 0 < len(partial) == layers[1]


def test_new_results_throw_nobody_out_and_one_click_goes_back(
    night: Evening, open_page: Open
) -> None:
    page = open_page("/?t=20:57")
    at(page, TIMES[1])
    night.tell(4, "held")
    eventually(page, "soiree.live.known() === 5")
    at(page, TIMES[1])
    assert canonical(night.served[1]) == shown(page)
    page.click("[data-action=replay-live]")
    expect(page.locator("[data-role=replay-band]")).to_be_hidden()
    assert canonical(night.served[4]) == shown(page)
    assert "t=" not in page.url
    assert page.locator("[data-action=show-new]").is_hidden()


@pytest.mark.parametrize(
    ("asked", "time", "more"),
    [
        ("20:57", TIMES[1], ""),
        ("2107", TIMES[2], ""),
        ("21:00:30", TIMES[1], ""),
        ("19:00", TIMES[0], "La relecture commence à 20 h 47."),
        ("23:59", TIMES[3], "La relecture s’arrête à 21 h 17."),
    ],
)
def test_an_hour_is_an_address(open_page: Open, asked: str, time: str, more: str) -> None:
    page = open_page(f"/?t={asked}")
    at(page, time)
    expect(page.locator("[data-role=replay-more]")).to_have_text(more)
    page.focus("[data-role=replay-range] input")
    page.keyboard.press("Home")
    page.wait_for_url("**/?t=20:47")


def test_what_is_no_hour_is_said_and_leaves_the_present(open_page: Open) -> None:
    page = open_page("/?t=<b>99:99")
    said = page.locator("[data-role=announcer]")
    expect(said).to_have_text("L’heure demandée n’en est pas une : il faut écrire t=20:31.")
    expect(page.locator("[data-role=replay-band]")).to_be_hidden()


def test_space_plays_to_the_end_and_the_drawing_is_that_night_s(open_page: Open) -> None:
    page = open_page()
    begin(page)
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    at(page, TIMES[3])
    expect(page.locator("[data-role=replay-range] input")).to_have_attribute(
        "aria-valuetext", "21 h 17. " + page.evaluate("soiree.live.document().announcement")
    )
    eventually(page, "!document.querySelector('.rplay.playing')")
    traces = eventually(page, "document.querySelector('#timeline .js-plotly-plot')?.data")
    by_name = {trace["name"]: trace for trace in traces}
    assert by_name["counted"]["y"][0] == 0
    assert by_name["counted"]["y"][-1] == 1


def test_who_does_not_ask_loads_nothing_of_it(open_page: Open) -> None:
    asked: list[str] = []
    page = open_page(drawn=False)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("main#live[data-figures=drawn]")
    assert not [url for url in asked if "replay" in url]
    begin(page)
    asked = [url for url in asked if "replay" in url]
    assert len(asked) == 4, "script, style, kit, night"


def test_what_was_corrected_later_says_so_where_it_is_shown_as_it_was(
    night: Evening, open_page: Open
) -> None:
    night.correct(4)
    page = open_page("/?t=21:07")
    at(page, TIMES[2])
    since = page.locator("th[data-corrected-since]")
    expect(since).to_have_count(1)
    expect(since).to_have_attribute("data-value", "Canet")
    expect(since).to_have_attribute("data-corrected-since", "corrigé depuis")
    expect(page.locator("[data-role=replay-more]")).to_have_text("Corrigé depuis : Canet")
    moments = page.locator("[data-role=replay-moments] button")
    expect(moments.last).to_have_text("21 h 27 Correction")
    moments.last.click()
    at(page, "21 h 27")
    expect(since).to_have_count(0)
    assert canonical(night.served[4]) == shown(page)
    page.focus("[data-role=replay-range] input")
    page.keyboard.press("Home")
    at(page, TIMES[0])
    expect(since).to_have_count(0)  # not counted yet
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(since).to_have_count(1)
    page.click("[data-action=replay-live]")
    expect(since).to_have_count(0)


def test_what_was_corrected_and_is_corrected_again_says_so_until_the_last_time(
    night: Evening, open_page: Open
) -> None:
    night.correct(4, again=5)
    page = open_page("/?t=21:27")
    at(page, "21 h 27")
    since = page.locator("th[data-corrected-since]")
    expect(since).to_have_count(1)
    expect(since.locator(".row-corrected")).to_have_count(1)  # as it said then
    expect(page.locator("[data-role=replay-more]")).to_have_text("Corrigé depuis : Canet")
    page.focus("[data-role=replay-range] input")
    page.keyboard.press("ArrowRight")
    at(page, "21 h 37")
    expect(since).to_have_count(0)
    page.keyboard.press("Home")
    expect(since).to_have_count(0)  # not counted yet


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_the_past(
    night: Evening, open_page: Open, scheme: str, width: int
) -> None:
    night.correct(4)
    page = open_page("/?t=21:07", viewport={"width": width, "height": 900}, color_scheme=scheme)
    at(page, TIMES[2])
    eventually(page, "document.querySelector('#timeline .scatterlayer .trace')")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []


def test_in_english(night: Evening, open_page: Open) -> None:
    night.correct(4)
    page = open_page("/en/?t=21:07")
    expect(page.locator("[data-role=replay-at]")).to_have_text("Replay · 9:07 pm")
    expect(page.locator("[data-role=replay-more]")).to_have_text("Corrected since: Canet")
    expect(page.locator("[data-action=replay-live]")).to_have_text("Back to live")
    expect(page.locator("[data-action=replay-play]")).to_have_text("Play the night")
    expect(page.locator(".rlegend")).to_contain_text("Progress of the count")
    expect(page.get_by_role("slider", name="Moment of the night")).to_be_visible()


def test_without_the_night_s_file_the_present_stays(open_page: Open) -> None:
    page = open_page(expected="ERR_", timings={})
    page.route("**/live/replay/*", lambda route: route.abort())
    page.click("[data-action=replay-play]")
    said = page.locator("[data-role=announcer]")
    expect(said).to_have_text("La relecture n’est pas disponible pour le moment.")
    expect(page.locator("[data-role=replay-band]")).to_be_hidden()
    page.unroute("**/live/replay/*")
    page.click("[data-action=replay-play]")
    expect(page.locator("[data-role=replay-band]")).to_be_visible()


def test_without_its_script_the_present_stays_too(open_page: Open) -> None:
    page = open_page(expected="ERR_")
    page.route("**/assets/replay.js*", lambda route: route.abort())
    page.click("[data-action=replay-play]")
    said = page.locator("[data-role=announcer]")
    expect(said).to_have_text("La relecture n’est pas disponible pour le moment.")
    page.unroute("**/assets/replay.js*")
    page.click("[data-action=replay-play]")
    expect(page.locator("[data-role=replay-band]")).to_be_visible()
