"""Recorded counts, state after state, against the checks: every decrease is said, no file that
was true waits, no unit of one is held. Skips where the recordings are not.

The only decreases of all these nights are Italy's, in the morning: votes pass between the lists of
a district whose total stays or grows (C303: published, and said).
"""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard import pipeline, readers, tally
from dashboard.model import (
    Contest,
    ContestResult,
    Counts,
    ReportingUnit,
    Severity,
    SourceFile,
    StatusRule,
    TableColumns,
)
from dashboard.tally.checks.frozen import is_alike
from tests.builders import EVENING, make_file
from tests.readers.real import WHEN_AT_HAND, content, contest, lines, of_one_unit
from tests.readers.test_real_series import LISTS, italy, los_angeles, states

pytestmark = WHEN_AT_HAND


def files(paths: Iterable[str]) -> list[SourceFile]:
    return [make_file(content(path), at=EVENING + timedelta(minutes=minute))
            for minute, path in enumerate(paths)]  # fmt: skip


def replay(night: Sequence[SourceFile], described: Contest) -> Iterator[ContestResult]:
    """The result of each file, read after the one before it; the units are the last one's."""
    names = readers.read(night[-1], described).results
    described = replace(described, units=tuple(ReportingUnit(name, name) for name in names))
    result: ContestResult | None = None
    for file in night:
        result = pipeline.read_contest(file, described, result)
        yield result


def fallen(before: ContestResult, after: ContestResult) -> set[str]:
    """Units in which a number is lower than in the file before: counted without the checks."""
    return {
        code
        for code, unit in before.units.items()
        if unit.counts is not None
        and (now := after.units[code].counts) is not None
        and any(now.votes[option] < votes for option, votes in unit.counts.votes.items())
    }


def said_to_fall(result: ContestResult) -> set[str]:
    found = [finding for finding in result.findings if finding.code == "C303"]
    return {unit for finding in found for unit in finding.units or (finding.unit,)}


def decreases(night: Iterable[ContestResult]) -> list[int]:
    """How many units fell, of each state in which any did; nothing else is held against one."""
    results = list(night)
    for result in results:
        doubts = [f.message for f in result.findings if f.severity is not Severity.FLAG]
        assert doubts == []
    numbers = []
    for before, after in itertools.pairwise(results):
        assert said_to_fall(after) == fallen(before, after)
        numbers += [len(said_to_fall(after))] if fallen(before, after) else []
    assert votes(results[-1]).valid_votes > 0
    return numbers


def votes(result: ContestResult) -> Counts:
    counts = tally.total(result.units.values())
    return counts or Counts({}, 0)


def senate() -> Contest:
    names = [line["desc_lis"] for line in lines(states("ts_it2022/senato-italia")[-1])]
    columns = replace(italy().source.columns, option_values={name: name for name in names})
    return of_one_unit(contest(names, columns, status=StatusRule("nonzero")))


def waukesha() -> Contest:
    names = {line["candidate"] for line in lines(states("ts_waukesha2024")[0])}
    columns = TableColumns(
        unit=("reporting_unit",), option="candidate", votes="votes",
        option_values={name: name for name in names},
    )  # fmt: skip
    return contest(sorted(names), columns, thousands=",", status=StatusRule("nonzero"))


@pytest.mark.parametrize(
    ("folder", "described", "count", "expected"),
    [
        ("ts_it2022/camera-italia", italy, 12, []),
        ("ts_it2022/senato-italia", senate, 13, []),
        ("ts_it2022/camera-italia-circoscrizione", lambda: italy("CR"), 12, [1, 5]),
        ("ts_it2022/camera-italia-plurinominale", lambda: italy("CR_CP"), 7, [3, 8]),
        ("ts_waukesha2024", waukesha, 11, []),
    ],
)
def test_every_decrease_of_a_night_is_said_and_nothing_else_doubted(
    folder: str, described: Callable[[], Contest], count: int, expected: list[int]
) -> None:
    night = files(states(folder))
    assert len(night) == count
    assert decreases(replay(night, described())) == expected


STEPS = [f"ts_la2018_4steps/0018nov18-{step}.json" for step in ("zero", "start", "mid", "end")]


MAY_BE_CHANCE = {
    "MEMBER STATE BOARD OF EQUALIZATION-1ST DISTRICT",
    "U.S. REPRESENTATIVE 33RD DISTRICT",
    "MEMBER OF THE ASSEMBLY 36TH DISTRICT",
    "BONITA UNIFIED SCHOOL GOVERNING BOARD MEMBER",
    "ANTELOPE VALLEY HEALTH CR BOARD OF DIRECTORS",
}  # two or three options each


def test_every_contest_of_los_angeles_in_four_states() -> None:
    night, told, count = files(STEPS), set(), 0
    for record in json.loads(night[-1].content):
        names = [said["name"] for said in record["results"]]
        described = los_angeles(record["title"], names, StatusRule("nonzero"))
        results = list(replay(night, described))
        assert decreases(results) == []
        count += 1
        if any(finding.code == "C410" for result in results for finding in result.findings):
            told.add(record["title"])
    assert told == MAY_BE_CHANCE
    assert count == 289


def france(round: str) -> list[Counts]:
    path = f"backtest/fr2022_presidentielle_{round}_national_timeseries.csv"
    moments = [{k: int(v) for k, v in line.items() if k != "datetime"} for line in lines(path)]
    return [Counts(moment, sum(moment.values())) for moment in moments]


def series() -> Iterator[list[Counts]]:
    """What a country, a district or a county had counted, one moment after the other."""
    yield from (france(round) for round in ("t1", "t2"))
    for folder, described in (
        ("ts_it2022/camera-italia", italy()),
        ("ts_it2022/senato-italia", senate()),
        ("ts_waukesha2024", waukesha()),
    ):
        yield [votes(result) for result in replay(files(states(folder)), described)]
    for key, folder in (("CR", "camera-italia-circoscrizione"),
                        ("CR_CP", "camera-italia-plurinominale")):  # fmt: skip
        results = list(replay(files(states(f"ts_it2022/{folder}")), italy(key)))
        for code in results[-1].units:
            yield [counts for r in results if (counts := r.units[code].counts) is not None]


def test_no_true_count_of_a_country_has_frozen_shares() -> None:
    """The figures that dashboard/tally/checks/frozen.py gives."""
    pairs = [
        (before, after)
        for moments in series()
        for before, after in itertools.combinations(moments, 2)
        if before.valid_votes >= 1_000 and after.valid_votes >= 1.05 * before.valid_votes
    ]
    assert len(LISTS) == 23
    assert len(pairs) == 3_029
    assert [pair for pair in pairs if is_alike(*pair, rise=0.05)] == []
