"""One small file per fault: the complete list of what is found in it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dashboard.model import CountStatus, Severity
from dashboard.readers import ReadError, Reading, read
from dashboard.readers.codes import CODES
from tests.builders import make_file

from .tables import FILES, LONG, WIDE

ALL = {"34001", "34002", "2A004"}

# file -> (codes in order of line, units read)
WIDE_READ: Mapping[str, tuple[list[str], set[str]]] = {
    "good.csv": ([], ALL),
    "good_tabs.tsv": ([], ALL),
    "good_crlf_bom.csv": ([], ALL),
    "good_cr.csv": ([], ALL),
    "good_cp1252.csv": ([], ALL),
    "good_utf16.csv": ([], ALL),
    "good_utf16_be.csv": ([], ALL),
    "good_thousands.csv": ([], ALL),
    "good_reordered.csv": ([], ALL),
    "good.xls": ([], ALL),
    "cell_error_of_a_sheet.xls": (["R402"], ALL - {"34002"}),
    "cell_true_of_a_sheet.xls": (["R402"], ALL - {"34002"}),
    "cell_empty_of_a_sheet.xls": (["R401"], ALL - {"34002"}),
    "cell_fraction_of_a_sheet.xls": (["R404"], ALL - {"34002"}),
    "good_no_final_newline.csv": ([], ALL),
    "good_waiting.csv": ([], {"34001", "34002"}),
    "comma_instead_of_semicolon.csv": ([], ALL),
    "unused_duplicated_column.csv": ([], ALL),
    "mixed_encodings.csv": (["R109"], ALL),
    "doubly_encoded.csv": (["R109"], ALL),
    "cp850.csv": (["R112"], ALL),
    "cp850_capitals.csv": (["R112"], ALL),
    "cp850_and_cp1252.csv": (["R109"], ALL),
    "cp1252_quotes.csv": ([], ALL),
    "hidden_line_separator.csv": (["R110"], ALL),
    "trailing_delimiter.csv": (["R209"], ALL),
    "one_cell_too_many.csv": (["R204"], ALL - {"34002"}),
    "one_cell_too_few.csv": (["R204"], ALL - {"34002"}),
    "one_cell_too_many_unknown_unit.csv": (["R205"], ALL),
    "no_unit_code.csv": (["R301"], {"34001", "34002"}),
    "control_in_unit_code.csv": (["R301"], {"34001"}),
    "repeated_unit_same.csv": (["R302"], ALL),
    "repeated_unit_different.csv": (["R303"], ALL - {"34002"}),
    "repeated_unit_three_times.csv": (["R303"], ALL - {"34002"}),
    "many_problems.csv": (["R402", "R403", "R404", "R401"], {"2A004"}),
}
CELLS: Mapping[str, str] = {
    "empty": "R401",
    "arabic_digits": "R402",
    "bad_triplet": "R402",
    "dash": "R402",
    "exponent": "R402",
    "formula": "R402",
    "hexadecimal": "R402",
    "inf": "R402",
    "mixed_triplets": "R402",
    "na": "R402",
    "nan": "R402",
    "percent": "R402",
    "plus": "R402",
    "superscript": "R402",
    "underscore": "R402",
    "negative": "R403",
    "negative_typographic": "R403",
    "decimal_comma": "R404",
    "dot_thousands": "R404",
    "fractional": "R404",
    "five_thousand_digits": "R405",
    "int64_overflow": "R405",
    "nine_digits": "R405",
}
WIDE_REFUSED: Mapping[str, tuple[str, int | None]] = {
    "empty.csv": ("R101", None),
    "blank_lines_only.csv": ("R101", None),
    "web_page.csv": ("R102", None),
    "torn_workbook.xls": ("R107", None),
    "not_utf8_nor_cp1252.csv": ("R103", 3),
    "nul.csv": ("R104", 3),
    "utf16_without_mark.csv": ("R104", 1),
    "torn_in_a_row.csv": ("R105", 4),
    "torn_in_a_character.csv": ("R105", 4),
    "unbalanced_quote.csv": ("R108", 3),
    "misplaced_quote.csv": ("R108", 3),
    "quote_swallows_rows.csv": ("R108", 2),
    "renamed_column.csv": ("R201", 1),
    "missing_columns.csv": ("R201", 1),
    "duplicated_column.csv": ("R202", 1),
    "every_row_one_cell_too_many.csv": ("R203", 2),
    "every_row_one_cell_too_few.csv": ("R203", 2),
    "header_only.csv": ("R206", 1),
}
LONG_READ: Mapping[str, tuple[list[str], set[str]]] = {
    "good.csv": ([], ALL),
    "good_interleaved.csv": ([], ALL),
    "good_statuses.csv": ([], ALL),
    "unlisted_option_without_votes.csv": (["R304"], ALL),
    "unlisted_option_with_votes.csv": (["R305"], ALL - {"34001"}),
    "unlisted_option_unreadable.csv": (["R305"], ALL - {"34001"}),
    "option_disappears.csv": (["R306"], ALL - {"34002"}),
    "option_renamed.csv": (["R305"], ALL - {"34002"}),
    "repeated_row_same.csv": (["R302"], ALL),
    "repeated_row_different.csv": (["R303"], ALL - {"34002"}),
    "rows_disagree.csv": (["R308"], ALL - {"34002"}),
    "status_disagrees.csv": (["R308"], ALL - {"34002"}),
    "unknown_status.csv": (["R307"], ALL - {"34002"}),
    "cell_negative.csv": (["R403"], ALL - {"34002"}),
}


def read_file(layout: str, name: str) -> Reading:
    contest = LONG if layout == "long" else WIDE
    return read(make_file((FILES / layout / name).read_bytes()), contest)


def test_every_file_is_expected() -> None:
    cells = {f"cell_{name}.csv" for name in CELLS}
    wide = {*WIDE_READ, *WIDE_REFUSED, *cells}
    assert {path.name for path in (FILES / "wide").iterdir()} == wide
    assert {path.name for path in (FILES / "long").iterdir()} == set(LONG_READ)


@pytest.mark.parametrize("name", WIDE_READ)
def test_F13_F14_F15_F21_F22_wide_files(name: str) -> None:
    codes, units = WIDE_READ[name]
    reading = read_file("wide", name)
    assert [finding.code for finding in reading.findings] == codes
    assert set(reading.results) == units


@pytest.mark.parametrize("name", WIDE_REFUSED)
def test_F02_F13_F14_F16_F21_refused_files(name: str) -> None:
    code, line = WIDE_REFUSED[name]
    with pytest.raises(ReadError) as caught:
        read_file("wide", name)
    finding = caught.value.finding
    assert (finding.code, finding.line) == (code, line)
    assert finding.severity is Severity.REFUSE


@pytest.mark.parametrize("name", CELLS)
def test_F23_F24_a_cell_that_is_no_count_holds_its_unit(name: str) -> None:
    reading = read_file("wide", f"cell_{name}.csv")
    [finding] = reading.findings
    assert finding.code == CELLS[name]
    assert (finding.unit, finding.line, finding.column) == ("34002", 3, "hamon")
    assert finding.severity is Severity.HOLD
    assert set(reading.results) == ALL - {"34002"}


@pytest.mark.parametrize("name", LONG_READ)
def test_F22_F31_long_files(name: str) -> None:
    codes, units = LONG_READ[name]
    reading = read_file("long", name)
    assert [finding.code for finding in reading.findings] == codes
    assert set(reading.results) == units


@pytest.mark.parametrize(
    "name", [name for name in WIDE_READ if name.startswith("good") and "waiting" not in name]
)
def test_layout_encoding_and_order_change_nothing(name: str) -> None:
    reading, good = read_file("wide", name), read_file("wide", "good.csv")
    assert reading.results.keys() == good.results.keys()
    assert reading.results == good.results
    assert reading.row_count == 3


def test_counts_are_those_of_the_file() -> None:
    counts = read_file("wide", "good.csv").results["2A004"].counts
    assert counts is not None
    assert counts.votes == {"hamon": 1250, "valls": 2000}
    assert counts.valid_votes == 3250
    assert (counts.blank_ballots, counts.invalid_ballots) == (30, 20)
    assert (counts.ballots_cast, counts.registered_voters) == (3300, 40100)
    assert counts.blank_or_invalid_ballots is None


def test_lines_point_into_the_file() -> None:
    assert read_file("wide", "good.csv").lines == {"34001": 2, "34002": 3, "2A004": 4}
    assert read_file("long", "good.csv").lines == {"34001": 2, "34002": 4, "2A004": 6}


def test_long_and_wide_say_the_same_of_the_votes() -> None:
    wide, long = read_file("wide", "good.csv"), read_file("long", "good.csv")
    for code in ALL:
        here, there = wide.results[code].counts, long.results[code].counts
        assert here is not None and there is not None
        assert here.votes == there.votes
    assert long.row_count == 6


def test_statuses_of_a_column() -> None:
    results = read_file("long", "good_statuses.csv").results
    assert [results[code].status for code in ("34001", "34002", "2A004")] == [
        CountStatus.WAITING,
        CountStatus.PARTIAL,
        CountStatus.COMPLETE,
    ]
    assert results["34001"].counts is None


def test_F15_a_declared_delimiter_is_not_guessed_away() -> None:
    contest = replace(WIDE, source=replace(WIDE.source, delimiter=";"))
    content = (FILES / "wide" / "comma_instead_of_semicolon.csv").read_bytes()
    with pytest.raises(ReadError, match="missing in the header"):
        read(make_file(content), contest)


def test_a_missing_column_is_named_with_those_that_look_alike() -> None:
    with pytest.raises(ReadError) as caught:
        read_file("wide", "renamed_column.csv")
    finding = caught.value.finding
    assert "'valls' (found: 'Vals'" in finding.message
    assert "«\u00a0valls\u00a0» (trouvé\u00a0: «\u00a0Vals\u00a0»" in finding.message_fr


def test_sentences_are_complete_in_both_languages() -> None:
    readings = [read_file("wide", name) for name in WIDE_READ]
    readings += [read_file("wide", f"cell_{name}.csv") for name in CELLS]
    readings += [read_file("long", name) for name in LONG_READ]
    findings = [finding for reading in readings for finding in reading.findings]
    assert len(findings) > 40
    for finding in findings:
        for sentence in (finding.message, finding.message_fr):
            assert sentence.endswith(".") and "{" not in sentence and "None" not in sentence
            assert len(sentence) < 300
        assert finding.severity is CODES[finding.code].severity
