"""Which rows have come in last."""

from dataclasses import replace
from datetime import timedelta

from dashboard.model import Arrival, CountStatus, Snapshot, UnitResult
from dashboard.tally.arrivals import MOST_ARRIVALS, arrivals
from dashboard.wire import snapshot_from_json, snapshot_to_json
from tests.builders import EVENING, make_contest, make_result, make_unit

CONTEST = make_contest(units=6)
LATER = EVENING + timedelta(minutes=1)


def units(*counted: UnitResult) -> dict[str, UnitResult]:
    return dict(make_result(CONTEST, *counted).units)


def test_a_row_arrives_with_the_last_of_its_units() -> None:
    first, second = make_unit("u1", 6, 4), make_unit("u2", 6, 4)
    before = make_result(CONTEST)
    assert arrivals(CONTEST, before, units(first), ["u1"], EVENING) == ()
    before = make_result(CONTEST, first)
    found = arrivals(CONTEST, before, units(first, second), ["u2"], EVENING)
    assert found == (Arrival("Montpellier", EVENING),)
    corrected = make_unit("u2", 7, 4)
    before = replace(make_result(CONTEST, first, second), arrivals=found)
    assert arrivals(CONTEST, before, units(first, corrected), ["u2"], LATER) == found


def test_a_partial_count_has_not_arrived_and_the_newest_is_last() -> None:
    olonzac = make_unit("u3", 6, 4, status=CountStatus.PARTIAL)
    assert arrivals(CONTEST, make_result(CONTEST), units(olonzac), ["u3"], EVENING) == ()
    before = replace(make_result(CONTEST, olonzac), arrivals=(Arrival("Sète", EVENING),))
    whole = make_unit("u3", 6, 4)
    found = arrivals(CONTEST, before, units(whole), ["u3"], LATER)
    assert found == (Arrival("Sète", EVENING), Arrival("Olonzac", LATER))


def test_of_a_night_that_is_joined_late_nothing_is_claimed() -> None:
    assert arrivals(CONTEST, None, units(make_unit("u3", 6, 4)), ["u3"], EVENING) == ()


def test_only_the_newest_are_kept_and_they_outlive_a_restart() -> None:
    many = replace(make_contest(units=20), rows="unit")
    counted = [make_unit(f"u{n}", n, 4) for n in range(1, 21)]
    after = dict(make_result(many, *counted).units)
    found = arrivals(many, make_result(many), after, list(after), EVENING)
    assert [each.row for each in found] == [f"u{n}" for n in range(9, 21)]
    assert len(found) == MOST_ARRIVALS
    kept = snapshot_from_json(
        snapshot_to_json(Snapshot((replace(make_result(many, *counted), arrivals=found),), ()))
    )
    assert kept.contests[0].arrivals == found
