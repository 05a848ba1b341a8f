"""Recorded counts, state after state, against the checks: every decrease is said, no file that
was true waits, no unit of one is held. Skips where the recordings are not.

The one decrease of all these nights is Italy's, in the morning: votes pass between the lists of a
constituency, whose total stays or grows (C303, published and said).
"""

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard import pipeline, tally
from dashboard.model import (
    Contest,
    ContestResult,
    Option,
    ReportingUnit,
    Severity,
    StatusRule,
    TableColumns,
)
from tests.builders import EVENING, make_contest, make_file

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the recordings are not on this machine"),
]

Votes = dict[str, dict[str, int]]  # by unit and option


def table(states: Sequence[Mapping[str, Mapping[str, int]]], title: str) -> Contest:
    """The contest of a plain long table of these units and options; zeros wait."""
    names = list(dict.fromkeys(o for state in states for unit in state.values() for o in unit))
    units = dict.fromkeys(code for state in states for code in state)
    contest = make_contest()
    columns = TableColumns(
        unit=("unit",), option="option", votes="votes", option_values={name: name for name in names}
    )
    return replace(
        contest,
        title=title,
        options=tuple(Option(name, name, name) for name in names),
        units=tuple(ReportingUnit(code, code) for code in units),
        geometry=None,
        rows="unit",
        source=replace(contest.source, columns=columns, status=StatusRule("nonzero")),
    )


def content(state: Mapping[str, Mapping[str, int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["unit", "option", "votes"])
    for unit, votes in state.items():
        writer.writerows([unit, option, number] for option, number in votes.items())
    return text.getvalue().encode()


def replay(states: Sequence[Votes], title: str = "") -> Iterator[tuple[Contest, ContestResult]]:
    """The result of each state, read after the one before it."""
    contest, result = table(states, title), None
    for minute, state in enumerate(states):
        file = make_file(content(state), at=EVENING + timedelta(minutes=minute))
        result = pipeline.read_contest(file, contest, result)
        yield contest, result


def fallen(before: Votes, after: Votes) -> set[str]:
    """Units in which an option lost votes: counted here, without the checks."""
    return {
        unit
        for unit, votes in before.items()
        if any(after[unit].get(option, 0) < number for option, number in votes.items())
    }


def said_to_fall(result: ContestResult) -> set[str]:
    found = [finding for finding in result.findings if finding.code == "C303"]
    return {unit for finding in found for unit in finding.units or (finding.unit,)}


def doubted(result: ContestResult) -> list[str]:
    """What refuses the file, makes it wait or holds a unit of it."""
    return [f.message for f in result.findings if f.severity is not Severity.FLAG]


def votes_of(result: ContestResult) -> int:
    counts = tally.total(result.units.values())
    return counts.valid_votes if counts else 0


def italy(level: str, key: str) -> list[Votes]:
    """Lists that stand everywhere by name, the others as one."""
    paths = sorted((DATA / "ts_it2022" / level).glob("*.csv"))
    states: list[list[dict[str, str]]] = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            states.append(list(csv.DictReader(lines)))
    units = {row.get(key, "IT") for row in states[0]}
    stands = {
        name: {row.get(key, "IT") for row in states[0] if row["desc_lis"] == name}
        for name in {row["desc_lis"] for row in states[0]}
    }
    return [_summed(state, key, {n for n, where in stands.items() if where == units})
            for state in states]  # fmt: skip


def _summed(rows: Sequence[Mapping[str, str]], key: str, named: set[str]) -> Votes:
    votes: Votes = {}
    for row in rows:
        unit = votes.setdefault(row.get(key, "IT"), {})
        name = row["desc_lis"] if row["desc_lis"] in named else "others"
        unit[name] = unit.get(name, 0) + int(row["voti"])
    return votes


@pytest.mark.parametrize(
    ("level", "key", "states", "decreases", "valid"),
    [
        ("camera-italia", "", 12, [], 28_086_553),
        ("senato-italia", "", 13, [], 27_554_310),
        ("camera-italia-circoscrizione", "CR", 12, [1, 5], 28_086_553),
        ("camera-italia-plurinominale", "CR_CP", 7, [3, 8], 28_086_553),
    ],
)
def test_italy_2022(level: str, key: str, states: int, decreases: list[int], valid: int) -> None:
    night = italy(level, key)
    assert len(night) == states
    before: Votes | None = None
    numbers = []
    for state, (_, result) in zip(night, replay(night), strict=True):
        assert doubted(result) == []
        expected = fallen(before, state) if before is not None else set()
        assert said_to_fall(result) == expected
        numbers += [len(expected)] if expected else []
        before = state
    assert numbers == decreases
    assert votes_of(result) == valid


def test_waukesha_2024() -> None:
    night: list[Votes] = []
    for path in sorted((DATA / "ts_waukesha2024").glob("2024-*.csv")):
        votes: Votes = {}
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                number = int(row["votes"].replace(",", ""))
                votes.setdefault(row["reporting_unit"], {})[row["candidate"]] = number
        night.append(votes)
    assert len(night) == 11
    assert all(not fallen(before, after) for before, after in itertools.pairwise(night))
    for _, result in replay(night):
        assert doubted(result) == [] and said_to_fall(result) == set()
    assert votes_of(result) == 275_752


def test_los_angeles_2018() -> None:
    """289 contests, each of one unit, in four states."""
    states = [
        json.loads((DATA / "ts_la2018_4steps" / f"0018nov18-{step}.json").read_text("utf-8"))
        for step in ("zero", "start", "mid", "end")
    ]
    assert {len(state) for state in states} == {289}
    for records in zip(*states, strict=True):
        night = [{"LA": {o["name"]: o["votes"] for o in record["results"]}} for record in records]
        assert all(not fallen(*pair) for pair in itertools.pairwise(night))
        for _, result in replay(night, records[0]["title"]):
            assert doubted(result) == [] and said_to_fall(result) == set()
        assert votes_of(result) == sum(night[-1]["LA"].values())
