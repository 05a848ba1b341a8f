"""Results drawn as Plotly figures: data and a theme in, the figure as JSON out; no clock."""

from .bars import duel, ranking, single
from .describe import describe_map, describe_scores
from .figure import Figure
from .map import area_map
from .theme import DARK, LIGHT, THEMES, Hue, Theme, hues, ramp

__all__ = [
    "DARK",
    "LIGHT",
    "THEMES",
    "Figure",
    "Hue",
    "Theme",
    "area_map",
    "describe_map",
    "describe_scores",
    "duel",
    "hues",
    "ramp",
    "ranking",
    "single",
]
