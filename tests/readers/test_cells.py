"""The strict integer parser."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.readers.cells import LARGEST, BadCell, parse_column, parse_integer, refusal

counts = st.integers(0, LARGEST)
separators = st.sampled_from([" ", "\u00a0", "\u202f"])


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(counts, separators)
def test_F15_a_number_reads_back_however_it_is_grouped(number: int, separator: str) -> None:
    assert parse_integer(str(number)) == number
    assert parse_integer(f" {grouped(number, separator)}\u00a0") == number
    assert parse_integer(f"{number}.0") == number


@given(st.integers(1_000, LARGEST), st.sampled_from(",.'’"))
def test_only_the_declared_separator_groups(number: int, separator: str) -> None:
    text = grouped(number, separator)
    assert parse_integer(text, separator) == number
    with pytest.raises(BadCell):
        parse_integer(text)


@given(st.text(max_size=12) | st.text("0123456789 .,-+e_\u00a0\u202f٣²", max_size=12))
@example("1_000")
@example("1.000")
@example("٦٠")
@example("-0")
def test_F23_what_is_read_is_what_is_written(text: str) -> None:
    """Whatever is accepted holds only ASCII digits, group spaces and at most one final .0."""
    try:
        number = parse_integer(text)
    except BadCell as bad:
        assert bad.code in {"R401", "R402", "R403", "R404", "R405"}
        assert parse_column([text]) == [None]
        assert refusal(text) == bad.code
        return
    bare = text.strip(" \t\u00a0\u202f").removesuffix(".0")
    digits = "".join(c for c in bare if c not in " \u00a0\u202f")
    assert digits.isascii() and digits.isdigit() and int(digits) == number
    assert parse_column([text]) == [number]


@given(st.integers(LARGEST + 1, 10**30))
def test_F24_nothing_larger_than_a_hundred_million(number: int) -> None:
    with pytest.raises(BadCell) as caught:
        parse_integer(str(number))
    assert caught.value.code == "R405"


def test_five_thousand_digits_are_refused_not_converted() -> None:
    with pytest.raises(BadCell):
        parse_integer("9" * 5000)
    assert parse_integer("0" * 5000 + "7") == 7


def test_point_zero_is_refused_where_the_point_groups_thousands() -> None:
    assert parse_integer("12.0") == 12
    with pytest.raises(BadCell):
        parse_integer("12.0", ".")


@given(st.lists(st.none() | st.sampled_from(["12", "", "1 000", "x", " 7 ", "99999999", "-1"])))
def test_a_column_is_its_cells(cells: list[str | None]) -> None:
    """The shortcut for sound columns and the way through single cells agree."""
    assert parse_column(cells) == [parse_column([cell])[0] for cell in cells]
