"""NIST SP 1500-100: the same report as JSON and as XML."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard import tally
from dashboard.model import CountStatus
from dashboard.readers.content import Content
from dashboard.readers.formats import nist_1500_100
from dashboard.readers.official import OfficialContest
from dashboard.views import nist
from tests.builders import make_contest, make_election, make_result, make_unit

from .official import FILES, counts, night, parse

HERE = FILES / "nist-1500-100"
FOUND: Mapping[str, list[str]] = {
    "good.json": [],
    "good.xml": [],
    "good_correction.json": ["R643"],
    "cell_letters.json": ["R402 lake"],
    "cell_letters.xml": ["R402 lake"],
    "cell_negative.json": ["R403 lake"],
    "cell_decimal.json": ["R404 lake"],
    "cell_null.json": ["R401 lake"],
    "cell_list.json": ["R402 lake"],
    "cell_exponent.json": ["R402 lake"],
    "cell_large.json": ["R405 lake"],
    "unit_without_count.json": ["R306 lake"],
    "count_suppressed.json": ["R401 lake"],
    "count_twice.json": ["R402 lake"],
    "unit_twice.json": ["R645"],
    "unit_twice.xml": ["R645"],
    "unit_renamed.json": ["C204 lakes"],
    "unit_not_described.json": ["R612"],
    "count_of_no_unit.json": ["R612"],
    "selection_renamed.json": ["R611"],
    "selection_twice.json": ["R641"],
    "selection_unlisted.json": ["R305 lake"],
    "contest_renamed.json": ["R609"],
    "contest_twice.json": ["R642"],
    "contest_without_id.json": ["R612"],
    "more_votes_than_ballots.json": ["C206 lake"],
    "more_ballots_than_voters.json": ["C203 lake"],
    "no_election.json": ["R612"],
    "test.json": ["R607"],
    "other_day.json": ["R608"],
    "other_type.json": ["R606"],
    "version_1.xml": ["R606"],
    "part_of_three.json": ["R644"],
    "key_twice.json": ["R646"],
    "nan.json": ["R603"],
    "doctype.xml": ["R601"],
    "torn.json": ["R602"],
    "torn.xml": ["R602"],
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == {*FOUND, "good_levels.json"}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.json", "mayor").findings(HERE / name) == FOUND[name]


@pytest.mark.parametrize("name", ["good.json", "good.xml"])
def test_both_encodings_say_the_same(name: str) -> None:
    mayor = night(HERE / name, "mayor")
    result = mayor.read(HERE / name)
    assert [u.status.value for u in result.units.values()] == ["complete", "partial", "waiting"]
    total = counts(result)
    assert total.votes == {"anne-martin": 520, "paul-petit": 390, "write-ins": 3}
    assert (total.registered_voters, total.ballots_cast, total.valid_votes) == (1600, 930, 913)
    assert [(o.name, o.list_name, o.colour) for o in mayor.contest.options] == [
        ("Anne Martin", "LP", "#1f77b4"),
        ("Paul Petit", "", None),
        ("Write-ins", "", None),
    ]
    lake = mayor.contest.units[0]
    assert (lake.code, lake.name, lake.parent) == ("lake", "Lake", "Lakeside County")


@pytest.mark.parametrize("name", ["good.json", "good.xml"])
def test_what_the_file_says_of_itself(name: str) -> None:
    recognised, official = parse(HERE / name)
    mayor, question = official.contests
    assert (recognised, official.title) == ("nist-1500-100", "2026 General Election")
    assert official.day == date(2026, 11, 3)
    assert official.generated_at == datetime(2026, 11, 4, 2, 5, 7, tzinfo=UTC)
    assert (mayor.level, mayor.expected_units) == ("precinct", 3)
    assert mayor.totals == {
        "votes:mayor-1": 520,
        "votes:mayor-2": 390,
        "ballots_cast": 930,
    }
    assert [option.name for option in question.options] == ["Yes", "No"]
    assert [row.code for row in question.rows] == ["lake"]


def test_a_bad_cell_says_its_own_line() -> None:
    text = (HERE / "cell_letters.xml").read_text(encoding="utf-8")
    count = next(n for n, line in enumerate(text.splitlines(), start=1) if "many" in line)
    result = night(HERE / "good.xml", "mayor").read(HERE / "cell_letters.xml")
    assert [finding.line for finding in result.findings] == [count - 1]  # its VoteCounts


def test_levels_of_units() -> None:
    _, official = parse(HERE / "good_levels.json")
    assert [(c.level, len(c.rows), c.expected_units) for c in official.contests] == [
        ("precinct", 3, 3),
        ("county", 2, None),
    ]
    assert {c.votes_per_ballot for c in official.contests} == {2}
    for level in official.contests:
        assert level.totals == {"votes:A-77": 60, "votes:mayor-2": 150}
        units = night(HERE / "good_levels.json", level=level.level)
        assert counts(units.read(HERE / "good_levels.json")).votes == {
            "anne-martin": 60,
            "paul-petit": 150,
        }


def test_a_unit_s_code_is_the_one_it_has_outside_of_the_file() -> None:
    precincts, counties = parse(HERE / "good_levels.json")[1].contests
    assert [row.code for row in counties.rows] == ["99001", "99003"]
    assert [row.code for row in precincts.rows] == ["p1", "002", "p3"]  # 001 is in both counties


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("pre-election", CountStatus.WAITING),
        ("unofficial-partial", CountStatus.PARTIAL),
        ("unofficial-complete", CountStatus.COMPLETE),
        ("certified", CountStatus.COMPLETE),
        ("", CountStatus.PARTIAL),
    ],
)
def test_a_unit_without_a_status_has_the_report_s(status: str, expected: CountStatus) -> None:
    text = (HERE / "good_levels.json").read_bytes()
    text = text.replace(b'"unofficial-complete"', f'"{status}"'.encode())
    precincts = nist_1500_100.FORMAT.parse(Content(text)).contests[0]
    assert {row.status for row in precincts.rows} == {expected}


def test_subunits_say_how_far_a_unit_has_come() -> None:
    text = (HERE / "good_levels.json").read_bytes()
    some = b'"Type": "county", "TotalSubUnits": 2, "SubUnitsReported": 1'
    counties = nist_1500_100.FORMAT.parse(Content(text.replace(b'"Type": "county"', some)))
    assert {row.status for row in counties.contests[1].rows} == {CountStatus.PARTIAL}


def test_a_test_may_be_admitted() -> None:
    rehearsal = night(HERE / "good.json", "mayor")
    source = replace(rehearsal.contest.source, accept_test=True)
    admitted = replace(rehearsal, contest=replace(rehearsal.contest, source=source))
    assert admitted.findings(HERE / "test.json") == []


def test_our_own_open_results_are_read_again() -> None:
    contest = make_contest(units=4, registered=500)
    contest = replace(contest, units=(*contest.units[:3], replace(contest.units[3], code="u 4")))
    counted = make_unit("u1", 60, 40), make_unit("u2", 30, 20, status=CountStatus.PARTIAL)
    result = make_result(contest, *counted)
    report = nist.nist_report(make_election(contest), {contest.id: tally.summary(contest, result)})
    content = Content(report)
    official = nist_1500_100.FORMAT.parse(content)
    (again,) = official.contests
    assert (official.day, again.level, again.expected_units) == (contest.date, "precinct", None)
    assert [(row.code, row.status) for row in again.rows] == [
        ("u1", CountStatus.COMPLETE),
        ("u2", CountStatus.PARTIAL),
        ("u3", CountStatus.WAITING),
        ("u 4", CountStatus.WAITING),
    ]
    votes = [f"votes:second-round.selection.{option.id}" for option in contest.options]
    assert [[row.cells.get(key) for key in votes] for row in again.rows[:2]] == [
        ["60", "40"],
        ["30", "20"],
    ]
    assert [again.totals[key] for key in votes] == [90, 60]


def changed(change: Callable[[dict[str, Any]], None]) -> OfficialContest:
    """The first contest of a report in which something else is written."""
    report = json.loads((HERE / "good.json").read_bytes())
    change(report)
    return nist_1500_100.FORMAT.parse(Content(json.dumps(report).encode())).contests[0]


def first_counts(report: dict[str, Any]) -> list[dict[str, Any]]:
    counted: list[dict[str, Any]] = report["Election"][0]["Contest"][0]["ContestSelection"][0][
        "VoteCounts"
    ]
    return counted


def test_of_a_ranked_contest_the_first_round_is_read() -> None:
    def change(report: dict[str, Any]) -> None:
        again = [{**count, "Round": 2, "Count": 7} for count in first_counts(report)]
        first_counts(report).extend(again)

    assert changed(change).rows[0].cells["votes:mayor-1"] == "290"


def test_a_count_of_all_devices_stands_for_those_of_each() -> None:
    def change(report: dict[str, Any]) -> None:
        device = {"@type": "ElectionResults.DeviceClass", "Type": "opscan-central"}
        lake = first_counts(report)[1]
        first_counts(report).append({**lake, "DeviceClass": device, "Count": 100})

    assert changed(change).rows[0].cells["votes:mayor-1"] == "290"


def test_an_unknown_status_says_nothing() -> None:
    def change(report: dict[str, Any]) -> None:
        report["GpUnit"][1]["CountStatus"].append({"Status": "unknown", "Type": "provisional"})

    assert changed(change).rows[0].status is CountStatus.COMPLETE


def test_write_ins_that_a_selection_counts_are_no_option_of_their_own() -> None:
    def change(report: dict[str, Any]) -> None:
        report["Election"][0]["Contest"][0]["ContestSelection"][1]["IsWriteIn"] = True

    assert [option.id for option in changed(change).options] == ["mayor-1", "mayor-2"]


def test_a_summary_counts_the_whole_as_its_only_unit() -> None:
    def change(report: dict[str, Any]) -> None:
        contest = report["Election"][0]["Contest"][0]
        contest["OtherCounts"] = []
        for selection in contest["ContestSelection"]:
            selection["VoteCounts"] = selection["VoteCounts"][:1]

    summary = changed(change)
    assert (summary.level, [row.code for row in summary.rows]) == ("county", ["county"])
    assert summary.totals == {}
