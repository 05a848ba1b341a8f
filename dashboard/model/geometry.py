"""The map of a contest, without its coordinates: those travel by URL, never in a figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A shape of the map."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A place name written on the map, most important first."""

    name: str
    longitude: float  # degrees
    latitude: float  # degrees


@dataclass(frozen=True, slots=True, eq=False)  # a country has a hundred, asked for at every version
class Geometry:
    """What a figure needs to know of a GeoJSON file."""

    url: str  # where a browser gets it, content-addressed: "/geo/3f2a….json"
    feature_id: str  # Plotly's featureidkey: "id" or "properties.CODE"
    areas: tuple[Area, ...]
    longitudes: tuple[float, float]  # west, east, degrees
    latitudes: tuple[float, float]  # south, north, degrees
    labels: tuple[Label, ...] = ()
    credit: str = ""
