"""Open results as NIST SP 1500-100: the schema's rules, and our numbers in it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model import Contest, Correction, CountStatus, Election, Snapshot
from dashboard.readers import formats
from dashboard.readers.content import Content
from dashboard.views import nist
from dashboard.views.export import Exports
from tests.builders import EVENING, make_contest, make_election, make_result, make_unit

from .nist_rules import problems

CONTEST = make_contest(units=4, registered=500)
COUNTED = (
    make_unit("u1", 60, 40),
    make_unit("u2", 30, 20, status=CountStatus.PARTIAL),
)


def report(
    *counted: Any, contest: Contest = CONTEST, sealed: frozenset[str] = frozenset(), **changes: Any
) -> dict[str, Any]:
    election: Election = make_election(contest)
    result = replace(make_result(contest, *counted), **changes)
    snapshot = Snapshot((result,), ())
    made = json.loads(Exports()(election, snapshot, sealed)["results.nist.json"])
    assert problems(made) == []
    return dict(made)


def test_every_number_is_where_the_schema_wants_it() -> None:
    made = report(*COUNTED)
    assert (made["Status"], made["GeneratedDate"]) == ("unofficial-partial", "2017-01-29T19:47:00Z")
    assert made["Format"] == "precinct-level"
    whole, first, second, third, _ = made["GpUnit"]
    assert (whole["SubUnitsReported"], whole["TotalSubUnits"]) == (1, 4)
    assert [u["CountStatus"][0]["Status"] for u in (first, second, third)] == [
        "completed", "in-process", "not-processed",
    ]  # fmt: skip
    assert third["VotersRegistered"] == 500 and "VotersParticipated" not in third
    election = made["Election"][0]
    hamon = election["Contest"][0]["ContestSelection"][0]
    votes = {count["GpUnitId"]: count["Count"] for count in hamon["VoteCounts"]}
    assert votes == {"second-round.": 90, "second-round.u1": 60, "second-round.u2": 30}
    assert election["Candidate"][0]["BallotName"]["Text"][0]["Content"] == "Hamon"


@pytest.mark.parametrize(
    ("counted", "status"),
    [
        ((), "pre-election"),
        (COUNTED, "unofficial-partial"),
        (tuple(make_unit(f"u{n}", 60, 40) for n in range(1, 5)), "unofficial-complete"),
    ],
)
def test_the_status_says_how_far_the_count_is(counted: tuple[Any, ...], status: str) -> None:
    assert report(*counted)["Status"] == status


def test_a_file_that_corrects_is_a_correction() -> None:
    corrected = (Correction(EVENING, "u1", ()),)
    assert report(*COUNTED, corrections=corrected)["Status"] == "correction"
    earlier = (Correction(EVENING.replace(hour=18), "u1", ()),)
    assert report(*COUNTED, corrections=earlier)["Status"] == "unofficial-partial"


def test_F53_under_embargo_it_says_nothing_of_the_count() -> None:
    sealed = frozenset({CONTEST.id})
    assert report(*COUNTED, sealed=sealed) == report(sealed=sealed)
    assert report(*COUNTED, sealed=sealed)["Status"] == "pre-election"


def test_a_country_is_summed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nist, "MOST_UNITS", 3)
    made = report(*COUNTED)
    assert (made["Format"], len(made["GpUnit"])) == ("summary-contest", 1)
    hamon = made["Election"][0]["Contest"][0]["ContestSelection"][0]
    assert [count["Count"] for count in hamon["VoteCounts"]] == [90]


def test_the_rules_find_what_is_wrong() -> None:
    made = report(*COUNTED)
    del made["Issuer"]
    made["GpUnit"][1]["@id"] = "elsewhere"
    assert len(problems(made)) > 2


def test_our_own_reader_reads_it() -> None:
    snapshot = Snapshot((make_result(CONTEST, *COUNTED),), ())
    content = Exports()(make_election(CONTEST), snapshot, frozenset())["results.nist.json"]
    found = formats.recognise(Content(content))
    if found is None:
        pytest.skip("no reader of this format")
    (contest,) = found[0].parse(Content(content)).contests
    assert {row.code for row in contest.rows} >= {"u1", "u2"}
