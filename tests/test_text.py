"""Numbers and words for people."""

import string
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import text
from dashboard.text import en, fr
from dashboard.text.units import UNIT_WORDS

NARROW = "\u202f"
AT = datetime(2017, 1, 29, 19, 47, tzinfo=UTC)


def neutral(words: dict[str, str]) -> dict[str, str]:
    """Without the feminine forms, which only some languages need."""
    return {k: v for k, v in words.items() if not (k.endswith("_f") and k[:-2] in words)}


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


def test_both_languages_have_the_same_phrases_with_the_same_placeholders() -> None:
    french, english = neutral(fr.WORDS), neutral(en.WORDS)
    assert french.keys() == english.keys()
    browser = {"time"}  # an hour is written from other pieces in each language
    for key, phrase in french.items():
        if key not in browser:
            assert placeholders(phrase) == placeholders(english[key]), key
    for key in fr.WORDS.keys() - french.keys():
        assert placeholders(fr.WORDS[key]) == placeholders(fr.WORDS[key[:-2]]), key


def test_unit_words_exist_in_both_languages() -> None:
    assert UNIT_WORDS["fr"].keys() == UNIT_WORDS["en"].keys()


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (24318, f"24{NARROW}318", "24,318"),
        (1181872, f"1{NARROW}181{NARROW}872", "1,181,872"),
        (-7703, f"\u22127{NARROW}703", "\u22127,703"),
        (None, "–", "–"),
    ],
)
def test_integers(number: int | None, french: str, english: str) -> None:
    assert text.fmt_int(number, "fr") == french
    assert text.fmt_int(number, "en") == english


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.5941, "59,4"),
        (0.49995, "49,9"),  # F35: less than half never reads 50,0
        (0.4999999, "49,9"),
        (0.5, "50,0"),
        (0.50004, "50,0"),
        (0.99999, "99,9"),
        (1.0, "100,0"),
        (0.0, "0,0"),
        (0.0001, "<\u00a00,1"),
        (None, "–"),  # F35: 0 of 0
    ],
)
def test_F35_shares(share: float | None, shown: str) -> None:
    assert text.fmt_percent_plain(share, "fr") == shown


def test_share_with_its_sign() -> None:
    assert text.fmt_share(0.594, "fr") == f"59,4{NARROW}%"
    assert text.fmt_share(0.594, "en") == "59.4%"
    assert text.fmt_share(None, "en") == "–"


def shown_tenths(share: float) -> Fraction:
    shown = text.fmt_percent_plain(share, "en")
    return Fraction("0.05") if shown.startswith("<") else Fraction(shown)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 10**7))
def test_F35_the_order_shown_is_the_order_of_the_integers(one: int, two: int, rest: int) -> None:
    total = one + two + rest
    low, high = sorted((one, two))
    assert shown_tenths(low / total) <= shown_tenths(high / total)
    if 2 * high < total:
        assert shown_tenths(high / total) < 50


def test_points() -> None:
    assert text.fmt_points(0.188, "fr") == "+18,8"
    assert text.fmt_points(-0.0313, "en") == "\u22123.1"
    assert text.fmt_points(0.0001, "fr") == "0,0"


def test_hours_are_those_of_the_contest() -> None:
    assert text.fmt_time(AT, "Europe/Paris", "fr") == "20\u00a0h\u00a047"
    assert text.fmt_time(AT, "Europe/Paris", "en") == "8:47\u00a0pm"
    assert text.fmt_time(AT, "America/Toronto", "en") == "2:47\u00a0pm"
    midnight = datetime(2017, 1, 29, 23, 5, tzinfo=UTC)
    assert text.fmt_time(midnight, "Europe/Paris", "en") == "12:05\u00a0am"
    assert text.fmt_time(midnight, "Europe/Paris", "fr") == "0\u00a0h\u00a005"


def test_full_hours_lose_their_minutes() -> None:
    eight = datetime(2017, 1, 29, 19, 0, tzinfo=UTC)
    assert text.fmt_countdown_target(eight, "Europe/Paris", "fr") == "20\u00a0h"
    assert text.fmt_countdown_target(eight, "Europe/Paris", "en") == "8\u00a0pm"
    assert text.fmt_countdown_target(AT, "Europe/Paris", "en") == "8:47\u00a0pm"


def test_dates() -> None:
    assert text.fmt_date(date(2022, 5, 1), "fr") == "1er mai 2022"
    assert text.fmt_date(date(2017, 1, 29), "en") == "29 January 2017"


@pytest.mark.parametrize(
    ("number", "french", "english"), [(0, "un", "many"), (1, "un", "one"), (2, "des", "many")]
)
def test_plurals(number: int, french: str, english: str) -> None:
    assert text.plural(number, "un", "des", "fr") == french
    assert text.plural(number, "one", "many", "en") == english


def test_names_are_joined() -> None:
    assert text.join_names(["Agde"], "fr") == "Agde"
    assert text.join_names(["Agde", "Sète", "Lunel"], "fr") == "Agde, Sète et Lunel"
    assert text.join_names([], "en") == ""


def test_places() -> None:
    assert text.in_place("Hérault", "fr") == "dans l’Hérault"
    assert text.in_place("Gard", "fr") == "dans le Gard"
    assert text.in_place("Montréal", "fr") == "à Montréal"
    assert text.in_place("Saint-Aubin-des-Vignes", "fr") == ""
    assert text.in_place("Hérault", "en") == "in Hérault"


def test_words_agree_with_the_unit() -> None:
    commune, station = text.unit_word("commune", "fr"), text.unit_word("bureau", "fr")
    assert text.phrase_of(commune, "headline_waiting", "fr", units="communes").endswith(
        "premières communes"
    )
    assert text.phrase_of(station, "headline_waiting", "fr", units="bureaux").endswith(
        "premiers bureaux"
    )
    with pytest.raises(KeyError):
        text.unit_word("galaxy", "en")


def test_sorting_ignores_accents() -> None:
    assert sorted(["Sète", "Évreux", "agde"], key=text.sort_key) == ["agde", "Évreux", "Sète"]
