"""Beside an earlier vote: the map by what has moved, in the address; both rounds as a table."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.charts.swing import STILL
from dashboard.model import Contest, Previous
from tests.chromium import keep_home
from tests.web import herault
from tests.web.herault import Herault
from tests.web.serving import Server

from .helpers import eventually, wait_for_version

pytestmark = pytest.mark.browser
Z = "document.querySelector('#map .js-plotly-plot').data[0].z"


def before(contest: Contest) -> Previous:
    """A first round in which Hamon had a tenth less of the votes everywhere."""
    units = herault.result(contest, "complete").units
    counts = {}
    for code, unit in units.items():
        if unit.counts is None:
            continue
        fewer = round(unit.counts.votes["hamon"] * 0.9)
        votes = {"hamon": fewer, "valls": unit.counts.valid_votes - fewer}
        counts[code] = replace(unit.counts, votes=votes)
    return Previous(
        "1er tour", "first round", "", frozenset(votes), counts=counts, first_round=True
    )


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Herault]:
    loaded = herault.loaded()
    contests = tuple(replace(c, previous=before(c)) for c in loaded.election.contests)
    election = replace(loaded.election, contests=contests)
    monkeypatch.setattr(herault, "loaded", lambda: replace(loaded, election=election))
    night = Herault(tmp_path / "state")
    night.report()
    yield night


def test_the_address_says_what_the_map_shows_and_both_rounds_can_be_taken_away(
    night: Herault, browser: Browser
) -> None:
    night.publish("partial")
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        page = browser.new_page()
        complaints = keep_home(page, server.origin)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{server.origin}/?swing=valls")
        page.wait_for_selector("[data-swing=valls][aria-pressed=true]")
        eventually(page, f"{Z}.some((z) => z < {STILL}) && !{Z}.some((z) => z > {STILL})")
        assert page.locator("[data-swing-legend=valls]").is_visible()
        assert page.locator(".legend:not([data-swing-legend])").is_hidden()
        wait_for_version(page, night.publish("complete"))
        assert page.evaluate(f"{Z}.every((z) => z < {STILL} && z !== 0)")
        page.locator("[data-swing='']").press("Space")
        eventually(page, f"{Z}.some((z) => z > {STILL})")
        assert page.url == f"{server.origin}/"
        page.locator("[data-swing=hamon]").press("Enter")
        eventually(page, f"{Z}.every((z) => z > {STILL} || z === 1)")
        assert page.url.endswith("?swing=hamon")
        page.locator(".rounds summary").press("Enter")
        page.wait_for_selector(".rounds tbody tr")
        cells = page.locator(".rounds tbody tr").first.locator("th, td").all_inner_texts()
        assert cells[0] == "Ensemble"
        assert cells[-2].startswith("+")  # Hamon
        assert cells[-1].startswith("−")
        with page.expect_download() as saving:
            page.click("[data-rounds-csv]")
        lines = Path(saving.value.path()).read_text("utf-8-sig").splitlines()
        assert lines[0].startswith('"Commune";"Inscrits";"Votants"')
        assert len(lines) == 1 + page.locator(".rounds tbody tr").count()
        assert complaints == []
        page.close()
