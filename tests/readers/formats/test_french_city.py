"""What a town hall exports of its polling stations."""

from collections.abc import Mapping

import pytest

from .official import FILES, counts, night, parse

HERE = FILES / "french-city"
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "good_cp1252.csv": [],
    "good_tabs_with_index.tsv": [],
    "good.xml": [],
    "good_one_station.xml": [],
    "cell_letters.csv": ["R402 027"],
    "cell_negative.csv": ["R403 027"],
    "cell_decimal.csv": ["R404 027"],
    "cell_empty.csv": ["R401 027"],
    "votes_above_valid.csv": ["C201 027"],
    "blank_does_not_add_up.csv": ["C202 027"],
    "more_cast_than_registered.csv": ["C203 027"],
    "unknown_station.csv": ["C204 106"],
    "repeated_station_same.csv": ["R302 027"],
    "repeated_station_different.csv": ["R303 027"],
    "row_cut.csv": ["R204 028"],
    "candidate_renamed.csv": ["R611"],
    "candidate_twice.csv": ["R202"],
    "no_valid_votes_column.csv": ["R201"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
    "cell_letters.xml": ["R402 027"],
    "votes_above_valid.xml": ["C201 027"],
    "candidate_unknown.xml": ["R305 027"],
    "candidate_without_a_name.xml": ["R612"],
    "candidate_twice.xml": ["R641"],
    "station_twice.xml": ["R303 027"],
    "no_valid_votes.xml": ["R401 027"],
    "torn.xml": ["R602"],
    "doctype.xml": ["R601"],
}


def test_every_file_is_listed() -> None:
    listed = {*FOUND, "good_two_constituencies.csv"}
    assert {path.name for path in HERE.iterdir()} == listed


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.csv").findings(HERE / name) == FOUND[name]


def test_xml_says_what_the_table_says() -> None:
    table = night(HERE / "good.csv")
    assert table.read(HERE / "good.xml").units == table.read(HERE / "good.csv").units
    one = table.read(HERE / "good_one_station.xml")
    assert [unit.counts is not None for unit in one.units.values()] == [True, False, False, False]


def test_names_and_a_station_that_waits() -> None:
    city = night(HERE / "good.csv")
    assert [(o.name, o.short_name) for o in city.contest.options] == [
        ("Élise Martin", "Martin"),
        ("Paul De Ville", "De Ville"),
        ("Anne-Marie Lefèvre", "Lefèvre"),
    ]
    result = city.read(HERE / "good.csv")
    assert [unit.status.value for unit in result.units.values()][2:] == ["complete", "waiting"]
    assert counts(result).valid_votes == 843


def test_constituencies_with_candidates_of_their_own_are_contests() -> None:
    name, official = parse(HERE / "good_two_constituencies.csv")
    assert name == "french-city"
    assert [(c.id, [o.short_name for o in c.options]) for c in official.contests] == [
        ("Élections législatives 1er tour 02", ["Martin", "Petit"]),
        ("Élections législatives 1er tour 03", ["Petit", "Roux"]),
    ]
