"""What the description of a table can ask for."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.model import Contest, CountStatus, Option, StatusRule, TableColumns
from dashboard.readers import ReadError, Reading, read
from tests.builders import make_file

from .tables import LONG, WIDE

VOTES = TableColumns(unit=("code",), options={"hamon": "h", "valls": "v"})
LONG_VOTES = TableColumns(
    unit=("code",),
    option="who",
    votes="n",
    option_values={"HAMON": "hamon", "VALLS": "valls"},
)
OTHERS = Option("others", "Autres", "Autres", remainder=True)


def contest(columns: TableColumns = VOTES, others: bool = False, **source: Any) -> Contest:
    options = (*WIDE.options, OTHERS) if others else WIDE.options
    return replace(WIDE, options=options, source=replace(WIDE.source, columns=columns, **source))


def read_text(text: str, described: Contest) -> Reading:
    return read(make_file(text.encode()), described)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def votes(reading: Reading, unit: str) -> dict[str, int]:
    counts = reading.results[unit].counts
    assert counts is not None
    return dict(counts.votes)


def test_valid_votes_are_the_sum_when_the_table_has_none() -> None:
    counts = read_text("code;h;v\n1;2;3\n", contest()).results["1"].counts
    assert counts is not None
    assert counts.valid_votes == 5
    assert counts.ballots_cast is None and counts.registered_voters is None


def test_the_remainder_is_what_is_left_of_the_valid_votes() -> None:
    described = contest(replace(VOTES, valid_votes="valid"), others=True)
    reading = read_text("code;h;v;valid\n1;2;3;9\n2;2;3;5\n3;2;3;4\n", described)
    assert votes(reading, "1") == {"hamon": 2, "valls": 3, "others": 4}
    assert votes(reading, "2")["others"] == 0
    assert codes(reading) == ["R406"] and "3" not in reading.results


def test_without_valid_votes_a_long_remainder_sums_the_other_rows() -> None:
    text = "code;who;n\n1;HAMON;2\n1;VALLS;3\n1;X;4\n1;Y;5\n2;HAMON;2\n2;VALLS;3\n2;X;-1\n"
    reading = read_text(text, contest(LONG_VOTES, others=True))
    assert votes(reading, "1") == {"hamon": 2, "valls": 3, "others": 9}
    assert codes(reading) == ["R403"] and "2" not in reading.results


def test_two_values_of_one_option_are_a_repetition_not_a_sum() -> None:
    twice = replace(LONG_VOTES, option_values={**LONG_VOTES.option_values, "B. HAMON": "hamon"})
    text = "code;who;n\n1;HAMON;2\n1;B. HAMON;3\n1;VALLS;3\n"
    assert codes(read_text(text, contest(twice))) == ["R303"]


def test_presence_a_row_without_any_vote_waits() -> None:
    text = "code;h;v;reg\n1;;;500\n2;0;0;500\n3;1;;500\n"
    reading = read_text(text, contest(replace(VOTES, registered_voters="reg")))
    assert reading.results["1"].status is CountStatus.WAITING
    assert reading.results["2"].status is CountStatus.COMPLETE
    assert codes(reading) == ["R401"] and "3" not in reading.results


def test_nonzero_a_row_of_zeros_waits_too() -> None:
    reading = read_text("code;h;v\n1;0;0\n2;;\n3;0;1\n", contest(status=StatusRule("nonzero")))
    assert [result.status.value for result in reading.results.values()] == [
        "waiting",
        "waiting",
        "complete",
    ]


def test_nonzero_valid_votes_speak_for_the_options_that_are_not_listed() -> None:
    described = contest(
        replace(VOTES, valid_votes="valid"), others=True, status=StatusRule("nonzero")
    )
    reading = read_text("code;h;v;valid\n1;0;0;7\n2;0;0;0\n", described)
    assert [reading.results[code].counted for code in "12"] == [True, False]


def test_all_an_empty_row_is_no_excuse() -> None:
    reading = read_text("code;h;v\n1;0;0\n2;;\n", contest(status=StatusRule("all")))
    assert reading.results["1"].counted
    assert codes(reading) == ["R401", "R401"]


def test_column_what_a_waiting_row_holds_is_not_read() -> None:
    rule = StatusRule("column", {"non": "waiting", "oui": "complete", "en cours": "partial"})
    described = contest(replace(VOTES, status="fini"), status=rule)
    reading = read_text(
        "code;h;v;fini\n1;n/a;-;non\n2;1;2; oui\n3;1;2;en cours\n4;1;2;\n", described
    )
    assert codes(reading) == ["R307"]
    assert [result.status.value for result in reading.results.values()] == [
        "waiting",
        "complete",
        "partial",
    ]
    assert votes(reading, "3") == {"hamon": 1, "valls": 2}


@pytest.mark.parametrize(
    ("counted", "status"),
    [
        ("0;3;0;0", "waiting"),
        ("0;3;;", "waiting"),
        ("0;3;5;0", "partial"),
        ("1;3;5;0", "partial"),
        ("1 003;1 003;5;0", "complete"),
        ("0;0;0;0", "waiting"),
        ("4;3;5;0", None),
        ("x;3;5;0", None),
        (";3;5;0", None),
    ],
)
def test_progress_counts_stations(counted: str, status: str | None) -> None:
    columns = replace(VOTES, status="counted", status_total="of")
    described = contest(columns, status=StatusRule("progress"))
    reading = read_text(f"code;counted;of;h;v\n1;{counted}\n", described)
    assert codes(reading) == ([] if status else ["R307"])
    assert [result.status.value for result in reading.results.values()] == [status or "?"][
        : 1 if status else 0
    ]


def test_split_votes_of_an_option_are_added() -> None:
    columns = replace(LONG_VOTES, split="how")
    text = "code;who;how;n\n1;HAMON;early;2\n1;HAMON;late;1 003\n1;VALLS;early;4\n1;X;late;0\n"
    reading = read_text(text, contest(columns))
    assert (codes(reading), votes(reading, "1")) == (["R304"], {"hamon": 1005, "valls": 4})


def test_a_part_that_is_no_count_holds_its_unit_and_is_named_by_its_line() -> None:
    columns = replace(LONG_VOTES, split="how")
    text = "code;who;how;n\n1;HAMON;early;2\n1;HAMON;late;x\n1;VALLS;early;4\n"
    (finding,) = read_text(text, contest(columns)).findings
    assert (finding.code, finding.line) == ("R402", 3)


def test_a_part_twice_is_not_added() -> None:
    columns = replace(LONG_VOTES, split="how")
    start = "code;who;how;n\n1;HAMON;early;2\n1;HAMON;early;"
    same, other = start + "2\n1;VALLS;early;4\n", start + "3\n1;VALLS;early;4\n"
    assert codes(read_text(other, contest(columns))) == ["R303"]
    reading = read_text(same, contest(columns))
    assert (codes(reading), votes(reading, "1")["hamon"]) == (["R302"], 2)


def test_absent_zero_an_option_that_is_not_there_has_no_vote() -> None:
    long = replace(LONG_VOTES, absent="zero")
    text = "code;who;n\n1;HAMON;2\n2;VALLS;3\n2;HAMON;\n3;HAMON;\n3;VALLS;\n4;HAMON;x\n"
    reading = read_text(text, contest(long))
    assert votes(reading, "1") == {"hamon": 2, "valls": 0}
    assert votes(reading, "2") == {"hamon": 0, "valls": 3}
    assert reading.results["3"].status is CountStatus.WAITING
    assert codes(reading) == ["R402"]
    wide = read_text("code;h;v\n1;2;\n2;;\n", contest(replace(VOTES, absent="zero")))
    assert votes(wide, "1") == {"hamon": 2, "valls": 0}
    assert wide.results["2"].status is CountStatus.WAITING


def test_a_table_of_the_only_unit_needs_no_column_of_units() -> None:
    only = {"units": WIDE.units[:1]}
    wide = replace(contest(replace(VOTES, unit=())), **only)
    assert votes(read_text("h;v\n2;3\n", wide), "34001") == {"hamon": 2, "valls": 3}
    assert codes(read_text("h;v\n2;3\n4;5\n", wide)) == ["R303"]
    assert codes(read_text("h;v\n2;3\n4\n5;6\n", wide)) == ["R204", "R303"]
    long = replace(contest(replace(LONG_VOTES, unit=())), **only)
    assert votes(read_text("who;n\nHAMON;2\nVALLS;3\n", long), "34001")["valls"] == 3


def test_where_keeps_only_some_rows_and_ignore_units_drops_totals() -> None:
    described = contest(where={"tour": "2", "type": "commune"}, ignore_units=("TOTAL",))
    text = "code;tour;type;h;v\n1;1;commune;1;1\n1; 2 ;commune;3;4\n"
    text += "TOTAL;2;commune;9;9\n9;2;pays;1;1\n"
    reading = read_text(text, described)
    assert codes(reading) == [] and set(reading.results) == {"1"}
    assert votes(reading, "1") == {"hamon": 3, "valls": 4}
    assert reading.row_count == 1
    with pytest.raises(ReadError, match="no row of results with tour = 3"):
        read_text(text, contest(where={"tour": "3"}))


def test_F30_codes_keep_their_zeros_and_letters() -> None:
    described = contest(replace(VOTES, unit=("dep", "bv")), pad_unit=4)
    reading = read_text("dep;bv;h;v\n01;1;1;1\n2A;0012;1;1\nZA;;1;1\n-1;-1;1;1\n", described)
    assert list(reading.results) == ["01-0001", "2A-0012", "-1-00-1"]
    assert codes(reading) == ["R301"]


@pytest.mark.parametrize("name", ["NULL", "NA", "nan", "None", "1", "-", "#N/A", ""])
def test_a_candidate_or_a_place_may_have_any_name(name: str) -> None:
    named = replace(LONG_VOTES, option_values={name: "hamon", "VALLS": "valls"})
    reading = read_text(f"code;who;n\n01001;{name};2\n01001;VALLS;3\n", contest(named))
    assert codes(reading) == []
    assert votes(reading, "01001") == {"hamon": 2, "valls": 3}


def test_F31_identity_is_the_header_never_the_place() -> None:
    there = read_text("code;h;v\n1;2;3\n", contest())
    here = read_text("v;code;new;h\n3;1;99;2\n", contest())
    assert there.results == here.results


def test_header_names_match_after_trimming_and_nfc_and_exactly() -> None:
    described = contest(replace(VOTES, options={"hamon": "Été", "valls": "v"}))
    assert codes(read_text("code; E\u0301te\u0301 ;v\n1;2;3\n", described)) == []
    with pytest.raises(ReadError, match="'Été' \\(found: 'été'\\)"):
        read_text("code;été;v\n1;2;3\n", described)


def test_a_preamble_is_skipped_whatever_it_holds() -> None:
    text = '(c) "Bundeswahlleiter;;\n\ncode;h;v\n1;2;3\n'
    reading = read_text(text, contest(header_row=3))
    assert reading.lines == {"1": 4}


def test_thousands_are_those_that_are_declared() -> None:
    reading = read_text('code,h,v\n1,"1,392",2\n', contest(thousands=","))
    assert votes(reading, "1") == {"hamon": 1392, "valls": 2}


def test_F13_a_declared_encoding_is_held_to() -> None:
    content = "code;h;v\né;1;2\n".encode("cp1252")
    with pytest.raises(ReadError) as caught:
        read(make_file(content), contest(encoding="utf-8"))
    assert (caught.value.finding.code, caught.value.finding.line) == ("R103", 2)
    assert "é" in read(make_file(content), contest(encoding="latin-1")).results
    with pytest.raises(ReadError, match="encoding 'klingon', which is not known"):
        read(make_file(content), contest(encoding="klingon"))


def test_a_mark_wins_over_the_declaration() -> None:
    content = "code;h;v\né;1;2\n".encode("utf-8-sig")
    assert "é" in read(make_file(content), contest(encoding="cp1252")).results


def test_a_cell_over_two_lines_is_fine_until_it_holds_the_delimiter() -> None:
    described = contest()
    assert codes(read_text('code;h;v;note\n1;2;3;"a\nb"\n2;2;3;c\n', described)) == []
    with pytest.raises(ReadError, match="quotation mark"):
        read_text('code;h;v;note\n1;2;3;"a\n2;2;3;c"\n', described)


def test_F01_a_file_torn_inside_its_last_name_is_not_another_encoding() -> None:
    content = "code;h;v;name\n1;2;3;Agdé\n".encode()
    with pytest.raises(ReadError, match="stops in the middle"):
        read(make_file(content[:-2]), contest())


def test_every_problem_of_a_file_is_said() -> None:
    rows = "".join(f"{n};x;-1\n" for n in range(50))
    assert codes(read_text("code;h;v\n" + rows, contest())) == ["R402", "R403"] * 50


def wrong(base: Contest = WIDE, columns: dict[str, Any] | None = None, **source: Any) -> Contest:
    described = replace(base.source.columns, **(columns or {}))
    return replace(base, source=replace(base.source, columns=described, **source))


@pytest.mark.parametrize(
    ("described", "why"),
    [
        (wrong(columns={"unit": ()}), "no unit column"),
        (wrong(columns={"options": {"hamon": "hamon"}}), r"option\(s\) valls"),
        (wrong(LONG, columns={"option_values": {"x": "valls"}}), r"option\(s\) hamon"),
        (wrong(LONG, columns={"votes": ""}), "no votes column"),
        (wrong(status=StatusRule("magic")), "no status rule is called magic"),
        (wrong(status=StatusRule("column")), "comes from a column"),
        (wrong(columns={"status": "x"}, status=StatusRule("progress")), "comes from a column"),
        (wrong(columns={"split": "x"}), "spread over the rows"),
        (wrong(LONG, status=StatusRule("column", {"x": "done"})), "waiting, partial or complete"),
        (wrong(delimiter=";;"), "one character"),
        (wrong(delimiter='"'), "one character"),
        (wrong(header_row=0), "counts from 1"),
        (contest(others=True), "needs a column of valid votes"),
    ],
)
def test_a_description_that_cannot_work_is_said(described: Contest, why: str) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read_text("code\n1\n", described)
    assert caught.value.finding.code == "R207"


def test_an_unknown_format_names_those_that_are_known() -> None:
    with pytest.raises(ReadError, match="the format 'eml'; known: table"):
        read_text("code;h;v\n1;2;3\n", contest(format="eml"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a" * (64 * 2**20 + 1), "bytes"),
        (b"code;h;v\n" + b"1;2;3\n" * 200_001, "rows"),
        (b";".join(b"c%d" % n for n in range(501)) + b"\n1\n", "columns"),
        (b"code;h;v\n1;2;" + b"3" * 10_001 + b"\n", "characters in one cell"),
        (b";" * 1_000_001 + b"\n1\n", "characters in one line"),
    ],
    ids=["bytes", "rows", "columns", "cell", "line"],
)
def test_F17_caps(content: bytes, what: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(make_file(content), contest())
    assert caught.value.finding.code == "R106"
    assert what in caught.value.finding.message
