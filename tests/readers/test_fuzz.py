"""Whatever the bytes, a reading or a ReadError, and never a wrong number."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import Contest
from dashboard.readers import ReadError, Reading, read
from tests.builders import make_file

from .tables import FILES, LONG, WIDE

LAYOUTS = [("wide", WIDE), ("long", LONG)]
SEEDS = sorted((FILES / "wide").iterdir()) + sorted((FILES / "long").iterdir())


def attempt(content: bytes, contest: Contest) -> Reading | None:
    try:
        return read(make_file(content), contest)
    except ReadError:
        return None


@pytest.mark.parametrize(("layout", "contest"), LAYOUTS)
def test_F01_a_file_cut_at_every_byte_has_no_other_number(layout: str, contest: Contest) -> None:
    """Only the last row may be wrong: its last cell can be short without anyone seeing it.

    That is why the watcher wants a final newline; here every other unit must be as written.
    """
    content = (FILES / layout / "good.csv").read_bytes()
    whole = read(make_file(content), contest)
    readings = 0
    for end in range(len(content)):
        reading = attempt(content[:end], contest)
        if reading is None:
            continue
        readings += 1
        last = max(reading.lines.values())
        for code, result in reading.results.items():
            if reading.lines[code] != last:
                assert result == whole.results[code]
    assert 0 < readings < len(content)


@pytest.mark.parametrize(("layout", "contest"), LAYOUTS)
def test_F01_a_cut_at_a_line_end_reads_the_rows_before(layout: str, contest: Contest) -> None:
    content = (FILES / layout / "good.csv").read_bytes()
    whole = read(make_file(content), contest)
    for end in (index + 1 for index, byte in enumerate(content) if byte == ord("\n")):
        reading = attempt(content[:end], contest)
        assert reading is None or reading.results.items() <= whole.results.items()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    for _, contest in LAYOUTS:
        attempt(content, contest)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_mutated_files(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)).read_bytes()[:2000])
    pieces = st.binary(max_size=4) | st.sampled_from(
        [b'"', b";", b",", b"\n", b"\r", b"\0", b"\xe9", b"\xe2\x80\xa8", b"{found}", b"=1+1"]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 8))
        content[start : start + length] = data.draw(pieces)
    for _, contest in LAYOUTS:
        attempt(bytes(content), contest)


cell = st.text("0123456789 -.,;\"'\n\r\t\u00a0\u202eéA", max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(cell, min_size=9, max_size=9), max_size=6), st.sampled_from("?xz"))
def test_any_cells_in_a_sound_header(rows: list[list[str]], rule: str) -> None:
    by = {"?": "presence", "x": "nonzero", "z": "all"}[rule]
    contest = replace(WIDE, source=replace(WIDE.source, status=replace(WIDE.source.status, by=by)))
    header = "code;name;registered;cast;blank;invalid;valid;hamon;valls\n"
    quoted = "\n".join(
        ";".join('"' + text.replace('"', '""') + '"' for text in row) for row in rows
    )
    reading = attempt((header + quoted + "\n").encode(), contest)
    if reading is None:
        return
    held = {finding.unit for finding in reading.findings if finding.severity == "hold"}
    assert not held & reading.results.keys()
    for result in reading.results.values():
        if result.counts is not None:
            assert min(result.counts.votes.values()) >= 0
