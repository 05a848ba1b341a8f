"""Now beside an earlier vote: the arithmetic of swings, and what is compared with what."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Contest, Counts, CountStatus, Previous
from dashboard.tally import Gatherer
from dashboard.tally.compare import change
from tests.builders import make_contest, make_result, make_unit

votes = st.integers(0, 10**7)


def counts(first: int, second: int) -> Counts:
    counted = make_unit("u1", first, second).counts
    assert counted is not None
    return counted


def compared(**then: Counts) -> Contest:
    options = frozenset({"hamon", "valls"})
    return replace(
        make_contest(), previous=Previous("1er tour", "Round 1", "", options=options, counts=then)
    )


@given(votes, votes, votes, votes)
def test_swings_of_the_same_options_sum_to_zero(a: int, b: int, c: int, d: int) -> None:
    found = change(compared(), 1, counts(a, b), counts(c, d))
    points = [swing.points for swing in found.swings]
    if not (a + b and c + d):
        assert points == [None, None]
        assert found.gain is None
        return
    assert abs(sum(p for p in points if p is not None)) < 1e-12
    if a * d == b * c:  # the same shares
        assert points == [0, 0]
        assert found.gain is None
    else:
        assert found.gain is not None
        assert found.gain.points == max(p for p in points if p is not None) > 0


def test_only_units_of_both_votes_are_compared() -> None:
    contest = compared(u1=counts(40, 60), u2=counts(10, 90), u4=counts(1, 1))
    half = replace(make_unit("u2", 9, 1), status=CountStatus.PARTIAL)
    result = make_result(contest, make_unit("u1", 70, 30), half, make_unit("u3", 5, 95))
    found = Gatherer(contest)(result).compared
    assert found.whole is not None
    assert found.whole.units == 1  # u2 is not all counted, u4 waits, u3 was not there then
    assert [s.points for s in found.whole.swings] == [0.3, -0.3]
    assert len(found.rows) == 1


def test_without_an_earlier_vote_nothing_is_compared() -> None:
    contest = make_contest()
    found = Gatherer(contest)(make_result(contest, make_unit("u1", 70, 30))).compared
    assert (found.whole, dict(found.rows), dict(found.areas)) == (None, {}, {})
