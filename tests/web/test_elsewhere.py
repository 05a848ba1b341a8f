"""What other sites show of the night: pictures, feeds, what a page says of itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops

from dashboard.model import Election, Post, PostKind, Snapshot
from dashboard.views.elsewhere import Feeds, shares
from dashboard.web.events import Events
from dashboard.web.follower import Follower
from dashboard.web.front import Front
from dashboard.web.lifespan import Lifespan
from dashboard.web.picture import HEIGHT, WIDTH, Undrawable, draw
from dashboard.web.site import assemble

from .client import ask
from .fakes import Night, election

POST = Post("a", datetime(2017, 1, 29, 20, tzinfo=UTC), PostKind.NOTE, "</script><b>x</b>")
SNAPSHOT = Snapshot((), (POST,))
SCORES = (
    {"name": "Hamon", "share": "60,0\u202f%", "votes": "600 voix", "part": 0.6,
     "fill": "#6b3fb8", "text": "#6b3fb8"},
    {"name": "Valls", "share": "40,0\u202f%", "votes": "400 voix", "part": 0.4,
     "fill": "#b86e00", "text": "#955900"},
)  # fmt: skip


def words(*scores: Any, part: float = 0.4, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Primaire de la gauche", "under": "2d tour · Hérault", "state": "partial",
        "note": "Résultats partiels à 20\u00a0h\u00a047", "scores": scores, "simulated": "",
        "progress": "2 bureaux sur 5 dépouillés", "part": part,
        "time": "Données de 20\u00a0h\u00a047", **changes,
    }  # fmt: skip


def picture(said: dict[str, Any]) -> Image.Image:
    image = Image.open(BytesIO(draw(said)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image


def length(image: Image.Image, colour: str, row: int) -> int:
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    return sum(image.getpixel((x, row)) == wanted for x in range(WIDTH))


@pytest.mark.parametrize("part", [0.0, 0.4, 1.0])
def test_the_bars_are_as_long_as_the_numbers_say(part: float) -> None:
    image = picture(words(*SCORES, part=part))
    whole = WIDTH - 2 * 64
    half = 4  # the mark of a half stands in the longer bar
    assert abs(length(image, "#6b3fb8", 450) + half - 0.6 * whole) <= 1
    assert abs(length(image, "#b86e00", 450) - 0.4 * whole) <= 1
    assert abs(length(image, "#11161d", 524) - part * whole) <= 1


def test_without_scores_there_is_no_colour_of_anybody() -> None:
    image = picture(words(note="Premiers résultats à partir de 20\u00a0h"))
    assert all(length(image, each["fill"], row) == 0 for each in SCORES for row in range(HEIGHT))


def test_many_options_and_long_names_stay_inside() -> None:
    many = [{**SCORES[0], "name": "Hippolyte-Théophraste de la Très Longue Baume"}] * 5
    image = picture(words(*many, title="x" * 200, under="Ÿ" * 200, progress="m" * 90))
    for edge in (*range(20), *range(WIDTH - 20, WIDTH)):
        column = {image.getpixel((edge, y)) for y in range(12, HEIGHT)}
        assert column == {(0xF5, 0xF6, 0xF8)}, "nothing beyond the margins"


def test_it_states_its_hour_and_how_far_the_count_is() -> None:
    first = picture(words(*SCORES))
    for told in ({"note": "Résultats partiels à 20\u00a0h\u00a048"},
                 {"progress": "3 bureaux sur 5 dépouillés"}):  # fmt: skip
        changed = ImageChops.difference(first, picture(words(*SCORES, **told))).getbbox()
        assert changed and 530 < changed[1] < changed[3] < HEIGHT


def test_the_same_words_are_the_same_bytes() -> None:
    assert draw(words(*SCORES)) == draw(words(*SCORES))


@pytest.mark.parametrize(
    "name", ["Łukasz Dvořák", "Ștefan Ő", "D’Alençon–Œuvré", "«\u00a0X\u00a0»"]
)
def test_europes_latin_names_are_drawn(name: str) -> None:
    picture(words({**SCORES[0], "name": name}, SCORES[1]))


@pytest.mark.parametrize("name", ["Ελένη", "Иван", "李", "🗳"])
def test_a_name_our_fonts_cannot_write_is_no_picture(name: str) -> None:
    with pytest.raises(Undrawable):
        draw(words({**SCORES[0], "name": name}, SCORES[1]))


# Served


@pytest.fixture
def known() -> Election:
    found = election("second-round", "first-round")
    return replace(found, public_url="https://nuit.example/")


@pytest.fixture
def app(night: Night, known: Election) -> Iterator[Front]:
    files = {**Feeds()(known, SNAPSHOT, frozenset()), **shares(known, {}, frozenset())}
    night.publish(files=files, hostile='"><script>alert(1)</script>')
    site = assemble(known, {})
    follower = Follower(night.store, site.build)
    follower.refresh()
    events = Events(follower)
    yield Front(site, follower, events, Lifespan(follower, events))


def test_every_address_answers_in_its_language(app: Front) -> None:
    for path, kind, word in (
        ("/feed.xml", "application/atom+xml", 'xml:lang="fr"'),
        ("/en/feed.xml", "application/atom+xml", 'xml:lang="en"'),
        ("/feed.json", "application/feed+json", '"language":"fr"'),
        ("/en/feed.json", "application/feed+json", '"language":"en"'),
    ):
        answer = ask(app, path)
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert word in answer.text
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/share.png", "/en/share.png", "/contest/first-round/share.png",
             "/en/contest/first-round/share.png"],
)  # fmt: skip
def test_each_contest_has_a_picture_in_each_language(app: Front, path: str) -> None:
    answer = ask(app, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert Image.open(BytesIO(answer.raw)).size == (WIDTH, HEIGHT)


def test_a_picture_is_drawn_once_per_version(app: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(app, "/share.png").raw
    monkeypatch.setattr("dashboard.web.picture.draw", lambda said: b"drawn again")
    assert ask(app, "/share.png").raw == first


def test_a_page_says_what_a_link_to_it_shows(app: Front) -> None:
    page = ask(app, "/en/contest/first-round/").text
    said = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', page))
    assert said["image"] == "https://nuit.example/en/contest/first-round/share.png?v=1"
    assert (said["image:width"], said["image:height"]) == ("1200", "630")
    assert said["title"] == said["description"] == "Primaire de la gauche"
    assert said["locale"] == "en_GB"
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert 'type="application/atom+xml" href="/en/feed.xml"' in page
    first = ask(app, "/").text
    assert 'property="og:title" content="Hamon 100 voix"' in first
    assert 'property="og:description" content="La primaire en direct"' in first


def test_without_a_public_address_there_is_no_picture(night: Night) -> None:
    night.publish(files=dict(shares(election(), {}, frozenset())))
    site = assemble(election(), {})
    follower = Follower(night.store, site.build)
    follower.refresh()
    events = Events(follower)
    page = ask(Front(site, follower, events, Lifespan(follower, events)), "/").text
    assert "og:image" not in page and 'content="summary"' in page


def test_the_page_of_a_whole_holds_the_live_blog_as_data(app: Front) -> None:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', ask(app, "/").text, re.DOTALL
    )
    assert [json.loads(each)["@type"] for each in found] == ["LiveBlogPosting"]
    assert "ld+json" not in ask(app, "/ecran").text


def test_before_anything_is_published_there_is_nothing(night: Night, known: Election) -> None:
    site = assemble(known, {})
    follower = Follower(night.store, site.build)
    events = Events(follower)
    front = Front(site, follower, events, Lifespan(follower, events))
    for path in ("/feed.xml", "/share.png"):
        assert ask(front, path).status == 404
    page = ask(front, "/").text
    assert "og:image" not in page and 'rel="alternate"' not in page
