"""JSON as a plain table: the election file says the way to the records."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import pipeline
from dashboard.model import Contest, ReportingUnit, StatusRule, TableColumns
from dashboard.readers import ReadError, Reading, read
from tests.builders import make_file

from .tables import FILES, WIDE

HERE = FILES / "json"
MAYOR = replace(
    WIDE,
    units=tuple(ReportingUnit(code, code) for code in "123"),
    source=replace(
        WIDE.source,
        records="races.units.candidates",
        columns=TableColumns(
            unit=("races.units.ward",),
            option="races.units.candidates.name",
            votes="races.units.candidates.votes",
            option_values={"A. Martin": "hamon", "B. Petit": "valls"},
            registered_voters="races.units.registered",
            status="races.units.counted",
            status_total="races.units.of",
        ),
        where={"races.title": "Mayor"},
        status=StatusRule("progress"),
    ),
)
KEYS = st.sampled_from(["races", "units", "candidates", "title", "ward", "name", "votes", "*", ""])
SCALARS = st.none() | st.booleans() | st.integers(-3, 400) | st.floats(0, 9) | st.sampled_from("AB")
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)
FOUND: Mapping[str, list[str]] = {
    "good.json": [],
    "good_one_line.json": [],
    "cell_letters.json": ["R402 2"],
    "cell_null.json": ["R401 2"],
    "cell_negative.json": ["R403 2"],
    "cell_fraction.json": ["R404 2"],
    "cell_list.json": ["R401 2"],
    "cell_true.json": ["R402 2"],
    "candidate_missing.json": ["R306 2"],
    "candidate_unknown.json": ["R305 2"],
    "candidate_twice.json": ["R303 2"],
    "ward_twice.json": ["R303 2", "R308 2", "R308 2", "R308 2"],
    "ward_without_name.json": ["R301", "R301"],
    "progress_beyond_total.json": ["R307 2"],
    "way_renamed.json": ["R612"],
    "votes_renamed.json": ["R201"],
    "race_renamed.json": ["R206"],
    "no_race.json": ["R206"],
    "torn.json": ["R602"],
    "malformed.json": ["R603"],
    "not_json.json": ["R603"],
}


def found(name: str) -> list[str]:
    try:
        findings = read(make_file((HERE / name).read_bytes()), MAYOR).findings
    except ReadError as error:
        findings = (error.finding,)
    return [f"{finding.code} {finding.unit}".strip() for finding in findings]


def read_value(value: object, records: str, columns: TableColumns, **source: Any) -> Reading:
    described = described_by(records, columns, **source)
    return read(make_file(json.dumps(value).encode()), described)


def described_by(records: str, columns: TableColumns, **source: Any) -> Contest:
    source = {"records": records, "columns": columns, "delimiter": ""} | source
    return replace(WIDE, source=replace(WIDE.source, **source))


def votes(reading: Reading) -> Mapping[str, list[int]]:
    return {
        code: list(result.counts.votes.values()) if result.counts else []
        for code, result in reading.results.items()
    }


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert found(name) == FOUND[name]


def test_nested_candidates_are_rows_and_what_they_lie_in_is_repeated() -> None:
    reading = read(make_file((HERE / "good.json").read_bytes()), MAYOR)
    assert votes(reading) == {"1": [210, 190], "2": [110, 90], "3": []}
    assert [result.status.value for result in reading.results.values()] == [
        "complete", "partial", "waiting",
    ]  # fmt: skip
    counts = reading.results["2"].counts
    assert counts is not None and counts.registered_voters == 800


def test_json_has_no_lines_and_a_sentence_names_none() -> None:
    reading = read(make_file((HERE / "cell_letters.json").read_bytes()), MAYOR)
    (finding,) = reading.findings
    assert (finding.line, reading.lines) == (None, {})
    assert finding.message.startswith("Unit 2, column 'races.units.candidates.votes': found '11O'")
    assert finding.message_fr.startswith("Unité 2, colonne «\xa0races.units.candidates.votes\xa0»")


def test_a_missing_column_is_said_with_those_that_look_alike() -> None:
    with pytest.raises(ReadError) as caught:
        read(make_file((HERE / "votes_renamed.json").read_bytes()), MAYOR)
    assert caught.value.finding.message == (
        "Missing in the header: 'races.units.candidates.votes' (found:"
        " 'races.units.candidates.vote', 'races.units.candidates.name', 'races.units.counted')."
    )


def test_values_of_an_object_are_columns_even_with_dots_in_their_names() -> None:
    value = {"wards": [{"id": "1", "votes": {"J. Martin": 4, "B. Petit": 5, "Stray": "x"}}]}
    columns = TableColumns(
        unit=("wards.id",),
        options={"hamon": "wards.votes.J. Martin", "valls": "wards.votes.B. Petit"},
    )
    assert votes(read_value(value, "wards", columns)) == {"1": [4, 5]}


def test_records_by_their_keys() -> None:
    value = {"counties": {"34001": {"h": 4, "v": 5}, "34002": {"h": 6, "v": 7}}}
    columns = TableColumns(
        unit=("counties.*",), options={"hamon": "counties.*.h", "valls": "counties.*.v"}
    )
    reading = read_value(value, "counties.*", columns)
    assert votes(reading) == {"34001": [4, 5], "34002": [6, 7]}


def test_a_list_at_the_top() -> None:
    value = [{"code": "34001", "h": 4, "v": 5}, {"code": "34002", "h": "6", "v": "1 007"}]
    columns = TableColumns(unit=("code",), options={"hamon": "h", "valls": "v"})
    assert votes(read_value(value, ".", columns)) == {"34001": [4, 5], "34002": [6, 1007]}


def test_a_record_never_takes_a_number_of_what_it_lies_in() -> None:
    value = [{"votes": 99, "code": "34001", "lists": [{"name": "h"}, {"name": "v", "votes": 5}]}]
    columns = TableColumns(
        unit=("code",),
        option="lists.name",
        votes="lists.votes",
        option_values={"h": "hamon", "v": "valls"},
    )
    reading = read_value(value, "lists", columns)
    assert [finding.code for finding in reading.findings] == ["R401"]


def test_a_race_without_units_is_passed_over() -> None:
    value = {"races": [{"n": "a"}, {"n": "b", "units": [{"code": "1", "h": 1, "v": 2}]}]}
    columns = TableColumns(
        unit=("races.units.code",), options={"hamon": "races.units.h", "valls": "races.units.v"}
    )
    assert votes(read_value(value, "races.units", columns)) == {"1": [1, 2]}


def test_the_same_unit_is_the_same_object() -> None:
    file = make_file((HERE / "good.json").read_bytes())
    first = pipeline.read_contest(file, MAYOR, None)
    again = read(file, MAYOR, first)
    assert all(again.results[code] is unit for code, unit in first.units.items())


@pytest.mark.parametrize("value", [7, "x", None, [1, 2], {"races": 3}, {"races": [[["a"]]]}, []])
def test_what_is_no_list_of_objects_is_refused(value: object) -> None:
    with pytest.raises(ReadError) as caught:
        read_value(value, "races.units.candidates", MAYOR.source.columns)
    assert caught.value.finding.code in {"R206", "R603", "R612"}


@pytest.mark.parametrize("depth", [100, 400, 900, 100_000])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"races": ', "}"), ('[{"races": ', "}]")])
def test_nesting_is_no_way_to_break_it(depth: int, start: str, end: str) -> None:
    described = described_by("races.units", MAYOR.source.columns)
    with pytest.raises(ReadError):
        read(make_file((start * depth + "1" + end * depth).encode()), described)


@given(VALUES, st.lists(KEYS, max_size=4), st.lists(KEYS, max_size=3))
def test_any_value_and_any_way_give_a_grid_or_a_refusal(
    value: object, steps: list[str], name: list[str]
) -> None:
    columns = TableColumns(unit=(".".join([*steps, "ward"]),), options={"hamon": ".".join(name),
                           "valls": ".".join([*steps, "votes"])})  # fmt: skip
    try:
        reading = read_value(value, ".".join(steps) or ".", columns)
    except ReadError:
        return
    assert reading.row_count >= len(reading.results)
