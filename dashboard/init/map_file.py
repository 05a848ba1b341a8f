"""The features of a GeoJSON file, for the join: properties, no outlines."""

import json
from pathlib import Path
from typing import Any

from .errors import InitError
from .join import Shape


def read_shapes(path: Path) -> list[Shape]:
    """What each feature says of itself. Raises ``InitError``."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InitError(f"{path}: {error.strerror}.", f"{path} : {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InitError(
            f"{path}: not well-formed JSON in UTF-8; a GeoJSON map was expected.",
            f"{path} : pas du JSON bien formé en UTF-8 ; une carte GeoJSON était attendue.",
        ) from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        raise InitError(
            f"{path}: a TopoJSON map, and Soirée reads GeoJSON: convert it first, for example with"
            " mapshaper (-o format=geojson).",
            f"{path} : une carte TopoJSON, alors que Soirée lit le GeoJSON : convertissez-la"
            " d’abord, par exemple avec mapshaper (-o format=geojson).",
        )
    features = data.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise InitError(
            f"{path}: a GeoJSON FeatureCollection with areas was expected.",
            f"{path} : une FeatureCollection GeoJSON avec des zones était attendue.",
        )
    return [Shape(_properties(feature)) for feature in features if isinstance(feature, dict)]


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    """Texts and numbers, as an election file's ``id`` finds them: "id" is the feature's own."""
    given = feature.get("properties")
    said = {**(given if isinstance(given, dict) else {}), "id": feature.get("id")}
    return {
        name: str(value)
        for name, value in said.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }
