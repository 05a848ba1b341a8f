"""The origin dies or freezes under load: nobody is refused, and pages say how old their data is."""

import asyncio
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import keep_home
from tests.night.server import Server, eventually

from .conftest import Night
from .outage import Watch, freeze, kill, thaw, watch
from .proxy import asked_too_often
from .viewers import run

pytestmark = pytest.mark.slow

Step = Callable[[Server], object]
WATCHERS = 30
OLD = 6.0  # s: many times as long as anything is fresh
IMPATIENT = "window.soireeTimings = {unwatched: 5_000, silence: 2_000, retryMost: 1_000}"
SAID_WITHIN = 30_000  # ms: a deadline for what a page says


async def _until(what: str, condition: Callable[[], bool], seconds: float = 60.0) -> None:
    try:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"in {seconds:.0f} s: {what}") from None


async def _through_an_outage(night: Night, lose: Step, regain: Step) -> Watch:
    """Watch, lose the origin, go on until its data are old, regain it, until they are young."""
    seen = Watch()
    watching = asyncio.create_task(watch(night.proxy.port, seen, WATCHERS))
    await _until("everyone watches", lambda: seen.arrivals > 2 * WATCHERS)
    lose(night.server)
    answered = seen.answered
    await _until("the answers tell an old age", lambda: seen.age > OLD)
    await _until("many are answered", lambda: seen.answered - answered > 20 * WATCHERS)
    newest = seen.newest
    night.folder.publish({1: (60, 40), 2: (30, 50), 3: (7, 7)})
    await asyncio.to_thread(regain, night.server)
    await _until("the answers tell what is new", lambda: seen.newest > newest)
    assert seen.age < OLD
    seen.over = True
    await watching
    return seen


@pytest.mark.parametrize(
    ("lose", "regain"), [(kill, Server.start), (freeze, thaw)], ids=["killed", "frozen"]
)
def test_a_lost_origin_is_told_and_nobody_is_refused(
    night: Night, lose: Step, regain: Step
) -> None:
    seen = run(_through_an_outage(night, lose, regain))
    assert seen.errors == []
    assert set(seen.statuses) == {200, 304}
    if lose is freeze:
        # Only who renews waits for the origin: the others are given what there is.
        assert asked_too_often(night.proxy.reached()) == {}


@pytest.mark.browser
def test_pages_say_their_data_are_old_and_recover_by_themselves(
    night: Night, browser: Browser
) -> None:
    """Those that are open, which lose their stream, and one that is opened meanwhile."""
    pages: list[Page] = []

    def look(path: str, freshness: str) -> None:
        page = browser.new_page()
        page.add_init_script(IMPATIENT)
        pages.append(page)
        strays.append(keep_home(page, night.proxy.url))
        page.goto(night.proxy.url + path)
        page.locator("main#live[data-figures=drawn]").wait_for(timeout=SAID_WITHIN)
        expect(page.locator("#live")).to_have_attribute("data-freshness", freshness)
        expect(page.locator("#live .live")).to_be_visible(visible=freshness == "live")

    def votes(page: Page) -> str | None:
        field = page.locator('#live [data-option="hamon"] [data-field="votes"]')
        return field.first.get_attribute("value")

    strays: list[list[str]] = []
    look("/", "live")
    look("/ecran", "live")
    kill(night.server)
    for page in pages:
        live = page.locator("#live")
        expect(live).to_have_attribute("data-freshness", "stale", timeout=SAID_WITHIN)
        expect(live.locator("[data-role=notice]")).not_to_be_empty()
        expect(live.locator(".live")).to_be_hidden()
    look("/", "stale")
    assert [votes(page) for page in pages] == ["90", "90", "90"]

    night.folder.publish({1: (60, 40), 2: (30, 50), 3: (7, 7)})
    night.server.start()
    for page in pages:
        live = page.locator("#live")
        expect(live).to_have_attribute("data-freshness", "live", timeout=SAID_WITHIN)
        eventually("the new numbers are shown", lambda p=page: votes(p) == "97", 30)
        page.close()
    assert strays == [[], [], []]
