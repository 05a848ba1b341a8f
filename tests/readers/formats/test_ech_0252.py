"""eCH-0252: votes, majority and proportional elections."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.readers.content import Content
from dashboard.readers.formats import ech_0252

from .official import FILES, counts, night, parse

HERE = FILES / "ech-0252"
VOTES: Mapping[str, list[str]] = {
    "good.xml": [],
    "cell_letters.xml": ["R402 1"],
    "cell_decimal.xml": ["R404 1"],
    "cell_negative.xml": ["R403 1"],
    "cell_empty.xml": ["R401 1"],
    "cell_twice.xml": ["R402 1"],
    "result_data_twice.xml": ["R647"],
    "no_cell.xml": ["R306 1"],
    "no_blank_votes.xml": ["R401 1"],
    "answers_do_not_add_up.xml": ["C202 1"],
    "more_votes_than_voters.xml": ["C203 1"],
    "circle_twice_same.xml": ["R302 1"],
    "circle_twice_different.xml": ["R303 1"],
    "circle_unknown.xml": ["C204 11"],
    "circle_without_id.xml": ["R301"],
    "not_said_whether_counted.xml": ["R612"],
    "vote_gone.xml": ["R609"],
    "vote_twice.xml": ["R642"],
    "no_vote_identification.xml": ["R612"],
    "no_votes.xml": ["R612"],
    "candidates_only.xml": ["R605"],
    "test.xml": ["R607"],
    "other_day.xml": ["R608"],
    "version_3.xml": ["R606"],
    "doctype.xml": ["R601"],
    "torn.xml": ["R602"],
}
ELECTIONS: Mapping[str, list[str]] = {
    "good_majority.xml": [],
    "candidate_twice.xml": ["R402 1"],
    "candidate_gone.xml": ["R306 1"],
    "candidate_unknown.xml": ["R611"],
    "lines_do_not_add_up.xml": ["C202 1"],
}
OTHERS = {"good_version_1.xml", "good_proportional.xml"}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == {*VOTES, *ELECTIONS, *OTHERS}


@pytest.mark.parametrize("name", VOTES)
def test_all_that_is_found_in_votes(name: str) -> None:
    assert night(HERE / "good.xml", "1001").findings(HERE / name) == VOTES[name]


@pytest.mark.parametrize("name", ELECTIONS)
def test_all_that_is_found_in_an_election(name: str) -> None:
    assert night(HERE / "good_majority.xml").findings(HERE / name) == ELECTIONS[name]


def test_a_vote() -> None:
    initiative = night(HERE / "good.xml", "1001")
    result = initiative.read(HERE / "good.xml")
    assert initiative.contest.title == "Initiative populaire A"
    assert [u.status.value for u in result.units.values()] == ["complete", "partial", "waiting"]
    total = counts(result)
    assert total.votes == {"oui": 718, "non": 916}
    assert (total.blank_ballots, total.invalid_ballots, total.ballots_cast) == (21, 1, 1656)
    assert total.valid_votes + 21 + 1 == 1656


def test_a_tie_break_question_has_names_of_its_own() -> None:
    _, official = parse(HERE / "good.xml")
    initiative, tie_break = official.contests
    assert [option.name for option in initiative.options] == ["Oui", "Non"]
    assert [option.name for option in tie_break.options] == ["Initiative", "Contre-projet"]
    assert tie_break.rows[0].cells["blank_ballots"] == "55"
    assert official.generated_at == datetime(2026, 3, 8, 13, 10, 0, 8000, tzinfo=UTC)
    assert official.day == date(2026, 3, 8)
    assert not official.is_test


def test_version_1_has_other_names() -> None:
    old = night(HERE / "good_version_1.xml")
    result = old.read(HERE / "good_version_1.xml")
    assert [u.status.value for u in result.units.values()] == ["complete", "waiting"]
    assert counts(result).votes == {"oui": 418, "non": 533}


def test_a_circle_released_after_the_message_waits() -> None:
    late = (HERE / "good.xml").read_bytes().replace(b"T12:19:49", b"T13:19:49")
    vote = ech_0252.FORMAT.parse(Content(late)).contests[0]
    assert [row.status.value for row in vote.rows] == ["waiting", "partial", "waiting"]


def test_who_is_not_on_the_ballot_is_counted_together() -> None:
    election = night(HERE / "good_majority.xml")
    assert [option.name for option in election.contest.options] == ["01", "02", "Voix éparses"]
    result = election.read(HERE / "good_majority.xml")
    assert counts(result).votes == {"01": 512, "02": 629, "voix-eparses": 38}
    first = result.units["1"].counts
    assert first is not None
    assert (first.valid_votes, first.blank_ballots, first.invalid_ballots) == (789, 15, 9)
    assert election.contest.votes_per_ballot == 1


def test_a_proportional_election_counts_lists() -> None:
    _, official = parse(HERE / "good_proportional.xml")
    (election,) = official.contests
    assert (election.title, election.votes_per_ballot) == ("Conseil national", 3)
    assert [(o.name, o.short_name) for o in election.options] == [("Liste verte", "LV"), ("02", "")]
    assert election.rows[0].cells["votes:l-1"] == "1250"
    assert election.rows[0].cells["blank_ballots"] == "1"


def test_lines_over_ballots_say_how_many_votes_a_ballot_has() -> None:
    unsaid = (HERE / "good_proportional.xml").read_bytes().replace(b">3<", b"><")
    (election,) = ech_0252.FORMAT.parse(Content(unsaid)).contests
    assert election.votes_per_ballot == 3


def test_the_number_of_seats_is_believed_where_it_is_said() -> None:
    said = (HERE / "good_proportional.xml").read_bytes().replace(b">3<", b">4<")
    (election,) = ech_0252.FORMAT.parse(Content(said)).contests
    assert election.votes_per_ballot == 4


def test_an_answer_in_an_election_is_an_option_like_another() -> None:
    answered = b"</electionResult><countOfYesVotes>7</countOfYesVotes>"
    strange = (HERE / "good_majority.xml").read_bytes()
    strange = strange.replace(b"</electionResult>", answered, 1)
    (election,) = ech_0252.FORMAT.parse(Content(strange)).contests
    assert "countOfYesVotes" in {option.id for option in election.options}


def test_a_test_may_be_admitted() -> None:
    rehearsal = night(HERE / "good.xml", "1001")
    source = replace(rehearsal.contest.source, accept_test=True)
    admitted = replace(rehearsal, contest=replace(rehearsal.contest, source=source))
    assert admitted.findings(HERE / "test.xml") == []
