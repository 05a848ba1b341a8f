"""Moments of the count: what is told, when, and that it is told once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dashboard import wire
from dashboard.model import (
    Contest,
    ContestResult,
    CountStatus,
    Milestone,
    MilestoneKind,
    MilestoneRules,
    Snapshot,
    UnitResult,
    WatchedRow,
)
from dashboard.tally.milestones import with_milestones
from dashboard.tally.progress import progress
from tests.builders import EVENING, make_contest, make_result, make_unit

MONTPELLIER = WatchedRow("Montpellier", "Montpellier", ("u1", "u2"))
OLONZAC = WatchedRow("Olonzac", "Olonzac", ("u3",))
RULES = MilestoneRules(shares=(0.25, 0.5, 0.75), rows=(MONTPELLIER, OLONZAC), most=50)
Votes = Mapping[int, tuple[int, int]]


def contest(units: int = 8, embargo: datetime | None = None, **rules: Any) -> Contest:
    return replace(make_contest(units, embargo=embargo), milestones=replace(RULES, **rules))


def night(contest: Contest, *files: Votes, minutes: float = 2.0) -> ContestResult:
    """The result after these files, so many minutes apart."""
    result: ContestResult | None = None
    for number, votes in enumerate(files):
        result = step(contest, result, votes, minutes * number)
    assert result is not None
    return result


def step(
    contest: Contest, previous: ContestResult | None, votes: Votes, minutes: float, **changes: Any
) -> ContestResult:
    units = [make_unit(f"u{n}", *v) for n, v in votes.items()]
    at = EVENING + timedelta(minutes=minutes)
    now = replace(make_result(contest, *units), data_at=at)
    return with_milestones(contest, previous, now, progress(contest, now))


def told(result: ContestResult) -> list[str]:
    return [milestone.key for milestone in result.milestones]


def test_by_default_nothing_is_told() -> None:
    plain = make_contest()
    assert night(plain, {}, {1: (6, 4)}).told is None


def test_a_share_is_told_when_it_is_passed_and_the_largest_for_all() -> None:
    two, five = dict.fromkeys((4, 5), (60, 40)), dict.fromkeys((4, 5, 6, 7, 8), (60, 40))
    (quarter,) = night(contest(), {}, two).milestones
    assert (quarter.kind, quarter.share, quarter.at) == (
        MilestoneKind.SHARE, 0.25, EVENING + timedelta(minutes=2),
    )  # fmt: skip
    assert (quarter.complete_units, quarter.units, quarter.valid_votes) == (2, 8, 200)
    assert told(night(contest(), {}, five)) == ["share:0.5"]
    assert told(night(contest(), {}, five, two, two)) == ["share:0.5"]


def test_a_row_is_told_when_its_last_unit_is_counted() -> None:
    first = night(contest(shares=()), {}, {1: (60, 40)})
    assert told(first) == []
    assert told(step(contest(shares=()), first, {1: (60, 40), 2: (1, 9)}, 9)) == [
        "complete:Montpellier"
    ]


def test_a_held_unit_completes_nothing() -> None:
    rules = contest(shares=())
    first = night(rules, {})
    units = [make_unit("u1", 6, 4), make_unit("u2", 6, 4)]
    held = replace(make_result(rules, *units, held=["u2"]), data_at=EVENING + timedelta(minutes=2))
    assert told(with_milestones(rules, first, held, progress(rules, held))) == []


def test_who_is_ahead_is_news_when_it_changes_and_not_at_first_sight() -> None:
    ahead, behind = {1: (60, 40)}, {1: (60, 40), 4: (10, 90)}
    rules = contest(shares=(), rows=())
    assert told(night(rules, {}, ahead)) == []
    (lead,) = night(rules, {}, ahead, behind).milestones
    assert (lead.key, lead.ahead, lead.ahead_before) == ("lead:", "valls", "hamon")
    # A tie in between is no change of itself, nor does it hide one.
    level = {1: (60, 40), 4: (40, 60)}
    assert told(night(rules, {}, ahead, level, behind)) == ["lead:"]
    assert told(night(rules, {}, ahead, level, ahead)) == []


def test_too_early_to_tell_is_too_early_for_a_lead() -> None:
    rules = replace(contest(units=20, shares=(), rows=()), early_below=0.10)
    assert told(night(rules, {}, {4: (6, 4)}, {4: (4, 6)})) == []


def test_a_row_changes_sides_once_half_of_it_is_counted() -> None:
    rules = contest(shares=(), complete=False)
    (lead,) = night(
        rules, {}, {1: (60, 40), 4: (0, 900)}, {1: (60, 40), 2: (1, 99), 4: (0, 900)}
    ).milestones
    assert (lead.key, lead.place, lead.ahead) == ("lead:Montpellier", "Montpellier", "valls")


def test_never_more_than_one_in_a_pause_and_what_waits_is_told_later_if_it_still_holds() -> None:
    rules = contest(shares=())
    first, second = {3: (6, 4)}, {1: (6, 4), 2: (6, 4), 3: (6, 4)}
    soon = night(rules, {}, first, second, minutes=0.9)
    assert told(soon) == ["complete:Olonzac"]
    later = step(rules, soon, {**second, 4: (6, 4)}, 3)
    assert told(later) == ["complete:Olonzac", "complete:Montpellier"]
    gaps = [b.at - a.at for a, b in zip(later.milestones, later.milestones[1:], strict=False)]
    assert min(gaps) >= timedelta(minutes=1)


def test_of_several_at_once_the_weightiest_is_told() -> None:
    everything = dict.fromkeys(range(1, 9), (6, 4))
    assert told(night(contest(), {}, everything)) == ["complete:"]
    # When all is told, its parts are no news.
    again = {**everything, 8: (7, 3)}
    assert told(night(contest(), {}, everything, again)) == ["complete:"]


def test_what_was_so_at_first_sight_is_no_news() -> None:
    half = dict.fromkeys((1, 2, 3, 4), (6, 4))
    assert told(night(contest(), half)) == []
    assert told(night(contest(), half, {**half, 5: (6, 4)})) == []
    more = dict.fromkeys(range(1, 7), (6, 4))
    assert told(night(contest(), half, more)) == ["share:0.75"]


def test_before_the_hour_nothing_is_told_and_what_was_then_is_no_news() -> None:
    hour = EVENING + timedelta(minutes=3)
    rules = contest(embargo=hour)
    half = dict.fromkeys((1, 2, 3, 4), (6, 4))
    assert told(night(rules, {}, half)) == []
    assert told(night(rules, {}, half, half)) == []
    assert told(night(rules, {}, half, half, dict.fromkeys(range(1, 7), (6, 4)))) == ["share:0.75"]


def test_no_more_of_them_than_wanted() -> None:
    rules = contest(most=1)
    assert told(night(rules, {}, {3: (6, 4)}, dict.fromkeys(range(1, 9), (6, 4)))) == [
        "complete:Olonzac"
    ]


def test_a_restart_tells_nothing_twice_and_forgets_nothing() -> None:
    files: list[Votes] = [
        {n: ((60, 40) if n < turn else (4, 96)) for n in range(1, turn)} for turn in range(1, 10)
    ]
    rules = contest()
    whole = night(rules, *files)
    assert len(whole.milestones) > 2
    for cut in range(1, len(files)):
        saved = wire.snapshot_to_json(Snapshot((night(rules, *files[:cut]),), ()))
        result = wire.snapshot_from_json(saved).contests[0]
        for number in range(cut, len(files)):
            result = step(rules, result, files[number], 2.0 * number)
        assert result.milestones == whole.milestones


def test_partial_units_count_for_the_votes_and_complete_nothing() -> None:
    rules = contest(shares=())
    partial = make_unit("u3", 6, 4, status=CountStatus.PARTIAL)
    units: list[UnitResult] = [partial]
    now = replace(make_result(rules, *units), data_at=EVENING + timedelta(minutes=2))
    assert told(with_milestones(rules, night(rules, {}), now, progress(rules, now))) == []


def test_a_milestone_keeps_the_figures_of_its_moment() -> None:
    first = night(contest(), {}, {3: (60, 40)})
    later = step(contest(), first, {3: (50, 50)}, 20)
    milestone: Milestone = later.milestones[0]
    assert (milestone.votes, milestone.valid_votes) == ({"hamon": 60, "valls": 40}, 100)
