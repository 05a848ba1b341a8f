"""Results drawn as Plotly figures: data and a theme in, ``go.Figure`` out; no Dash, no clock."""

from .bars import duel, ranking, single
from .describe import describe_map, describe_scores
from .figure import to_json
from .map import area_map
from .theme import DARK, LIGHT, Hue, Theme, hues, ramp

__all__ = [
    "DARK",
    "LIGHT",
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
    "to_json",
]
