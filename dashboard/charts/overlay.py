"""What lies on a map: circles by votes, and the outline of one place.

Figures of their own, with nothing but themselves in them, so that a map drawn once serves several
scenes. Plotly finds where an area's middle is (``geojson-id``): no coordinate travels here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..model import Contest, Geometry
from .figure import TRANSPARENT, Figure, bare_figure
from .map import frame, label_traces, stepped
from .theme import Hue, Theme

UNCOUNTED, LEVEL, FIRST_OPTION = 0, 1, 2  # classes of a circle
RING = 64  # px, around a place that may be too small to see from afar


@dataclass(frozen=True, slots=True)
class Circle:
    """``class_``: ``UNCOUNTED``, ``LEVEL``, or ``FIRST_OPTION`` plus the leader's place."""

    area: str  # id of the area whose middle it stands on
    diameter: int  # px
    class_: int


def circles(
    contest: Contest,
    geometry: Geometry,
    points: Sequence[Circle],
    theme: Theme,
    hues: Mapping[str, Hue],
    *,
    label_size: int,
    label_limit: int,
) -> Figure:
    """One circle per point, the first at the back.

    Those of which nothing is counted are a trace of their own, the first, which CSS draws dashed.
    Both traces name every place, so that a patch carries only sizes; and classes stand for
    colours, so that both themes have the same.
    """
    colours = (TRANSPARENT, theme.ink_3, *(hues[option.id].fill for option in contest.options))
    places = [point.area for point in points]
    dashed = {
        "size": [0 if point.class_ else point.diameter for point in points],
        "color": TRANSPARENT,
        "line": {"color": theme.ink_3, "width": 1.5},
    }
    filled = {
        "size": [point.diameter if point.class_ else 0 for point in points],
        "color": [point.class_ for point in points],
        "cmin": -0.5,
        "cmax": len(colours) - 0.5,
        "colorscale": stepped(colours),
        "opacity": 0.9,
        "line": {"color": theme.ground, "width": 1.2},
    }
    return bare_figure(
        [
            _points(geometry, places, dashed),
            _points(geometry, places, filled),
            *label_traces(geometry, label_size, label_limit, theme),
        ],
        geo=frame(geometry),
    )


def outline(
    geometry: Geometry, areas: list[str], theme: Theme, *, label_size: int, label_limit: int
) -> Figure:
    """The border of these areas and a ring around the first, and above both the names of the map
    below, which neither may cross; without areas, nothing."""
    shapes = {
        "type": "choropleth", "geojson": geometry.url, "featureidkey": geometry.feature_id,
        "locations": areas, "z": [1] * len(areas), "showscale": False, "hoverinfo": "skip",
        "colorscale": [[0, TRANSPARENT], [1, TRANSPARENT]],
        "marker": {"line": {"color": theme.ink, "width": 4}},
    }  # fmt: skip
    ring = {"color": TRANSPARENT, "size": RING, "line": {"color": theme.ink, "width": 4}}
    names = label_traces(geometry, label_size, label_limit, theme) if areas else []
    return bare_figure([shapes, _points(geometry, areas[:1], ring), *names], geo=frame(geometry))


def _points(geometry: Geometry, locations: list[str], marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "locationmode": "geojson-id",
        "geojson": geometry.url,
        "featureidkey": geometry.feature_id,
        "locations": locations,
        "mode": "markers",
        "marker": marker,
        "hoverinfo": "skip",
    }
