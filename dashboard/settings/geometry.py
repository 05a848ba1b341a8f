"""Maps: any GeoJSON of an operator's, made into the one shape our figures rely on."""

import csv
import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ..clean import clean_text
from ..model import Area, Geometry, Label
from .errors import SettingsError
from .schema import GeometryTable

NAME_LIMIT = 120  # characters
DECIMALS = 5  # of a degree: about a metre

Feature: TypeAlias = dict[str, Any]


def read_geometry(
    election: Path, key: str, table: GeometryTable, served: Collection[str] = ()
) -> tuple[Geometry, bytes]:
    """What figures know of the map, and the GeoJSON to serve at its URL.

    ``served`` are the areas of units, for a table that wants no others. The file served keeps ids,
    names and outlines only. Rings are wound the way d3-geo wants them (clockwise outside), the
    opposite of RFC 7946: otherwise Plotly fills the whole globe around every area. Raises
    ``SettingsError``.
    """
    path = election.parent / table.path
    features = [_feature(path, feature, table) for feature in _features(path)]
    if table.only_served:
        features = [f for f in features if f["id"] in served] or features
    labels = [label for _, label in _labels(election, key, table.labels)]
    return _geometry(path, features, labels, table.credit)


def split_geometry(
    election: Path, key: str, table: GeometryTable, parent_of: Mapping[str, str]
) -> dict[str, tuple[Geometry, bytes]]:
    """As ``read_geometry``, a map for each parent: ``parent_of`` gives its code by area id.

    An area that no unit serves is on no map; a label is on that of its ``area``.
    """
    path = election.parent / table.path
    features: dict[str, list[Feature]] = defaultdict(list)
    for raw in _features(path):
        feature = _feature(path, raw, table)
        if feature["id"] in parent_of:
            features[parent_of[feature["id"]]].append(feature)
    labels: dict[str, list[Label]] = defaultdict(list)
    for area, label in _labels(election, key, table.labels):
        labels[parent_of.get(area, "")].append(label)
    return {
        parent: _geometry(path, members, labels[parent], table.credit)
        for parent, members in features.items()
    }


def _geometry(
    path: Path, features: Sequence[Feature], labels: Sequence[Label], credit: str
) -> tuple[Geometry, bytes]:
    positions = [p for feature in features for ring in _rings(feature["geometry"]) for p in ring]
    if not positions:
        raise SettingsError(path, "features", "no outline", "polygons with coordinates")
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise SettingsError(
            path, "coordinates", (west, south), "degrees (WGS 84), not a projected system"
        )
    content = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    geometry = Geometry(
        url=f"/geo/{hashlib.sha256(content).hexdigest()}.json",
        feature_id="id",
        areas=tuple(Area(f["id"], f["properties"]["name"]) for f in features),
        longitudes=(west, east),
        latitudes=(south, north),
        labels=tuple(labels),
        credit=credit,
    )
    return geometry, content


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(path, "", error.strerror, "a readable GeoJSON file") from error
    except ValueError as error:
        raise SettingsError(path, "", str(error), "well-formed GeoJSON in UTF-8") from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind != "FeatureCollection":
        raise SettingsError(path, "type", kind, "a GeoJSON FeatureCollection")
    features: list[dict[str, Any]] = data.get("features", [])
    return features


def _feature(path: Path, feature: dict[str, Any], table: GeometryTable) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    names = [table.id] if isinstance(table.id, str) else table.id
    parts = [feature.get("id") if name == "id" else properties.get(name) for name in names]
    if None in parts:
        expected = f"an id in every feature; properties are {sorted(properties)}"
        raise SettingsError(path, ", ".join(names), None, expected)
    identifier = "-".join(map(str, parts))
    shape = feature.get("geometry") or {}
    if shape.get("type") not in {"Polygon", "MultiPolygon"}:
        raise SettingsError(path, f"feature {identifier}", shape.get("type"), "a Polygon")
    multi = shape["type"] == "MultiPolygon"
    polygons = shape["coordinates"] if multi else [shape["coordinates"]]
    wound = [_wind(polygon) for polygon in polygons]
    name = clean_text(str(properties.get(table.name) or identifier), NAME_LIMIT)
    return {
        "type": "Feature",
        "id": identifier,
        "properties": {"name": name},
        "geometry": {"type": shape["type"], "coordinates": wound if multi else wound[0]},
    }


def _wind(polygon: list[list[list[float]]]) -> list[list[list[float]]]:
    """Exterior ring clockwise, holes the other way, coordinates rounded."""
    wound = []
    for number, ring in enumerate(polygon):
        rounded = [[round(p[0], DECIMALS), round(p[1], DECIMALS)] for p in ring]
        clockwise = _signed_area(rounded) < 0
        wound.append(rounded if clockwise == (number == 0) else rounded[::-1])
    return wound


def _signed_area(ring: list[list[float]]) -> float:
    """Twice the shoelace area: positive when counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def _rings(shape: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = shape["coordinates"]
    for polygon in polygons if shape["type"] == "MultiPolygon" else [polygons]:
        yield from polygon


def _labels(election: Path, key: str, name: str) -> Iterator[tuple[str, Label]]:
    """Place names with the id of their area ("" where the file gives none), most important first: a
    CSV with name, longitude, latitude and maybe area."""
    if not name:
        return
    path = election.parent / name
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        for row in rows:
            name = clean_text(row["name"], NAME_LIMIT)
            label = Label(name, float(row["longitude"]), float(row["latitude"]))
            yield row.get("area", ""), label
    except OSError as error:
        raise SettingsError(election, f"{key}.labels", name, "a readable CSV file") from error
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            path, "labels", str(error), "columns name, longitude, latitude in degrees"
        ) from error
