"""Colours: those of an option, those of a class of lead, and the style sheet's copy of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import DARK, LIGHT, Theme, hues, ramp
from dashboard.charts.colour import contrast, from_oklab, readable, to_oklab
from dashboard.charts.theme import lead_class
from dashboard.model import Contest, Option
from tests.builders import make_contest

TOKENS = Path(__file__).parents[2] / "assets" / "10-tokens.css"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


def contest_of(*colours: str | None) -> Contest:
    options = tuple(Option(f"o{i}", f"O {i}", f"{i}", colour=c) for i, c in enumerate(colours))
    return replace(make_contest(), options=options)


@pytest.mark.parametrize(
    ("fill", "theme", "expected"),
    [
        ("#6B3FB8", LIGHT, ["#C8BEEA", "#A795DB", "#886CCA", "#6B3FB8"]),
        ("#B86E00", LIGHT, ["#E9CDB4", "#D9AE84", "#C98E51", "#B86E00"]),
        ("#A98BFF", DARK, ["#524C82", "#6F61AB", "#8D77D7", "#A98BFF"]),
        ("#FFB52E", DARK, ["#735E42", "#A17B43", "#D1993D", "#FFB52E"]),
    ],
)
def test_ramps_are_those_of_the_visual_direction(
    fill: str, theme: Theme, expected: list[str]
) -> None:
    for shown, drawn in zip(ramp(fill, theme), expected, strict=True):
        difference = sum(
            (a - b) ** 2 for a, b in zip(to_oklab(shown), to_oklab(drawn), strict=True)
        )
        assert difference**0.5 < 0.02, (shown, drawn)  # a just noticeable difference


@given(COLOURS)
def test_oklab_round_trip(colour: str) -> None:
    assert from_oklab(to_oklab(colour)) == colour


@given(COLOURS)
def test_every_configured_colour_can_be_seen_and_read(colour: str) -> None:
    for theme in (LIGHT, DARK):
        hue = hues(contest_of(colour, None), theme)["o0"]
        assert contrast(hue.fill, theme.surface) >= theme.fill_contrast
        assert contrast(hue.text, theme.ground) >= theme.text_contrast
        assert contrast(hue.text, theme.surface) >= 4.5


def test_a_colour_that_reads_well_stays_as_it_is() -> None:
    assert readable("#6B3FB8", ("#FFFFFF",), 4.5) == "#6B3FB8"


def test_colours_follow_the_option_and_skip_what_is_taken() -> None:
    given_one = hues(contest_of(None, "#6B3FB8", None), LIGHT)
    assert [given_one[f"o{i}"].fill for i in range(3)] == ["#B86E00", "#6B3FB8", "#419FC0"]


def test_our_palette_has_its_dark_half() -> None:
    dark = hues(contest_of("#6B3FB8", "#B86E00"), DARK)
    assert (dark["o0"].fill, dark["o0"].text) == ("#A98BFF", "#A98BFF")


def test_beyond_the_palette_options_are_grey() -> None:
    many = hues(contest_of(*[None] * 9), LIGHT)
    assert many["o6"].fill == many["o8"].fill == LIGHT.ink_3


def test_lead_classes() -> None:
    assert [lead_class(lead) for lead in (0, 0.049, 0.05, 0.15, 0.299, 0.3, 1)] == [
        0, 0, 1, 2, 2, 3, 3,
    ]  # fmt: skip


def test_no_colour_of_another_form() -> None:
    with pytest.raises(ValueError, match="rrggbb"):
        to_oklab("red")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_has_the_same_tokens(theme: Theme) -> None:
    """Three places in the sheet for the dark ones: chosen, and asked for by the system."""
    css = TOKENS.read_text()
    light, dark = css.split('[data-theme="dark"] {', 1)
    block = light if theme is LIGHT else dark
    for token, value in (
        ("ground", theme.ground),
        ("surface", theme.surface),
        ("ink", theme.ink),
        ("ink-2", theme.ink_2),
        ("ink-3", theme.ink_3),
        ("line", theme.line),
        ("hatch-ground", theme.hatch_ground),
        ("hatch-line", theme.hatch_line),
    ):
        found = set(re.findall(rf"--{token}: (#\w+);", block))
        assert found == {value}, token


def test_the_style_sheet_knows_the_sentinels() -> None:
    css = (TOKENS.parent / "32-map.css").read_text()
    for theme in (LIGHT, DARK):
        red, green, blue = (int(theme.hatch_ground[i : i + 2], 16) for i in (1, 3, 5))
        assert f'path[fill="rgb({red}, {green}, {blue})"]' in css
    assert 'path[fill="rgba(1, 2, 3, 0.01)"]' in css


def test_text_tokens_are_readable() -> None:
    for theme in (LIGHT, DARK):
        for ground in (theme.ground, theme.surface):
            assert contrast(theme.ink_2, ground) >= 7
            assert contrast(theme.ink_3, ground) >= 4.5
