"""Light and dark: the tokens the style sheets use too, and the colour of each option."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..model import Contest
from .colour import mix, readable

# Computed greedily for contrast >= 3:1 and distance under four kinds of vision; beyond them, grey.
PALETTE_LIGHT = ("#6B3FB8", "#B86E00", "#419FC0", "#760A03", "#273E5C", "#885C54")
PALETTE_DARK = ("#A98BFF", "#FFB52E", "#B7F0FB", "#D85164", "#66CCBA", "#2196A7")

AA = 4.5  # WCAG, for text of any size
CLASSES = (0.05, 0.15, 0.30)  # lead over the second: <5, 5 to 15, 15 to 30, 30 points and more


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that assets/10-tokens.css repeats, for what Plotly draws."""

    name: str
    ground: str
    surface: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    hatch_ground: str  # also the sentinel that CSS turns into the hatch
    hatch_line: str
    palette: tuple[str, ...]
    steps: tuple[float, ...]  # how much of the hue each class of lead takes
    fill_contrast: float
    text_contrast: float


LIGHT = Theme(
    name="light", ground="#F5F6F8", surface="#FFFFFF", ink="#11161D", ink_2="#46505E",
    ink_3="#667080", line="#DCE1E8", hatch_ground="#ECEFF3", hatch_line="#CDD4DD",
    palette=PALETTE_LIGHT, steps=(0.342, 0.56, 0.78, 1.0), fill_contrast=2.8, text_contrast=AA,
)  # fmt: skip
# On the big screen text is read from eight metres: 7:1 on the ground it stands on there.
DARK = Theme(
    name="dark", ground="#0B0F16", surface="#131A26", ink="#F3F5F9", ink_2="#B6C0CF",
    ink_3="#8A97AA", line="#263246", hatch_ground="#1C2534", hatch_line="#3D4B63",
    palette=PALETTE_DARK, steps=(0.46, 0.645, 0.832, 1.0), fill_contrast=3.5, text_contrast=7.0,
)  # fmt: skip

THEMES = (LIGHT, DARK)


@dataclass(frozen=True, slots=True)
class Hue:
    """One option in one theme: what fills shapes, and what text is written in."""

    fill: str
    text: str


def hues(contest: Contest, theme: Theme) -> Mapping[str, Hue]:
    """The colours of every option by id; they follow the option, never its rank.

    A configured colour comes first, else the next of the palette, else grey; each is moved along
    its own hue until it can be seen, and read, on the theme's grounds.
    """
    free = iter(_unused(contest, theme))
    return {
        option.id: hue_of(option.colour, theme)
        if option.colour
        else _hue(theme.ink_3 if option.remainder else next(free, theme.ink_3), theme)
        for option in contest.options
    }


def hue_of(colour: str, theme: Theme) -> Hue:
    """A configured colour as it is shown in a theme."""
    return _hue(_configured(colour, theme), theme)


@lru_cache(maxsize=256)  # the same few colours at every version
def ramp(fill: str, theme: Theme) -> tuple[str, ...]:
    """The colour of each class of lead, smallest lead first."""
    return tuple(mix(theme.surface, fill, step) for step in theme.steps)


def lead_class(lead: float) -> int:
    """0 to 3, for a lead in shares (0.05 is five points)."""
    return sum(lead >= limit for limit in CLASSES)


def _unused(contest: Contest, theme: Theme) -> list[str]:
    taken = {option.colour.upper() for option in contest.options if option.colour}
    pairs = zip(PALETTE_LIGHT, theme.palette, strict=True)
    return [shown for light, shown in pairs if light not in taken]


def _configured(colour: str, theme: Theme) -> str:
    """Our own palette has its own dark half."""
    if colour.upper() in PALETTE_LIGHT:
        return theme.palette[PALETTE_LIGHT.index(colour.upper())]
    return colour


@lru_cache(maxsize=4096)
def _hue(colour: str, theme: Theme) -> Hue:
    fill = readable(colour, (theme.surface,), theme.fill_contrast)
    text = readable(fill, (theme.ground,), theme.text_contrast)
    return Hue(fill, readable(text, (theme.surface,), AA))
