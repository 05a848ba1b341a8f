"""What is guessed of a plain table that nobody has described."""

import pytest

from dashboard.model import Contest
from dashboard.readers import ReadError, guess_contest, read
from tests.builders import make_file


def guess(*lines: str) -> Contest:
    return guess_contest(make_file("\n".join([*lines, ""]).encode()))


def votes(contest: Contest, *lines: str) -> dict[str, int]:
    reading = read(make_file("\n".join([*lines, ""]).encode()), contest)
    return {code: sum(u.counts.votes.values()) for code, u in reading.results.items() if u.counts}


def test_codes_names_and_votes_of_a_wide_table() -> None:
    table = (
        "insee;nom;inscrits;exprimes;Martin;Petit",
        "34001;Agde;100;60;40;20",
        "34002;Sète;9;5;3;2",
    )
    contest = guess(*table)
    assert contest.source.columns.unit == ("insee",)
    assert [(u.code, u.name) for u in contest.units] == [("34001", "Agde"), ("34002", "Sète")]
    assert [(o.id, o.name) for o in contest.options] == [("martin", "Martin"), ("petit", "Petit")]
    assert votes(contest, *table) == {"34001": 60, "34002": 5}


def test_two_columns_that_make_one_code_only_when_neither_does() -> None:
    alone = guess("district,district_id,A,B", "101-Bois,101,1,2", "102-Cap,102,3,4")
    assert alone.source.columns.unit == ("district_id",)
    assert [(u.code, u.name) for u in alone.units] == [("101", "101-Bois"), ("102", "102-Cap")]
    both = guess("commune,bureau,A,B", "34172,1,1,2", "34172,2,3,4", "34129,1,5,6")
    assert both.source.columns.unit == ("commune", "bureau")
    assert [u.code for u in both.units] == ["34172-1", "34172-2", "34129-1"]


def test_a_long_table_with_marks_between_thousands() -> None:
    table = (
        "precinct,candidate,votes",
        'W1,Martin,"1,143"',
        "W1,Petit,812",
        "W2,Martin,7",
        "W2,Petit,9",
    )
    contest = guess(*table)
    assert contest.source.thousands == ","
    assert contest.source.columns.option_values == {"Martin": "martin", "Petit": "petit"}
    assert votes(contest, *table) == {"W1": 1955, "W2": 16}


@pytest.mark.parametrize("cell", ["0,725", "12,5", "1,1435"])
def test_a_decimal_comma_is_no_mark_between_thousands(cell: str) -> None:
    contest = guess("commune;Martin;part", f"34001;40;{cell}", "34002;20;3")
    assert contest.source.thousands == ""


def test_two_names_that_read_alike_are_two_options() -> None:
    contest = guess("precinct,candidate,votes", "W1,Jo A,4", "W1,jo-a,5")
    assert [o.id for o in contest.options] == ["jo-a", "jo-a-2"]


@pytest.mark.parametrize("header", ["a;b", "commune;nom"])
def test_a_table_of_nothing_known(header: str) -> None:
    with pytest.raises(ReadError) as refused:
        guess(header, "x;y")
    assert refused.value.finding.code == "R210"
