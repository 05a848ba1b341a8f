"""EML 510: polling stations of a municipality, municipalities and districts of a country."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from dashboard.readers.content import Content
from dashboard.readers.formats import eml_510
from dashboard.readers.official import OfficialFile

from .official import FILES, counts, night, parse

HERE = FILES / "eml-510"
FOUND: Mapping[str, list[str]] = {
    "good.xml": [],
    "good_corrigendum.xml": ["R643"],
    "cell_letters.xml": ["R402 9999::SB1"],
    "cell_negative.xml": ["R403 9999::SB1"],
    "cell_empty.xml": ["R401 9999::SB1"],
    "cell_twice.xml": ["R402 9999::SB1"],
    "station_with_two_names.xml": ["R647"],
    "no_valid_votes.xml": ["R401 9999::SB1"],
    "no_blank_votes.xml": ["R401 9999::SB1"],
    "blank_votes_twice.xml": ["R402 9999::SB1", "R401 9999::SB1"],
    "lists_do_not_add_up.xml": ["C201 9999::SB1"],
    "list_twice.xml": ["R402 9999::SB1", "R306 9999::SB1"],
    "list_unlisted.xml": ["R305 9999::SB1"],
    "list_renumbered.xml": ["R611"],
    "station_twice_same.xml": ["R302 9999::SB1"],
    "station_twice_different.xml": ["R303 9999::SB1"],
    "station_unknown.xml": ["C204 9999::SB11"],
    "station_without_id.xml": ["R612"],
    "contest_gone.xml": ["R609"],
    "no_total.xml": ["R612"],
    "no_count.xml": ["R612"],
    "candidates.xml": ["R605"],
    "unknown_message.xml": ["R605"],
    "other_namespace.xml": ["R606"],
    "other_day.xml": ["R608"],
    "doctype.xml": ["R601"],
    "torn.xml": ["R602"],
}


def test_every_file_is_listed() -> None:
    others = {"good_510d.xml", "more_votes_than_electorate.xml"}
    assert {path.name for path in HERE.iterdir()} == {*FOUND, *others}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.xml").findings(HERE / name) == FOUND[name]


def test_the_stations_of_a_municipality() -> None:
    council = night(HERE / "good.xml")
    result = council.read(HERE / "good.xml")
    assert [u.status.value for u in result.units.values()] == ["complete", "complete", "waiting"]
    total = counts(result)
    assert total.votes == {"partij-van-het-meer": 450, "dijkbelang": 442}
    assert (total.valid_votes, total.blank_ballots, total.invalid_ballots) == (892, 6, 3)
    assert total.ballots_cast == 901
    assert total.registered_voters is None


def test_what_the_file_says_of_itself() -> None:
    name, official = parse(HERE / "good.xml")
    (council,) = official.contests
    assert (name, official.title, official.day) == (
        "eml-510",
        "Gemeenteraad Waterdam 2026",
        date(2026, 3, 18),
    )
    assert official.generated_at == datetime(2026, 3, 18, 22, 19, 30, 837000, tzinfo=UTC)
    assert council.totals == {
        "valid_votes": 892,
        "invalid_ballots": 3,
        "blank_ballots": 6,
        "ballots_cast": 901,
        "votes:1": 450,
        "votes:2": 442,
    }
    assert council.rows[0].name == "Stembureau Haven (postcode: 9999 AA)"


def test_a_country_is_counted_by_municipality_and_by_district() -> None:
    _, official = parse(HERE / "good_510d.xml")
    towns, districts = official.contests
    assert [(c.id, c.level, len(c.rows)) for c in official.contests] == [
        ("alle", "municipality", 3),
        ("alle", "district", 2),
    ]
    assert (towns.rows[0].code, towns.rows[0].parent) == ("HSB1::9998", "Kieskring Noord")
    assert districts.totals["registered_voters"] == 5000
    by_town = night(HERE / "good_510d.xml")
    assert by_town.findings(HERE / "more_votes_than_electorate.xml") == ["C203 HSB1::9998"]
    by_district = night(HERE / "good_510d.xml", level="district")
    for each in (by_town, by_district):
        total = counts(each.read(HERE / "good_510d.xml"))
        assert (total.registered_voters, total.ballots_cast, total.valid_votes) == (
            5000,
            2210,
            2200,
        )


def read(name: str, before: str, after: str) -> OfficialFile:
    """A file of ours with something else written in it."""
    text = (HERE / name).read_text(encoding="utf-8")
    assert before in text
    return eml_510.FORMAT.parse(Content(text.replace(before, after).encode()))


def test_a_voter_is_bound_to_no_station() -> None:
    (stations,) = read("good.xml", "<Cast>0<", "<Cast>500<").contests
    assert all("registered_voters" not in row.cells for row in stations.rows)


def test_an_electorate_nobody_wrote_down_is_given_to_no_unit() -> None:
    towns, districts = read("good_510d.xml", "<Cast>1200<", "<Cast>0<").contests
    assert all("registered_voters" not in row.cells for row in towns.rows)
    assert "registered_voters" not in towns.totals
    assert [row.cells["registered_voters"] for row in districts.rows] == ["3000", "2000"]


def test_a_list_without_a_name_has_its_number() -> None:
    (stations,) = read("good.xml", "Dijkbelang", "").contests
    assert [option.name for option in stations.options] == ["Partij van het Meer", "Lijst 2"]
