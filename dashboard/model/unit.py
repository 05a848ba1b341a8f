"""Where votes are counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """The smallest thing that reports a count: a station, a commune, a ward, a county.

    A unit and a map area are two things: a unit may cover several areas (one station for six
    villages), and an area may hold several units (a city and its stations).
    """

    code: str
    name: str
    parent: str = ""  # the row it belongs to, when rows are parents: "Montpellier"
    registered_voters: int | None = None
    areas: tuple[str, ...] = ()  # ids of map areas
