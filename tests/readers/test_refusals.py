"""Refusals that no file of ``tests/files`` comes to: each by the shortest way there."""

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from dashboard.readers import ReadError, identify, workbook
from dashboard.readers.decode import decode
from dashboard.readers.official import choose, results_of
from tests.builders import make_file

from .formats.official import FILES, night, parse

CLARITY = FILES / "clarity" / "good.xml"


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(ReadError) as caught:
        read()
    return caught.value.finding.code


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x1f\x8b\x08\x00", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_text_is_named(content: bytes) -> None:
    assert code_of(lambda: decode(content)) == "R102"


def test_an_encoding_that_fails_without_saying_where() -> None:
    with pytest.raises(UnicodeError) as caught:
        b"a-!!".decode("punycode")
    assert not isinstance(caught.value, UnicodeDecodeError)
    assert code_of(lambda: decode(b"a-!!", "punycode")) == "R103"


def test_a_structure_that_no_format_knows() -> None:
    for content in (b'{"weather": [1, 2]}', b"<weather><rain/></weather>"):
        assert code_of(lambda c=content: identify(make_file(c))) == "R604"


def test_of_several_contests_one_must_be_named() -> None:
    _, official = parse(CLARITY)
    source = replace(night(CLARITY).contest.source, contest="", level="")
    assert len({contest.id for contest in official.contests}) > 1
    assert code_of(lambda: choose(official, source)) == "R610"


def test_a_contest_without_units() -> None:
    _, official = parse(CLARITY)
    contest = night(CLARITY).contest
    empty = replace(official, contests=tuple(replace(c, rows=()) for c in official.contests))
    assert code_of(lambda: results_of(empty, contest)) == "R613"


def test_an_option_of_the_file_without_a_vote_that_the_election_does_not_list() -> None:
    _, official = parse(CLARITY)
    contest = night(CLARITY).contest
    chosen = choose(official, contest.source)
    stranger = replace(chosen.options[0], id="write-in", name="Write-in")
    more = replace(chosen, options=(*chosen.options, stranger))
    file = replace(official, contests=(more,))
    findings = results_of(file, contest).findings
    assert [finding.code for finding in findings] == ["R304"]


def test_a_workbook_with_nothing_in_it() -> None:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    assert code_of(lambda: workbook.parse_workbook(made.getvalue())) == "R101"


def test_F17_a_workbook_beyond_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (FILES / "french-ministry-2022" / "good.xlsx").read_bytes()
    monkeypatch.setattr(workbook, "LARGEST_FILE", len(content) - 1)
    assert code_of(lambda: workbook.parse_workbook(content)) == "R106"
    monkeypatch.setattr(workbook, "LARGEST_FILE", len(content))
    assert workbook.parse_workbook(content).rows
