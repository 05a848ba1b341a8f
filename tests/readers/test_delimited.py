"""A text without quotation marks is split; it must not show that the csv module is not asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readers import ReadError
from dashboard.readers.delimited import Records, parse_delimited, plain_records, quoted_records
from dashboard.readers.grid import Grid

LINES = st.text(st.sampled_from("ab; ,é"), max_size=8)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=8).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@given(TEXTS, LINES, st.integers(1, 4))
def test_split_lines_are_what_csv_reads(text: str, last: str, first_line: int) -> None:
    plain = plain_records(text + last, ";", first_line, False)
    assert Records(plain.lines, list(plain.rows)) == quoted_records(
        text + last, ";", first_line, False
    )
    assert [len(row) for row in plain.rows] == plain.rows.widths()


@given(TEXTS, LINES)
def test_rows_that_are_split_when_asked_for_are_the_same(text: str, last: str) -> None:
    eager, lazy = (parse_or_refuse(text + last, lazily=lazily) for lazily in (False, True))
    if not isinstance(eager, Grid) or not isinstance(lazy, Grid):
        assert eager == lazy
        return
    assert (lazy.header, lazy.lines, lazy.widths()) == (eager.header, eager.lines, eager.widths())
    assert list(lazy.rows) == eager.rows == [lazy.rows[n] for n in range(len(lazy.rows))]
    assert lazy.keep(range(len(lazy.rows))) == eager


@given(TEXTS, LINES)
def test_a_header_in_quotation_marks_changes_nothing_below_it(text: str, last: str) -> None:
    plain, quoted = "a;b\n", '"a";"b"\n'
    assert parse_or_refuse(plain + text + last) == parse_or_refuse(quoted + text + last)


def parse_or_refuse(text: str, *, lazily: bool = False) -> object:
    try:
        return parse_delimited(text, [], lazily=lazily)
    except ReadError as error:
        return error.finding


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        ('a;b\n1;"x;y"\n2;z\n', [["1", "x;y"], ["2", "z"]], [2, 3]),
        ('a;b\n1;"x\ny"\n2;z\n', [["1", "x\ny"], ["2", "z"]], [2, 4]),
        ('"a";"b"\r\n1;2\r\n\r\n3;4\r\n', [["1", "2"], ["3", "4"]], [2, 4]),
        ('"a"\r1\r2', [["1"], ["2"]], [2, 3]),
        ("a;b\n;;\n1;2\n", [["1", "2"]], [3]),
    ],
)
def test_quotation_marks_and_empty_lines(text: str, rows: object, lines: object) -> None:
    grid = parse_delimited(text, [])
    assert (grid.rows, grid.lines) == (rows, lines)


def test_a_header_in_half_a_quotation_mark_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        parse_delimited('a;"b\n1;2\n', [], delimiter=";")
    assert caught.value.finding.code == "R108"


def test_a_long_line_of_short_cells_is_fine_and_a_long_cell_is_not() -> None:
    header = ";".join(f"c{n}" for n in range(400))
    row = ";".join(["x" * 40] * 400)
    assert len(parse_delimited(f"{header}\n{row}\n", []).rows) == 1
    with pytest.raises(ReadError, match="characters in one cell"):
        parse_delimited(f"{header}\n{row}{'x' * 10_000}\n", [])
