"""Versions on their way to the screen, and everything that may come between."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.web.fakes import Night
from tests.web.serving import Server

from .conftest import Open
from .helpers import eventually, wait_for_version

pytestmark = pytest.mark.browser
VOTES = "[data-option=hamon] [data-field=votes]"
NO_EVENTS = "window.EventSource = class { addEventListener() {} close() {} };"


def test_a_version_reaches_text_and_figures_together(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    for votes in (150, 151, 152):
        wait_for_version(page, night.publish(votes=votes))
        assert page.inner_text(VOTES) == str(votes)
        assert page.title() == f"Hamon {votes} voix"
    for seen in page.evaluate("window.versions")[1:]:
        # At the moment the number changed, every figure and the text already showed it.
        assert seen["shown"] == [seen["version"] + 148] * len(seen["shown"])
        assert seen["text"] == str(seen["version"] + 148)
        assert len(seen["shown"]) == 2


def test_many_versions_at_once_end_at_the_last_and_never_go_back(
    night: Night, open_page: Open
) -> None:
    night.publish(votes=100)
    page = open_page()
    for votes in range(101, 131):
        last = night.publish(votes=votes)
    wait_for_version(page, last)
    assert page.inner_text(VOTES) == "130"
    numbers = [seen["version"] for seen in page.evaluate("window.versions")]
    assert numbers == sorted(set(numbers))


def test_F43_a_server_that_is_behind_is_not_believed(
    night: Night, server: Server, open_page: Open
) -> None:
    night.publish(votes=100)
    pointer = night.store.root / "public/pointer.json"
    old = pointer.read_bytes()
    page = open_page()
    wait_for_version(page, night.publish(votes=101))
    server.stop()
    pointer.write_bytes(old)
    server.start()
    page.wait_for_selector("main#live[data-freshness=offline]")
    page.wait_for_selector("main#live[data-freshness=live]")
    assert page.inner_text(VOTES) == "101"
    assert page.evaluate("soiree.live.version()") == 2
    assert [seen["version"] for seen in page.evaluate("window.versions")] == [1, 2]


def test_polling_carries_on_where_events_are_blocked(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page(script=NO_EVENTS)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    wait_for_version(page, night.publish(votes=150))
    assert page.inner_text(VOTES) == "150"
    assert page.get_attribute("main#live", "data-freshness") == "live"
    # A short step comes with the pointer.
    asked = [address for address in addresses if "/live/" in address]
    assert asked and all("/live/latest/" in address for address in asked)


def test_refused_events_are_replaced_by_polling(
    night: Night, server: Server, open_page: Open
) -> None:
    night.publish(votes=100)
    page = open_page(expected="403")  # the browser says so itself
    page.route("**/live/events*", lambda route: route.fulfill(status=403))
    server.stop()
    server.start()
    wait_for_version(page, night.publish(votes=150))
    assert page.inner_text(VOTES) == "150"


def test_a_patch_that_got_lost_is_made_up_for(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.evaluate("soiree.merge = ((merge) => (a, b) => merge(a, b))(soiree.merge)")
    failing = {"left": 2}

    def fail(route: Route) -> None:
        failing["left"] -= 1
        if failing["left"] >= 0:
            route.abort()
        else:
            route.fallback()

    page.route("**/live/*.json*", fail)
    night.publish(votes=110, hostile="x" * 40_000)  # too large to be sent inline
    wait_for_version(page, 2)
    assert page.inner_text(VOTES) == "110"


@pytest.mark.parametrize(
    "lose",
    [
        lambda route: route.fulfill(status=404),
        lambda route: route.abort(),
        lambda route: route.fulfill(status=200, body="<html>"),  # a portal's page
    ],
    ids=["not found", "no network", "no JSON"],
)
def test_F50_without_the_patch_the_whole_document_is_fetched(
    night: Night, open_page: Open, lose: Callable[[Route], None]
) -> None:
    night.publish(votes=100)
    page = open_page(script=NO_EVENTS, expected="Failed to load resource")
    lost: list[str] = []

    def handle(route: Route) -> None:
        entry = (night.store.pointer() or {})["documents"]["home.fr"]
        if entry["patch"] and entry["patch"]["digest"] in route.request.url:
            lost.append(route.request.url)
            lose(route)
        else:
            route.fallback()

    page.route("**/live/*.json", handle)
    # Too long to come with the pointer.
    wait_for_version(page, night.publish(votes=110, hostile="x" * 10_000))
    assert page.inner_text(VOTES) == "110"
    assert len(lost) == 1


def test_the_page_outlives_the_server(night: Night, server: Server, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.evaluate("window.sameDocument = true")
    server.stop()
    page.wait_for_selector("main#live[data-freshness=offline]")
    notice = page.inner_text("[data-role=notice]")
    assert "Hors connexion : données de 20 h 47." in notice
    assert page.inner_text("[data-role=age]") == "Hors connexion · données de 20 h 47"
    assert page.inner_text(VOTES) == "100"
    night.publish(votes=200)
    server.start()
    wait_for_version(page, 2)
    page.wait_for_selector("main#live[data-freshness=live]")
    assert page.inner_text("[data-role=notice]") == ""
    assert page.evaluate("window.sameDocument")


def test_F50_a_silent_connection_is_given_up(night: Night, server: Server, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page("/ecran")
    server.freeze()
    page.wait_for_selector("main#live[data-freshness=offline]")
    night.publish(votes=300)
    server.thaw()
    wait_for_version(page, 2)
    page.wait_for_selector("main#live[data-freshness=live]")


@pytest.mark.parametrize(
    ("report", "word", "sentence"),
    [
        ({"state": "trouble", "code": "missing"}, "stale", "Le fichier de résultats est introuv"),
        ({"state": "trouble", "code": "no such code"}, "stale", "Illisible. Dernières données"),
        ({"quiet": True}, "quiet", "Aucun nouveau résultat depuis 20 h 47."),
    ],
)
def test_trouble_at_the_source_is_said_and_forgotten(
    night: Night, open_page: Open, report: dict[str, object], word: str, sentence: str
) -> None:
    night.publish(votes=100)
    page = open_page()
    night.report(**report)  # type: ignore[arg-type]
    page.wait_for_selector(f"main#live[data-freshness={word}]")
    assert sentence in page.inner_text("[data-role=notice]")
    assert page.inner_text(VOTES) == "100"
    night.report()
    page.wait_for_selector("main#live[data-freshness=live]")


def test_a_source_nobody_watches_is_stale(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page(timings={"unwatched": 2_000})
    page.wait_for_selector("main#live[data-freshness=stale]")  # no report after the first
    assert "Dernières données reçues à 20 h 47" in page.inner_text("[data-role=notice]")
    night.report()
    page.wait_for_selector("main#live[data-freshness=live]")


@pytest.mark.parametrize("hours", [-2, 2])
def test_F37_a_wrong_clock_changes_no_age(night: Night, open_page: Open, hours: int) -> None:
    night.publish(votes=100)
    shifted = f"""
      const now = Date.now.bind(Date);
      Date.now = () => now() + {hours} * 3600e3;
      const Real = Date;
      window.Date = class extends Real {{
        constructor(...args) {{ args.length ? super(...args) : super(Real.now()); }}
      }};
    """
    page = open_page(script=shifted)
    eventually(page, "/il y a \\d+ h$/.test(document.querySelector('[data-role=age]').innerText)")
    shown = int(page.inner_text("[data-role=age]").split()[-2])
    true = page.evaluate("fetch('/healthz').then((r) => r.json()).then((h) => h.age_seconds)")
    assert shown == int(true // 3600)


def test_F52_a_new_program_is_loaded_once(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.evaluate("window.sameDocument = true")
    page.evaluate("soiree.page.built('another build')")
    eventually(page, "!window.sameDocument")
    page.wait_for_selector("main#live[data-figures=drawn]")
    page.evaluate("window.sameDocument = true")
    page.evaluate("soiree.page.built('another build')")  # the same one again: not in a circle
    wait_for_version(page, night.publish(votes=101))
    assert page.evaluate("window.sameDocument")


def test_F32_hostile_text_is_shown_as_it_is(night: Night, open_page: Open) -> None:
    hostile = "<img src=x onerror='window.xss=1'><script>window.xss=1</script></main>&lt;b&gt;"
    night.publish(votes=100, hostile=hostile)
    page = open_page()
    assert hostile in page.inner_text("h1")
    worse = hostile + "<a href='javascript:window.xss=1'>x</a>"
    wait_for_version(page, night.publish(votes=101, hostile=worse))
    assert worse in page.inner_text("h1")
    assert worse in page.inner_text("tr[data-key=c0]")
    assert page.locator("main img, main script, main a").count() == 0
    assert page.evaluate("window.xss") is None


def test_a_paused_page_holds_still_and_catches_up(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page()
    page.click("[data-action=pause]")
    assert page.get_attribute("[data-action=pause]", "aria-pressed") == "true"
    night.publish(votes=101)
    night.publish(votes=102)
    eventually(page, "soiree.live.known() === 3")
    assert page.inner_text(VOTES) == "100"
    assert page.inner_text("[data-role=age]") == "Actualisation en pause"
    page.click("[data-action=pause]")
    wait_for_version(page, 3)
    assert page.inner_text(VOTES) == "102"


def test_stillness_reaches_plotly(night: Night, open_page: Open) -> None:
    night.publish(votes=100)
    page = open_page(reduced_motion="reduce")
    layouts = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map((p) => p.layout.transition)"
    )
    assert json.dumps(layouts) == json.dumps([{"duration": 0}] * 2)
