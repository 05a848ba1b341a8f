"""Open results: exact integers, safe cells, nothing before the hour."""

import csv
import io
import json
from dataclasses import replace

from dashboard.model import Snapshot
from dashboard.views.export import Exports
from tests.builders import EVENING, make_contest, make_election, make_result, make_unit

CONTEST = make_contest()
SNAPSHOT = Snapshot((make_result(CONTEST, make_unit("u1", 1000, 500), make_unit("u3", 7, 9)),), ())
OPEN: frozenset[str] = frozenset()


def test_csv_has_every_unit_and_adds_up() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(Exports()(make_election(CONTEST), SNAPSHOT, OPEN)["results.csv"].decode())
        )
    )
    assert [row["unit"] for row in rows] == ["u1", "u2", "u3", "u4"]
    assert sum(int(row["votes:hamon"] or 0) for row in rows) == 1007
    assert rows[1]["valid_votes"] == "" and rows[1]["status"] == "waiting"


def test_json_says_totals_shares_and_state() -> None:
    data = json.loads(Exports()(make_election(CONTEST), SNAPSHOT, OPEN)["results.json"])
    (contest,) = data["contests"]
    assert contest["totals"]["valid_votes"] == 1516
    assert contest["options"][0] == {
        "id": "hamon",
        "name": "Hamon",
        "votes": 1007,
        "share": 0.664248,
    }
    assert (contest["state"], contest["units_complete"]) == ("partial", 2)


def test_F33_a_name_is_never_a_formula() -> None:
    unit = replace(CONTEST.units[0], name="=1+1", parent="@x")
    contest = replace(CONTEST, units=(unit, *CONTEST.units[1:]))
    text = Exports()(make_election(contest), SNAPSHOT, OPEN)["results.csv"].decode()
    assert "'=1+1" in text and "'@x" in text and ",=1+1" not in text


def test_a_name_is_read_as_it_is_written() -> None:
    odd = 'L’"Île"\\ d’Œuf, n° 5;\t\u2028\x01'
    contest = replace(CONTEST, units=(replace(CONTEST.units[0], name=odd), *CONTEST.units[1:]))
    exported = Exports()(make_election(contest), SNAPSHOT, OPEN)
    (said,) = json.loads(exported["results.json"])["contests"]
    assert said["units"][0]["name"] == odd
    row = next(csv.DictReader(io.StringIO(exported["results.csv"].decode(), newline="")))
    assert row["name"] == odd


def test_F53_a_sealed_contest_shows_its_hour_and_nothing_else() -> None:
    contest = replace(CONTEST, embargo=EVENING)
    secret = Snapshot((make_result(contest, make_unit("u1", 7_654_321, 1_234_577)),), ())
    sealed = frozenset({contest.id})
    election = make_election(contest)
    exported = b"".join(Exports()(election, secret, sealed).values())
    assert b"7654321" not in exported and b"1234577" not in exported
    assert b'"opens_at"' in exported


def test_a_unit_is_written_again_when_it_says_something_else() -> None:
    """As a second version of the same election, and as the first of another that reads alike."""
    later = Snapshot(
        (make_result(CONTEST, make_unit("u1", 1000, 501), SNAPSHOT.contests[0].units["u3"]),), ()
    )
    renamed = replace(CONTEST, units=(replace(CONTEST.units[0], name="X"), *CONTEST.units[1:]))
    exports = Exports()
    for election in (make_election(CONTEST), make_election(renamed)):
        for snapshot in (SNAPSHOT, later):
            assert exports(election, snapshot, OPEN) == Exports()(election, snapshot, OPEN)
