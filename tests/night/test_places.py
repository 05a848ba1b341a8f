"""From the country to a département and back, in a real Chromium, while votes are counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import keep_home

from .folder import Folder, make_folder
from .server import Server, eventually
from .test_browser import drawn, votes

pytestmark = pytest.mark.browser
PARENTS = """
[contest.parents]
path = "parents.csv"
[contest.parents.geometry]
path = "parents.json"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Communes 1 to 12 are of Hérault, 13 to 20 of Gard."""
    (tmp_path / "night").mkdir()
    folder = make_folder(tmp_path / "night")
    text = folder.election.read_text(encoding="utf-8")
    text = text.replace('place = "Hérault"', 'place = "France"\nrow_word = "departement"')
    text = text.replace('row_word = "commune"', "").replace("bureau", "commune")
    text = text.replace('areas = "areas"', 'areas = "areas"\nparent = "parent"')
    folder.election.write_text(text + PARENTS, encoding="utf-8")
    units = [f"{n:05};Commune {n};a{n};1000;{34 if n < 13 else 30}" for n in range(1, 21)]
    (folder.path / "units.csv").write_text(
        "\n".join(["code;name;areas;inscrits;parent", *units, ""]), encoding="utf-8"
    )
    (folder.path / "parents.csv").write_text("code;name\n34;Hérault\n30;Gard\n", encoding="utf-8")
    shapes = (folder.path / "map.json").read_text(encoding="utf-8")
    (folder.path / "parents.json").write_text(
        shapes.replace('"a1"', '"34"').replace('"a2"', '"30"')
    )
    folder.publish(dict.fromkeys(range(1, 19), (60, 40)))
    return folder


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    strays = keep_home(opened, server.url)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert strays == [] and errors == []


def test_to_a_departement_and_back(page: Page, folder: Folder, server: Server) -> None:
    page.goto(server.url)
    drawn(page, 1)
    expect(page.locator("tr[data-key]")).to_have_count(2)
    page.get_by_role("link", name="Hérault").click()
    page.wait_for_url("**/lieu/34/")
    expect(page.locator("h1")).to_contain_text("Hérault")
    expect(page.locator("tr[data-key]")).to_have_count(12)
    expect(page.locator(".feed")).to_be_hidden()
    drawn(page, 1)
    assert votes(page, "hamon") == "720", "of Hérault's twelve, not of France's eighteen"

    version = server.version()
    folder.publish({n: (60, 40) if n != 3 else (80, 40) for n in range(1, 19)})
    drawn(page, server.newer(version))
    assert votes(page, "hamon") == "740"

    page.get_by_role("link", name="France").click()
    page.wait_for_url(server.url + "/")
    drawn(page, 1)
    assert votes(page, "hamon") == "1100"


def test_a_name_on_the_country_map_leads_to_its_page(page: Page, server: Server) -> None:
    page.goto(server.url + "/en/")
    drawn(page, 1)
    search = page.locator('[data-role="search"]')
    search.fill("gard")
    search.press("Enter")
    page.locator('[data-role="card"] a').click()
    page.wait_for_url("**/en/lieu/30/")
    expect(page.locator("h1")).to_contain_text("Gard")
    drawn(page, 1)
    assert votes(page, "hamon") == "360"


def test_another_parents_news_sends_nothing(folder: Folder, server: Server) -> None:
    eventually("all is read", lambda: server.votes().get("hamon") == 1080)
    before = server.latest()["documents"]
    folder.publish(dict.fromkeys(range(1, 20), (60, 40)))
    eventually("one more is read", lambda: server.votes().get("hamon") == 1140)
    after = server.latest()["documents"]
    assert after["home.@30.fr"] != before["home.@30.fr"]
    assert after["home.@34.fr"] == before["home.@34.fr"]
