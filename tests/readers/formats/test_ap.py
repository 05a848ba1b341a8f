"""The Associated Press's API, and elex's table of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.model import CountStatus
from dashboard.readers import read
from tests.builders import make_file

from .official import FILES, SHARED, counts, night, parse

FOUND: Mapping[str, list[str]] = {
    "ap/good.json": [],
    "ap/good_v3.json": ["R609"],  # another race
    "ap/cell_letters.json": ["R402 08001"],
    "ap/cell_negative.json": ["R403 08001"],
    "ap/cell_fraction.json": ["R404 08001"],
    "ap/cell_null.json": ["R401 08001"],
    "ap/cell_list.json": ["R402 08001"],
    "ap/candidate_missing.json": ["R306 08001"],
    "ap/candidate_unknown.json": ["R305 08001"],
    "ap/candidate_twice.json": ["R303 08001"],
    "ap/candidate_gone.json": ["R611"],
    "ap/unit_twice.json": ["R308 08001", "R302 08001"],
    "ap/unit_unknown.json": ["C204 08065"],
    "ap/unit_without_code.json": ["R301", "C208"],
    "ap/test.json": ["R607"],
    "ap/results_type_test.json": ["R607"],
    "ap/another_day.json": ["R608"],
    "ap/no_units.json": ["R612"],
    "ap/candidates_no_list.json": ["R612"],
    "ap/race_gone.json": ["R609"],
    "ap/no_races.json": ["R613"],
    "ap/torn.json": ["R602"],
    "ap/malformed.json": ["R603"],
    "elex/good.csv": [],
    "elex/cell_letters.csv": ["R402 22001"],
    "elex/cell_empty.csv": ["R401 22001"],
    "elex/candidate_missing.csv": ["R306 22001"],
    "elex/candidate_unknown.csv": ["R305 22001"],
    "elex/candidate_twice.csv": ["R303 22001"],
    "elex/candidate_gone.csv": ["R611"],
    "elex/lines_disagree.csv": ["R308 22001"],
    "elex/unit_unknown.csv": ["C204 22399"],
    "elex/line_cut.csv": ["R204 22001"],
    "elex/another_day.csv": ["R608"],
    "elex/test.csv": ["R607"],
    "elex/no_votecount.csv": ["R606"],
    "elex/header_only.csv": ["R613"],
    "elex/torn.csv": ["R105"],
}
GOOD = {"ap": FILES / "ap" / "good.json", "elex": FILES / "elex" / "good.csv"}


@pytest.mark.parametrize("folder", ["ap", "elex"])
def test_every_file_is_listed(folder: str) -> None:
    listed = {name for name in FOUND if name.startswith(f"{folder}/")}
    assert {f"{folder}/{path.name}" for path in (FILES / folder).iterdir()} == listed


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    good = GOOD[name.partition("/")[0]]
    assert night(good, "7001", "").findings(FILES / name) == FOUND[name]


def levels(path: Path) -> list[tuple[str, str, list[str]]]:
    return [(c.id, c.level, [row.code for row in c.rows]) for c in parse(path)[1].contests]


def test_counties_are_read_by_their_fips_code_and_states_are_their_sums() -> None:
    assert levels(GOOD["ap"]) == [
        ("7001", "subunit", ["08001", "08013", "08039"]),
        ("7001", "state", ["CO"]),
        ("7002", "subunit", ["08001"]),
        ("7002", "state", ["CO"]),
    ]
    name, official = parse(GOOD["ap"])
    assert (name, official.day) == ("ap", date(2024, 11, 5))
    assert official.generated_at == datetime(2024, 11, 6, 3, 15, 18, 832000, tzinfo=UTC)
    governor, *_ = official.contests
    assert governor.totals == {"votes:501": 330, "votes:502": 370}
    assert [o.name for o in governor.options] == ["Bob Petit", "Ann Martin"]  # as on the ballot
    assert [row.status for row in governor.rows] == [
        CountStatus.COMPLETE, CountStatus.PARTIAL, CountStatus.WAITING,
    ]  # fmt: skip


def test_of_an_unreadable_sum_there_is_no_total(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text(GOOD["ap"].read_text().replace('"voteCount": 330', '"voteCount": "33O"', 1))
    assert parse(path)[1].contests[0].totals == {"votes:502": 370}


def test_towns_of_new_england_are_told_apart_and_their_counties_are_another_level() -> None:
    assert levels(GOOD["elex"]) == [
        ("7001", "township", ["22001", "22002", "22351"]),
        ("7001", "county", ["25023", "25001"]),
        ("7001", "state", ["MA"]),
    ]
    towns = parse(GOOD["elex"])[1].contests[0]
    assert towns.totals == {"votes:501": 330, "votes:502": 370}
    assert counts(night(GOOD["elex"]).read(GOOD["elex"])).valid_votes == 700


def test_version_3_counts_the_expected_vote_and_joins_the_states_of_one_race() -> None:
    path = FILES / "ap" / "good_v3.json"
    assert levels(path) == [
        ("0", "subunit", ["22001", "22351", "08001"]),
        ("0", "state", ["MA", "CO"]),
    ]
    president, states = parse(path)[1].contests
    assert [row.status.value for row in president.rows] == ["complete", "partial", "waiting"]
    assert [o.name for o in president.options] == ["Ann Martin", "Bob Petit Jr."]
    assert (president.title, president.totals) == ("President", {"votes:501": 90, "votes:502": 80})
    assert states.totals == {}


def test_a_wrong_cell_is_named_by_its_own_line() -> None:
    night_of = night(GOOD["elex"])
    (found,) = night_of.read(FILES / "elex" / "cell_letters.csv").findings
    assert (found.line, found.column) == (4, "votecount")
    (found,) = night(GOOD["ap"], "7001").read(FILES / "ap" / "cell_letters.json").findings
    assert (
        found.message == "Unit 08001, column 'voteCount': found '21O'; a whole number was expected."
    )


@pytest.mark.parametrize("votes", ["x", "-3"])
def test_an_unreadable_vote_for_who_is_not_listed_is_never_dropped(votes: str) -> None:
    text = GOOD["elex"].read_text().replace(",240,", f',"{votes}",')
    listed = night(GOOD["elex"])
    bob, ann = listed.contest.options
    without = replace(listed, contest=replace(listed.contest, options=(ann,)))
    file = make_file(text.encode())
    held = [f for f in read(file, without.contest).findings if f.code != "R304"]
    assert [(f.code, f.unit, f.line) for f in held if f.unit == "22001"] == [("R305", "22001", 5)]
    rest = replace(bob, id="rest", remainder=True)
    described = replace(listed.contest, options=(ann, rest))
    (finding,) = read(file, described).findings
    assert (finding.code, finding.unit) == ("R403" if votes == "-3" else "R402", "22001")


REAL = SHARED / "us_ap_elex"


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("file", "race", "units", "votes"),
    [
        ("20151103_national.json", "18525", 120, 974_344),
        ("20151103_national.json", "7583", 1, 167_242),
        ("20151103_national.json", "7585", 1, 166_528),
        ("20151103_national.json", "7587", 1, 166_136),
        ("20160301_super_tuesday.json", "24547", 351, 631_395),
        ("20160301_super_tuesday.json", "24548", 351, 1_204_927),
    ],
)
def test_units_add_up_to_the_states_own_count(file: str, race: str, units: int, votes: int) -> None:
    contest = night(REAL / file, race, "subunit")
    result = contest.read(REAL / file)
    assert (result.findings, len(result.units)) == ((), units)
    assert sum(counts(result).votes.values()) == votes
    state = counts(night(REAL / file, race, "state").read(REAL / file))
    assert state.votes == counts(result).votes


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_colorado_counts_a_county_that_has_not_reported_itself() -> None:
    """Elbert has no precinct in, and the state's own count already holds its 8,010 votes."""
    path = REAL / "20151103_national.json"
    result = night(path, "7582", "subunit").read(path)
    assert [code for code, unit in result.units.items() if not unit.counted] == ["08039"]
    assert [finding.code for finding in result.findings] == ["C208"]
    assert counts(result).votes == {"yes": 801_232, "no": 351_144}
    state = counts(night(path, "7582", "state").read(path))
    assert state.votes == {"yes": 805_617, "no": 354_769}
