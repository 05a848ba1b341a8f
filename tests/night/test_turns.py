"""Several contests on one wall, in turn: a duel with a map, a ranking of five without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .folder import make_folder
from .server import Server, eventually

pytestmark = pytest.mark.browser
LISTS = ("Agir", "Bâtir", "Choisir", "Durer", "Espérer")
COUNCIL = """
[[contest]]
id = "council"
round = "1er tour"
place = "Frontignan"
date = 2017-01-29
timezone = "Europe/Paris"
{options}
[contest.units]
path = "stations.csv"
[contest.results]
path = "council.csv"
poll_seconds = 0.2
[contest.results.columns]
unit = "code"
options = {{ {columns} }}
"""
OPTION = '[[contest.option]]\nid = "{id}"\nname = "Liste {name}"\nshort_name = "{name}"\n'


def council(votes: list[int]) -> bytes:
    cells = ";".join(map(str, votes))
    return f"code;{';'.join(LISTS)}\n1;{cells}\n2;{cells}\n".encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("turns")
    (place / "night").mkdir()
    folder = make_folder(place / "night")
    folder.publish({n: (600 + n, 400) for n in range(1, 11)})
    named = [(f"list-{n}", name) for n, name in enumerate(LISTS)]
    options = "".join(OPTION.format(id=i, name=name) for i, name in named)
    columns = ", ".join(f'{i} = "{name}"' for i, name in named)
    with folder.election.open("a", encoding="utf-8") as election:
        election.write(COUNCIL.format(options=options, columns=columns))
    (folder.path / "stations.csv").write_text("code;name\n1;Mairie\n2;École\n", encoding="utf-8")
    (folder.path / "council.csv").write_bytes(council([50, 40, 30, 20, 10]))
    with Server(folder.election, place / "state", workers=1) as server:
        eventually("both counted", lambda: len(server.json("/api/results.json")["contests"]) == 2)
        yield server


def wall(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(url)
    page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
    return page


def until(page: Page, condition: str) -> None:
    eventually(condition, lambda: bool(page.evaluate(condition)), 30.0)


DUEL = "document.querySelector('.tv .cand')?.checkVisibility()"
RANKING = "document.querySelectorAll('.tv .overview .rows li').length === 5"
SHOWN = f"[Boolean({DUEL}), document.querySelector('.tv .scorebox')?.checkVisibility()]"
DRAWN = "document.querySelector('main#live').dataset.figures === 'drawn'"


def test_the_contests_of_an_election_take_turns(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = wall(browser, f"{server.url}/ecran?scenes=ensemble&duree=3")
    page.evaluate("() => { window.untouched = true }")
    for contest, condition, map_is_there in [
        ("round", DUEL, True), ("council", RANKING, False), ("round", DUEL, True),
    ]:  # fmt: skip
        until(page, f"soiree.live.document()?.contest === '{contest}' && {condition} && {DRAWN}")
        assert page.evaluate(SHOWN) == ([True, False] if map_is_there else [False, True])
        assert page.locator(".tv .overview .mapbox .dash-graph").is_visible() == map_is_there
        page.screenshot(path=tmp_path / f"{contest}.png")
    assert page.evaluate("window.untouched"), "no page was loaded again"
    page.close()


def test_a_new_count_of_the_contest_on_screen_arrives(browser: Browser, server: Server) -> None:
    page = wall(browser, f"{server.url}/ecran?contests=council&duree=3600")
    until(page, f"soiree.live.document()?.contest === 'council' && {RANKING}")
    results = server.election.parent / "council.csv"
    aside = results.with_suffix(".part")
    aside.write_bytes(council([55, 44, 33, 22, 11]))
    aside.replace(results)
    until(page, "document.querySelector('.tv .overview').textContent.includes('110')")
    page.close()


def test_a_contest_s_own_address_shows_it_alone(browser: Browser, server: Server) -> None:
    page = wall(browser, f"{server.url}/contest/council/ecran/?scenes=ensemble&duree=3")
    assert page.evaluate("soiree.live.main().dataset.contests") is None
    assert page.locator(".tv .scorebox").is_visible() and page.locator(".tv .cand").count() == 0
    page.close()


def test_a_wall_goes_on_when_the_server_comes_back(browser: Browser, server: Server) -> None:
    """Its turn comes while nobody answers: what is on screen stays, and says how old it is."""
    page = wall(browser, f"{server.url}/ecran?scenes=ensemble&duree=3")
    server.stop()
    until(page, "document.querySelector('main#live').dataset.freshness !== 'live'")
    assert page.evaluate(f"Boolean({DUEL}) || {RANKING}")
    server.start()
    for contest in ("council", "round"):
        until(page, f"soiree.live.document()?.contest === '{contest}'")
    page.close()
