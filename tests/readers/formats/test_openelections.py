"""OpenElections' table."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from .official import FILES, SHARED, all_results, counts, night, parse, wrong

HERE = FILES / "openelections"
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "good_primary.csv": ["R611"],  # another election
    "good_by_county.csv": ["R609"],  # another level
    "cell_letters.csv": ["R402 Adams-2"],
    "cell_empty.csv": ["R401 Adams-2"],
    "cell_fraction.csv": ["R404 Adams-2"],
    "candidate_missing.csv": ["R306 Adams-2"],
    "candidate_unknown.csv": ["R305 Adams-2"],
    "candidate_twice.csv": ["R303 Adams-2"],
    "candidate_twice_same.csv": ["R302 Adams-2"],
    "candidate_gone.csv": ["R611"],
    "voters_twice.csv": ["R303 Adams-2"],
    "registered_letters.csv": ["R402 Adams-2"],
    "more_votes_than_ballots.csv": ["C206 Adams-2"],
    "more_ballots_than_registered.csv": ["C203 Adams-2"],
    "precinct_unknown.csv": ["C204 Adams-3"],
    "line_cut.csv": ["R204 Adams-2"],
    "no_votes_column.csv": ["R606"],
    "office_renamed.csv": ["R609"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.csv", "Governor", "precinct").findings(HERE / name) == FOUND[name]


def test_an_office_in_a_district_is_a_contest_and_lines_without_a_precinct_are_its_totals() -> None:
    name, file = parse(HERE / "good.csv")
    governor, house = file.contests
    assert (name, governor.id, house.id) == ("openelections", "Governor", "U.S. House 26")
    assert [(row.code, row.parent) for row in governor.rows] == [
        ("Adams-1", "Adams"), ("Adams-2", "Adams"), ("Baker-1", "Baker"),
    ]  # fmt: skip
    assert governor.totals == {
        "votes:Ann Martin (DEM)": 590, "votes:Bob Petit (REP)": 590, "votes:Write-ins": 11,
    }  # fmt: skip
    assert house.totals == {}
    result = night(HERE / "good.csv", "Governor").read(HERE / "good.csv")
    assert counts(result).votes == {"ann-martin": 590, "bob-petit": 590, "write-ins": 11}


def test_voters_are_those_of_the_precinct_and_in_a_primary_ballots_those_of_the_party() -> None:
    path = HERE / "good_primary.csv"
    assert [c.id for c in parse(path)[1].contests] == ["Governor", "Governor DEM", "Governor REP"]
    party = night(path, "Governor DEM")
    assert [o.name for o in party.contest.options] == ["Ann Martin", "Hugo Leroy"]
    total = counts(party.read(path))
    assert (total.registered_voters, total.ballots_cast, total.valid_votes) == (900, 120, 120)
    assert counts(night(path, "Governor").read(path)).ballots_cast == 270


def test_by_county() -> None:
    path = HERE / "good_by_county.csv"
    (governor,) = parse(path)[1].contests
    assert ([row.code for row in governor.rows], governor.level) == (["Adams", "Baker"], "county")
    assert governor.totals == {"votes:Ann Martin (DEM)": 590, "votes:Bob Petit (REP)": 590}


def test_totals_of_some_counties_are_no_total(tmp_path: Path) -> None:
    text = (HERE / "good.csv").read_text()
    path = tmp_path / "some.csv"
    path.write_text("".join(line for line in text.splitlines(True) if ",Total," not in line))
    assert parse(path)[1].contests[0].totals == {}


def test_a_wrong_cell_is_named_by_its_own_line() -> None:
    governor = night(HERE / "good.csv", "Governor")
    for name, line in (("cell_letters.csv", 12), ("registered_letters.csv", 10)):
        (found,) = governor.read(HERE / name).findings
        assert (found.line, found.column) == (line, "votes")


DENTON = SHARED / "us_openelections" / "20201103__tx__general__denton__precinct.csv"


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_denton_2020_president_as_canvassed() -> None:
    denton = night(DENTON, "President")
    result = denton.read(DENTON)
    assert (result.findings, len(result.units)) == ((), 185)
    votes = counts(result).votes
    assert votes["donald-j-trump-michael-r-pence"] == 222_480
    assert votes["joseph-r-biden-kamala-d-harris"] == 188_695
    assert counts(result).valid_votes == 417_964


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_denton_2020_every_office_adds_up_to_early_and_election_day_votes() -> None:
    with DENTON.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    split: Counter[str] = Counter()
    for line in lines:
        office = f"{line['office']} {line['district']}".strip()
        split[office] += int(line["early_voting"]) + int(line["election_day"])
    found = {contest.id: result for contest, result in all_results(DENTON)}
    assert len(found) == len(split) == 37
    for office, result in found.items():
        assert (wrong(result), counts(result).valid_votes) == ([], split[office])
