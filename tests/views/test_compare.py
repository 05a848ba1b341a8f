"""An earlier vote on the dashboard: ticks, sentences, a column; and nothing without one."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dashboard.charts.map import NONE, WAITING
from dashboard.charts.swing import STILL
from dashboard.model import Contest, Counts, Previous, Snapshot
from dashboard.views import documents
from dashboard.views.markup import to_html
from tests.builders import make_contest, make_election, make_result, make_unit

COUNTED = [make_unit(f"u{n}", 70, 30) for n in (1, 2, 3)]


def counts(first: int, second: int) -> Counts:
    found = make_unit("u1", first, second).counts
    assert found is not None
    return found


def compared(**then: Counts) -> Contest:
    shares = {"hamon": 0.3726, "valls": 0.3242}
    previous = Previous(
        "1er tour",
        "Round 1",
        "France 3",
        frozenset(shares),
        shares,
        then,
        gone=("u9",) if then else (),
    )
    return replace(make_contest(), previous=previous)


def home(contest: Contest, lang: str = "fr") -> dict[str, Any]:
    snapshot = Snapshot((make_result(contest, *COUNTED),), ())
    found: Any = documents(make_election(contest), snapshot, frozenset())[f"home.{lang}"]
    return dict(found)


def said(document: dict[str, Any], part: str) -> str:
    return to_html(document["parts"][part]).replace("\u202f", " ").replace("\u00a0", " ")


def test_ticks_stand_where_the_shares_were() -> None:
    document = home(compared())
    shapes = document["figures"]["bars"]["layout"]["shapes"]
    assert {shape["x0"] for shape in shapes} == {0.5, 0.3726, 1 - 0.3242}
    words = said(document, "compare")
    assert "1er tour, tous les bureaux de vote : Hamon 37,3 % · Valls 32,4 %." in words
    assert "Source : France 3." in words
    assert "Évolution" not in words  # shares of the whole say nothing of half the stations
    assert "Plus forte hausse" not in said(document, "table")


def test_the_same_units_are_said_and_the_others_listed() -> None:
    document = home(compared(u1=counts(40, 60), u2=counts(50, 50)), "en")
    words = said(document, "compare")
    assert "Change in the same 2 polling stations, in points: Hamon +25.0 · Valls −25.0." in words
    assert "Without a counterpart: 3" in words
    assert "This time only: Bureau 3, Bureau 4." in words
    assert "Last time only (codes): u9." in words
    table = said(document, "table")
    assert "Hamon +25.0" in table
    assert table.count("Largest rise (points)") == 1


def test_without_an_earlier_vote_nothing_is_said_or_drawn() -> None:
    document = home(make_contest())
    assert "compare" not in document["parts"]
    assert len(document["figures"]["bars"]["layout"]["shapes"]) == 1
    assert "Plus forte hausse" not in said(document, "table")


def test_the_map_can_show_what_has_moved() -> None:
    document = home(compared(u1=counts(40, 60), u3=counts(73, 27)))
    areas = document["figures"]["map"]["data"][0]["locations"]
    options = document["swings"]["options"]
    hamon = dict(zip(areas, options["hamon"]["z"], strict=True))
    assert hamon == {"A": STILL + 4, "B": STILL - 1, "C": STILL - 1, "D": WAITING, "E": NONE}
    assert options["valls"]["z"][:2] == [STILL - 4, STILL + 1]
    told = [tip.replace("\u202f", " ") for tip in options["hamon"]["tips"]]
    assert told[0] == "+30,0 points : 40,0 %, puis 70,0 %"
    assert said(document, "map-head").count("data-swing=") == 3
    assert said(document, "legend").count("data-swing-legend=") == 2


def test_an_area_that_was_not_there_then_has_nothing_to_compare() -> None:
    document = home(compared(u1=counts(40, 60)))
    valls = document["swings"]["options"]["valls"]
    assert valls["z"][1:3] == [NONE, NONE]
    assert valls["tips"][1] == "Rien à comparer"


def test_a_map_without_units_of_then_has_no_switch() -> None:
    for contest in (make_contest(), compared()):
        document = home(contest)
        assert "swings" not in document
        assert "data-swing" not in said(document, "map-head") + said(document, "legend")


def both_rounds(then: Counts, lang: str = "fr", sealed: bool = False) -> str:
    contest = compared(u1=then)
    assert contest.previous is not None
    previous = replace(contest.previous, first_round=True, others={"peillon": "Peillon"})
    embargo = datetime(2017, 1, 29, 19, tzinfo=UTC) if sealed else None
    contest = replace(contest, previous=previous, embargo=embargo)
    snapshot = Snapshot((make_result(contest, *COUNTED),), ())
    seals = frozenset({contest.id}) if sealed else frozenset[str]()
    found: Any = documents(make_election(contest), snapshot, seals)
    assert sealed or "rounds" in said(found[f"home.{lang}"], "table")
    return said(found[f"rounds.{lang}"], "rounds")


def test_both_rounds_are_a_table_of_totals() -> None:
    then = Counts(
        {"hamon": 40, "valls": 35, "peillon": 15}, 95, 2, 1, ballots_cast=98, registered_voters=200
    )
    table = both_rounds(then)
    assert "ne disent rien du vote de qui que ce soit" in table
    for head in ("Voix de qui n’est plus là (1er tour)", ">Peillon<", ">Autres<", "Abstentions"):
        assert head in table
    row = table.split("Ensemble")[1].split("</tr>")[0]
    # This time nobody says how many are registered.
    cells = re.findall(r">([^<>]+)</td>", row)
    assert cells == ["15", "5", "–", "+7", "–", "+2", "+30", "−5"]
    assert "They say nothing of how anyone voted" in both_rounds(then, "en")


def test_under_embargo_the_table_holds_no_figure() -> None:
    assert not re.search(r"\d", both_rounds(counts(40, 60), sealed=True))


def test_an_earlier_election_is_no_round() -> None:
    contest = compared(u1=counts(40, 60))
    found = documents(make_election(contest), Snapshot((), ()), frozenset())
    assert set(found) == {"home.fr", "home.en", "screen.fr", "screen.en"}
