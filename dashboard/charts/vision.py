"""How far apart two colours are to people who see them differently."""

from functools import lru_cache
from math import dist
from typing import TypeAlias

from .colour import Triple, linear, to_oklab_of_linear

_Matrix: TypeAlias = tuple[Triple, Triple, Triple]

# On linear light, complete loss of one kind of cone (Machado, Oliveira, Fernandes 2009).
KINDS: dict[str, _Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@lru_cache(maxsize=4096)
def seen(colour: str) -> tuple[Triple, ...]:
    """A colour in OKLab to common vision, then to each of ``KINDS``."""
    light = linear(colour)
    return (
        to_oklab_of_linear(light),
        *(to_oklab_of_linear(_through(matrix, light)) for matrix in KINDS.values()),
    )


def distance(one: str, other: str) -> float:
    """OKLab distance times 100, to whom it is smallest: under 2 nobody sees it."""
    return 100 * min(dist(a, b) for a, b in zip(seen(one), seen(other), strict=True))


def _through(matrix: _Matrix, light: Triple) -> Triple:
    red, green, blue = (sum(m * c for m, c in zip(row, light, strict=True)) for row in matrix)
    return _clipped(red), _clipped(green), _clipped(blue)


def _clipped(channel: float) -> float:
    return min(1.0, max(0.0, channel))
