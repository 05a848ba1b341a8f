"""OneGov's table: votes, majority and proportional elections."""

from collections.abc import Mapping

import pytest

from dashboard.model import Counts

from .official import FILES, SHARED, counts, night, parse

HERE = FILES / "onegov"
FOUND: Mapping[str, list[str]] = {
    "good_vote.csv": [],
    "good_vote_2017.csv": [],
    "good_majorz.csv": [],
    "good_proporz.csv": [],
    "vote_cell_negative.csv": ["R403 101"],
    "vote_unit_twice.csv": ["R303 102"],
    "majorz_cell_letters.csv": ["R402 102"],
    "majorz_cell_empty.csv": ["R401 102"],
    "majorz_candidate_missing.csv": ["R306 102"],
    "majorz_candidate_unknown.csv": ["R305 102"],
    "majorz_candidate_gone.csv": ["R611"],
    "majorz_line_twice.csv": ["R302 102"],
    "majorz_candidate_twice_different.csv": ["R303 102"],
    "majorz_lines_disagree.csv": ["R308 102"],
    "majorz_status_disagrees.csv": ["R308 102"],
    "majorz_status_unknown.csv": ["R661 102"],
    "majorz_votes_above_accounted.csv": ["C201 102"],
    "majorz_ballots_do_not_add_up.csv": ["C202 102"],
    "majorz_more_received_than_eligible.csv": ["C203 102"],
    "majorz_unit_unknown.csv": ["C204 199"],
    "majorz_line_cut.csv": ["R204 102"],
    "majorz_another_day.csv": ["R608"],
    "majorz_no_candidate_votes.csv": ["R606"],
    "majorz_torn.csv": ["R105"],
    "header_only.csv": ["R613"],
    "proporz_list_votes_disagree.csv": ["R308 102"],
    "proporz_more_votes_than_ballots_hold.csv": ["C206 102"],
    "proporz_votes_do_not_add_up.csv": ["C201 102"],
}


def good(name: str) -> str:
    """The good file of the same night: header_only.csv is one of a majority election."""
    kind = name.removeprefix("good_").split("_")[0].removesuffix(".csv")
    return name if name.startswith("good") else f"good_{kind.replace('header', 'majorz')}.csv"


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / good(name)).findings(HERE / name) == FOUND[name]


def test_a_votes_questions_are_contests() -> None:
    name, official = parse(HERE / "good_vote.csv")
    assert (name, official.title, str(official.day)) == ("onegov", "Wassergesetz", "2024-06-09")
    assert [(c.id, c.title, len(c.rows)) for c in official.contests] == [
        ("proposal", "Wassergesetz", 4),
        ("tie-breaker", "Wassergesetz (tie-breaker)", 1),
    ]
    result = night(HERE / "good_vote.csv", "proposal").read(HERE / "good_vote.csv")
    assert [unit.status.value for unit in result.units.values()] == [
        *["complete"] * 3, "waiting",
    ]  # fmt: skip
    assert counts(result) == Counts(
        {"oui": 470, "non": 365}, 835, blank_ballots=12, invalid_ballots=2, registered_voters=1800
    )


def test_the_swiss_abroad_are_a_unit() -> None:
    first = night(HERE / "good_vote_2017.csv").contest.units[0]
    assert (first.code, first.name, first.parent) == ("0", "Expats", "")


def test_a_wrong_cell_is_named_by_its_own_line() -> None:
    found = night(HERE / "good_majorz.csv").read(HERE / "majorz_line_twice.csv").findings
    assert [(f.code, f.line) for f in found] == [("R302", 8)]
    found = night(HERE / "good_majorz.csv").read(HERE / "majorz_candidate_missing.csv").findings
    assert [(f.code, f.message) for f in found] == [
        ("R306", "Unit 102 has no row for 'vereinzelte'; one was expected.")
    ]
    found = night(HERE / "good_vote.csv").read(HERE / "vote_cell_negative.csv").findings
    assert [(f.line, f.column) for f in found] == [(3, "yeas")]


def test_a_proportional_elections_options_are_its_lists() -> None:
    lists = night(HERE / "good_proporz.csv")
    assert [o.name for o in lists.contest.options] == ["Mitte", "Grüne"]
    assert lists.contest.votes_per_ballot == 3
    assert counts(lists.read(HERE / "good_proporz.csv")).votes == {"mitte": 1200, "grune": 1188}


def test_blank_and_invalid_votes_of_one_seat_are_ballots() -> None:
    total = counts(night(HERE / "good_majorz.csv").read(HERE / "good_majorz.csv"))
    assert (total.valid_votes, total.blank_ballots, total.invalid_ballots) == (780, 14, 6)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_st_gallen_energy_law_2017() -> None:
    path = SHARED / "ch_onegov" / "canton_sg_internal_vote" / "energiegesetz-eng.csv"
    result = night(path).read(path)
    assert (result.findings, len(result.units)) == ((), 78)
    assert counts(result).votes == {"oui": 68_346, "non": 62_523}


# What the canton published of the parties, in nationalratswahlen-2015-parteien.csv beside it.
PARTIES = {
    ("alg", "alg-bildung", "alg-junge"): 8_352,
    ("cvp", "cvp-junge"): 30_856,
    ("fdp-ost", "fdp-west"): 20_584,
    ("glp",): 4_178,
    ("sp", "sp-frauen", "sp-juso", "sp-manner", "sp-migrant"): 16_048,
    ("svp", "svp-int", "svp-wug"): 35_543,
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_zug_national_council_2015() -> None:
    folder = SHARED / "ch_onegov" / "canton_zg_internal_proporz"
    path = folder / "nationalratswahlen-2015.csv"
    zug = night(path)
    result = zug.read(path)
    assert (result.findings, len(result.units)) == ((), 11)
    assert counts(result).valid_votes == 116_689
    votes = counts(result).votes
    assert {lists: sum(votes[o] for o in lists) for lists in PARTIES} == PARTIES
    early = zug.read(folder / "nationalratswahlen-2015-intermediate.csv")
    assert early.findings == ()
    assert [unit.status.value for unit in early.units.values()].count("waiting") == 7
    assert counts(early).valid_votes == 50_869
