"""XLSX files: typed cells to text, and archives that mean harm."""

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.readers import ReadError, Reading, read
from dashboard.readers import workbook as workbook_reader
from tests.builders import make_file

from .tables import FILES, WIDE

HEADER = ["code", "name", "registered", "cast", "blank", "invalid", "valid", "hamon", "valls"]
ROWS = [
    [34001, "Abeilhan", 1306, 77, 2, 1, 74, 40, 34],
    ["34002", "Adissan", 870.0, "120", 0, None, 120, 60, 60.0],
    ["2A004", "Ajaccio", 40100, 3300, 30, 20, 3250, "1 250", 2000],
]


def workbook(rows: Sequence[Sequence[object]], title: str = "Résultats") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


GOOD = workbook([HEADER, *ROWS])


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_a_sheet_says_what_the_text_file_says() -> None:
    rows = [ROWS[0], [*ROWS[1][:5], 0, *ROWS[1][6:]], ROWS[2]]
    text = read(make_file((FILES / "wide" / "good.csv").read_bytes()), WIDE)
    assert read(make_file(workbook([HEADER, *rows])), WIDE).results == text.results


def test_an_empty_cell_is_missing_not_zero() -> None:
    reading = read(make_file(GOOD), WIDE)
    [finding] = reading.findings
    assert (finding.code, finding.unit, finding.line) == ("R401", "34002", 3)


@pytest.mark.parametrize(
    ("value", "code"),
    [(60.5, "R404"), (True, "R402"), ("=1+1", "R401"), (1e20, "R402"), (-3, "R403")],
)
def test_F23_typed_cells_that_are_no_count(value: object, code: str) -> None:
    """A formula without a stored value is an empty cell: nobody computed it."""
    rows = [HEADER, ROWS[0], [*ROWS[2][:7], value, 2000]]
    assert codes(read(make_file(workbook(rows)), WIDE)) == [code]


def test_short_rows_are_rows_with_empty_ends_and_blank_rows_are_nothing() -> None:
    rows = [HEADER, ROWS[0], [None] * 9, ["34002", "Adissan"], []]
    reading = read(make_file(workbook(rows)), WIDE)
    assert codes(reading) == [] and reading.row_count == 2
    assert reading.lines == {"34001": 2, "34002": 4}
    assert not reading.results["34002"].counted


def test_a_cell_beyond_the_header_holds_its_unit() -> None:
    assert codes(read(make_file(workbook([HEADER, ROWS[0], [*ROWS[2], 7]])), WIDE)) == ["R204"]


def test_sheet_and_header_row_are_those_described() -> None:
    content = workbook([["Préfecture"], [], HEADER, ROWS[0]])
    source = replace(WIDE.source, sheet="Résultats", header_row=3)
    assert read(make_file(content), replace(WIDE, source=source)).lines == {"34001": 4}
    with pytest.raises(ReadError, match="no sheet 'Tour 2', only: Résultats"):
        read(make_file(content), replace(WIDE, source=replace(source, sheet="Tour 2")))


def bomb(member: str, content: bytes) -> bytes:
    """The good workbook with one of its members replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in good.namelist():
            made.writestr(name, content if name == member else good.read(name))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SHEET_XML = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "%s</sheetData></worksheet>"
)


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    rows = "".join(
        f'<row r="{n}">' + "".join(f"<c><v>{value}</v></c>" for value in row) + "</row>"
        for n, row in enumerate(
            [[34001, "", 9, 8, 0, 0, 8, 3, 5], [34002, "", 9, 8, 0, 0, 8, 3, 5]], 2
        )
    )
    named = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER)
    sheet = SHEET_XML % f'<row r="1">{named}</row>{rows}'
    lying = sheet.replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>')
    reading = read(make_file(bomb(SHEET, lying.encode())), WIDE)
    assert codes(reading) == [] and set(reading.results) == {"34001", "34002"}


def test_F17_a_zip_bomb_is_refused_unopened() -> None:
    content = bomb(SHEET, b" " * (8 * 2**20))
    assert len(content) < 2**16
    with pytest.raises(ReadError, match="for each compressed one"):
        read(make_file(content), WIDE)


def test_F17_what_inflates_beyond_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "LARGEST_INFLATED", 1_000)
    with pytest.raises(ReadError, match="inflated bytes"):
        read(make_file(GOOD), WIDE)


def test_F17_an_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY a0 "lolololo">{entities}]>' + SHEET_XML % (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    )
    with pytest.raises(ReadError):
        read(make_file(bomb(SHEET, text.encode())), WIDE)


def test_F17_rows_and_columns_far_away_are_refused() -> None:
    for cell in (
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    ):
        with pytest.raises(ReadError) as caught:
            read(make_file(bomb(SHEET, (SHEET_XML % cell).encode())), WIDE)
        assert caught.value.finding.code == "R106"


@pytest.mark.parametrize("end", range(4, len(GOOD), max(1, len(GOOD) // 60)))
def test_F01_a_torn_workbook_is_refused(end: int) -> None:
    with pytest.raises(ReadError) as caught:
        read(make_file(GOOD[:end]), WIDE)
    assert caught.value.finding.code == "R107"


def test_a_workbook_without_a_sheet_is_broken() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = bomb("xl/workbook.xml", f'<workbook xmlns="{main}"><sheets/></workbook>'.encode())
    with pytest.raises(ReadError, match="or is no"):
        read(make_file(content), WIDE)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_workbook_raises_nothing_else(start: int, piece: bytes) -> None:
    damaged = GOOD[:start] + piece + GOOD[start + len(piece) :]
    try:
        read(make_file(damaged), WIDE)
    except ReadError as error:
        assert error.finding.severity == "refuse"


OLD = (FILES / "wide" / "good.xls").read_bytes()


def test_an_old_workbook_says_which_sheets_it_has() -> None:
    assert workbook_reader.parse_workbook(OLD, sheet="Other").header == ("nothing",)
    with pytest.raises(ReadError, match="no sheet 'Results', only: Résultats, Other"):
        workbook_reader.parse_workbook(OLD, sheet="Results")


def test_an_old_workbook_cut_anywhere_is_refused_or_whole() -> None:
    whole = workbook_reader.parse_workbook(OLD)
    refused = 0
    for end in range(8, len(OLD), 64):
        try:
            assert workbook_reader.parse_workbook(OLD[:end]) == whole
        except ReadError as error:
            assert error.finding.code == "R107"
            refused += 1
    assert refused > 20


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_old_workbook_raises_nothing_else(data: st.DataObject) -> None:
    content = bytearray(OLD)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(8, len(content) - 1))
        content[start : start + 4] = data.draw(st.binary(max_size=8))
    with suppress(ReadError):
        read(make_file(bytes(content)), WIDE)


def test_a_far_cell_of_an_old_workbook_does_not_make_64_000_rows() -> None:
    at = (
        OLD.rindex(b"\xfd\x00\x0a\x00") + 4
    )  # a cell of text of the last sheet: its row comes first
    far = OLD[:at] + (63_747).to_bytes(2, "little") + OLD[at + 2 :]
    with pytest.raises(ReadError, match="torn or is no"):
        workbook_reader.parse_workbook(far, sheet="Other")
    near = OLD[:at] + (17).to_bytes(2, "little") + OLD[at + 2 :]
    assert workbook_reader.parse_workbook(near, sheet="Other").lines == [18]


def test_an_old_workbook_beyond_the_cap_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "LARGEST_FILE", len(OLD) - 1)
    with pytest.raises(ReadError) as caught:
        workbook_reader.parse_workbook(OLD)
    assert caught.value.finding.code == "R106"
