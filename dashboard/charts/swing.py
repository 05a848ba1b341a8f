"""The colours of a map that shows how much an option has moved: two hues away from nothing."""

from collections.abc import Mapping
from functools import lru_cache
from math import floor

from .colour import mix
from .map import NONE, WAITING, stepped
from .theme import DARK, LIGHT, Theme

UP, DOWN = "up", "down"
SIDE = 4  # classes on each side
STILL = max(WAITING, NONE) + 1 + SIDE  # the class index of what has not moved
# Blue and orange stay apart to every kind of vision; brown and green do not.
_HUES: Mapping[str, Mapping[str, str]] = {
    LIGHT.name: {UP: "#1B4F9C", DOWN: "#B35000"},
    DARK.name: {UP: "#6FB7FF", DOWN: "#F0923B"},
}
_STEPS = (0.34, 0.56, 0.78, 1.0)  # how much of its hue each class takes
_WIDTHS = (2, 3, 4, 5, 7, 10, 13, 17, 22)  # of a class, in points


def side(way: str, theme: Theme) -> tuple[str, ...]:
    """The colour of each class of a rise (UP) or a fall (DOWN), smallest first."""
    return tuple(mix(theme.surface, _HUES[theme.name][way], step) for step in _STEPS)


@lru_cache(maxsize=4)
def scale(theme: Theme) -> list[list[float | str]]:
    """The Plotly colour scale: waiting, nothing to compare, falls, no change, rises."""
    still = mix(theme.surface, theme.ink_3, 0.14)
    falls = reversed(side(DOWN, theme))
    return stepped((theme.hatch_ground, theme.line, *falls, still, *side(UP, theme)))


def class_width(whole: float) -> int:
    """Points in a class, so that what moved as the whole did (in shares) is where two classes
    meet: in a second round all rise, and what tells is who rises more."""
    return min(_WIDTHS, key=lambda width: abs((SIDE - 1) * width - abs(whole) * 100))


def swing_class(moved: float, width: int) -> int:
    """The class index of a change in shares (0.05 is five points)."""
    if not moved:
        return STILL
    # As it is told, in tenths: what reads "4,0" is in the class that begins with 4.
    depth = min(SIDE, 1 + floor(round(abs(moved) * 100, 1) / width))
    return STILL + depth if moved > 0 else STILL - depth
