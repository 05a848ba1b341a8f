"""What a step of the night is called."""

from typing import Any

import pytest

from dashboard.views.moment import kind_of

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
