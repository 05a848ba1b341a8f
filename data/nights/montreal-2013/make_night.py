# /// script
# requires-python = ">=3.11"
# dependencies = ["plotly>=6", "pandas>=2"]
# ///
"""Montréal, 3 November 2013: real results by district, told in an order and at times of our own.

    python data/nights/montreal-2013/make_night.py

Nothing is downloaded: results and outlines travel inside the plotly package.
"""

import csv
import json
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import plotly.data

HERE = Path(__file__).parent
GEOGRAPHY = HERE.parents[1] / "geography"
CANDIDATES = ("Coderre", "Bergeron", "Joly")
TOTALS = (149_467, 118_637, 123_062)
SEED = 20131103
FIRST, LAST = datetime(2013, 11, 3, 20, 5), datetime(2013, 11, 3, 22, 45)
DECIMALS = 5

LABELS = ("121", "71", "133", "111", "51", "34", "101")  # spread over the island, east to west

# On its way into the package the long dash between two places was lost.
NAMES = {
    "Saint-HenriPetite-BourgognePointe-Saint-Charles": (
        "Saint-Henri–Petite-Bourgogne–Pointe-Saint-Charles"
    ),
    "Saint-PaulÉmard": "Saint-Paul–Émard",
    "ChamplainL'Île-des-Soeurs": "Champlain–L'Île-des-Soeurs",
    "MaisonneuveLongue-Pointe": "Maisonneuve–Longue-Pointe",
}

Point = list[float]
Ring = list[Point]


def write_csv(path: Path, delimiter: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header.split(delimiter))
        writer.writerows(rows)


def signed_area(ring: Ring) -> float:
    """Positive when counter-clockwise."""
    pairs = pairwise(ring)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def wound(ring: Ring, clockwise: bool) -> Ring:
    rounded = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y, *_ in ring]
    kept = [point for point, _ in groupby(rounded)]
    return kept if (signed_area(kept) < 0) == clockwise else kept[::-1]


def for_d3(polygons: list[list[Ring]]) -> list[list[Ring]]:
    """Outer rings clockwise, holes the other way: d3-geo reads the opposite as the whole globe."""
    return [[wound(ring, clockwise=i == 0) for i, ring in enumerate(p)] for p in polygons]


def centroid(ring: Ring) -> tuple[float, float]:
    x = y = 0.0
    ox, oy = ring[0]  # measured from a corner: near the origin the products keep their digits
    local = [[px - ox, py - oy] for px, py in ring]
    for (x0, y0), (x1, y1) in pairwise(local):
        cross = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * cross, y + (y0 + y1) * cross
    six_areas = 6 * signed_area(local)
    return round(ox + x / six_areas, DECIMALS), round(oy + y / six_areas, DECIMALS)


def make_results() -> dict[str, str]:
    """Write the districts and their results; return the name of each district."""
    table = plotly.data.election().sort_values("district_id")
    assert len(table) == 58 and (table["total"] == table[list(CANDIDATES)].sum(axis=1)).all()
    assert tuple(int(table[c].sum()) for c in CANDIDATES) == TOTALS

    codes = [str(number) for number in table["district_id"]]
    # The package writes "111-Mile-End": the number is the code, said once.
    split = [district.partition("-") for district in table["district"]]
    assert [number for number, _, _ in split] == codes
    names = {number: NAMES.get(name, name) for number, _, name in split}
    votes = table[["total", *CANDIDATES]].to_numpy().tolist()

    units = ([code, names[code], "", code] for code in codes)
    write_csv(HERE / "units.csv", ";", "code;name;parent;areas", units)
    final = ([code, *row] for code, row in zip(codes, votes, strict=True))
    write_csv(HERE / "final.csv", ";", "code;valid_votes;coderre;bergeron;joly", final)
    make_arrivals({code: row[0] for code, row in zip(codes, votes, strict=True)})
    return names


def make_arrivals(size: dict[str, int]) -> None:
    """Districts come in one by one, roughly the small before the large."""
    rng = random.Random(SEED)
    order = sorted(size, key=lambda code: size[code] * rng.lognormvariate(0, 0.5))
    span = (LAST - FIRST).total_seconds()
    seconds = sorted(round(rng.betavariate(1.6, 1.9) * span) for _ in order)
    rows = [
        (code, f"{FIRST + timedelta(seconds=after):%H:%M:%S}")
        for code, after in zip(order, seconds, strict=True)
    ]
    write_csv(HERE / "arrivals.csv", ";", "code;time", rows)


def make_geography(names: dict[str, str]) -> None:
    shapes: dict[str, list[list[Ring]]] = {}
    for source in plotly.data.election_geojson()["features"]:
        kind, polygons = source["geometry"]["type"], source["geometry"]["coordinates"]
        shapes[str(source["id"])] = for_d3([polygons] if kind == "Polygon" else polygons)
    assert shapes.keys() == names.keys()

    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": shapes[code]},
        }
        for code, name in names.items()
    ]
    # One feature a line: a diff then names the district that moved.
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    body = ",\n".join(lines)
    geojson = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    (GEOGRAPHY / "montreal-2013.geojson").write_text(geojson, encoding="utf-8")

    # Outer rings are clockwise, so the most negative area is the largest piece.
    main = {code: min((p[0] for p in shapes[code]), key=signed_area) for code in LABELS}
    labels = ((code, names[code], *centroid(ring)) for code, ring in main.items())
    path = GEOGRAPHY / "montreal-2013-labels.csv"
    write_csv(path, ",", "area,name,longitude,latitude", labels)


if __name__ == "__main__":
    make_geography(make_results())
