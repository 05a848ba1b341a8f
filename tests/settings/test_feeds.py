"""Feeds and milestones of an election file."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.model import Election
from dashboard.settings import SettingsError, load_election

HEAD = 'id = "test"\ntitle = "Test"\n'
CONTEST = """
[[contest]]
id = "only"
place = "Ici"
date = 2017-01-29
timezone = "Europe/Paris"
rows = "parent"
[[contest.option]]
id = "a"
name = "Anne Aubin"
[contest.units]
path = "units.csv"
parent = "commune"
registered_voters = "inscrits"
[contest.results]
path = "results.csv"
[contest.results.columns]
unit = "code"
options = { a = "Aubin" }
"""
UNITS = "code;name;commune;inscrits\n1;Un;Petite;10\n2;Deux;Grande;500\n3;Trois;Grande;600\n"


def load(folder: Path, feeds: str = "", milestones: str = "", units: str = UNITS) -> Election:
    (folder / "units.csv").write_text(units, encoding="utf-8")
    path = folder / "election.toml"
    path.write_text(HEAD + feeds + CONTEST + milestones, encoding="utf-8")
    return load_election(path).election


def test_one_feed_or_several(tmp_path: Path) -> None:
    assert load(tmp_path).feeds == ()
    (only,) = load(tmp_path, '[feed]\npath = "feed.csv"\n').feeds
    assert (only.name, only.location) == ("feed", str(tmp_path / "feed.csv"))
    first, second, third = load(
        tmp_path,
        '[[feed]]\npath = "feed.csv"\n'
        '[[feed]]\nurl = "https://gazette.example/rss"\nkind = "reaction"\nsource = "La Gazette"\n'
        '[[feed]]\nname = "desk"\npath = "b.csv"\nimage_hosts = ["images.example"]\n',
    ).feeds
    assert (first.name, second.name, third.name) == ("feed", "feed-2", "desk")
    assert (second.kind, second.source, second.is_url) == ("reaction", "La Gazette", True)
    assert third.image_hosts == ("images.example",)


@pytest.mark.parametrize(
    ("feeds", "said"),
    [
        ('[feed]\npath = "a.csv"\ncolour = "red"\n', "feed[1].colour: found 'red'"),
        ("[[feed]]\npoll_seconds = 1.0\n", "feed[1]: found '', expected either path or url"),
        ('[[feed]]\nname = "x"\npath = "a.csv"\n[[feed]]\nname = "x"\npath = "b.csv"\n',
         "feed.name: found 'x', expected a name that is used only once"),
        ('[feed]\npath = "a.csv"\nkind = "result"\n', "feed[1].kind: found 'result'"),
        ('[feed]\npath = "a.csv"\nimage_hosts = ["https://a.example"]\n',
         "feed[1].image_hosts[1]: found 'https://a.example'"),
        ('[feed]\npath = "a.csv"\nimage_hosts = ["*.example; script-src *"]\n', "image_hosts[1]"),
    ],
)  # fmt: skip
def test_a_wrong_feed_is_one_sentence(tmp_path: Path, feeds: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, feeds)
    assert said in str(caught.value)


def test_the_weightiest_rows_have_posts_of_their_own(tmp_path: Path) -> None:
    rules = load(tmp_path).contests[0].milestones
    assert [(row.name, row.units) for row in rules.rows] == [
        ("Grande", ("2", "3")), ("Petite", ("1",)),
    ]  # fmt: skip
    assert (rules.shares, rules.pause) == ((0.25, 0.5, 0.75), timedelta(minutes=1))
    (row,) = (
        load(tmp_path, milestones="[contest.milestones]\nrows = 1\n").contests[0].milestones.rows
    )
    assert row.name == "Grande"


def test_without_voters_the_units_of_a_row_say_its_weight(tmp_path: Path) -> None:
    rules = load(tmp_path, units=UNITS.replace("500", "")).contests[0].milestones
    assert [row.name for row in rules.rows] == ["Grande"]


def test_an_operator_sets_the_limits(tmp_path: Path) -> None:
    wanted = (
        "[contest.milestones]\nshares = [0.9, 0.1]\nleads = false\nevery_seconds = 600\nmost = 3\n"
    )
    rules = load(tmp_path, milestones=wanted).contests[0].milestones
    assert (rules.shares, rules.leads, rules.most) == ((0.1, 0.9), False, 3)
    assert rules.pause == timedelta(minutes=10)


def test_never_more_than_one_a_minute(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="every_seconds"):
        load(tmp_path, milestones="[contest.milestones]\nevery_seconds = 59\n")
