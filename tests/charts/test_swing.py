"""Rises and falls on a map: told apart by everybody, and never by a class too many."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import DARK, LIGHT, Theme
from dashboard.charts.swing import DOWN, SIDE, STILL, UP, class_width, scale, side, swing_class
from dashboard.charts.vision import distance

SHARES = st.floats(-1, 1, allow_nan=False)
WIDTHS = st.sampled_from([class_width(whole / 100) for whole in range(0, 70, 3)])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_rise_is_no_fall_whoever_looks(theme: Theme) -> None:
    for rise, fall in zip(side(UP, theme), side(DOWN, theme), strict=True):
        assert distance(rise, fall) > 5
    assert distance(side(UP, theme)[-1], side(DOWN, theme)[-1]) > 15
    for way in (UP, DOWN):
        for one, next_ in pairwise((theme.surface, *side(way, theme))):
            assert distance(one, next_) > 5


@given(SHARES, SHARES, WIDTHS)
def test_more_is_never_a_lower_class(one: float, other: float, width: int) -> None:
    low, high = sorted((one, other))
    assert STILL - SIDE <= swing_class(low, width) <= swing_class(high, width) <= STILL + SIDE


@given(SHARES, WIDTHS)
def test_a_fall_mirrors_a_rise(moved: float, width: int) -> None:
    assert swing_class(moved, width) - STILL == STILL - swing_class(-moved, width)
    assert (swing_class(moved, width) == STILL) == (moved == 0)


def test_what_is_told_as_the_limit_is_above_it() -> None:
    assert swing_class(0.0399999, 2) == STILL + 3  # "+4,0"
    assert swing_class(0.0394, 2) == STILL + 2
    assert swing_class(0.5, 2) == STILL + SIDE


def test_in_a_second_round_the_classes_meet_about_where_the_whole_is() -> None:
    assert class_width(0.387) * (SIDE - 1) == 39
    assert class_width(0.151) * (SIDE - 1) == 15
    assert class_width(-0.001) == 2


def test_every_class_has_its_colour() -> None:
    assert len(scale(LIGHT)) == len(scale(DARK)) == 2 * (STILL + SIDE + 1)
