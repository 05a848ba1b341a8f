"""The ministry's table since 2024."""

from collections.abc import Mapping

import pytest

from .official import FILES, SHARED, counts, night, parse

HERE = FILES / "french-ministry-2024"
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "good_quoted_crlf.csv": [],
    "good_cp1252.csv": [],
    "cell_letters.csv": ["R402 34172-0001"],
    "cell_negative.csv": ["R403 34172-0001"],
    "cell_decimal.csv": ["R404 34172-0001"],
    "cell_empty.csv": ["R401 34172-0001"],
    "votes_above_valid.csv": ["C201 34172-0001"],
    "blank_does_not_add_up.csv": ["C202 34172-0001"],
    "more_cast_than_registered.csv": ["C203 34172-0001"],
    "unknown_station.csv": ["C204 34172-0003"],
    "repeated_station_same.csv": ["R302 34172-0001"],
    "repeated_station_different.csv": ["R303 34172-0001"],
    "row_cut.csv": ["R204 34172-0002"],
    "panel_number_changed.csv": ["R611"],
    "no_valid_votes_column.csv": ["R201"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.csv").findings(HERE / name) == FOUND[name]


def test_candidates_tell_constituencies_apart() -> None:
    name, official = parse(HERE / "good.csv")
    assert name == "french-ministry-2024"
    assert [(c.id, len(c.rows)) for c in official.contests] == [("34 Martin", 2), ("34 Petit", 2)]
    lattes = night(HERE / "good.csv", "34 Petit")
    assert [o.name for o in lattes.contest.options] == ["Anne Petit", "Hugo Leroy", "Léa Moreau"]
    assert [u.code for u in lattes.contest.units] == ["34129-0001", "34129-0010"]


def test_a_station_with_nothing_in_it_waits() -> None:
    lattes = night(HERE / "good.csv", "34 Petit")
    result = lattes.read(HERE / "good.csv")
    assert [unit.status.value for unit in result.units.values()] == ["complete", "waiting"]
    assert counts(result).valid_votes == 880


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("file", "contest", "units", "valid", "votes"),
    [
        ("circos23-tour1.csv", "29 Bréhier", 95, 53426, 18850),
    ],
)
def test_brest_2024(file: str, contest: str, units: int, valid: int, votes: int) -> None:
    path = SHARED / "fr_brest2024" / file
    brest = night(path, contest)
    result = brest.read(path)
    assert (result.findings, len(result.units)) == ((), units)
    assert (counts(result).valid_votes, max(counts(result).votes.values())) == (valid, votes)
