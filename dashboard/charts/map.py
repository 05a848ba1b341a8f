"""The choropleth of leader and lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import atan, exp, log, pi, tan
from typing import Any, TypeAlias

from ..model import Contest, Geometry, Label
from .figure import FONT, TRANSPARENT, Figure, bare_figure
from .theme import Hue, Theme, ramp

# Class indices of ``z``: the same all evening, so that a patch carries a few small integers.
WAITING, NONE, TIE = 0, 1, 2
FIRST_OPTION = 3
CLASS_COUNT = 4

# CSS recognises the two by their colour and fills them with a pattern (assets/32-map.css).
# Nearly invisible, so that a browser without the pattern still shows the class underneath.
STRIPES = "rgba(1,2,3,0.01)"


Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Cells:
    """What the areas show, column by column, in the geometry's order.

    A tip has two halves, as a patch must not carry every name again: ``titles`` stay the same all
    night, ``tips`` change with the count. Both are ready for Plotly (escaped), and both empty for
    a map that nobody can point at.
    """

    ids: list[str]
    z: list[int]  # class indices
    partial: list[int | None]  # 1 where a count is partial: gaps, because of the patch (_stripes)
    titles: list[str]
    tips: list[str]


def option_class(option_index: int, lead_class: int) -> int:
    """The class index of an option (place on the ballot) leading by that class."""
    return FIRST_OPTION + option_index * CLASS_COUNT + lead_class


def area_map(
    contest: Contest,
    geometry: Geometry,
    cells: Cells,
    theme: Theme,
    hues: Mapping[str, Hue],
    *,
    label_size: int,
    label_limit: int,
) -> Figure:
    """Every area by leader and lead; the coordinates travel by the geometry's URL.

    Uncounted areas take the hatch colour, partial ones a second trace on
    top: CSS gives both their pattern.
    """
    return bare_figure(
        [
            _areas(contest, geometry, cells, theme, hues),
            _stripes(geometry, cells),
            *label_traces(geometry, label_size, label_limit, theme),
        ],
        geo=frame(geometry),
        hoverlabel={
            "bgcolor": theme.surface, "bordercolor": theme.ink, "align": "left",
            "namelength": -1, "font": {"family": FONT, "size": 14, "color": theme.ink},
        },
    )  # fmt: skip


def frame(geometry: Geometry) -> dict[str, Any]:
    """Plotly's ``geo``: every figure of one geometry in boxes of one size lies on the others."""
    return {
        "projection": {"type": "mercator"},
        "lonaxis": {"range": list(geometry.longitudes)},
        "lataxis": {"range": list(geometry.latitudes)},
        # Plotly's own is the mean of the latitudes, which is not the middle of what is drawn:
        # of a map as tall as France it cuts the north off.
        "center": {
            "lon": sum(geometry.longitudes) / 2,
            "lat": _latitude(sum(map(_mercator, geometry.latitudes)) / 2),
        },
        "visible": False,
        "bgcolor": TRANSPARENT,
    }


def _areas(
    contest: Contest,
    geometry: Geometry,
    cells: Cells,
    theme: Theme,
    hues: Mapping[str, Hue],
) -> dict[str, Any]:
    colours = [theme.hatch_ground, theme.line, theme.ink_3]
    for option in contest.options:
        colours += ramp(hues[option.id].fill, theme)
    hover: dict[str, Any] = {"hoverinfo": "skip"}
    if cells.tips:
        hover = {
            "text": cells.titles,
            "customdata": cells.tips,
            "hovertemplate": "%{text}<br>%{customdata}<extra></extra>",
        }
    return {
        **_shapes(geometry, cells),
        "z": cells.z,
        "zmin": -0.5,
        "zmax": len(colours) - 0.5,
        "colorscale": stepped(tuple(colours)),
        "marker": {"line": {"color": theme.surface, "width": 0.7}},
        **hover,
    }


def _stripes(geometry: Geometry, cells: Cells) -> dict[str, Any]:
    """Every area again, with a value where the count is partial and none elsewhere.

    A list of the partial areas alone would move by one place at each change, and a patch would
    carry all of it.
    """
    return {
        **_shapes(geometry, cells),
        "z": cells.partial,
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, STRIPES], [1, STRIPES]],
        "marker": {"line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _shapes(geometry: Geometry, cells: Cells) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": geometry.url,
        "featureidkey": geometry.feature_id,
        "locations": cells.ids,
        "showscale": False,
    }


@lru_cache(maxsize=64)  # the very same scale at every version, so that nobody has to compare it
def stepped(colours: tuple[str, ...]) -> list[list[float | str]]:
    """A Plotly colour scale of as many steps, for classes counted from 0."""
    count = len(colours)
    return [
        [round(edge / count, 6), colour]
        for index, colour in enumerate(colours)
        for edge in (index, index + 1)
    ]


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    label: Label
    position: str  # Plotly's textposition


# Where a name may stand around its dot, best first: (textposition, left edge, top edge) in
# text widths and heights from the dot.
_AROUND = (
    ("top center", -0.5, -1.3),
    ("middle right", 0.08, -0.5),
    ("bottom center", -0.5, 0.3),
    ("middle left", -1.08, -0.5),
)
_REFERENCE = (800.0, 560.0)  # px, width and height of the map the collisions are computed for
# In font sizes: mean width of a letter, a dot's radius with its rim, the rim, the air around a dot.
_LETTER, _DOT, _RIM, _AIR = 0.58, 0.27, 0.125, 0.1


def place_labels(geometry: Geometry, size: int, limit: int) -> tuple[PlacedLabel, ...]:
    """The most important names that fit beside each other; without a free place, none."""
    taken: list[Box] = []
    placed: list[PlacedLabel] = []
    scale = _scale(geometry)
    right = (geometry.longitudes[1] - geometry.longitudes[0]) * scale
    for label in geometry.labels:
        if len(placed) == limit:
            break
        x, y = _on_screen(geometry, label, scale)
        width, height = len(label.name) * size * _LETTER, size * 1.25
        radius = size * (_DOT + _AIR)
        dot = (x - radius, y - radius, x + radius, y + radius)
        if any(_meet(dot, other) for other in taken):
            continue
        for position, left, top in _AROUND:
            box = (
                x + left * width,
                y + top * height,
                x + (left + 1) * width,
                y + (top + 1) * height,
            )
            if box[0] > 0 and box[2] < right and not any(_meet(box, b) for b in taken):
                taken += [box, dot]
                placed.append(PlacedLabel(label, position))
                break
    return tuple(placed)


@lru_cache(maxsize=1024)
def label_traces(geometry: Geometry, size: int, limit: int, theme: Theme) -> list[dict[str, Any]]:
    """The names as one trace; none without a name."""
    labels = place_labels(geometry, size, limit)
    names = {
        "type": "scattergeo",
        "lon": [placed.label.longitude for placed in labels],
        "lat": [placed.label.latitude for placed in labels],
        "text": [placed.label.name for placed in labels],
        "textposition": [placed.position for placed in labels],
        "mode": "markers+text",
        "marker": {
            "size": size * 2 * (_DOT - _RIM / 2),
            "color": theme.ink,
            "line": {"color": theme.surface, "width": size * _RIM},
        },
        "textfont": {"family": FONT, "size": size, "color": theme.ink},
        "hoverinfo": "skip",
    }
    return [names] if labels else []


def _scale(geometry: Geometry) -> float:
    """Px per degree of longitude when the map fills the reference in one direction."""
    west, east = geometry.longitudes
    height = _mercator(geometry.latitudes[1]) - _mercator(geometry.latitudes[0])
    return min(_REFERENCE[0] / (east - west), _REFERENCE[1] / height)


def _on_screen(geometry: Geometry, label: Label, scale: float) -> tuple[float, float]:
    """Mercator, in px from the north-west corner."""
    north = _mercator(geometry.latitudes[1])
    x = (label.longitude - geometry.longitudes[0]) * scale
    return x, (north - _mercator(label.latitude)) * scale


def _mercator(latitude: float) -> float:
    """Northing in degrees of longitude at the equator."""
    return log(tan(pi / 4 + latitude * pi / 360)) * 180 / pi


def _latitude(northing: float) -> float:
    """The inverse of ``_mercator``."""
    return atan(exp(northing * pi / 180)) * 360 / pi - 90


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
