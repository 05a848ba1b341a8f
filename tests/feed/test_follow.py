"""Edited, retracted, or merely rolled off."""

from dataclasses import replace
from datetime import timedelta

from dashboard.feed.follow import follow
from dashboard.model import Post, PostKind
from tests.builders import EVENING

LATER, LATEST = EVENING + timedelta(minutes=17), EVENING + timedelta(minutes=30)


def post(identifier: str, minutes: int = 0, text: str = "Un.", **more: object) -> Post:
    at = EVENING + timedelta(minutes=minutes)
    return replace(Post(identifier, at, PostKind.NOTE, text), **more)  # type: ignore[arg-type]


def test_another_text_under_the_same_id_is_an_edit_and_stays_one() -> None:
    (edited,) = follow([post("a")], [post("a", text="Deux.")], LATER, rolls=False)
    assert edited.edited_at == LATER
    (again,) = follow([edited], [post("a", text="Deux.")], LATEST, rolls=False)
    assert again.edited_at == LATER
    (third,) = follow([edited], [post("a", text="Trois.")], LATEST, rolls=False)
    assert third.edited_at == LATEST


def test_what_the_feed_says_of_its_edits_counts() -> None:
    said = post("a", text="Deux.", edited_at=LATER)
    assert follow([post("a")], [said], LATEST, rolls=False) == [said]


def test_a_pin_a_link_or_a_camp_is_no_edit() -> None:
    now = post("a", pinned=True, source="Radio", camp="Valls", kind=PostKind.KEY)
    assert follow([post("a")], [now], LATER, rolls=False) == [now]


def test_what_a_table_does_not_hold_any_more_is_retracted() -> None:
    assert follow([post("b", 5), post("a")], [post("b", 5)], LATER, rolls=False) == [post("b", 5)]


def test_of_a_window_only_what_is_younger_than_its_oldest_is_retracted() -> None:
    before = [post("c", 9), post("b", 5), post("a", pinned=True)]
    kept = follow(before, [post("b", 5), post("d", 12)], LATER, rolls=True)
    assert kept == [post("a"), post("b", 5), post("d", 12)]
    assert follow(before, [], LATER, rolls=True) == []
