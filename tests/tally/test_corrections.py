"""A count that was published and changes is a correction, whatever the direction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import ContestResult, Counts, CountStatus, UnitResult
from dashboard.tally.corrections import MOST_CORRECTIONS, MOST_TAKEN_BACK, corrections, taken_back
from tests.builders import EVENING, make_unit

COMPLETE, PARTIAL, WAITING = CountStatus.COMPLETE, CountStatus.PARTIAL, CountStatus.WAITING
LATER = EVENING + timedelta(minutes=17)


def unit(hamon: int, valls: int, status: CountStatus = COMPLETE, **more: int) -> UnitResult:
    votes = {"hamon": hamon, "valls": valls}
    return UnitResult("u1", status, Counts(votes, hamon + valls, **more))


def night(*units: UnitResult) -> ContestResult:
    by_code = {each.code: each for each in units}
    return ContestResult("second-round", by_code, (), (), "", EVENING, len(units))


def found(before: UnitResult, after: UnitResult) -> list[tuple[str, int, int]]:
    made = corrections(night(before), {"u1": after}, LATER)
    return [(n.what, n.before, n.after) for each in made for n in each.numbers]


def test_F27_every_change_of_a_complete_unit_is_a_correction() -> None:
    assert found(unit(212, 100), unit(112, 100)) == [
        ("votes:hamon", 212, 112),
        ("valid_votes", 312, 212),
    ]
    assert found(unit(212, 100), unit(212, 101))[0] == ("votes:valls", 100, 101)
    assert found(unit(1, 1, registered_voters=9), unit(1, 1, registered_voters=8)) == [
        ("registered_voters", 9, 8)
    ]


def test_a_partial_unit_may_grow_but_not_fall() -> None:
    assert found(unit(10, 10, PARTIAL), unit(20, 30, PARTIAL)) == []
    assert found(unit(10, 10, PARTIAL), unit(9, 30, COMPLETE)) == [("votes:hamon", 10, 9)]


def test_F28_a_unit_that_waits_again_is_withdrawn() -> None:
    (made,) = corrections(night(unit(5, 5)), {"u1": UnitResult("u1", WAITING)}, LATER)
    assert (made.is_withdrawn, made.is_material, made.numbers) == (True, True, ())


def test_what_changes_nothing_that_is_shown_is_none() -> None:
    held = replace(unit(5, 5), held=True)
    assert corrections(night(unit(5, 5)), {"u1": held}, LATER) == ()
    assert corrections(night(UnitResult("u1", WAITING)), {"u1": unit(5, 5)}, LATER) == ()
    assert corrections(None, {"u1": unit(5, 5)}, LATER) == ()
    # What the source says for the first time is no correction of anything.
    assert found(unit(5, 5), unit(5, 5, registered_voters=20)) == []


def test_only_what_is_large_or_turns_a_unit_is_material() -> None:
    def material(before: UnitResult, after: UnitResult) -> bool:
        return corrections(night(before), {"u1": after}, LATER)[0].is_material

    assert material(unit(212, 100), unit(112, 100))
    assert not material(unit(212, 100), unit(211, 100))  # one vote
    assert not material(unit(5000, 100), unit(4980, 100))  # 20 votes of 5,000
    assert material(unit(51, 50), unit(50, 51))  # another winner
    assert material(unit(51, 50), unit(50, 50))  # none


def test_the_history_is_kept_and_bounded() -> None:
    first = corrections(night(unit(212, 100)), {"u1": unit(112, 100)}, LATER)
    again = replace(night(unit(112, 100)), corrections=first)
    assert corrections(again, {"u1": unit(212, 100)}, LATER)[0] is first[0]
    full = replace(again, corrections=first * MOST_CORRECTIONS)
    made = corrections(full, {"u1": unit(212, 100)}, LATER)
    assert len(made) == MOST_CORRECTIONS
    assert made[-1].numbers[0].after == 212


def test_those_of_one_file_are_in_its_order() -> None:
    codes = [f"u{n}" for n in range(1, MOST_CORRECTIONS + 3)]
    before = {code: make_unit(code, 60, 40) for code in codes}
    after = {code: make_unit(code, 61, 40) for code in codes}
    made = corrections(replace(night(unit(1, 1)), units=before), after, LATER)
    assert [each.unit for each in made] == codes[-MOST_CORRECTIONS:]


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=3, max_size=3), st.data()
)
def test_I5_no_number_falls_without_a_correction(
    before: Mapping[str, int], data: st.DataObject
) -> None:
    after = data.draw(st.fixed_dictionaries({key: st.integers(0, 9) for key in before}))
    statuses = st.sampled_from([PARTIAL, COMPLETE])
    old, new = (
        UnitResult("u1", data.draw(statuses), Counts(votes, sum(votes.values())))
        for votes in (before, after)
    )
    made = corrections(night(old), {"u1": new}, LATER)
    fallen = {f"votes:{key}" for key, votes in before.items() if after[key] < votes}
    assert fallen <= {number.what for each in made for number in each.numbers}


def test_what_is_taken_back_is_every_number_that_fell() -> None:
    before = {unit.code: unit for unit in (make_unit("u1", 60, 40), make_unit("u2", 5, 5))}
    fallen = make_unit("u1", 59, 42)
    assert taken_back(before, {**before, "u1": fallen}) == {"u1 votes:hamon": 59}
    waits = UnitResult("u2", CountStatus.WAITING)
    assert taken_back(before, {"u1": before["u1"], "u2": waits}) == {"u2": 0}
    assert taken_back(before, {"u1": before["u1"]}) == {"u2": 0}
    assert taken_back(before, {**before, "u2": replace(before["u2"], held=True)}) == {}
    assert taken_back({"u2": waits}, before) == {}


def test_more_than_anybody_looks_at_is_not_told_number_by_number() -> None:
    before = {f"u{n}": make_unit(f"u{n}", 6, 4) for n in range(MOST_TAKEN_BACK + 1)}
    assert len(taken_back(before, {"u0": before["u0"]})) == MOST_TAKEN_BACK
    assert taken_back(before, {}) == {}
