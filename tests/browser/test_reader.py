"""What a reader does on the page."""

import pytest
from playwright.sync_api import Page, expect

from dashboard.wire import JSON
from tests.web.fakes import Night, document, pages

from .conftest import Open
from .helpers import eventually, wait_for_version

pytestmark = pytest.mark.browser


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr th").all_inner_texts()


def test_the_table_sorts_and_stays_sorted(night: Night, open_page: Open) -> None:
    night.publish(votes=100, rows=12)
    page = open_page()
    page.click("th:nth-child(2) button")
    assert page.get_attribute("th:nth-child(2)", "aria-sort") == "descending"
    values = [int(text) for text in page.locator("tbody td").all_inner_texts()]
    assert values == sorted(values, reverse=True)
    page.click("th:nth-child(2) button")
    assert page.get_attribute("th:nth-child(2)", "aria-sort") == "ascending"
    wait_for_version(page, night.publish(votes=137, rows=15))
    values = [int(text) for text in page.locator("tbody td").all_inner_texts()]
    assert values == sorted(values)
    assert len(values) == 15
    page.click("th:nth-child(1) button")
    assert page.get_attribute("th:nth-child(2)", "aria-sort") is None
    assert rows(page) == sorted(rows(page))


def test_a_search_shows_the_row_as_a_card(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    search = page.locator("[data-role=search]")
    search.fill("saint etienne")  # neither its accent nor its hyphen
    card = page.locator("[data-role=card]")
    expect(card).to_be_visible()
    assert card.locator("h3").inner_text() == "Commune 1"
    assert card.locator("dt").inner_text() == "Voix"
    assert card.locator("dd").inner_text() == "91"
    assert page.locator("tr[data-selected]").get_attribute("data-key") == "c1"
    wait_for_version(page, night.publish(votes=101))
    assert card.locator("dd").inner_text() == "0"  # the card follows the table
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    search.fill("comm")
    search.press("Enter")
    assert card.locator("h3").inner_text() == "Commune 0"
    card.locator("button").click()
    expect(card).to_be_hidden()
    search.fill("nowhere")
    search.press("Enter")
    expect(page.locator("[data-role=announcer]")).to_have_text("Aucune commune de ce nom.")


def test_a_row_or_an_area_of_the_map_shows_the_same_card(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.click("tr[data-key=c0] button")
    card = page.locator("[data-role=card]")
    assert card.locator("h3").inner_text() == "Commune 0"
    click: dict[str, JSON] = {"points": [{"location": "34002"}]}
    page.evaluate("(click) => dash_clientside.set_props('map', {clickData: click})", click)
    expect(card.locator("h3")).to_have_text("Commune 2")


def test_new_posts_do_not_push_what_is_being_read(night: Night, open_page: Open) -> None:
    night.publish(posts=40)
    page = open_page(viewport={"width": 900, "height": 300})
    page.locator("[data-key=p20]").scroll_into_view_if_needed()
    before = page.locator("[data-key=p20]").bounding_box()
    wait_for_version(page, night.publish(posts=42))
    assert page.locator("[data-key=p20]").bounding_box() == before
    button = page.locator("[data-action=show-new]")
    expect(button).to_have_text("2 nouvelles publications")
    expect(page.locator("[data-key=p41]")).to_be_hidden()
    button.click()
    expect(page.locator("[data-key=p41]")).to_be_visible()
    expect(button).to_be_hidden()


def test_new_posts_are_simply_there_for_who_is_at_the_top(night: Night, open_page: Open) -> None:
    night.publish(posts=2)
    page = open_page(viewport={"width": 1400, "height": 2000})
    wait_for_version(page, night.publish(posts=3))
    expect(page.locator("[data-key=p2]")).to_be_visible()
    expect(page.locator("[data-action=show-new]")).to_be_hidden()


def test_focus_and_selection_survive_updates(night: Night, open_page: Open) -> None:
    night.publish(votes=100, rows=30, posts=5)
    page = open_page()
    page.locator("tr[data-key=c7] button").focus()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-key=p3]'))")
    for votes in range(101, 111):
        last = night.publish(votes=votes, rows=30, posts=5)
    wait_for_version(page, last)
    assert page.evaluate("document.activeElement.dataset.key") == "c7"
    assert page.evaluate("String(getSelection()).trim()") == "« Publication 3 »"


def test_the_theme_reaches_page_and_figures_and_is_remembered(
    night: Night, open_page: Open
) -> None:
    night.publish()
    page = open_page(color_scheme="light")
    ground = "document.querySelector('#bars .js-plotly-plot')?.layout.paper_bgcolor"
    assert page.evaluate(ground) == "#ffffff"
    assert page.get_attribute("[data-action=theme]", "aria-label") == "Thème sombre"
    page.click("[data-action=theme]")
    eventually(page, f"{ground} === '#0b0f16'")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute("[data-action=theme]", "aria-label") == "Thème clair"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    eventually(page, f"{ground} === '#0b0f16'")


@pytest.mark.parametrize(
    ("path", "scheme", "theme"),
    [("/", "dark", "dark"), ("/", "light", "light"), ("/?theme=dark", "light", "dark"),
     ("/ecran", "light", "dark"), ("/ecran?theme=light", "dark", "light")],
)  # fmt: skip
def test_the_theme_is_known_before_the_first_paint(
    night: Night, open_page: Open, path: str, scheme: str, theme: str
) -> None:
    night.publish()
    page = open_page(path, drawn=False, color_scheme=scheme)
    assert page.get_attribute("html", "data-theme") == theme


def test_one_sentence_a_minute_for_who_listens(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.evaluate("""
      window.said = [];
      new MutationObserver(() => window.said.push(
        document.querySelector('[data-role=announcer]').textContent
      )).observe(document.querySelector('[data-role=announcer]'), {childList: true});
    """)
    for votes in range(101, 106):
        wait_for_version(page, night.publish(votes=votes))
    assert page.evaluate("window.said") == ["Hamon 101 voix"]
    night.report("trouble", "missing")
    eventually(page, "window.said.length === 2")
    assert "introuvable" in page.evaluate("window.said[1]")


def test_the_other_language_is_the_same_page(night: Night, open_page: Open) -> None:
    link = ["a", {"data-role": "language", "href": "/en/"}, "English"]
    home = document()
    assert isinstance(home["parts"], dict)
    home["parts"]["strip"] = link
    night.publish({**pages(), "home.fr": home})
    page = open_page("/?theme=dark")
    page.click("a[data-role=language]")
    page.wait_for_selector("html[lang=en]", state="attached")
    assert page.evaluate("location.pathname + location.search") == "/en/?theme=dark"


def test_the_big_screen_looks_after_itself(night: Night, open_page: Open) -> None:
    night.publish()
    page = open_page("/ecran")
    page.wait_for_selector("html[data-idle]", state="attached")
    page.mouse.move(10, 10)
    page.wait_for_selector("html:not([data-idle])", state="attached")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--shift-x')")
    clock = page.inner_text("[data-role=clock]")
    assert clock.count(" h ") == 1
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
