"""Clarity: counties of a state, precincts of a county."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from dashboard.readers.content import Content
from dashboard.readers.dates import american_day, american_moment
from dashboard.readers.formats import clarity
from dashboard.readers.official import OfficialFile

from .official import FILES, SHARED, counts, night, parse

HERE = FILES / "clarity"
FOUND: Mapping[str, list[str]] = {
    "good.xml": [],
    "cell_letters.xml": ["R402 Lake"],
    "cell_negative.xml": ["R403 Lake"],
    "cell_empty.xml": ["R401 Lake"],
    "cell_without_votes.xml": ["R401 Lake"],
    "precinct_missing_in_a_vote_type.xml": ["R401 Lake"],
    "precinct_twice_same.xml": ["R302 Lake"],
    "precinct_twice_different.xml": ["R303 Lake"],
    "precinct_renamed.xml": ["C204 Lakes"],
    "choice_key_changed.xml": ["R611"],
    "choice_key_twice.xml": ["R641"],
    "choice_unlisted.xml": ["R305 Lake"],
    "contest_gone.xml": ["R609"],
    "contest_twice.xml": ["R642"],
    "more_votes_than_ballots.xml": ["C206 Lake"],
    "more_ballots_than_voters.xml": ["C203 Lake"],
    "other_day.xml": ["R608"],
    "other_root.xml": ["R606"],
    "no_turnout.xml": ["R612"],
    "no_contest.xml": ["R612"],
    "no_precinct_name.xml": ["R612"],
    "doctype.xml": ["R601"],
    "undefined_entity.xml": ["R601"],
    "torn.xml": ["R602"],
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == {*FOUND, "good_counties.xml"}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.xml", "1").findings(HERE / name) == FOUND[name]


def test_a_bad_cell_says_its_own_line() -> None:
    text = (HERE / "cell_letters.xml").read_text(encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "n/a" in each)
    result = night(HERE / "good.xml", "1").read(HERE / "cell_letters.xml")
    assert [finding.line for finding in result.findings] == [line]


def test_votes_are_summed_over_their_types() -> None:
    mayor = night(HERE / "good.xml", "1")
    result = mayor.read(HERE / "good.xml")
    assert [u.status.value for u in result.units.values()] == ["complete", "partial", "waiting"]
    total = counts(result)
    assert total.votes == {"anne-martin": 520, "paul-petit": 390}
    assert (total.registered_voters, total.ballots_cast, total.valid_votes) == (1600, 930, 910)
    assert [(o.name, o.list_name) for o in mayor.contest.options] == [
        ("Anne Martin", "DEM"),
        ("Paul Petit", ""),
    ]


def test_what_the_file_says_of_itself() -> None:
    name, official = parse(HERE / "good.xml")
    mayor, question = official.contests
    assert (name, official.title, official.day) == (
        "clarity",
        "2026 General Election",
        date(2026, 11, 3),
    )
    assert official.generated_at == datetime(2026, 11, 4, 2, 5, 7, tzinfo=UTC)
    assert mayor.totals == {
        "votes:1": 520,
        "votes:2": 390,
        "registered_voters": 2100,
        "ballots_cast": 930,
    }
    assert question.totals == {"votes:20": 301, "votes:21": 205}
    assert [row.code for row in question.rows] == ["Lake"]
    assert question.rows[0].status.value == "complete"


def test_a_number_nobody_wrote_down_is_given_to_no_unit() -> None:
    _, official = parse(HERE / "good_counties.xml")
    (commissioners,) = official.contests
    assert (commissioners.votes_per_ballot, commissioners.expected_units) == (2, 3)
    assert [row.status.value for row in commissioners.rows] == ["complete", "partial", "waiting"]
    assert [row.cells.get("registered_voters") for row in commissioners.rows] == [None] * 3
    assert [row.cells["ballots_cast"] for row in commissioners.rows] == ["900", "600", "0"]


def read(name: str, *changes: tuple[bytes, bytes]) -> OfficialFile:
    """A file of ours with something else written in it."""
    content = (HERE / name).read_bytes()
    for before, after in changes:
        assert before in content
        content = content.replace(before, after)
    return clarity.FORMAT.parse(Content(content))


def test_all_are_counted_where_the_contest_says_so() -> None:
    absentee = (b'percentReporting="2"', b'percentReporting="32"')
    all_reported = (b'precinctsReported="1"', b'precinctsReported="3"')
    mayor = read("good.xml", absentee, all_reported).contests[0]
    assert [row.status.value for row in mayor.rows] == ["complete"] * 3


def test_a_contest_says_itself_how_far_a_county_has_come() -> None:
    all_but_one = (
        b'<County name="Adams" precinctsParticipating="9" precinctsReported="9"',
        b'<County name="Adams" precinctsParticipating="9" precinctsReported="8"',
    )
    (commissioners,) = read("good_counties.xml", all_but_one).contests
    assert [row.status.value for row in commissioners.rows] == ["partial", "partial", "waiting"]


def test_a_ballot_holds_at_least_one_vote() -> None:
    (commissioners,) = read("good_counties.xml", (b'voteFor="2"', b'voteFor="0"')).contests
    assert commissioners.votes_per_ballot == 1


@pytest.mark.parametrize(
    "text", ["", "11/3/2026", "13/3/2026", "2/30/2026", "1/1/0000", "²/3/2026"]
)
def test_days(text: str) -> None:
    assert american_day(text) == (date(2026, 11, 3) if text == "11/3/2026" else None)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("11/3/2026 12:00:00 AM EST", 5),
        ("11/3/2026 12:00:00 PM EST", 17),
        ("11/3/2026 1:00:00 AM EDT", 5),
        ("11/3/2026 1:00:00 AM HST", 11),
        ("11/3/2026 1:00:00 AM", None),
        ("11/3/2026 1:00:00 AM CET", None),
        ("11/3/2026 25:00:00 AM EST", None),
        ("11/31/2026 1:00:00 AM EST", None),
    ],
)
def test_moments(text: str, hour: int | None) -> None:
    moment = american_moment(text)
    assert (moment and moment.astimezone(UTC).hour) == hour


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("file", "contest", "units", "votes"),
    [
        ("ga_counties_11-3.xml", "5000", 159, [2461837, 2474507, 62138]),
        ("ga_counties_11-3.xml", "40100", 3, [72192]),
        ("clarify_precinct.xml", "4", 33, [820, 11, 1135, 48, 46]),
        ("ga_atkinson_precincts_11-3.xml", "2", 4, [2272, 773, 52]),
        ("ga_atkinson_precincts_11-3.xml", "11", 4, [1317, 1758]),
        ("ga_atkinson_precincts_11-3.xml", "15", 1, [318, 272]),
    ],
)
def test_real_files_add_up_to_their_own_totals(
    file: str, contest: str, units: int, votes: list[int]
) -> None:
    real = night(SHARED / "us_clarity" / file, contest)
    result = real.read(SHARED / "us_clarity" / file)
    assert (result.findings, len(result.units)) == ((), units)
    assert list(counts(result).votes.values()) == votes
    _, official = parse(SHARED / "us_clarity" / file)
    (chosen,) = (c for c in official.contests if c.id == contest)
    assert [v for key, v in chosen.totals.items() if key.startswith("votes:")] == votes


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("file", "contest", "said", "sum_of_units"),
    [
        ("clarify_county.xml", "100", 477734, 462123),
        ("ga_atkinson_precincts_11-3.xml", "1", 2300, 2076),
    ],
)
def test_two_real_files_contradict_themselves(
    file: str, contest: str, said: int, sum_of_units: int
) -> None:
    """Arkansas 2014 and Atkinson 2020: the first choice's own total is not the sum of its units,
    and nothing in the file says why."""
    path = SHARED / "us_clarity" / file
    real = night(path, contest)
    _, official = parse(path)
    (chosen,) = (c for c in official.contests if c.id == contest)
    first = chosen.options[0].id
    assert chosen.totals[f"votes:{first}"] == said
    assert next(iter(counts(real.read(path)).votes.values())) == sum_of_units
