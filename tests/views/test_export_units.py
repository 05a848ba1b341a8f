"""The short way of writing units says what ``csv`` and ``json`` would."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import COUNT_FIELDS, Counts, CountStatus, UnitResult
from dashboard.views.export_units import WrittenUnits, csv_line
from tests.builders import make_contest

CONTEST = make_contest()
OWN = [option.id for option in CONTEST.options]
NUMBERS = st.integers(0, 10**7)


@st.composite
def unit_results(draw: st.DrawFn) -> UnitResult:
    status, held = draw(st.sampled_from(CountStatus)), draw(st.booleans())
    if draw(st.booleans()):
        return UnitResult("u1", status, None, held)
    votes = {option: draw(NUMBERS) for option in draw(st.permutations(OWN))}
    sides = {name: draw(st.none() | NUMBERS) for name in COUNT_FIELDS if name != "valid_votes"}
    return UnitResult("u1", status, Counts(votes, draw(NUMBERS), **sides), held)


@given(st.lists(unit_results(), min_size=1, max_size=4), st.permutations(["other", *OWN]))
def test_a_unit_is_written_as_the_libraries_write_it(
    results: list[UnitResult], options: list[str]
) -> None:
    written = WrittenUnits(CONTEST, options)
    for result in results:
        written.write({"u1": result})
        unit, counts = CONTEST.units[0], result.counts
        numbers = {n: getattr(counts, n) for n in COUNT_FIELDS} if counts else {}
        votes = dict(counts.votes) if counts else {}
        cells: list[Any] = [
            CONTEST.id,
            "u1",
            unit.name,
            unit.parent,
            result.status.value,
            int(result.held),
        ]
        cells += [numbers.get(name) for name in COUNT_FIELDS]
        assert written.lines["u1"] == csv_line([*cells, *map(votes.get, options)])
        said: dict[str, Any] = {"code": "u1", "name": unit.name, "parent": unit.parent}
        said |= {"status": result.status.value, "held": result.held}
        if result.status is not CountStatus.WAITING:
            said |= {name: number for name, number in numbers.items() if number is not None}
        is_told = result.status is not CountStatus.WAITING
        member = json.dumps(said | {"votes": votes if is_told else {}}, separators=(",", ":"))
        assert written.members["u1"] == member


def test_a_line_is_read_as_it_was_written() -> None:
    unit = replace(CONTEST.units[0], name='Saint-"Côme", 2')
    written = WrittenUnits(replace(CONTEST, units=(unit,)), OWN)
    written.write({"u1": UnitResult("u1", CountStatus.WAITING)})
    (row,) = csv.reader(io.StringIO(written.lines["u1"], newline=""))
    assert row[2] == unit.name and len(row) == 6 + len(COUNT_FIELDS) + len(OWN)
