"""What is on screen before scripts run, and how the scripts take it over."""

import pytest
from playwright.sync_api import Page

from tests.web.fakes import Night
from tests.web.serving import Server

from .conftest import Open
from .helpers import eventually

pytestmark = pytest.mark.browser


def test_the_numbers_need_no_script(night: Night, open_page: Open) -> None:
    night.publish(votes=24_638)
    page = open_page(drawn=False, java_script_enabled=False)
    assert page.inner_text("[data-option=hamon] [data-field=votes]") == "24638"
    assert page.get_attribute("main#live", "data-version") == "1"
    assert "Loading" not in page.inner_text("body")


def test_react_takes_over_without_a_second_page(night: Night, open_page: Open) -> None:
    night.publish(votes=100, rows=40, posts=30)
    watch = """
      window.mains = new Set();
      window.shown = new Set();
      new MutationObserver(() => {
        const all = [...document.querySelectorAll('main#live')];
        const seen = all.filter((main) => main.offsetParent !== null || main.clientHeight);
        window.mains.add(seen.length);
        if (seen.length) window.shown.add(seen.at(-1).querySelectorAll('tbody tr').length);
      }).observe(document, {subtree: true, childList: true});
    """
    page = open_page(script=watch)
    assert page.locator("main#live").count() == 1
    assert page.locator("#react-entry-point main#live").count() == 1
    assert page.evaluate("[...window.mains]") in ([1], [0, 1])
    # The table was never empty, nor doubled, on its way from one main to the other.
    assert page.evaluate("window.shown.has(40) && !window.shown.has(80)")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    visible = [name for name in ids if not name.startswith(("_", "clip", "topdefs", "legend"))]
    assert len(visible) == len(set(visible))


def test_scroll_and_focus_survive_the_change(night: Night, server: Server, open_page: Open) -> None:
    night.publish(votes=100, rows=200)
    page = open_page("/ecran", drawn=False)  # any page of this origin
    page.goto("about:blank")
    page.set_viewport_size({"width": 800, "height": 400})
    held: list[object] = []
    page.route("**/_dash-layout", lambda route: held.append(route))
    page.goto(f"{server.origin}/")
    eventually(page, "window.soiree?.live?.document()")
    page.locator("tr[data-key=c150] button").focus()
    before = page.evaluate("window.scrollY")
    assert before > 0
    while not held:
        page.wait_for_timeout(10)
    held.pop().continue_()  # type: ignore[attr-defined]
    page.wait_for_selector("main#live[data-figures=drawn]")
    assert page.evaluate("document.activeElement.closest('tr')?.dataset.key") == "c150"
    assert page.evaluate("window.scrollY") > 0


def test_no_policy_is_violated(night: Night, open_page: Open) -> None:
    night.publish()
    watch = """
      window.violations = [];
      document.addEventListener('securitypolicyviolation',
        (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
    """
    for path in ("/", "/ecran"):
        page = open_page(path, script=watch)
        night.publish(votes=page.evaluate("soiree.live.version()") + 200)
        eventually(page, "window.versions.at(-1).text > 200")
        assert page.evaluate("window.violations") == []


def test_a_page_opened_before_the_first_version_fills_by_itself(
    night: Night, open_page: Open
) -> None:
    page = open_page(drawn=False)
    assert page.get_attribute("main#live", "data-version") == "0"
    night.publish(votes=321)
    page.wait_for_selector("main#live[data-version='1'][data-figures=drawn]")
    assert page.inner_text("[data-field=votes]") == "321"
    assert versions(page)[-1]["shown"] == [321, 321]


def versions(page: Page) -> list[dict[str, object]]:
    return page.evaluate("window.versions")  # type: ignore[no-any-return]
