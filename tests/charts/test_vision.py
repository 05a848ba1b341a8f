"""How far apart colours are to people who see them differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import DARK, LIGHT, Theme
from dashboard.charts.vision import KINDS, distance, seen

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


@pytest.mark.parametrize(
    ("theme", "expected"),
    [(LIGHT, [20.6, 20.1, 19.9, 13.7, 10.4]), (DARK, [16.5, 21.0, 20.4, 13.4, 11.7])],
    ids=["light", "dark"],
)
def test_the_palette_keeps_the_distances_it_was_computed_for(
    theme: Theme, expected: list[float]
) -> None:
    found = [
        min(distance(theme.palette[i], other) for other in theme.palette[:i]) for i in range(1, 6)
    ]
    assert found == pytest.approx(expected, abs=0.15)


def test_red_and_green_of_one_lightness_are_one_to_many() -> None:
    assert distance("#E3000F", "#1AA037") < 5
    common_vision = sum((a - b) ** 2 for a, b in zip(seen("#E3000F")[0], seen("#1AA037")[0],
                        strict=True)) ** 0.5  # fmt: skip
    assert 100 * common_vision > 30


@pytest.mark.parametrize("grey", ["#000000", "#667080", "#FFFFFF", "#808080"])
def test_greys_stay_grey(grey: str) -> None:
    first, *others = seen(grey)
    assert len(others) == len(KINDS) == 3
    for lab in others:
        assert lab == pytest.approx(first, abs=0.02)


@given(COLOURS, COLOURS)
def test_a_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) >= 0
    assert distance(one, one) == 0
