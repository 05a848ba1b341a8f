"""HTML as text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.feed.plain import LONGEST_TAG, MOST_CHARACTERS, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("rien", "rien"),
        ("<p>Un</p><p>Deux</p>", "\n\nUn\n\n\n\nDeux\n\n"),
        ('<a href="javascript:alert(1)">un lien</a>', "un lien"),
        ('<img src=x onerror="alert(1)">après', "après"),
        ('<a title="a > b">x</a>', "x"),
        ("<a title='>'>x</a>", "x"),
        ("un<br>deux<BR/>trois", "un\ndeux\ntrois"),
        ("<script>if (a < b) alert('</p>')</script>après", "après"),
        ("<STYLE>p {}</Style >après", "après"),
        ("<svg><text>x</text></svg>après", "après"),
        ("<svg/>après", "après"),
        ("<!-- <p>non</p> -->oui", "oui"),
        ("<![CDATA[non]]>oui", "oui"),
        ("<?php non ?>oui", "oui"),
        ("a < b && c > d", "a < b && c > d"),
        ("1 <2", "1 <2"),
        ("&lt;b&gt;&amp;nbsp;&nbsp;&#233;&eacute;&#x202e;", "<b>&nbsp;\u00a0éé\u202e"),
        ("un\ndeux\r\ntrois", "un deux  trois"),
        ("<p>coupé<a href='x", "\n\ncoupé"),
        ("<script>jamais fini", ""),
        ("<!-- jamais fini", ""),
    ],
)
def test_what_a_reader_would_read(html: str, text: str) -> None:
    assert plain_text(html) == text


PIECES = ["<", ">", "</", "<p", "<!--", "-->", '"', "'", "&", ";", "a", " ", "/>", "<script"]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_it_never_fails(pieces: list[str]) -> None:
    plain_text("".join(pieces))


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<![CDATA[", "<a ", "<a b='", "<a b='>", "&", "</", "<!", "<?", "<svg>", "<div>",
     "<svg></svg", "</a ", "<a\n", "<script></scrip"],
)  # fmt: skip
def test_its_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """``html.parser`` takes 300 s for 100 kB of "<a ": a bound that no machine is near to."""
    began = time.process_time()
    assert len(plain_text(piece * MOST_CHARACTERS)) <= MOST_CHARACTERS * 2
    assert time.process_time() - began < 5


def test_a_tag_without_end_takes_nothing_of_the_next() -> None:
    long = "x" * LONGEST_TAG
    assert plain_text(f"<a title='{long}'>un</a> deux") == "un deux"
