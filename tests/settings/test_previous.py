"""``[contest.previous]``: what is read, and every fault as one sentence."""

from pathlib import Path

import pytest

from dashboard.model import Previous
from dashboard.settings import SettingsError, load_election

ELECTION = """
id = "two"
title = "Two rounds"
[[contest]]
id = "mayor"
title = "Mayor"
date = 2024-07-07
timezone = "Europe/Paris"
[[contest.option]]
id = "a"
name = "Anne"
[[contest.option]]
id = "b"
name = "Bea"
[contest.units]
path = "units.csv"
code = "code"
name = "name"
[contest.results]
path = "results.csv"
[contest.results.columns]
unit = "code"
ballots_cast = "cast"
valid_votes = "valid"
options = { a = "A", b = "B" }
[contest.previous]
label = "Round 1"
date = 2024-06-30
"""
RESULTS = """
[contest.previous.results]
path = "first.csv"
[contest.previous.results.columns]
unit = "code"
ballots_cast = "cast"
valid_votes = "valid"
options = { a = "A", b = "B" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units.csv").write_text("code,name\nu1,One\nu2,Two\n")
    (tmp_path / "first.csv").write_text(
        "code,cast,valid,A,B,C\nu1,100,100,40,50,10\nu9,100,100,60,40,0\n"
    )
    return tmp_path


def load(folder: Path, more: str) -> Previous | None:
    (folder / "two.toml").write_text(ELECTION + more)
    return load_election(folder / "two.toml").election.contests[0].previous


def test_a_file_gives_units_and_shares_of_the_whole(folder: Path) -> None:
    found = load(folder, RESULTS)
    assert found is not None
    assert set(found.counts) == {"u1"}
    assert found.gone == ("u9",)
    assert found.shares == {"a": 0.5, "b": 0.45}


def test_shares_alone_are_ticks_without_units(folder: Path) -> None:
    found = load(folder, "shares = { a = 48.5, b = 40 }\n")
    assert found is not None
    assert found.shares == {"a": 0.485, "b": 0.4}
    assert not found.counts


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "either shares or"),
        ("shares = { zoe = 10 }\n", "zoe"),
        (RESULTS.replace("first.csv", "lost.csv"), "a readable results file"),
        (RESULTS.replace('"code"', '"nowhere"'), "a results file of that vote"),
    ],
)
def test_a_previous_vote_that_cannot_be_read_is_one_sentence(
    folder: Path, more: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        load(folder, more)
    assert "\n" not in str(raised.value)


def test_who_only_serves_does_not_read_it(folder: Path) -> None:
    (folder / "two.toml").write_text(ELECTION + RESULTS.replace("first.csv", "lost.csv"))
    loaded = load_election(folder / "two.toml", previous=False)
    assert loaded.election.contests[0].previous is None


def test_codes_that_differ_by_their_zeros_are_the_same_unit(folder: Path) -> None:
    (folder / "units.csv").write_text("code,name\n1-0001,One\n1-0002,Two\n02-1,Three\n")
    rows = ("1-1,100,100,40,60", "1-2,100,100,50,50", "1-02,100,100,60,40", "2-1,100,100,30,70")
    (folder / "first.csv").write_text("\n".join(("code,cast,valid,A,B", *rows)))
    found = load(folder, RESULTS)
    assert found is not None
    # Which of two is 1-0002, nobody knows.
    assert {code: counts.votes["a"] for code, counts in found.counts.items()} == {
        "1-0001": 40,
        "02-1": 30,
    }
    assert found.gone == ("1-2", "1-02")


def test_who_stood_then_only_has_a_name_and_votes(folder: Path) -> None:
    named = RESULTS.replace('b = "B" }', 'b = "B", the-third = "C" }')
    found = load(folder, "first_round = true\n" + named)
    assert found is not None
    assert found.first_round
    assert found.options == {"a", "b"}
    assert found.others == {"the-third": "The Third"}
    assert found.counts["u1"].votes == {"a": 40, "b": 50, "the-third": 10}
    found = load(folder, 'names = { the-third = "Cléo" }\n' + named)
    assert found is not None
    assert found.others == {"the-third": "Cléo"}
    with pytest.raises(SettingsError, match="ids of options that stood then only"):
        load(folder, 'names = { b = "Bea" }\n' + named)
