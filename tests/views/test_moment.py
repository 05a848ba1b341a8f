"""What a step of the night is called."""

from typing import Any

import pytest

from dashboard import views
from dashboard.model import Post, PostKind, Snapshot
from dashboard.views.moment import kind_of, takes_back
from dashboard.wire import JSON
from tests.builders import EVENING, make_contest, make_election, make_result, make_unit

BEFORE: dict[str, Any] = {
    "counted": 0.5,
    "votes": 10,
    "leader": "hamon",
    "posts": 3,
    "keys": 1,
    "corrections": 0,
}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "other"),
        ({"posts": 4}, "post"),
        ({"posts": 2}, "post"),
        ({"votes": 11}, "result"),
        ({"counted": 0.6}, "result"),
        ({"posts": 4, "votes": 11}, "result"),
        ({"posts": 4, "keys": 2, "votes": 11}, "key"),
        ({"keys": 0}, "other"),
        ({"leader": "valls", "votes": 12, "keys": 2}, "lead"),
        ({"leader": "", "votes": 12}, "result"),
        ({"corrections": 1, "leader": "valls"}, "correction"),
    ],
)
def test_the_first_of_several_kinds_is_the_step(changes: dict[str, Any], kind: str) -> None:
    assert kind_of(BEFORE, BEFORE | changes) == kind


@pytest.mark.parametrize(
    ("posts", "is_taken_back"),
    [
        (("a", "b"), False),
        (("c", "a", "b"), False),
        (("b",), True),
        (("a", "b, changed"), True),
        ((), True),
    ],
)
def test_F54_a_page_tells_when_it_takes_a_post_back(
    posts: tuple[str, ...], is_taken_back: bool
) -> None:
    assert takes_back(page("a", "b"), page(*posts)) is is_taken_back


def page(*texts: str) -> JSON:
    """The dashboard's document with these posts."""
    contest = make_contest()
    posts = tuple(Post(text[0], EVENING, PostKind.REACTION, text) for text in texts)
    seen = Snapshot((make_result(contest, make_unit("u1", 5, 4)),), posts)
    return views.documents(make_election(contest), seen, frozenset())["home.fr"]
