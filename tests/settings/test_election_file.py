"""A good election file becomes an Election; a wrong one is one sentence that says where."""

import itertools
import json
from pathlib import Path

import pytest

from dashboard.model import RuleSetting, Severity
from dashboard.settings import Settings, SettingsError, load_election
from dashboard.tally import CHECKS

ELECTIONS = Path(__file__).parents[2] / "data" / "elections"

GOOD = """
id = "test"
title = "Test"
[[contest]]
id = "only"
place = "Ici"
date = 2017-01-29
timezone = "Europe/Paris"
embargo = 2017-01-29T20:00:00
[[contest.option]]
id = "a"
name = "Anne Aubin"
short_name = "Aubin"
[[contest.option]]
id = "b"
name = "Basile Bru"
[contest.units]
path = "units.csv"
areas = "areas"
registered_voters = "inscrits"
[contest.geometry]
path = "map.json"
id = "CODE"
name = "NOM"
[contest.results]
path = "results.csv"
[contest.results.columns]
unit = "code"
options = { a = "Aubin", b = "Bru" }
"""

UNITS = "code;name;areas;inscrits\n01;Un;34001;1 200\n02;Deux;34001 34002;\n"


def square(west: float, south: float, code: str) -> dict[str, object]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]
    return {
        "type": "Feature",
        "properties": {"CODE": code, "NOM": f"Commune {code}", "secret": "x"},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    features = [square(3, 43, "34001"), square(4, 43, "34002")]
    collection = {"type": "FeatureCollection", "features": features}
    (tmp_path / "map.json").write_text(json.dumps(collection))
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return tmp_path


def load(folder: Path, text: str = GOOD) -> str:
    """The sentence said of that election file; "" when it is good."""
    path = folder / "election.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load_election(path)
    except SettingsError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name", ["herault-2017", "montreal-2013"])
def test_the_elections_we_ship_load(name: str) -> None:
    loaded = load_election(ELECTIONS / f"{name}.toml")
    election, files = loaded.election, loaded.geometry
    assert loaded.warnings == ()
    geometry = election.contests[0].geometry
    assert geometry is not None and geometry.url in files
    assert {area for unit in election.contests[0].units for area in unit.areas} == {
        area.id for area in geometry.areas
    }


def test_everything_is_joined(folder: Path) -> None:
    path = folder / "election.toml"
    path.write_text(GOOD, encoding="utf-8")
    loaded = load_election(path)
    election, files = loaded.election, loaded.geometry
    contest = election.contests[0]
    assert [u.registered_voters for u in contest.units] == [1200, None]
    assert [u.areas for u in contest.units] == [("34001",), ("34001", "34002")]
    assert [o.given_name for o in contest.options] == ["Anne", ""]
    assert contest.source.location == str(folder.resolve() / "results.csv")
    assert contest.embargo is not None and contest.embargo.isoformat().startswith(
        "2017-01-29T19:00"
    )
    assert contest.geometry is not None
    served = json.loads(files[contest.geometry.url])
    assert served["features"][0]["id"] == "34001"
    assert served["features"][0]["properties"] == {"name": "Commune 34001"}


def test_outlines_are_wound_for_the_map_whatever_the_file(folder: Path) -> None:
    """d3-geo fills the globe around a ring wound the other way."""
    path = folder / "election.toml"
    path.write_text(GOOD, encoding="utf-8")
    (content,) = load_election(path).geometry.values()
    ring = json.loads(content)["features"][0]["geometry"]["coordinates"][0]
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    assert twice_area < 0


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('title = "Test"', "title = 3", "title", "valid string"),
        ('title = "Test"', 'titel = "Test"', "title", "required"),
        ('place = "Ici"', 'plaice = "Ici"', "contest[1].plaice", "no such key"),
        ('"Europe/Paris"', '"Europe/Parys"', "contest[1].timezone", "Europe/Paris"),
        ('name = "Basile Bru"', 'name = "B"\ncolour = "red"', "option[2].colour", "red"),
        ('id = "b"', 'id = "a"', "contest.only.option.id", "used only once"),
        ('b = "Bru"', 'c = "Bru"', "results.columns", "exactly the options a, b"),
        ('path = "units.csv"', 'path = "none.csv"', "none.csv", "readable table of units"),
        ('areas = "areas"', 'areas = "zones"', "contest.only.units", "a column of units.csv"),
        ('path = "results.csv"', 'url = "ftp://x"', "results.url", "http:// or https://"),
        ('path = "results.csv"', "poll_seconds = 0.0", "poll_seconds", "greater than"),
        ('unit = "code"', "", "results.columns.unit", "the column of unit codes"),
        ('unit = "code"', 'unit = "code"\nsplit = "x"', "columns.split", "an option column"),
        (
            "[contest.results.columns]",
            'records = "a"\nsheet = "x"\n[contest.results.columns]',
            "results.records",
            "no delimiter, sheet or header_row",
        ),
        ('id = "CODE"', 'id = "INSEE"', "INSEE", "an id in every feature"),
        ('path = "map.json"', 'path = "units.csv"', "units.csv", "well-formed GeoJSON"),
        ("[[contest]]", "[[contest", "election.toml", "well-formed TOML"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    folder: Path, old: str, new: str, key: str, said: str
) -> None:
    assert old in GOOD
    sentence = load(folder, GOOD.replace(old, new, 1))
    assert key in sentence and said in sentence, sentence
    assert "\n" not in sentence.strip()


def test_progress_needs_two_columns(folder: Path) -> None:
    status = '[contest.results.status]\nby = "progress"\ncolumn = "counted"\n'
    assert "results.status" in load(folder, GOOD + status)
    assert load(folder, GOOD + status + 'total = "of"\n') == ""
    [contest] = load_election(folder / "election.toml").election.contests
    columns = contest.source.columns
    assert (columns.status, columns.status_total) == ("counted", "of")


def test_a_table_of_the_only_unit_needs_no_column_of_units(folder: Path) -> None:
    (folder / "units.csv").write_text("code;name;areas;inscrits\n01;Un;34001;\n")
    assert load(folder, GOOD.replace('unit = "code"', "")) == ""


def test_records_are_of_a_plain_table(folder: Path) -> None:
    columns = 'path = "results.csv"\nrecords = "races.wards"\n'
    described = GOOD.replace('path = "results.csv"\n', columns)
    assert load(folder, described) == ""
    [contest] = load_election(folder / "election.toml").election.contests
    assert contest.source.records == "races.wards"
    official = described.replace("records", 'format = "ap"\nrecords').replace('unit = "code"', "")
    assert "results.records" in load(folder, official)


def test_a_unit_on_an_area_the_map_does_not_have(folder: Path) -> None:
    (folder / "units.csv").write_text(UNITS.replace("34", "10"), encoding="utf-8")
    assert "'10001'" in load(folder) and "34001" in load(folder)


def test_a_merged_commune_is_a_warning_and_its_unit_still_counts(folder: Path) -> None:
    many = "".join(f"{n:03};Bureau {n};34001;\n" for n in range(20))
    (folder / "units.csv").write_text(f"{UNITS}{many}99;Fusion;34144;\n", encoding="utf-8")
    path = folder / "election.toml"
    path.write_text(GOOD, encoding="utf-8")
    loaded = load_election(path)
    assert loaded.warnings == (
        f"{path}, contest.only.units.areas: not on the map: Fusion (34144).",
    )
    assert loaded.election.contests[0].units[-1].areas == ()


def test_a_projected_map_is_refused(folder: Path) -> None:
    metres = {"type": "FeatureCollection", "features": [square(770_000, 6_280_000, "34001")]}
    (folder / "map.json").write_text(json.dumps(metres))
    assert "degrees (WGS 84)" in load(folder)


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"SOIREE_ELECTION": str(tmp_path / "x.toml"), "PORT": "9000", "WEB_CONCURRENCY": "3"}
    )
    assert (settings.port, settings.workers, settings.host) == (9000, 3, "127.0.0.1")
    assert settings.state == tmp_path / ".soiree" / "x"


@pytest.mark.parametrize("port", ["0", "65536", "http", "٣", "-1", "1e3"])
def test_a_wrong_port_is_one_sentence(port: str) -> None:
    with pytest.raises(SettingsError, match=r"environment, PORT: found .*whole number from 1"):
        Settings.from_environment({"SOIREE_ELECTION": "x.toml", "PORT": port})


def test_severities_and_limits_of_checks_by_code(folder: Path) -> None:
    text = """
[contest.checks]
C203 = { severity = "flag" }
C292 = { severity = "off" }
[contest.checks.C209]
limit = 3600
"""
    assert load(folder, GOOD + text) == ""
    assert load_election(folder / "election.toml").election.contests[0].rules == {
        "C203": RuleSetting(Severity.FLAG),
        "C292": RuleSetting(is_off=True),
        "C209": RuleSetting(limit=3600),
    }


def test_checks_are_as_ever_without_a_word(folder: Path) -> None:
    assert load(folder) == ""
    assert load_election(folder / "election.toml").election.contests[0].rules == {}


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ('C999 = { severity = "flag" }', "C999", "found 'C999', expected one of C201, "),
        ('C201 = { severity = "flag" }', "C201", "found 'flag', expected no change"),
        ('C290 = { severity = "off" }', "C290", "found 'off', expected no change"),
        ("C203 = { limit = 3 }", "C203.limit", "found 3.0, expected no limit"),
        ('C209 = { severity = "hold" }', "C209.severity", "expected refuse, wait, flag or off"),
        ('C203 = { severity = "mild" }', "C203.severity", "found 'mild', expected 'refuse'"),
        ("C209 = { limit = -1 }", "C209.limit", "found -1, expected"),
        ("C209 = { limits = 1 }", "C209.limits", "expected no such key"),
    ],
)
def test_what_a_check_cannot_be(folder: Path, line: str, key: str, said: str) -> None:
    sentence = load(folder, f"{GOOD}\n[contest.checks]\n{line}\n")
    assert key in sentence and said in sentence, sentence


def test_the_known_codes_of_checks_are_named(folder: Path) -> None:
    sentence = load(folder, f'{GOOD}\n[contest.checks]\nC999 = {{ severity = "flag" }}\n')
    assert "contest.only.checks.C999" in sentence
    assert all(code in sentence for code in CHECKS)


def test_ids_of_areas_with_a_separator_of_their_own(folder: Path) -> None:
    place = folder / "map.json"
    place.write_text(place.read_text().replace("34001", "Ben Hill"))
    (folder / "units.csv").write_text("code;name;areas;inscrits\n01;Un;Ben Hill|34002;\n")
    spaced = GOOD.replace('areas = "areas"', 'areas = "areas"\nareas_separator = "|"')
    assert load(folder, spaced) == ""
    [contest] = load_election(folder / "election.toml").election.contests
    assert contest.units[0].areas == ("Ben Hill", "34002")


def test_areas_that_no_unit_serves_can_be_left_out(folder: Path) -> None:
    (folder / "units.csv").write_text("code;name;areas;inscrits\n01;Un;34001;\n")
    assert load(folder) == ""
    loaded = load_election(folder / "election.toml")
    [whole] = loaded.election.contests
    assert load(folder, GOOD.replace('name = "NOM"', 'name = "NOM"\nonly_served = true')) == ""
    [cut] = load_election(folder / "election.toml").election.contests
    assert whole.geometry and cut.geometry
    assert [area.id for area in whole.geometry.areas] == ["34001", "34002"]
    assert [area.id for area in cut.geometry.areas] == ["34001"]
    assert cut.geometry.longitudes == (3, 4)
