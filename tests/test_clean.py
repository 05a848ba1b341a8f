"""Text of others: F34."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clean import MARKS_PER_BASE, clean_text

anything = st.text(st.characters(exclude_categories=()), max_size=60)
nasty = st.text("a\u0301e \t\n\u202e\u200b\u200d\ud800\u2028é👩🏽\u00a0", max_size=40)


@given(anything | nasty, st.integers(1, 50))
def test_F34_what_is_left_is_one_clean_line(text: str, limit: int) -> None:
    clean = clean_text(text, limit)
    assert len(clean) <= limit
    assert clean == unicodedata.normalize("NFC", clean)
    assert clean == clean.strip(" ") and "  " not in clean
    kinds = {unicodedata.category(c) for c in clean if c not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    clean.encode()


@given(anything | nasty, st.integers(1, 50))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    clean = clean_text(text, limit)
    assert clean_text(clean, limit) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Bédarieux", "Bédarieux"),
        ("  Saint -\tPons\n", "Saint - Pons"),
        ("e\u200b\u0301te\u0301", "été"),
        ("20\u00a0h\u202f45", "20\u00a0h\u202f45"),
        ("abc\u202eGPJ.exe", "abcGPJ.exe"),
        ("👩\u200d🚒 می\u200cخواهم", "👩\u200d🚒 می\u200cخواهم"),
        ("a\ud800b\0c\ufeff", "abc"),
        ("<b>&amp;$x$%{y}", "<b>&amp;$x$%{y}"),
    ],
)
def test_what_is_kept_and_what_goes(text: str, clean: str) -> None:
    assert clean_text(text, 40) == clean


def test_F34_marks_pile_up_to_three() -> None:
    assert len(clean_text("Z" + "\u0334" * 500 + "algo", 40)) == len("Zalgo") + MARKS_PER_BASE


def test_F34_nothing_is_joined_into_a_sign_as_wide_as_a_page() -> None:
    kiss = "👩🏻\u200d❤️\u200d💋\u200d👨🏻"
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert clean_text(f"{kiss} {family}", 99) == f"{kiss} {family}"
    assert clean_text("👩\u200d" * 300, 999).count("\u200d") == 4
    assert clean_text(f"{family}{family}", 99) == family + family


def test_F34_a_joiner_lets_no_more_marks_pile_up() -> None:
    assert clean_text("a" + "\u0316\u0316\u0316\u200d" * 9, 99).count("\u0316") == 3


def test_F34_ten_thousand_characters_end_with_an_ellipsis() -> None:
    assert clean_text("x" * 10_000, 120) == "x" * 119 + "…"
    assert clean_text("abx\u0334\u0335yz", 4) == "ab…"
    assert clean_text("ab👩\u200d🚒yz", 5) == "ab👩…"
