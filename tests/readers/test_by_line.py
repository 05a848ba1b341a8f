"""Plain lines are read by themselves, and again only where they differ: it must not show."""

from collections.abc import Sequence
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import pipeline, wire
from dashboard.model import (
    Contest,
    ContestResult,
    CountStatus,
    Option,
    ReportingUnit,
    Snapshot,
    StatusRule,
)
from dashboard.readers import ReadError, read, table
from tests.builders import make_file

from .tables import WIDE

CODES = ("34001", "34002", "2A004", "00012", "A-1")
HEADER = "code;name;registered;cast;blank;invalid;valid;hamon;valls;state"
UNITS = tuple(ReportingUnit(code, code, registered_voters=900) for code in CODES)
OTHERS = Option("others", "Autres", "Autres", remainder=True)


def described(by: str = "presence", others: bool = False, **source: object) -> Contest:
    """The contest of HEADER, its status ``by`` this rule, with a remainder or without."""
    status = {"column": ("state", ""), "progress": ("blank", "invalid")}.get(by, ("", ""))
    columns = replace(WIDE.source.columns, status=status[0], status_total=status[1])
    rule = StatusRule(by, {"none": "waiting", "some": "partial", "final": "complete"})
    return replace(
        WIDE,
        units=UNITS,
        options=(*WIDE.options, OTHERS) if others else WIDE.options,
        source=replace(WIDE.source, **{"columns": columns, "status": rule} | source),
    )


WITHOUT_REGISTER = replace(WIDE.source.columns, registered_voters="")
RULES = ("presence", "nonzero", "all", "column", "progress")
CONTESTS = [
    *(described(rule, others) for rule in RULES for others in (False, True)),
    described(columns=WITHOUT_REGISTER),
    described(pad_unit=5, ignore_units=("34002",)),
    described(columns=replace(WIDE.source.columns, absent="zero")),
    described(where={"state": "final"}, delimiter=";"),
    described(columns=replace(WIDE.source.columns, unit=("code", "name"))),
]

numbers = st.integers(0, 60).map(str)
odd_cells = st.sampled_from(
    ["", " ", " 7", "1 234", "12.0", "-1", "x", "٣", "1_0", "0000000012", "100000001", "9" * 5000]
)
codes = st.sampled_from([*CODES, *CODES, "12", "99999", "", " 34001", "34001\u200b"])
names = st.sampled_from(["1", "2", "Sète", "Ã©"])
states = st.sampled_from(["final", "final", "some", "none", "", " final", "?"])
odd_lines = st.sampled_from(["", ";;;;", ";" * 9, "34001;x", '34001;"x";1;1;1;1;1;1;1;final', "\r"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of the table: mostly sums that are right, of a known unit."""
    if draw(st.integers(0, 19)) == 0:
        return draw(odd_lines)
    a, b, blank, invalid = (draw(st.integers(0, 60)) for _ in range(4))
    cells = [a + b + blank + invalid, blank, invalid, a + b, a, b]
    cells_as_text = [draw(codes), draw(names), "500", *map(str, cells), draw(states)]
    if draw(st.integers(0, 3)) == 0:
        cells_as_text[draw(st.integers(2, 8))] = draw(numbers | odd_cells)
    return ";".join(cells_as_text)


@st.composite
def edited(draw: st.DrawFn, before: Sequence[str]) -> list[str]:
    """The table a moment later: some lines changed, gone, repeated, moved or new."""
    after = list(before)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(after)))
        taken = draw(st.integers(0, 2))
        new = draw(st.lists(lines() | st.sampled_from([*before, ""]), max_size=2))
        after[place : place + taken] = new
    return after


def reading(text: str, contest: Contest, previous: ContestResult | None) -> ContestResult | str:
    """The result, or the code and line of the refusal."""
    try:
        return pipeline.read_contest(make_file(text.encode()), contest, previous)
    except ReadError as error:
        return repr(error.finding)


def ordinary(text: str, contest: Contest, previous: ContestResult | None) -> ContestResult | str:
    """As ``reading``, every line going the ordinary way."""
    with mock.patch.object(table, "plain_lines", lambda text, contest: None):
        return reading(text, contest, previous and replace(previous, sound=None))


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(CONTESTS), st.sampled_from(["\n", "\n", "\r\n"]))
def test_reading_again_is_reading_from_scratch(
    data: st.DataObject, contest: Contest, end: str
) -> None:
    rows = data.draw(st.lists(lines(), min_size=1, max_size=6))
    result: ContestResult | None = None
    for _ in range(3):
        text = end.join([HEADER, *rows, ""]) + data.draw(st.sampled_from(["", "", "", "x", end]))
        again, scratch = reading(text, contest, result), ordinary(text, contest, result)
        assert again == scratch
        assert isinstance(again, str) or list(again.units) == list(CODES)
        result = again if isinstance(again, ContestResult) else result
        rows = data.draw(edited(rows))


GOOD = [f"{code};x;500;{n + 5};3;2;{n};{n};0;final" for n, code in enumerate(CODES)]


def good(rows: Sequence[str] = GOOD, end: str = "\n") -> str:
    return end.join([HEADER, *rows, ""])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["x", '"x"'])
def test_a_unit_that_says_the_same_is_the_same_object(end: str, name: str) -> None:
    """Line by line or, with quotation marks, as a whole; in another order; from another file."""
    contest = described(columns=WITHOUT_REGISTER)
    rows = [row.replace("x", name) for row in GOOD]
    first = reading(good(rows, end), contest, None)
    changed = [*reversed(rows[1:]), rows[0].replace("500;5;3;2;0;0;0", "500;6;3;2;1;1;0")]
    assert isinstance(first, ContestResult)
    second = reading(good(changed, end), contest, first)
    assert isinstance(second, ContestResult)
    assert second.changed == (CODES[0],)
    assert all(second.units[code] is first.units[code] for code in CODES[1:])


def test_what_a_take_over_continues_from_is_kept_as_well() -> None:
    contest = described()
    first = reading(good(), contest, None)
    assert isinstance(first, ContestResult)
    (saved,) = wire.snapshot_from_json(wire.snapshot_to_json(Snapshot((first,), ()))).contests
    second = reading(good([*GOOD, ""]), contest, saved)
    assert isinstance(second, ContestResult) and second.sound is not None
    assert all(second.units[code] is saved.units[code] for code in CODES)
    assert all(result is saved.units[result.code] for result in second.sound.units.values())


def test_another_header_is_another_file() -> None:
    """The same lines under exchanged headers say something else."""
    contest = described()
    first = reading(good(), contest, None)
    exchanged = good().replace("hamon;valls", "valls;hamon")
    assert isinstance(first, ContestResult)
    assert reading(exchanged, contest, first) == ordinary(exchanged, contest, first) != first


def test_another_contest_reads_for_itself() -> None:
    first = reading(good(), described(), None)
    zero_waits = described("nonzero")
    assert isinstance(first, ContestResult)
    again = read(make_file(good([*GOOD, ""]).encode()), zero_waits, first)
    assert again.results[CODES[0]].status is CountStatus.WAITING


def test_the_register_joins_a_source_that_does_not_repeat_it() -> None:
    for text in (good(), good().replace("x", '"x"')):
        result = reading(text, described(columns=WITHOUT_REGISTER), None)
        assert isinstance(result, ContestResult)
        counts = [unit.counts for unit in result.units.values()]
        assert [each.registered_voters for each in counts if each] == [900] * len(CODES)


@pytest.mark.parametrize(
    "row",
    [
        "34001;x;500;23;3;2;18;9;10;final",  # more votes than valid ones: a negative remainder
        "34001;x;500;٢٣;3;2;18;9;9;final",  # digits that are not ours
        "34001;x;500;100000001;3;2;18;9;9;final",
        '34001;"x\n34002 x";500;24;3;2;18;9;9;final',  # a line that is no row
        "34001;x;500;24;3;2;18;9;9;final",  # ballots that do not add up, twice in the same words
    ],
)
def test_a_line_that_is_not_plain_is_judged_as_ever(row: str) -> None:
    contest = described(others=True)
    first = reading(good([row, *GOOD[1:]]), contest, None)
    assert isinstance(first, ContestResult)
    assert first == ordinary(good([row, *GOOD[1:]]), contest, None)
    assert not first.units[CODES[0]].counted
    later = good([row, *GOOD[2:]])
    assert reading(later, contest, first) == ordinary(later, contest, first)
