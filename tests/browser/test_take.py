"""What a reader takes away: the charts as pictures, and the dashboard as one page of paper."""

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.chromium import keep_home
from tests.night import server as whole
from tests.web.herault import Herault
from tests.web.serving import Server

from .helpers import eventually, wait_for_version

pytestmark = pytest.mark.browser
PAPER = "[...document.styleSheets].some(({href}) => href && href.includes('paper.css'))"
FAILED = {
    "fr": "L’image n’a pas pu être faite : vérifiez la connexion, puis réessayez.",
    "en": "The picture could not be made: check the connection and try again.",
}
LIGHT, DARK = "#FFFFFF", "#131A26"  # --surface


@pytest.fixture
def night(tmp_path: Path) -> Herault:
    night = Herault(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def origin(night: Herault) -> Iterator[str]:
    with Server(night.store.root, app="tests.web.herault:served()") as server:
        yield server.origin


class Reader:
    """One page in which everything is drawn, and what its browser says against it."""

    def __init__(self, browser: Browser, origin: str, path: str = "/", width: int = 1280) -> None:
        context = browser.new_context(viewport={"width": width, "height": 800})
        self.page = context.new_page()
        self.complaints = keep_home(self.page, origin)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)
        self.page.goto(origin + path)
        self.page.wait_for_selector("main#live[data-figures=drawn]")
        eventually(self.page, PAPER)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def take(self, picture: str, kind: str) -> tuple[str, bytes]:
        """The name and the bytes of what the button saves."""
        with self.page.expect_download() as saving:
            self.page.click(f"[data-picture={picture}][data-kind={kind}]")
        return saving.value.suggested_filename, Path(saving.value.path()).read_bytes()


def said(svg: bytes) -> str:
    """The text of a picture; that it parses is part of the proof."""
    return " ".join(" ".join(ET.fromstring(svg).itertext()).split())


def test_each_chart_is_a_picture_that_says_what_it_is(
    night: Herault, origin: str, browser: Browser
) -> None:
    wait_for = night.publish("partial")
    reader = Reader(browser, origin)
    wait_for_version(reader.page, wait_for)
    assert "picture.js" not in scripts(reader.page)  # nobody has asked yet
    for picture, own in (
        ("bars", ["Benoît Hamon", "57,7 %", "11 603 voix", "+15,4", "50 %"]),
        ("map", ["Hamon en tête", "Pas encore dépouillé", "Clermont-l'Hérault", "IGN"]),
    ):
        name, svg = reader.take(picture, "svg")
        assert name == f"second-round-{picture}-201701291947.svg"
        words = said(svg)
        for part in (
            "Démonstration · Reconstitution",
            "Primaire de la gauche · 2d tour",
            "90 bureaux de vote sur 156 dépouillés · 57,7 % · résultats partiels",
            "Mis à jour à 20 h 47",
            "Source des résultats",
            *own,
        ):
            assert part in words, part
        # Nothing of it is elsewhere, and nothing needs the page's style sheet.
        assert b"var(" not in svg
        assert {a for a in re.findall(rb'(?:href|src)="([^"]+)', svg) if a[:1] != b"#"} == set()
        name, png = reader.take(picture, "png")
        assert name == f"second-round-{picture}-201701291947.png"
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">I", png[16:20]) == (2400,)
        assert len(png) > 50_000  # a canvas where nothing was drawn takes some thousand
    assert svg.count(b"url(#hatch)") > 50  # of places that nobody has counted
    assert svg.count(b"url(#stripes)") > 3
    assert reader.complaints == []


def scripts(page: Page) -> str:
    return str(page.evaluate("performance.getEntriesByType('resource').map((e) => e.name).join()"))


def test_a_picture_has_the_language_and_the_theme_of_the_page(
    night: Herault, origin: str, browser: Browser
) -> None:
    night.publish("complete")
    reader = Reader(browser, origin, "/?lang=en&theme=dark", width=390)
    svg = reader.take("bars", "svg")[1]
    assert "Complete result" in said(svg)
    assert f'fill="{DARK}"' in svg.decode()
    assert f'fill="{LIGHT}"' not in svg.decode()
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("path", "lost", "lang"), [("/", "picture.js", "fr"), ("/en/", ".woff2", "en")]
)
def test_a_picture_that_cannot_be_made_is_one_sentence(
    path: str, lost: str, lang: str, night: Herault, origin: str, browser: Browser
) -> None:
    night.publish("partial")
    page = Reader(browser, origin, path, 390).page
    trouble = page.locator("[data-role=take] [role=alert]").first
    expect(trouble).to_have_text("")
    page.route(f"**/*{lost}*", lambda route: route.abort())
    page.click("[data-picture=bars][data-kind=png]")
    expect(trouble).to_have_text(FAILED[lang])
    page.unroute_all()
    with page.expect_download():
        page.click("[data-picture=bars][data-kind=png]")
    expect(trouble).to_have_text("")


def test_there_is_no_picture_of_nothing(night: Herault, origin: str, browser: Browser) -> None:
    for moment in ("waiting", "embargo"):
        version = night.publish(moment)
        reader = Reader(browser, origin)
        wait_for_version(reader.page, version)
        assert reader.page.locator("[data-picture]:visible").count() == 0


LISTS = [f"Liste {n}" for n in range(1, 10)]
NINE = """
id = "nine"
title = "Nine lists"
language = "fr"
[[contest]]
id = "council"
title = "Élection municipale"
date = 2026-03-15
timezone = "Europe/Paris"
[contest.units]
path = "units.csv"
code = "code"
name = "name"
[contest.results]
path = "results.csv"
[contest.results.columns]
unit = "code"
ballots_cast = "cast"
valid_votes = "valid"
options = {{ {columns} }}
{options}
"""


def test_a_ranking_is_drawn_with_names_and_numbers(tmp_path: Path, browser: Browser) -> None:
    columns = ", ".join(f'l{n} = "l{n}"' for n in range(1, 10))
    options = "\n".join(
        f'[[contest.option]]\nid = "l{n}"\nname = "{name} & <Cie>"'
        for n, name in enumerate(LISTS, start=1)
    )
    (tmp_path / "nine.toml").write_text(NINE.format(columns=columns, options=options), "utf-8")
    (tmp_path / "units.csv").write_text("code,name\nu1,Bureau 1\nu2,Bureau 2\n", "utf-8")
    votes = [100 - 10 * n for n in range(9)]
    (tmp_path / "results.csv").write_text(
        f"code,cast,valid,{','.join(f'l{n}' for n in range(1, 10))}\n"
        f"u1,{sum(votes)},{sum(votes)},{','.join(map(str, votes))}\n",
        "utf-8",
    )
    with whole.Server(tmp_path / "nine.toml", tmp_path / "state", workers=1) as server:
        reader = Reader(browser, server.url)
        svg = reader.take("bars", "svg")[1]
    words = said(svg)
    for part in ("Liste 1 & <Cie>", "18,5 %", "Liste 6 & <Cie>", "Autres (3)", "11,1 %"):
        assert part in words, part
    assert svg.count(b'class="point"') == 7
    assert reader.complaints == []


@pytest.mark.parametrize("address", ["/", "/?theme=dark&lang=en"])
def test_the_dashboard_is_one_page_of_paper(
    address: str, night: Herault, origin: str, browser: Browser
) -> None:
    for width, moment in ((1280, "partial"), (390, "held"), (1280, "complete"), (390, "waiting")):
        version = night.publish(moment, posts=40)
        reader = Reader(browser, origin, address, width)
        page = reader.page
        wait_for_version(page, version)
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, (width, moment)
        # On the screen all is as before.
        wait_for_version(page, version)
        eventually(page, "!document.querySelector('.main-svg[viewBox]')")
        assert reader.complaints == []


def test_charts_fit_the_paper_in_the_light_theme(
    night: Herault, origin: str, browser: Browser
) -> None:
    version = night.publish("partial")
    reader = Reader(browser, origin, "/?theme=dark", 390)
    page = reader.page
    wait_for_version(page, version)
    fills = "[...document.querySelectorAll('.barlayer .point path')].map((p) => p.style.fill)"
    dark = page.evaluate(fills)
    page.set_viewport_size({"width": 718, "height": 1047})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(fills) != dark
    boxes = page.evaluate("""['.bars-box', '.map-box', '.map-box .main-svg', '.tables', '.ft']
        .map((place) => document.querySelector(place).getBoundingClientRect())
        .map(({top, right, bottom, left}) => [top, right, bottom, left])""")
    bars, plot, drawing, table, foot = boxes
    assert bars[1] - bars[3] > 650
    assert plot[2] - plot[0] > 200  # with a notice that the data is old
    assert plot[0] <= drawing[0] < drawing[2] <= plot[2] + 1
    assert plot[2] <= table[0] < table[2] <= foot[0] + 1
    assert foot[2] <= 1047
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    eventually(page, f"JSON.stringify({fills}) === '{_json(dark)}'")


def _json(values: list[str]) -> str:
    return "[" + ",".join(f'"{value}"' for value in values) + "]"
