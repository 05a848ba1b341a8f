"""Posts from files of others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.feed import findings, read_posts
from dashboard.feed.moment import parse_moment
from dashboard.model import FeedSource, Finding, Post, PostKind
from dashboard.readers import ReadError
from dashboard.readers import catalogue as readers
from tests.builders import make_file

FILES = Path(__file__).parents[1] / "files" / "feed"
DAY = date(2017, 1, 29)
SOURCE = FeedSource("feed.csv", image_hosts=("images.example",))
PARIS = ZoneInfo("Europe/Paris")

# file -> (codes in the order found, number of posts)
READ: Mapping[str, tuple[list[str], int]] = {
    "good.csv": ([], 3),
    "good_commas.csv": ([], 1),
    "good.jsonl": ([], 2),
    "no_text.csv": (["R501"], 3),
    "bad_time.csv": (["R502", "R502", "R502"], 3),
    "unknown_kind.csv": (["R503"], 4),
    "script_address.csv": (["R504", "R504", "R504"], 6),
    "bad_lines.jsonl": (["R505", "R505", "R505", "R502"], 1),
    "uneven_row.csv": (["R506"], 3),
    "same_id.csv": (["R507"], 3),
    "unclear_pin.csv": (["R508"], 4),
    "too_long.csv": (["R509"], 4),
    "retracted.csv": ([], 2),
    "edited.csv": (["R513"], 3),
    "images.csv": (["R511", "R512", "R512", "R512", "R512"], 6),
    "rss.xml": (["R502"], 2),
    "rdf.xml": ([], 1),
    "atom.xml": ([], 2),
    "feed.json": (["R501"], 2),
    "live_blog.json": ([], 3),
}
REFUSED = {
    "empty.csv": "R101",
    "no_text_column.csv": "R201",
    "torn.csv": "R105",
    "torn.xml": "R602",
    "malformed.xml": "R601",
    "document_type.xml": "R601",
    "no_feed.xml": "R514",
    "torn.json": "R602",
    "no_feed.json": "R514",
}


def read_bytes(content: bytes) -> tuple[tuple[Post, ...], tuple[Finding, ...]]:
    return read_posts(make_file(content, "posts.csv"), SOURCE, "Europe/Paris", DAY)


def read_file(name: str) -> tuple[tuple[Post, ...], tuple[Finding, ...]]:
    return read_bytes((FILES / name).read_bytes())


def test_every_file_is_expected() -> None:
    assert {path.name for path in FILES.iterdir()} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_files(name: str) -> None:
    posts, findings = read_file(name)
    codes, count = READ[name]
    assert [finding.code for finding in findings] == codes
    assert len(posts) == count
    assert all(finding.severity == "flag" for finding in findings)
    assert all(finding.line for finding in findings) or name.endswith((".xml", ".json"))


@pytest.mark.parametrize("name", REFUSED)
def test_refused_files(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_file(name)
    assert caught.value.finding.code == REFUSED[name]


def test_pinned_first_then_newest_first() -> None:
    posts, _ = read_file("good.csv")
    assert [post.id for post in posts] == ["b", "c", "a"]
    key, note, reaction = posts
    assert (key.kind, note.kind, reaction.kind) == (
        PostKind.KEY,
        PostKind.NOTE,
        PostKind.REACTION,
    )
    assert key.pinned and not note.pinned
    assert reaction == Post(
        id="a",
        at=datetime(2017, 1, 29, 19, 10, tzinfo=UTC),
        kind=PostKind.REACTION,
        text="Déçu.",
        author="Patrick Vignal",
        role="député",
        camp="Valls",
        source="France 3",
        source_url="https://example.org/a",
        feed="feed",
    )


def test_a_row_says_itself_that_it_is_retracted_or_edited() -> None:
    posts, _ = read_file("retracted.csv")
    assert [post.text for post in posts] == ["Trois.", "Un."]
    posts, _ = read_file("edited.csv")
    edited = {post.id: post.edited_at for post in posts}
    assert edited == {"a": datetime(2017, 1, 29, 20, 4, tzinfo=UTC), "b": None, "c": None}


def test_an_image_needs_its_text_and_a_host_that_is_allowed() -> None:
    posts, _ = read_file("images.csv")
    shown = {post.id: (post.image, post.image_text) for post in posts if post.image}
    assert shown == {"a": ("https://images.example/a.jpg", "La salle")}


def test_posts_of_further_feeds_never_share_an_id_with_those_of_the_first() -> None:
    content = b"id;time;text\na;20:10;one\n"
    other = replace(SOURCE, name="desk", kind="reaction", source="Radio Sud")
    (post,), _ = read_posts(make_file(content), other, "Europe/Paris", DAY)
    assert (post.id, post.kind, post.source) == ("desk-a", PostKind.REACTION, "Radio Sud")


def test_no_page_grows_without_end() -> None:
    rows = "".join(f"{n};20:10;texte {n}\n" for n in range(1_002))
    posts, findings = read_bytes(f"id;time;text\n{rows}".encode())
    assert [finding.code for finding in findings] == ["R510"]
    assert len(posts) == 1_000 and {"0", "1"}.isdisjoint(post.id for post in posts)


def test_an_empty_line_ends_a_paragraph() -> None:
    posts, _ = read_bytes(b'time;text\n20:10;"one\nline\n\n \n two"\n')
    assert posts[0].text == "one line\ntwo"


def test_no_code_means_two_things() -> None:
    assert not findings.CODES & readers.CODES.keys()


def test_of_the_same_second_the_row_written_last_is_the_newest() -> None:
    posts, _ = read_bytes(b"time;text\n20:10;one\n20:10;two\n")
    assert [post.text for post in posts] == ["two", "one"]


def test_a_later_row_with_the_same_id_corrects_the_first() -> None:
    posts, _ = read_file("same_id.csv")
    assert [post.text for post in posts if post.id == "a"] == ["Corrigé."]


def test_an_id_is_that_of_the_content_wherever_the_row_is() -> None:
    one, _ = read_bytes(b"time;text\n20:10;one\n20:11;two\n")
    other, _ = read_bytes(b"text,time,pinned\ntwo,20:11,1\nzero,20:01,\none,20:10:00,\n")
    assert {post.text: post.id for post in one}.items() <= {
        post.text: post.id for post in other
    }.items()
    assert len({post.id for post in other}) == 3


def test_a_post_says_whether_it_may_fill_the_wall() -> None:
    posts, findings = read_bytes(
        b"time;text;on_screen\n20:10;a;oui\n20:11;b;non\n20:12;c;\n20:13;d;ok\n"
    )
    assert {p.text: p.on_screen for p in posts} == {"a": True, "b": False, "c": None, "d": False}
    assert [(finding.code, finding.column) for finding in findings] == [("R508", "on_screen")]


def test_links_are_dropped_never_changed() -> None:
    posts, _ = read_file("script_address.csv")
    assert [post.source_url for post in posts if post.source_url] == ["https://example.org/a"]
    hidden = "time;text;source_url\n20:10;one;https://example.org/\u202egpj\n"
    posts, findings = read_bytes(hidden.encode())
    assert posts[0].source_url == "" and findings[0].code == "R504"


def test_text_stays_text() -> None:
    posts, _ = read_file("good_commas.csv")
    assert posts[0].text == "Une phrase, puis une autre ; et une ligne."
    posts, _ = read_bytes("time;text\n20:10;<b>x</b> [l](javascript:1) \u202eabc\n".encode())
    assert posts[0].text == "<b>x</b> [l](javascript:1) abc"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20:45", datetime(2017, 1, 29, 19, 45)),
        (" 9:05 ", datetime(2017, 1, 30, 8, 5)),
        ("00:00:01", datetime(2017, 1, 29, 23, 0, 1)),
        ("11:59:59", datetime(2017, 1, 30, 10, 59, 59)),
        ("12:00", datetime(2017, 1, 29, 11, 0)),
        ("20h45", datetime(2017, 1, 29, 19, 45)),
        ("2017-01-28T20:45", datetime(2017, 1, 28, 19, 45)),
        ("2017-01-29 20:45:10+00:00", datetime(2017, 1, 29, 20, 45, 10)),
        ("2017-01-29T20:45:10Z", datetime(2017, 1, 29, 20, 45, 10)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert parse_moment(text, PARIS, DAY) == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "20", "24:00", "20:60", "20.45", "٢٠:٤٥", "2017-01-29", "2017-13-01T10:00", "soir",
     "0001-01-01T00:00", "9999-12-31T23:59-10:00", "2017-01-29T20:45:10ZZ", "-1:30"],
)  # fmt: skip
def test_no_moments(text: str) -> None:
    assert parse_moment(text, PARIS, DAY) is None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_the_bytes_posts_or_a_read_error(data: st.DataObject) -> None:
    seeds = [path.read_bytes()[:1500] for path in sorted(FILES.iterdir())]
    content = bytearray(data.draw(st.sampled_from(seeds)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        piece = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b"\n", b"{", b"\0"]))
        content[start : start + data.draw(st.integers(0, 6))] = piece
    try:
        posts, _ = read_bytes(bytes(content))
    except ReadError:
        return
    assert len({post.id for post in posts}) == len(posts)
    assert all(post.text and post.at.tzinfo is UTC for post in posts)
