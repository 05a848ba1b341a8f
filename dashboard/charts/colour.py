"""Colour arithmetic: OKLab for mixing and darkening, WCAG for contrast."""

from typing import TypeAlias

Triple: TypeAlias = tuple[float, float, float]

_STEP = 0.01  # of OKLab lightness: finer than anyone sees


def linear(colour: str) -> Triple:
    """Linear light of "#rrggbb", each 0 to 1. ``ValueError`` when it is no such colour."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(ground: str, colour: str, part: float) -> str:
    """``part`` (0 to 1) of ``colour`` on ``ground``, straight through OKLab."""
    start, end = to_oklab(ground), to_oklab(colour)
    lightness, a, b = (s + (e - s) * part for s, e in zip(start, end, strict=True))
    return from_oklab((lightness, a, b))


def readable(colour: str, grounds: tuple[str, ...], minimum: float) -> str:
    """The colour itself, or the nearest of its hue with that contrast on every ground.

    It goes away from the ground: darker on a light one, lighter on a dark one.
    """
    step = -_STEP if _luminance(grounds[0]) > 0.18 else _STEP
    lightness, a, b = to_oklab(colour)
    shown = colour.upper()
    while min(contrast(shown, ground) for ground in grounds) < minimum and 0 <= lightness <= 1:
        lightness += step
        shown = from_oklab((lightness, a, b))
    return shown


def to_oklab(colour: str) -> Triple:
    """Lightness 0 to 1, and the two opponent axes (Ottosson 2020)."""
    return to_oklab_of_linear(linear(colour))


def to_oklab_of_linear(light: Triple) -> Triple:
    """As ``to_oklab``, of linear light."""
    r, g, b = light
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_oklab(lab: Triple) -> str:
    """The colour, its chroma reduced until a screen can show it."""
    lightness, a, b = lab
    for kept in range(20, -1, -1):
        light = _to_linear((lightness, a * kept / 20, b * kept / 20))
        if all(-0.001 <= channel <= 1.001 for channel in light):
            break
    return "#" + "".join(f"{round(_gamma(channel) * 255):02X}" for channel in light)


def _to_linear(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
