"""A colour for each option, that can be told apart from the others however one sees."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from ..charts.colour import from_oklab, to_oklab
from ..charts.theme import LIGHT, PALETTE_LIGHT, THEMES, hue_of
from ..charts.vision import distance

APART = 10.0  # see ``separation``; what the palette keeps among its own six
BARELY = 7.0  # under it a colour says nothing, and grey is more honest
GREY = LIGHT.ink_3.upper()
# How far a wish may be bent: OKLab lightness, degrees of hue, part of its strength.
_LIGHTER = tuple(step / 100 for step in range(-30, 31, 3))
_TURNED = (-30, -15, 0, 15, 30)
_KEPT = (1.0, 0.6)
_DARKEST, _LIGHTEST = 0.25, 0.90


def choose(wishes: Sequence[str | None]) -> list[str]:
    """One colour for each option, the most important first.

    A wish ("#rrggbb") is granted as it is, or in the nearest shade that stands apart from those
    before; the others take the palette in its order, then whatever stands apart most, then grey.
    """
    taken: list[str] = []
    chosen = []
    for wish in wishes:
        near = _shades(wish.upper()) if wish else PALETTE_LIGHT
        found = (
            next((c for c in near if _margin(c, taken) >= APART), None)
            or _farthest(near, taken)
            or _farthest(_pool(), taken)
            or GREY
        )
        chosen.append(found)
        if found != GREY:
            taken.append(found)
    return chosen


@lru_cache(maxsize=65_536)
def separation(one: str, other: str) -> float:
    """Distance of two colours as shown, in the theme and to the vision where it is smallest."""
    return min(distance(hue_of(one, theme).fill, hue_of(other, theme).fill) for theme in THEMES)


def _margin(colour: str, taken: Iterable[str]) -> float:
    return min((separation(colour, other) for other in taken), default=100.0)


def _farthest(colours: Sequence[str], taken: Sequence[str]) -> str | None:
    """The one that stands apart most, if that is enough to be told."""
    margin, best = max((_margin(colour, taken), colour) for colour in colours)
    return best if margin >= BARELY else None


@lru_cache(maxsize=256)
def _shades(wish: str) -> tuple[str, ...]:
    """The colour itself, then lighter, darker, paler and of a neighbouring hue, nearest first."""
    lightness, a, b = to_oklab(wish)
    chroma, hue = math.hypot(a, b), math.atan2(b, a)
    shades: dict[str, float] = {}
    for lighter, turned, kept in product(_LIGHTER, _TURNED, _KEPT):
        angle, strength = hue + math.radians(turned), chroma * kept
        lab = lightness + lighter, strength * math.cos(angle), strength * math.sin(angle)
        if _DARKEST <= lab[0] <= _LIGHTEST:
            cost = abs(lighter) + abs(turned) / 150 + (1 - kept) / 3
            shades.setdefault(from_oklab(lab), cost)
    return (wish, *(shade for shade in sorted(shades, key=shades.__getitem__) if shade != wish))


@lru_cache(maxsize=1)
def _pool() -> tuple[str, ...]:
    """Colours all around the wheel, of every lightness and strength worth drawing."""
    mixed = (
        from_oklab((lightness / 100, chroma * math.cos(angle), chroma * math.sin(angle)))
        for lightness in range(30, 76, 5)
        for chroma in (0.05, 0.10, 0.15, 0.20)
        for angle in (math.radians(degrees) for degrees in range(0, 360, 20))
    )
    return tuple(dict.fromkeys((*PALETTE_LIGHT, *mixed)))
