"""The ministry's XML of the night: one body, and a set of them as the watcher keeps it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from .official import FILES, counts, night, parse

HERE = FILES / "french-ministry-xml"
# What a file says when it is read as the night of good.xml.
FOUND: Mapping[str, list[str]] = {
    "good.xml": [],
    "good_utf16.xml": [],
    "cell_letters.xml": ["R402 34172"],
    "cell_negative.xml": ["R403 34172"],
    "cell_empty.xml": ["R401 34172"],
    "votes_above_valid.xml": ["C201 34172"],
    "blank_does_not_add_up.xml": ["C202 34172"],
    "more_cast_than_registered.xml": ["C203 34172"],
    "unknown_commune.xml": ["C204 34999"],
    "commune_twice.xml": ["R303 34172"],
    "panel_number_twice.xml": ["R614 34172"],
    "panel_number_changed.xml": ["R611"],
    "candidate_renamed_in_a_commune.xml": ["R617 34154"],
    "no_valid_votes.xml": ["R401 34172"],
    "another_round.xml": ["R609"],
    "no_result_yet.xml": ["R606"],
    "another_root.xml": ["R606"],
    "torn.xml": ["R602"],
    "doctype.xml": ["R601"],
    "torn.zip": ["R606"],
    "another_root.zip": ["R612"],
    "flipped.zip": ["R618"],
    "rehearsal.zip": ["R607"],
}
OTHERS = {"good_with_the_total.xml", "total_of_another.xml", "good_both_rounds.xml",
          "good_constituencies.xml", "good_communes_of_constituencies.xml", "good_nuances.xml",
          "good_lists.xml", "good_municipal.xml", "good_by_departement.zip",
          "good_communes.zip"}  # fmt: skip


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == {*FOUND, *OTHERS}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.xml").findings(HERE / name) == FOUND[name]


def test_the_communes_of_a_departement() -> None:
    name, official = parse(HERE / "good.xml")
    assert (name, official.title) == ("french-ministry-xml", "Présidentielle 2022")
    [contest] = official.contests
    assert (contest.id, contest.level) == ("T1", "commune")
    assert contest.title == "Présidentielle 2022, 1er tour"
    assert [(o.id, o.name) for o in contest.options] == [
        ("1", "Élise Martin"), ("2", "Paul De Ville"), ("3", "Anne Lefèvre"),
    ]  # fmt: skip
    assert [(r.code, r.name, r.status.value) for r in contest.rows] == [
        ("34172", "Montpellier", "complete"), ("34129", "Lattes", "complete"),
        ("34154", "Mauguio", "waiting"),
    ]  # fmt: skip
    result = night(HERE / "good.xml").read(HERE / "good.xml")
    assert counts(result).votes == {"martin": 550, "de-ville": 380, "lefevre": 220}


def test_both_rounds_are_contests_of_their_own() -> None:
    path = HERE / "good_both_rounds.xml"
    _, official = parse(path)
    assert [(c.id, len(c.options)) for c in official.contests] == [("T1", 3), ("T2", 2)]
    second = night(path, "T2").read(path)
    assert (second.findings, counts(second).votes) == ((), {"martin": 350, "de-ville": 250})


def test_the_total_of_a_body_is_what_the_file_says_of_the_sum() -> None:
    _, official = parse(HERE / "good_with_the_total.xml")
    communes, department = official.contests
    assert (communes.level, department.level) == ("commune", "departement")
    assert (communes.totals["valid_votes"], communes.totals["votes:1"]) == (1150, 550)
    path = HERE / "total_of_another.xml"
    assert night(path, "T1", "commune").findings(path) == ["C208"]


def test_constituencies() -> None:
    path = HERE / "good_constituencies.xml"
    _, official = parse(path)
    assert [(c.id, c.rows[0].name, c.rows[0].status.value) for c in official.contests] == [
        ("T1 3401", "Hérault, 1ère circonscription", "complete"),
        ("T1 3402", "Hérault, 2ème circonscription", "partial"),
    ]
    assert official.contests[0].options[0].group == "Divers gauche"


def test_communes_belong_to_the_contest_of_their_constituency() -> None:
    _, official = parse(HERE / "good_communes_of_constituencies.xml")
    assert [(c.id, c.rows[0].code) for c in official.contests] == [
        ("T1 6704", "67001"), ("T1 6707", "67002"),
    ]  # fmt: skip


def test_nuances_lists_and_municipal_elections() -> None:
    _, nuances = parse(HERE / "good_nuances.xml")
    [france] = nuances.contests
    assert (france.level, france.rows[0].code) == ("france", "FE")
    assert next((o.id, o.name) for o in france.options) == ("DVG", "Divers gauche")
    _, lists = parse(HERE / "good_lists.xml")
    assert [o.name for o in lists.contests[0].options] == ["DEMAIN EN EUROPE", "AUTREMENT"]
    assert [r.code for r in lists.contests[0].rows] == ["34172", "34129"]
    _, municipal = parse(HERE / "good_municipal.xml")
    assert [c.id for c in municipal.contests] == ["T1 34129", "T1 34172"]


def test_a_bundle_is_the_whole_country_with_what_the_index_says_of_it() -> None:
    path = HERE / "good_by_departement.zip"
    _, official = parse(path)
    [contest] = official.contests
    assert [(r.code, r.name, r.status.value) for r in contest.rows] == [
        ("30", "Gard", "complete"), ("34", "Hérault", "partial"), ("11", "Aude", "waiting"),
    ]  # fmt: skip
    assert contest.expected_units == 3
    assert official.generated_at == datetime(2022, 4, 10, 21, 15, tzinfo=ZoneInfo("Europe/Paris"))
    result = night(path).read(path)
    assert (result.findings, counts(result).valid_votes) == ((), 4150)


def test_the_french_abroad_are_a_unit_among_the_communes() -> None:
    _, official = parse(HERE / "good_communes.zip")
    [contest] = official.contests
    assert (contest.level, [row.code for row in contest.rows]) == (
        "commune", ["34172", "34129", "34154", "ZZ"],
    )  # fmt: skip
