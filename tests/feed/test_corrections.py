"""Corrections in the feed: one by one while they are few, one sentence when they are many."""

from dataclasses import replace
from datetime import timedelta

from dashboard import feed, views
from dashboard.model import (
    Contest,
    ContestResult,
    Correction,
    NumberChange,
    Post,
    PostKind,
    ReportingUnit,
    Snapshot,
)
from tests.builders import EVENING, make_contest, make_election, make_result

LATER = EVENING + timedelta(minutes=17)


def corrected(contest: Contest, *units: str, material: bool = True) -> ContestResult:
    change = NumberChange("votes:hamon", 212, 112)
    return replace(
        make_result(contest),
        corrections=tuple(
            Correction(LATER, unit, (change,), is_material=material) for unit in units
        ),
    )


def texts(contest: Contest, result: ContestResult) -> list[str]:
    return [post.text for post in feed.with_ours((), [contest], [result])]


def test_a_correction_says_what_it_was_and_what_it_is() -> None:
    contest = make_contest()
    meze = ReportingUnit("u1", "Mèze")
    contest = replace(contest, rows="unit", units=(meze, *contest.units[1:]))
    (post,) = feed.with_ours((), [contest], [corrected(contest, "u1")])
    assert (post.kind, post.at) == (PostKind.CORRECTION, LATER)
    assert post.text == post.text_en == "Mèze, Hamon 212 → 112"


def test_a_station_is_named_with_its_city() -> None:
    contest = make_contest()
    assert texts(contest, corrected(contest, "u2")) == ["Montpellier, Bureau 2, Hamon 212 → 112"]


def test_small_ones_are_not_said_and_many_are_said_at_once() -> None:
    contest = make_contest(units=6)
    assert texts(contest, corrected(contest, "u1", material=False)) == []
    assert len(texts(contest, corrected(contest, "u1", "u2", "u3"))) == 3
    assert texts(contest, corrected(contest, "u1", "u2", "u3", "u4")) == [
        "4 bureaux de vote corrigés d’un coup, dont Montpellier, Bureau 1, Hamon 212 → 112"
    ]


def test_it_stands_among_the_posts_by_its_time() -> None:
    contest = make_contest()
    early = Post("1", EVENING, PostKind.NOTE, "avant")
    late = Post("2", LATER + timedelta(minutes=1), PostKind.NOTE, "après")
    pinned = Post("3", EVENING, PostKind.KEY, "épinglé", pinned=True)
    found = feed.with_ours((pinned, late, early), [contest], [corrected(contest, "u1")])
    assert [post.kind for post in found] == ["key", "note", "correction", "note"]


def test_the_page_shows_mark_history_and_post() -> None:
    contest = make_contest()
    result = corrected(contest, "u1")
    posts = feed.with_ours((), [contest], [result])
    drawn = views.documents(make_election(contest), Snapshot((result,), posts), frozenset())
    french, english = str(drawn["home.fr"]), str(drawn["home.en"])
    assert "row-corrected" in french and "'corrigé'" in french and "'corrected'" in english
    assert french.count("Montpellier, Bureau 1, Hamon 212 → 112") == 2  # history and feed
    assert "Montpellier, Bureau 1, Hamon 212 → 112" in str(drawn["screen.fr"])
    plain = views.documents(
        make_election(contest), Snapshot((make_result(contest),), ()), frozenset()
    )
    assert "row-corrected" not in str(plain["home.fr"]) and "corrigé" not in str(plain["home.fr"])
