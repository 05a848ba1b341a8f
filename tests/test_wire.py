"""Patches: whatever the two documents, merging the difference gives the second."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import wire
from dashboard.model import Finding, Severity, Snapshot
from tests.builders import make_contest, make_result, make_unit

scalars = st.one_of(st.integers(-9, 9), st.booleans(), st.text("ab#", max_size=2))
keys = st.text("abc0", max_size=1)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, st.none()), max_size=5), st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=20,
)
documents = st.dictionaries(keys, values, max_size=4)


@settings(max_examples=200)
@given(documents, documents)
def test_merge_of_the_difference_is_the_new_document(
    old: dict[str, wire.JSON], new: dict[str, wire.JSON]
) -> None:
    merged = wire.merge(old, wire.diff(old, new))
    assert json.dumps(merged, sort_keys=True) == json.dumps(new, sort_keys=True)


@given(documents)
def test_nothing_changed_is_an_empty_patch(document: dict[str, wire.JSON]) -> None:
    assert wire.diff(document, document) == {}


def test_an_array_is_patched_by_index() -> None:
    counted: list[wire.JSON] = [0] * 343
    assert wire.diff({"z": counted}, {"z": [*counted[:17], 3, *counted[18:]]}) == {
        "z": {"#": {"17": 3}}
    }


def test_one_and_true_are_different_json() -> None:
    assert wire.diff({"a": [1, 1, 1]}, {"a": [True, 1, 1]}) == {"a": {"#": {"0": True}}}


def test_snapshot_survives_the_wire() -> None:
    contest = make_contest()
    snapshot = Snapshot((make_result(contest, make_unit("u1", 10, 5), held=["u2"]),), ())
    assert wire.snapshot_from_json(wire.snapshot_to_json(snapshot)) == snapshot


def test_digest_is_of_what_is_said_not_of_the_file() -> None:
    contest = make_contest()
    result = make_result(contest, make_unit("u1", 10, 5))
    again = replace(
        result,
        units=dict(reversed(list(result.units.items()))),
        source_digest="f" * 64,
        data_at=result.data_at + timedelta(minutes=1),
    )
    other = make_result(contest, make_unit("u1", 10, 6))
    first, second, third = (
        wire.snapshot_digest(Snapshot((r,), ())) for r in (result, again, other)
    )
    assert first == second != third


def test_a_unit_is_written_as_what_it_is_whatever_was_written_before() -> None:
    """What is remembered of a unit that is gone must not pass for one made in its place."""
    contest = make_contest()
    for votes in range(50):
        for snapshot in (
            Snapshot((make_result(contest, make_unit("u1", votes, extra)),), ())
            for extra in range(3)
        ):
            wire.snapshot_digest(snapshot)
            assert wire.snapshot_from_json(wire.snapshot_to_json(snapshot)) == snapshot


def test_every_member_that_is_said_counts_for_the_digest() -> None:
    contest = make_contest()
    result = make_result(contest, make_unit("u1", 10, 5))
    finding = Finding("C201", Severity.HOLD, "x", "x", unit="u1")
    held = make_result(contest, make_unit("u1", 10, 5), held=["u1"])
    said = [result, held, replace(result, findings=(finding,)), replace(result, contest_id="x")]
    digests = {wire.snapshot_digest(Snapshot((each,), ())) for each in said}
    digests.add(wire.snapshot_digest(Snapshot((result, held), ())))
    assert len(digests) == len(said) + 1


def test_no_number_that_is_none_is_written_and_names_may_say_what_they_like() -> None:
    assert wire.encode({"NaN": "Infinity", "é": [1.5, None, True]}) == (
        '{"NaN":"Infinity","é":[1.5,null,true]}'.encode()
    )
    for value in (float("nan"), float("inf"), -float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            wire.encode({"share": [value]})


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
))  # fmt: skip
def test_the_bytes_are_those_of_the_standard_library(value: Any) -> None:
    expected = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    assert wire.encode(value) == expected
