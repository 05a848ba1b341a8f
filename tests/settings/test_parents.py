"""[contest.parents]: what it gives, and what it says of a wrong one."""

import json
from pathlib import Path

import pytest

from dashboard.settings import load_election

from .test_election_file import GOOD, load, square

SHARDED = (
    GOOD.replace('areas = "areas"', 'areas = "areas"\nparent = "departement"', 1)
    + """
[contest.parents]
path = "parents.csv"
[contest.parents.geometry]
path = "parents.json"
id = "CODE"
name = "NOM"
"""
)
UNITS = """code;name;departement;areas;inscrits
01;Un;34;34001;10
02;Deux;34;34002;20
03;Trois;48;48001;30
"""
PARENTS = "code;name\n34;Hérault\n48;Lozère\n"


def collection(*codes: str) -> str:
    features = [square(3 + n, 43, code) for n, code in enumerate(codes)]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "parents.csv").write_text(PARENTS, encoding="utf-8")
    (tmp_path / "map.json").write_text(collection("34001", "34002", "48001", "99999"))
    (tmp_path / "parents.json").write_text(collection("34", "48"))
    (tmp_path / "labels.csv").write_text(
        "area,name,longitude,latitude\n34001,Un,3.5,43.5\n48001,Trois,5.5,43.5\n"
    )
    return tmp_path


def test_each_parent_has_its_units_and_its_map(folder: Path) -> None:
    labels = 'path = "map.json"\nlabels = "labels.csv"'
    path = folder / "election.toml"
    path.write_text(SHARDED.replace('path = "map.json"', labels), encoding="utf-8")
    loaded = load_election(path)
    (contest,) = loaded.election.contests
    assert contest.geometry is not None
    assert [area.id for area in contest.geometry.areas] == ["34", "48"]
    herault, lozere = contest.parts().values()
    assert [unit.code for unit in herault.units] == ["01", "02"]
    assert (herault.place, lozere.place) == ("Hérault", "Lozère")
    for part, areas, name in ((herault, ["34001", "34002"], "Un"), (lozere, ["48001"], "Trois")):
        assert part.geometry is not None
        served = json.loads(loaded.geometry[part.geometry.url])
        assert [feature["id"] for feature in served["features"]] == areas
        assert [area.id for area in part.geometry.areas] == areas
        assert [label.name for label in part.geometry.labels] == [name]
    assert len(loaded.geometry) == 3


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("units.csv", "03;Trois;48", "03;Trois;49", "parent of Trois (03): found '49'"),
        ("units.csv", "03;Trois;48", "03;Trois;", "parent of Trois (03): found ''"),
        ("units.csv", "03;Trois;48;48001", "03;Trois;34;48001", "found '48', expected the parent"),
        ("units.csv", "03;Trois;48;48001", "03;Trois;48;34002", "34002 is of 34 too"),
        ("parents.csv", "48;Loz", "48/../;Loz", "line 3, code: found '48/../'"),
        ("parents.csv", "48;Loz", "34;Loz", "used only once"),
        ("parents.csv", "code;name", "insee;name", "a column of parents.csv"),
        ("parents.json", '"34"', '"FR-34"', ""),
    ],
)
def test_a_wrong_parent_is_one_sentence(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    sentence = load(folder, SHARDED)
    assert said in sentence and "\n" not in sentence.strip(), sentence
    assert bool(sentence) == bool(said), "a parent without an outline is in the table all the same"


def test_a_map_of_other_things_is_refused(folder: Path) -> None:
    (folder / "parents.json").write_text(collection("A", "B"))
    assert "found 'A, B', expected ids that are codes of parents, such as 34" in load(
        folder, SHARDED
    )
