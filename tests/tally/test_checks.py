"""Each rule: the file that breaks it alone, and what the unit then shows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import tally
from dashboard.model import Counts, CountStatus, Severity, UnitResult
from tests.builders import make_contest, make_counts, make_result, make_unit

CONTEST = make_contest(registered=500)


def codes(*units: UnitResult) -> list[str]:
    found = tally.check({u.code: u for u in units}, {}, CONTEST, None)
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda c: c, []),
        (lambda c: replace(c, votes={"hamon": 101, "valls": 50}), ["C201"]),
        (lambda c: replace(c, ballots_cast=154), ["C202"]),
        (lambda c: replace(c, blank_ballots=None, ballots_cast=149), ["C206"]),
        (lambda c: replace(c, registered_voters=154), ["C203"]),
        (lambda c: replace(c, ballots_cast=None, registered_voters=149), ["C203"]),
        (lambda c: replace(c, blank_ballots=None, invalid_ballots=None), []),
        (
            lambda c: replace(
                c, blank_ballots=None, invalid_ballots=None, blank_or_invalid_ballots=4
            ),
            ["C202"],
        ),
    ],
)
def test_F25_each_identity_alone(change: Callable[[Counts], Counts], expected: list[str]) -> None:
    counts = change(make_counts(100, 50))
    assert codes(UnitResult("u1", CountStatus.COMPLETE, counts)) == expected


def test_register_of_the_election_file_bounds_the_ballots() -> None:
    assert codes(make_unit("u1", 400, 200)) == ["C203"]


def test_F30_unknown_unit_is_held_and_named() -> None:
    (finding,) = tally.check(
        {"u1": make_unit("u1", 10, 5), "1001": make_unit("1001", 3, 2)}, {"1001": 7}, CONTEST, None
    )
    assert (finding.code, finding.unit, finding.line) == ("C204", "1001", 7)
    assert "'1001'" in finding.message and "«\u00a01001\u00a0»" in finding.message_fr


def test_file_of_another_election_is_refused() -> None:
    (finding,) = tally.check({"x1": make_unit("x1", 1, 2)}, {}, CONTEST, None)
    assert (finding.code, finding.severity) == ("C290", Severity.REFUSE)


def test_counted_unit_that_disappears_keeps_its_values() -> None:
    before = make_result(CONTEST, make_unit("u1", 10, 5), make_unit("u2", 20, 5))
    now = {"u1": make_unit("u1", 10, 5)}
    found = tally.check(now, {}, CONTEST, before)
    units = tally.hold(now, found, CONTEST, before)
    assert [f.code for f in found] == ["C205"]
    assert units["u2"] == replace(before.units["u2"], held=True)


def test_held_unit_shows_its_last_good_values_or_waits() -> None:
    before = make_result(CONTEST, make_unit("u1", 10, 5))
    bad = {
        "u1": make_unit("u1", 10, 5, valid_votes=99),
        "u2": make_unit("u2", 1, 1, valid_votes=99),
    }
    units = tally.hold(bad, tally.check(bad, {}, CONTEST, before), CONTEST, before)
    assert units["u1"].counts == make_counts(10, 5) and units["u1"].held
    assert units["u2"] == UnitResult("u2", CountStatus.WAITING, None, held=True)
    assert list(units) == [unit.code for unit in CONTEST.units]


numbers = st.integers(0, 600)


@given(st.tuples(numbers, numbers, numbers, numbers, numbers, numbers))
def test_I4_no_unit_that_breaks_an_identity_is_published(n: tuple[int, ...]) -> None:
    counts = Counts(
        votes={"hamon": n[0], "valls": n[1]},
        valid_votes=n[2],
        blank_ballots=n[3],
        invalid_ballots=n[4],
        ballots_cast=n[5],
    )
    results = {"u1": UnitResult("u1", CountStatus.COMPLETE, counts)}
    units = tally.hold(results, tally.check(results, {}, CONTEST, None), CONTEST, None)
    sound = n[0] + n[1] == n[2] and n[2] + n[3] + n[4] == n[5] and n[5] <= 500
    assert units["u1"].counted == sound
    assert units["u1"].held == (not sound)
