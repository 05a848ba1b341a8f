"""Real official files, where they are at hand: to the last vote, and onto their maps."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard import pipeline, tally
from dashboard.__main__ import main
from dashboard.checking import source_file
from dashboard.model import Contest
from dashboard.settings import load_election
from tests.readers.formats.official import SHARED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here"),
    pytest.mark.usefixtures("default_signals"),
]


def made(tmp_path: Path, *arguments: str | Path) -> dict[str, Contest]:
    folder = tmp_path / "night"
    assert main(["init", *map(str, arguments), "--out", str(folder)]) == 0
    [path] = folder.glob("*.toml")
    loaded = load_election(path)
    assert loaded.warnings == ()
    return {contest.id: contest for contest in loaded.election.contests}


def votes(contest: Contest) -> Mapping[str, int]:
    result = pipeline.read_contest(source_file(Path(contest.source.location)), contest, None)
    counts = tally.total(result.units.values())
    assert counts is not None and result.findings == ()
    assert all(unit.counted for unit in result.units.values())
    return {**counts.votes, "valid": counts.valid_votes}


@pytest.mark.parametrize(
    ("turn", "contest", "expected", "valid"),
    [
        (1, "29-brehier", {"cadalen": 18850, "kervella": 12065, "larsonneur": 9874}, 53426),
        (1, "29-colinet", {"le-gac": 26139, "donval": 18627, "smolarz": 18074}, 67160),
        (2, "29-larsonneur", {"cadalen": 22110, "larsonneur": 19239, "kervella": 12567}, 53916),
    ],
)
def test_brest_2024_by_station_on_its_polygons(
    tmp_path: Path, turn: int, contest: str, expected: dict[str, int], valid: int
) -> None:
    folder = SHARED / "fr_brest2024"
    results, polygons = folder / f"circos23-tour{turn}.csv", folder / "BureauxVoteBrest.geojson"
    contests = made(tmp_path, results, "--geometry", polygons, "--date", "2024-06-30")
    brest = contests[contest]
    counted = votes(brest)
    assert {name: counted[name] for name in expected} == expected
    assert counted["valid"] == valid
    mapped = {area for unit in brest.units for area in unit.areas}
    stations = [u for u in brest.units if u.code[:5] in {"29019", "29189", "29061"}]
    assert len(mapped) == len(stations) == sum(bool(u.areas) for u in brest.units)
    assert all(u.areas == (f"{u.code[:5]}-{int(u.code[6:])}",) for u in stations)


def test_the_departements_of_2022_on_their_map(tmp_path: Path) -> None:
    results = SHARED / "fr_pres2022_xlsx" / "resultats-par-niveau-dpt-t1-france-entiere.xlsx"
    outlines = SHARED / "geo_france_geojson" / "departements-version-simplifiee.geojson"
    [france] = made(tmp_path, results, "--geometry", outlines, "--date", "2022-04-10").values()
    counted = votes(france)
    assert (counted["valid"], counted["macron"], counted["le-pen"]) == (35132947, 9783058, 8133828)
    assert (france.unit_word, france.round) == ("departement", "1er tour")
    assert sorted(unit.code for unit in france.units if not unit.areas) == [
        "ZA", "ZB", "ZC", "ZD", "ZM", "ZN", "ZP", "ZS", "ZW", "ZX", "ZZ",
    ]  # fmt: skip
    assert france.geometry is not None and len(france.geometry.areas) == 96


def test_georgia_2020_by_county(tmp_path: Path) -> None:
    contests = made(tmp_path, SHARED / "us_clarity" / "ga_counties_11-3.xml")
    president = contests["president-of-the-united-states"]
    assert votes(president) == {
        "trump": 2461837, "biden": 2474507, "jorgensen": 62138, "valid": 4998482,
    }  # fmt: skip
    assert [(o.name, o.list_name) for o in president.options] == [
        ("Donald J. Trump (I)", "Rep"), ("Joseph R. Biden", "Dem"), ("Jo Jorgensen", "Lib"),
    ]  # fmt: skip
    assert president.timezone == "America/New_York"


def test_the_bundestag_of_2021(tmp_path: Path) -> None:
    contests = made(tmp_path, SHARED / "de_kerg" / "btw2021_kerg2.csv")
    second = contests["bundestagswahl-zweitstimme"]
    counted = votes(second)
    assert (counted["spd"], counted["cdu"], counted["valid"]) == (11955434, 8775471, 46442023)
    assert (len(second.units), second.rows, second.timezone) == (299, "parent", "Europe/Berlin")


def test_herault_2017_as_a_plain_table_on_its_communes(tmp_path: Path) -> None:
    results = SHARED / "fr_herault_communes_csv" / "herault_pres2017_t1_named.csv"
    communes = SHARED / "geo_france_geojson" / "communes-34-herault.geojson"
    [herault] = made(tmp_path, results, "--geometry", communes, "--date", "2017-04-23").values()
    assert votes(herault)["valid"] == 626844
    assert all(unit.areas == (unit.code,) for unit in herault.units)
    assert herault.unit_word == "commune"
