"""Colours of options: apart from each other, close to what was wished for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.colour import contrast
from dashboard.charts.theme import PALETTE_LIGHT, THEMES, hue_of
from dashboard.init.colours import APART, BARELY, GREY, choose, separation
from dashboard.init.parties import AMERICAN, FRENCH, GERMAN, party_colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")
WISHES = st.lists(st.none() | COLOURS | st.sampled_from(list(FRENCH.values())), max_size=12)


@settings(max_examples=10, deadline=None)
@given(WISHES)
def test_each_is_grey_or_stands_apart_and_can_be_seen(wishes: list[str | None]) -> None:
    chosen = choose(wishes)
    assert len(chosen) == len(wishes)
    coloured = [colour for colour in chosen if colour != GREY]
    for place, colour in enumerate(coloured):
        assert all(separation(colour, other) >= BARELY for other in coloured[:place])
        for theme in THEMES:
            assert contrast(hue_of(colour, theme).fill, theme.surface) >= theme.fill_contrast


@settings(max_examples=10, deadline=None)
@given(WISHES, st.integers(0, 12))
def test_who_comes_later_changes_nothing(wishes: list[str | None], first: int) -> None:
    assert choose(wishes[:first]) == choose(wishes)[:first]


def test_without_wishes_it_is_the_palette() -> None:
    assert choose([None] * 6) == list(PALETTE_LIGHT)


def test_many_options_end_in_grey() -> None:
    chosen = choose([None] * 20)
    assert chosen[-1] == GREY
    assert GREY not in chosen[:7]
    first_grey = chosen.index(GREY)
    assert set(chosen[first_grey:]) == {GREY}


@pytest.mark.parametrize(
    "slate",
    [["RN", "UG", "ENS", "LR"], ["UG", "RN", "ENS"], ["ENS", "RN"], ["RN", "LR", "UG"]],
)
def test_the_blocs_of_a_french_evening_stand_well_apart(slate: list[str]) -> None:
    chosen = choose([FRENCH[nuance] for nuance in slate])
    assert chosen[0] == FRENCH[slate[0]]
    for place, colour in enumerate(chosen):
        assert all(separation(colour, other) >= APART for other in chosen[:place])


def test_a_wish_too_close_to_another_keeps_its_hue_when_it_can() -> None:
    first, second = choose([FRENCH["RN"], FRENCH["LR"]])
    assert first == FRENCH["RN"]
    assert second not in {first, FRENCH["LR"]}
    red, green, blue = (int(second[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > green > red


def test_red_and_blue_of_america_stay_as_they_are() -> None:
    assert choose([AMERICAN["REP"], AMERICAN["DEM"]]) == [AMERICAN["REP"], AMERICAN["DEM"]]


@pytest.mark.parametrize(
    ("format_name", "group", "name", "expected"),
    [
        ("french-ministry-2024", "RN", "Denis Martin", FRENCH["RN"]),
        ("french-ministry-2024", "LUG", "Tous ensemble", FRENCH["UG"]),
        ("french-ministry-2024", "BC-RN", "Martin et Petit", FRENCH["RN"]),
        ("french-ministry-2024", "LR", "Anne Petit", FRENCH["LR"]),
        ("french-ministry-2024", "LLR", "Une liste", FRENCH["LR"]),
        ("kerg2", "", "SPD", GERMAN["SPD"]),
        ("kerg2", "", "Tierschutzpartei", None),
        ("clarity", "Rep", "Jo Martin", AMERICAN["REP"]),
        ("ap", "GOP", "Martin", AMERICAN["REP"]),
        ("onegov", "SP", "Martin", None),
        ("table", "REP", "Martin", None),
    ],
)
def test_known_parties(format_name: str, group: str, name: str, expected: str | None) -> None:
    assert party_colour(format_name, group, name) == expected
