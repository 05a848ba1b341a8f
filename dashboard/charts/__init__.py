"""Results drawn as Plotly figures: data and a theme in, the figure as JSON out; no clock."""

from .bars import duel, ranking, single
from .describe import describe_map, describe_scores
from .figure import Figure
from .map import area_map
from .overlay import FIRST_OPTION, LEVEL, UNCOUNTED, Circle, circles, outline
from .theme import DARK, LIGHT, THEMES, Hue, Theme, hues, ramp
from .timeline import timeline

__all__ = [
    "DARK",
    "FIRST_OPTION",
    "LEVEL",
    "LIGHT",
    "THEMES",
    "UNCOUNTED",
    "Circle",
    "Figure",
    "Hue",
    "Theme",
    "area_map",
    "circles",
    "describe_map",
    "describe_scores",
    "duel",
    "hues",
    "outline",
    "ramp",
    "ranking",
    "single",
    "timeline",
]
