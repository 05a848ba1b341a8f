"""RSS, Atom, JSON Feed and Live Blog, as posts."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import pytest

from dashboard.clean import TEXT_LIMIT
from dashboard.feed import read_posts
from dashboard.feed.syndication import LARGEST_FEED
from dashboard.model import FeedSource, Post, PostKind
from dashboard.readers import ReadError
from tests.builders import make_file
from tests.readers.tables import SHARED

FILES = Path(__file__).parents[1] / "files" / "feed"
DAY = date(2017, 1, 29)
SOURCE = FeedSource("feed", image_hosts=("images.example",))


def read(content: bytes, on: date = DAY) -> list[Post]:
    return list(read_posts(make_file(content), SOURCE, "Europe/Paris", on)[0])


def read_file(name: str) -> list[Post]:
    return read((FILES / name).read_bytes())


def evening(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2017, 1, 29, hour, minute, second, tzinfo=UTC)


def test_rss_is_text_with_its_title_and_nothing_of_the_day_before() -> None:
    reaction, closing = read_file("rss.xml")
    assert reaction.text == (
        "Le maire réagit\n«\u00a0Une belle soirée\u00a0» & rien d’autre.\nUn second paragraphe."
    )
    assert (reaction.at, reaction.author) == (evening(19, 47, 10), "Claire Petit")
    assert reaction.source == "La Gazette du soir"
    assert reaction.source_url == "https://gazette.example/direct/3"
    assert reaction.kind is PostKind.NOTE
    # A text that begins with its title does not say it twice.
    assert closing.text == "Les bureaux ferment dans tout le département."


def test_rss_1() -> None:
    (post,) = read_file("rdf.xml")
    assert (post.text, post.source) == ("Une dépêche", "La Gazette")


def test_atom_has_three_kinds_of_text_and_says_what_was_edited() -> None:
    edited, plain = read_file("atom.xml")
    assert edited.text == "Un titre\nPremier.\nSecond point."
    assert (edited.author, edited.source_url) == ("Awa Diop", "https://fil.example/2")
    assert (edited.at, edited.edited_at) == (evening(19, 50), evening(20, 4))
    assert plain.text == "1 < 2 & <b>\nUn texte."
    assert plain.edited_at is None


def test_json_feed() -> None:
    first, second = read_file("feed.json")
    assert (first.text, first.author, first.edited_at) == ("Un.\nDeux & trois.", "Léa Roux", None)
    assert (second.text, second.edited_at) == ("Du <texte>.", evening(19, 55))


def test_live_blog_shows_what_is_published_of_it() -> None:
    key, quote, image = read_file("live_blog.json")
    assert key.text == "Montpellier bascule.\u00a0!\nUn message"
    assert (key.kind, key.pinned, key.author) == (PostKind.KEY, True, "Le desk")
    assert key.edited_at == evening(20, 4)
    assert (quote.kind, quote.text, quote.author) == (
        PostKind.REACTION, "Nous avons gagné.", "Jean Martin",
    )  # fmt: skip
    assert (image.image, image.image_text) == (
        "https://images.example/1.jpg", "La salle de la mairie",
    )  # fmt: skip
    assert "example.org" not in str([key, quote, image]), "nobody's address is passed on"


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "rdf.xml"])
def test_every_prefix_of_a_feed_is_refused(name: str) -> None:
    """Read as far as it goes, what was cut off would count as retracted."""
    content = (FILES / name).read_bytes().rstrip()
    for length in range(1, len(content)):
        with pytest.raises(ReadError):
            read(content[:length])


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "rdf.xml"])
def test_a_public_parser_finds_the_same_entries(name: str) -> None:
    entries = feedparser.parse((FILES / name).read_bytes()).entries
    moments = [entry.get("published_parsed") or entry.get("updated_parsed") for entry in entries]
    of_the_day = [moment[:6] for moment in moments if moment and moment[2] == DAY.day]
    assert [post.at.timetuple()[:6] for post in read_file(name)] == of_the_day


@pytest.mark.parametrize("declared", ["x-nothing", "utf-7", "idna"])
def test_an_encoding_that_is_none_is_refused(declared: str) -> None:
    with pytest.raises(ReadError):
        read(f'<?xml version="1.0" encoding="{declared}"?><rss/>'.encode())


def test_a_document_type_is_refused_though_it_names_nothing() -> None:
    content = (FILES / "rss.xml").read_bytes()
    declared = content.replace(b"<rss", b"<!DOCTYPE rss><rss", 1)
    assert declared != content
    with pytest.raises(ReadError) as refusal:
        read(declared)
    assert refusal.value.finding.code == "R601"


def test_a_feed_that_is_too_large_is_refused_before_it_is_read() -> None:
    content = (FILES / "rss.xml").read_bytes()
    assert read(content + b" " * (LARGEST_FEED - len(content)))
    with pytest.raises(ReadError):
        read(content + b" " * (LARGEST_FEED - len(content) + 1))


@pytest.mark.parametrize(
    "content",
    [
        b"<rss><channel>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</channel></rss>",
        b"<rss " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>",
        b"<rss><channel><item><description>" + b"&lt;a " * 300_000 + b"</description>"
        b"<pubDate>Sun, 29 Jan 2017 18:00:00 GMT</pubDate></item></channel></rss>",
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000 + b"}",
        b'{"_items": [{"groups": [[]], "published_date": 3}, {"groups": {"refs": 1}}]}',
    ],
    ids=["deep", "attributes", "tags", "brackets", "shapes"],
)
def test_what_could_be_endless_is_not(content: bytes) -> None:
    with suppress(ReadError):
        assert all(len(post.text) <= TEXT_LIMIT for post in read(content))


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_a_real_live_blog() -> None:
    content = (SHARED / "liveblog_dpa" / "posts.json").read_bytes()
    posts = read(content, date(2016, 3, 14))
    open_ones = [p for p in json.loads(content)["_items"] if p["post_status"] == "open"]
    assert len(posts) == len([p for p in open_ones if p["published_date"] >= "2016-03-13T23"])
    assert not any("<b>" in post.text or "<p>" in post.text for post in posts)
    assert not any("FB.XFBML" in post.text for post in posts)
    assert {post.author for post in posts} >= {"dpa ・live Desk"}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_a_real_rss() -> None:
    content = (SHARED / "rss_ifop2017" / "rss.xml").read_bytes()
    posts = read(content, date(2017, 2, 1))
    entries = feedparser.parse(content).entries
    assert len(posts) == len([e for e in entries if tuple(e.published_parsed) >= (2017, 1, 31, 23)])
    assert posts[-1].source == "Publication"
    assert all(post.source_url.startswith("http://www.ifop.fr/") for post in posts)
