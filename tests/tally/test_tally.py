"""Totals, shares, rows, areas, progress, states."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard import tally
from dashboard.model import Contest, Counts, CountStatus, Option, UnitResult
from tests.builders import (
    EVENING,
    make_contest,
    make_counts,
    make_file,
    make_reading,
    make_result,
    make_unit,
)

CONTEST = make_contest()


def leader(contest: Contest, counts: Counts) -> Option | None:
    return tally.leader(tally.by_votes(tally.standing(contest, counts)))


PARTIAL, WAITING, COMPLETE = CountStatus.PARTIAL, CountStatus.WAITING, CountStatus.COMPLETE


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=30))
def test_I3_total_is_the_sum_of_the_units(votes: list[tuple[int, int]]) -> None:
    total = tally.total(make_unit(f"u{n}", *pair) for n, pair in enumerate(votes))
    if not votes:
        assert total is None
        return
    assert total is not None
    assert total.votes == {"hamon": sum(a for a, _ in votes), "valls": sum(b for _, b in votes)}
    assert total.valid_votes == sum(a + b for a, b in votes)


def test_a_figure_one_unit_does_not_give_is_not_summed() -> None:
    total = tally.total([make_unit("u1", 1, 2), make_unit("u2", 3, 4, blank_ballots=None)])
    assert total is not None
    assert (total.blank_ballots, total.invalid_ballots) == (None, 4)


def test_waiting_units_count_for_nothing() -> None:
    assert tally.total([UnitResult("u1", WAITING, make_counts(9, 9))]) is None


def test_F35_shares_and_the_leader_come_from_integers() -> None:
    almost = make_counts(50_001, 50_000)
    assert [s.votes for s in tally.standing(CONTEST, almost)] == [50_001, 50_000]
    assert leader(CONTEST, almost) == CONTEST.options[0]
    assert leader(CONTEST, make_counts(7, 7)) is None
    assert leader(CONTEST, make_counts(0, 0)) is None
    assert [s.share for s in tally.standing(CONTEST, make_counts(0, 0))] == [None, None]


def test_what_is_left_over_never_leads() -> None:
    others = replace(
        CONTEST, options=(*CONTEST.options, Option("third", "Autres", "Autres", remainder=True))
    )
    assert leader(others, make_counts(10, 5, 90)) == CONTEST.options[0]


@given(st.lists(st.tuples(st.integers(1, 4), st.none() | st.integers(0, 9)), max_size=6))
def test_gathered_again_is_gathered_anew(changes: list[tuple[int, int | None]]) -> None:
    gatherer, units = tally.Gatherer(CONTEST), dict(make_result(CONTEST).units)
    for number, votes in [(4, None), *changes]:
        code = f"u{number}"
        units[code] = UnitResult(code, WAITING) if votes is None else make_unit(code, votes, 5)
        result = replace(make_result(CONTEST), units=dict(units))
        assert gatherer(result) == tally.Gatherer(CONTEST)(result)


def test_what_did_not_change_is_the_object_it_was() -> None:
    gatherer, first = tally.Gatherer(CONTEST), make_result(CONTEST, make_unit("u3", 7, 5))
    before = gatherer(first)
    after = gatherer(replace(first, units={**first.units, "u1": make_unit("u1", 2, 1)}))
    assert after.rows["Olonzac"] is before.rows["Olonzac"]
    assert after.areas["B"] is before.areas["B"]
    assert after.rows["Montpellier"] != before.rows["Montpellier"]
    assert after.areas["A"] != before.areas["A"]


def test_rows_gather_the_units_of_a_parent() -> None:
    result = make_result(CONTEST, make_unit("u1", 10, 5), make_unit("u3", 1, 2), held=["u4"])
    rows = tally.Gatherer(CONTEST)(result).rows
    assert list(rows) == ["Montpellier", "Olonzac", "Sète"]
    assert (rows["Montpellier"].status, rows["Montpellier"].complete_units) == (PARTIAL, 1)
    assert rows["Montpellier"].counts == make_counts(10, 5)
    assert rows["Olonzac"].status is COMPLETE
    assert (rows["Sète"].status, rows["Sète"].held_units) == (WAITING, 1)
    by_unit = tally.Gatherer(replace(CONTEST, rows="unit"))(result).rows
    assert [row.name for row in by_unit.values()] == [unit.name for unit in CONTEST.units]


def test_areas_and_units_are_two_things() -> None:
    result = make_result(CONTEST, make_unit("u1", 10, 5), make_unit("u3", 1, 2))
    areas = tally.Gatherer(CONTEST)(result).areas
    assert (areas["A"].status, areas["A"].row_key, areas["A"].shared) == (
        PARTIAL,
        "Montpellier",
        False,
    )
    assert areas["B"].counts == areas["C"].counts == make_counts(1, 2)
    assert areas["B"].shared
    assert (areas["E"].row_key, areas["E"].status) == ("", WAITING)


def test_progress_counts_registered_voters_only_when_all_are_known() -> None:
    done = make_unit("u1", 10, 5)
    unknown = tally.progress(CONTEST, make_result(CONTEST, done))
    assert (unknown.complete, unknown.units, unknown.registered) == (1, 4, None)
    registered = make_contest(registered=500)
    known = tally.progress(registered, make_result(registered, done))
    assert (known.registered_counted, known.registered, known.share) == (500, 2000, 0.25)


def test_states_of_a_count() -> None:
    contest = make_contest(units=20)
    every = [make_unit(unit.code, 2, 1) for unit in contest.units]
    partial = replace(every[0], status=PARTIAL)
    assert tally.state(contest, make_result(contest)) == "waiting"
    assert tally.state(contest, make_result(contest, every[0])) == "early"
    assert tally.state(contest, make_result(contest, partial)) == "early"
    assert tally.state(contest, make_result(contest, *every[:2])) == "partial"
    assert tally.state(contest, make_result(contest, *every)) == "complete"
    assert tally.state(contest, make_result(contest, *every, held=["u3"])) == "partial"


def test_settle_says_what_changed_and_when_it_was_over() -> None:
    every = {unit.code: make_unit(unit.code, 2, 1) for unit in CONTEST.units}
    file = make_file(b"x")
    first = tally.settle(CONTEST, None, file, make_reading(*every.values()), every, ())
    assert (first.changed, first.complete_at) == ((), EVENING)
    later = replace(file, modified_at=EVENING + timedelta(minutes=9))
    units = {**every, "u2": make_unit("u2", 3, 1)}
    second = tally.settle(CONTEST, first, later, make_reading(*units.values()), units, ())
    assert (second.changed, second.complete_at) == (("u2",), EVENING)
