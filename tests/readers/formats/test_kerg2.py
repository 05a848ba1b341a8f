"""The German federal returning officer's table."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from .official import FILES, SHARED, all_results, counts, night, parse

HERE = FILES / "kerg2"
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "cell_letters.csv": ["R402 002"],
    "cell_decimal.csv": ["R404 002"],
    "cell_empty.csv": ["C201 002"],  # no vote where a party does not stand
    "line_missing.csv": ["C201 002"],
    "line_twice_same.csv": ["R302 002"],
    "line_twice_different.csv": ["R303 002"],
    "party_unknown.csv": ["R305 002"],
    "party_gone.csv": ["R611"],
    "valid_missing.csv": ["R401 002"],
    "invalid_does_not_add_up.csv": ["C202 002"],
    "more_voters_than_registered.csv": ["C203 002"],
    "unit_unknown.csv": ["C204 004"],
    "line_cut.csv": ["R204 002"],
    "another_day.csv": ["R608"],
    "no_anzahl.csv": ["R201"],
    "without_preamble_header.csv": ["R606"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    zweitstimme = night(HERE / "good.csv", "Zweitstimme")
    assert zweitstimme.findings(HERE / name) == FOUND[name]


def test_both_votes_at_every_level_and_the_country_is_what_they_add_up_to() -> None:
    name, official = parse(HERE / "good.csv")
    assert (name, official.title, official.day) == ("kerg2", "Bundestagswahl", date(2025, 2, 23))
    assert official.generated_at == datetime(2025, 2, 23, 20, 5, tzinfo=UTC)
    assert [(c.id, c.level, len(c.rows)) for c in official.contests] == [
        ("Erststimme", "Wahlkreis", 3),
        ("Erststimme", "Land", 1),
        ("Erststimme", "Bund", 1),
        ("Zweitstimme", "Wahlkreis", 3),
        ("Zweitstimme", "Land", 1),
        ("Zweitstimme", "Bund", 1),
    ]
    first, *_, second = (c for c in official.contests if c.level == "Wahlkreis")
    assert first.totals == {
        "registered_voters": 5000, "ballots_cast": 1500, "blank_or_invalid_ballots": 20,
        "valid_votes": 1480, "votes:ROT": 700, "votes:BLAU": 680, "votes:GRÜN": 0,
        "votes:Einzelbewerber/Wählergruppe": 100,
    }  # fmt: skip
    assert [option.id for option in second.options] == ["ROT", "BLAU", "GRÜN"]
    assert [row.parent for row in second.rows] == ["Nordland"] * 3


def test_a_constituency_without_a_count_waits_and_sums_are_partial_until_then() -> None:
    contests = parse(HERE / "good.csv")[1].contests
    statuses = {c.level: [row.status.value for row in c.rows] for c in contests}
    assert statuses == {
        "Wahlkreis": ["complete", "complete", "waiting"], "Land": ["partial"], "Bund": ["partial"],
    }  # fmt: skip


def test_candidates_of_no_party_are_one_option() -> None:
    path = HERE / "good.csv"
    result = night(path, "Erststimme").read(path)
    assert counts(result).votes["einzelbewerber-wahlergruppe"] == 60 + 10 + 30
    assert counts(result).votes["grun"] == 0


def test_a_wrong_cell_is_named_by_its_own_line() -> None:
    zweitstimme = night(HERE / "good.csv", "Zweitstimme")
    (found,) = zweitstimme.read(HERE / "cell_letters.csv").findings
    lines = (HERE / "cell_letters.csv").read_text().splitlines()
    assert found.line is not None and ";3OO;" in lines[found.line - 1]


GERMANY = {
    "Erststimme": (46_362_013, {"spd": 12_234_690, "cdu": 10_451_524, "csu": 2_788_048}),
    "Zweitstimme": (46_442_023, {"spd": 11_955_434, "cdu": 8_775_471, "csu": 2_402_827}),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_germany_2021_at_every_level() -> None:
    units = {"Wahlkreis": 299, "Land": 16, "Bund": 1}
    found = list(all_results(SHARED / "de_kerg" / "btw2021_kerg2.csv"))
    assert len(found) == 2 * len(units)
    for contest, result in found:
        valid, votes = GERMANY[contest.id]
        total = counts(result)
        assert (result.findings, len(result.units)) == ((), units[contest.level])
        assert (total.valid_votes, total.ballots_cast) == (valid, 46_854_508)
        assert {name: total.votes[name] for name in votes} == votes
