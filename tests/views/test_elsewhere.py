"""The feed as others read it: Atom, JSON Feed, LiveBlogPosting, and the words of shared links."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import tally
from dashboard.clean import TEXT_LIMIT, clean_paragraphs
from dashboard.feed import read_posts
from dashboard.model import ContestResult, Election, FeedSource, Post, PostKind, Snapshot
from dashboard.views.elsewhere import Feeds
from dashboard.views.live_blog import MOST_BYTES
from dashboard.views.share import share
from tests.builders import EVENING, make_contest, make_election, make_file, make_result, make_unit

CONTEST = make_contest()
ELECTION = replace(
    make_election(CONTEST), credit="La Gazette", public_url="https://nuit.example/",
    simulated="Essai", simulated_en="Trial",
)  # fmt: skip
LATER = EVENING + timedelta(minutes=17)
HOSTILE = '<b>x</b> & "]]>" </script><!-- \u2028 {{7*7}} = __proto__'
POSTS = (
    Post("a", EVENING, PostKind.REACTION, "Un.\nDeux.", author="Anne", edited_at=LATER,
         source="Radio", source_url="https://radio.example/1", image="https://i.example/a.jpg",
         image_text="La salle"),
    Post("b / é", EVENING - timedelta(minutes=5), PostKind.KEY, HOSTILE, pinned=True),
    Post("r", EVENING - timedelta(minutes=9), PostKind.RESULT, "Lunel", text_en="Lunel, in full"),
)  # fmt: skip


def files(
    posts: tuple[Post, ...] = POSTS,
    election: Election = ELECTION,
    sealed: frozenset[str] = frozenset(),
    results: tuple[ContestResult, ...] = (),
) -> dict[str, bytes]:
    return dict(Feeds()(election, Snapshot(results, posts), sealed))


def atom(**given: Any) -> Any:
    parsed = feedparser.parse(files(**given)["feed.fr.xml"])
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_a_public_parser_reads_our_atom() -> None:
    parsed = atom()
    assert (parsed.version, parsed.feed.title, parsed.feed.language) == (
        "atom10", ELECTION.title, "fr",
    )  # fmt: skip
    assert parsed.feed.subtitle == "Essai" and parsed.feed.author == "La Gazette"
    links = {link.rel: link.href for link in parsed.feed.links}
    assert links == {
        "self": "https://nuit.example/feed.xml", "alternate": "https://nuit.example/",
    }  # fmt: skip
    first, hostile, result = parsed.entries
    assert (first.title, first.author) == ("Anne : Un.", "Anne")
    assert first.content[0].value == "Un.\nDeux." and first.content[0].type == "text/plain"
    assert first.published == "2017-01-29T19:47:00Z" and first.updated == "2017-01-29T20:04:00Z"
    assert first.link == "https://nuit.example/#post-a"
    assert [tag.term for tag in first.tags] == ["reaction"]
    assert hostile.content[0].value.split() == HOSTILE.split()
    assert hostile.id.startswith("urn:soiree:test:post:") and "/" not in hostile.id
    assert result.content[0].value == "Lunel"
    english = feedparser.parse(files()["feed.en.xml"])
    assert english.entries[2].content[0].value == "Lunel, in full"
    assert english.entries[0].link == "https://nuit.example/en/#post-a"


def test_a_public_parser_reads_our_json_feed() -> None:
    said = json.loads(files()["feed.fr.json"])
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert said["feed_url"] == "https://nuit.example/feed.json"
    assert said["home_page_url"] == "https://nuit.example/"
    for item in said["items"]:  # what JSON Feed 1.1 requires
        assert isinstance(item["id"], str) and item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
    assert said["items"][0]["date_modified"] == "2017-01-29T20:04:00Z"
    assert said["items"][0]["authors"] == [{"name": "Anne"}]
    assert [item["content_text"] for item in said["items"]] == [p.text for p in POSTS]


@pytest.mark.parametrize("name", ["feed.fr.xml", "feed.fr.json"])
def test_we_read_what_we_write(name: str) -> None:
    """Another Soirée may follow this one."""
    source = FeedSource("feed", image_hosts=("i.example",))
    day = date(2017, 1, 29)
    again, findings = read_posts(make_file(files()[name]), source, "Europe/Paris", day)
    assert {finding.code for finding in findings} <= {"R110"}  # the separator of lines
    assert [post.at for post in again] == [post.at for post in POSTS]
    assert [post.author for post in again] == [post.author for post in POSTS]
    assert [post.edited_at for post in again] == [LATER, None, None]


# What search engines require of a live blog or recommend, and schema.org knows.
OF_THE_BLOG = {
    "@context", "@type", "headline", "description", "url", "mainEntityOfPage", "inLanguage",
    "datePublished", "dateModified", "coverageStartTime", "coverageEndTime", "author", "publisher",
    "about", "image", "liveBlogUpdate",
}  # fmt: skip
OF_AN_UPDATE = {
    "@type", "headline", "articleBody", "url", "datePublished", "dateModified", "author",
}  # fmt: skip


def test_a_live_blog_has_every_property() -> None:
    said = json.loads(files()["live_blog.fr.json"])
    assert said.keys() == OF_THE_BLOG
    assert (said["@context"], said["@type"]) == ("https://schema.org", "LiveBlogPosting")
    assert said["publisher"] == {"@type": "Organization", "name": "La Gazette"}
    assert said["about"].keys() == {"@type", "name", "startDate", "location"}
    assert said["image"] == ["https://nuit.example/share.png"]
    assert said["coverageStartTime"] == said["datePublished"] == "2017-01-29T19:38:00Z"
    assert said["coverageEndTime"] == "2017-01-30T11:00:00Z"  # until noon, while it is counted
    assert said["dateModified"] == "2017-01-29T20:04:00Z"
    for update in said["liveBlogUpdate"]:
        assert update.keys() - {"image"} == OF_AN_UPDATE
        assert update["@type"] == "BlogPosting" and update["headline"] and update["articleBody"]
        assert len(update["headline"]) <= 110
        assert update["url"].startswith("https://nuit.example/#post-")
    assert said["liveBlogUpdate"][1]["articleBody"] == HOSTILE
    assert said["liveBlogUpdate"][0]["image"]["caption"] == "La salle"


def many(number: int, text: str) -> tuple[Post, ...]:
    """So many a minute apart, the newest first."""
    return tuple(
        Post(f"p{n}", EVENING - timedelta(minutes=n), PostKind.NOTE, f"{n} {text}")
        for n in range(number)
    )


def test_a_page_holds_the_newest_twenty_posts_each_whole() -> None:
    posts = many(150, "Une phrase.")
    content = files(posts=posts)["live_blog.fr.json"]
    said = json.loads(content)
    assert [u["articleBody"] for u in said["liveBlogUpdate"]] == [p.text for p in posts[:20]]
    assert said["coverageStartTime"] == "2017-01-29T17:18:00Z", "the first of all, not of these"
    assert len(json.loads(files(posts=posts)["feed.fr.json"])["items"]) == 100


@pytest.mark.parametrize("character", ["x", "é", "<", "\u2028"])
def test_however_long_posts_are_a_page_holds_bounded_bytes(character: str) -> None:
    posts = many(20, character * (TEXT_LIMIT - 3))
    content = files(posts=posts)["live_blog.fr.json"]
    assert len(content) < MOST_BYTES + 1_500
    updates = json.loads(content)["liveBlogUpdate"]
    assert 1 <= len(updates) < 20
    assert [u["articleBody"] for u in updates] == [p.text for p in posts[: len(updates)]]


def test_it_ends_when_the_count_does() -> None:
    done = replace(make_result(CONTEST), complete_at=LATER + timedelta(hours=1))
    said = json.loads(files(results=(done,))["live_blog.fr.json"])
    assert said["coverageEndTime"] == "2017-01-29T21:04:00Z"


def test_nothing_of_it_ends_the_element_it_stands_in() -> None:
    content = files()["live_blog.fr.json"]
    for forbidden in (b"<", b">", b"&", "\u2028".encode()):
        assert forbidden not in content


def test_without_a_post_there_is_no_live_blog() -> None:
    assert files(posts=())["live_blog.fr.json"] == b""
    assert atom(posts=()).feed.updated == "2017-01-28T23:00:00Z"  # the day begins


def test_F53_while_a_contest_is_sealed_no_post_leaves() -> None:
    sealed = files(sealed=frozenset({CONTEST.id}))
    assert sealed == files(posts=())
    assert sealed != files()


def test_F54_what_is_withdrawn_is_not_in_it() -> None:
    joined = b"".join(files(posts=POSTS[1:]).values())
    assert b"Un." not in joined and b"Anne" not in joined


def test_without_a_public_address_links_are_relative_and_there_is_no_picture() -> None:
    made = files(election=replace(ELECTION, public_url=""))
    assert json.loads(made["feed.fr.json"])["items"][0]["url"] == "/#post-a"
    assert "image" not in json.loads(made["live_blog.fr.json"])


def test_the_same_posts_are_the_same_bytes() -> None:
    assert files() == files()
    feeds = Feeds()
    first = feeds(ELECTION, Snapshot((), POSTS), frozenset())
    moved = make_result(CONTEST, make_unit("u1", 60, 40))
    assert feeds(ELECTION, Snapshot((moved,), POSTS), frozenset()) == first
    assert feeds(ELECTION, Snapshot((), POSTS[:1]), frozenset()) != first


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_was_said_it_is_well_formed_and_says_it(words: str, author: str) -> None:
    cleaned = clean_paragraphs(words, TEXT_LIMIT) or "x"
    post = Post("a", EVENING, PostKind.NOTE, cleaned, author=clean_paragraphs(author, 120))
    made = files(posts=(post,))
    assert not feedparser.parse(made["feed.fr.xml"]).bozo
    expected = cleaned.replace("\ufffe", "").replace("\uffff", "")
    assert json.loads(made["feed.fr.json"])["items"][0]["content_text"] == expected
    assert json.loads(made["live_blog.fr.json"])["liveBlogUpdate"][0]["articleBody"] == expected


# The words of a picture


def words(*counted: Any, units: int = 5, sealed: bool = False, **changes: Any) -> Any:
    contest = replace(make_contest(units), **changes)
    summary = tally.summary(contest, make_result(contest, *counted))
    return json.loads(share(ELECTION, contest, summary, "fr", sealed=sealed))


def test_nothing_counted() -> None:
    said = words()
    assert (said["state"], said["scores"], said["part"]) == ("waiting", [], 0)
    assert said["note"] == "En attente des premiers bureaux de vote"


def test_two_fifths_counted() -> None:
    said = words(make_unit("u1", 60, 40), make_unit("u2", 30, 50))
    assert said["note"] == "Résultats partiels à 20\u00a0h\u00a047"
    assert said["progress"] == "2 bureaux de vote sur 5 dépouillés" and said["part"] == 0.4
    assert [(s["name"], s["share"], s["votes"]) for s in said["scores"]] == [
        ("Hamon", "50,0\u202f%", "90 voix"), ("Valls", "50,0\u202f%", "90 voix"),
    ]  # fmt: skip
    assert said["simulated"] == "Démonstration"


def test_all_counted() -> None:
    said = words(*[make_unit(f"u{n}", 60, 40) for n in range(1, 6)])
    assert said["note"].startswith("Résultat complet à") and said["part"] == 1
    assert said["scores"][0]["part"] == 0.6


def test_too_early_is_no_score() -> None:
    said = words(make_unit("u1", 60, 40), units=20, early_below=0.10)
    assert said["scores"] == [] and said["note"].startswith("Trop tôt")


def test_F53_sealed_it_says_the_hour_and_nothing_else() -> None:
    hour = datetime(2017, 1, 29, 19, tzinfo=UTC)
    said = words(make_unit("u1", 60, 40), sealed=True, embargo=hour)
    assert said["note"] == "Premiers résultats à partir de 20\u00a0h"
    assert said["scores"] == [] and not {"progress", "part", "time"} & said.keys()


def test_of_many_the_first_five() -> None:
    contest = make_contest(options=("hamon", "valls", "c", "d", "e", "f", "g"))
    counts = {"hamon": 1, "valls": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7}
    unit = make_unit("u1", 1, 2)
    assert unit.counts is not None
    unit = replace(unit, counts=replace(unit.counts, votes=counts, valid_votes=28))
    summary = tally.summary(contest, make_result(contest, unit))
    said = json.loads(share(ELECTION, contest, summary, "en", sealed=False))
    assert [s["votes"] for s in said["scores"]] == [f"{n} votes" for n in (7, 6, 5, 4, 3)]
