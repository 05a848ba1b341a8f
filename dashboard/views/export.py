"""Open results: the current version as CSV, as JSON and for election offices' own tools."""

import csv
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from .. import tally, wire
from ..model import (
    COUNT_FIELDS,
    Contest,
    ContestResult,
    Correction,
    Counts,
    CountStatus,
    Election,
    Finding,
    ReportingUnit,
    Snapshot,
    UnitResult,
)
from .nist import nist_report

UNIT_FIELDS = ("contest", "unit", "name", "parent", "status", "held", *COUNT_FIELDS)
_SIDES = attrgetter(*COUNT_FIELDS)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Written(NamedTuple):  # made 70,000 times: a frozen dataclass takes three times as long
    """One unit as it was last written: what the night does not change of it, and all of it."""

    cells: str  # the CSV's first: contest, code, name, parent
    object: str  # the JSON object's beginning: code, name, parent
    result: UnitResult | None = None
    line: str = ""  # of the CSV
    member: str = ""  # of the JSON array


class Exports:
    """Open results, version after version: ``results.csv``, ``results.json`` and, in the format
    of ``nist``, ``results.nist.json``.

    It remembers how each unit was written, because of 70,000 few change from one version to the
    next. Nothing but time depends on that memory.

    The CSV has one row per contest and unit, one column ``votes:<option id>`` per option; UTF-8,
    CRLF. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
    injection). The JSON is the election as one object: contests, totals, options with shares,
    findings, units. A contest under embargo has no row there, and here says when it opens and
    nothing else.
    """

    def __init__(self) -> None:
        self._election: Election | None = None
        self._written: dict[tuple[str, str], _Written] = {}  # by contest and unit

    def __call__(
        self, election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> dict[str, bytes]:
        if election is not self._election:
            self._election, self._written = election, {}
        options = list(dict.fromkeys(o.id for c in election.contests for o in c.options))
        lines = [_line([*UNIT_FIELDS, *(f"votes:{option}" for option in options)])]
        shown: dict[str, str] = {}
        for contest, result in _open_contests(election, snapshot, sealed):
            written = [self._unit(contest, u, result.units[u.code], options) for u in contest.units]
            lines += [unit.line for unit in written]
            shown[contest.id] = _with_member(
                _contest(contest, result), "units", [unit.member for unit in written]
            )
        contests = [
            shown[c.id] if c.id in shown else wire.encode(_closed(c, sealed)).decode()
            for c in election.contests
        ]
        head = {
            "election": election.id,
            "title": election.title,
            "simulated": election.simulated_en,
        }
        return {
            "results.csv": "".join(lines).encode(),
            "results.nist.json": nist_report(election, snapshot, sealed),
            "results.json": _with_member(head, "contests", contests).encode(),
        }

    def _unit(
        self, contest: Contest, unit: ReportingUnit, result: UnitResult, options: list[str]
    ) -> _Written:
        key = contest.id, unit.code
        written = self._written.get(key) or _unwritten(contest, unit)
        if written.result is not result:
            line = _csv_line(written.cells, result, options)
            member = _json_object(written.object, result)
            written = _Written(written.cells, written.object, result, line, member)
            self._written[key] = written
        return written


def _unwritten(contest: Contest, unit: ReportingUnit) -> _Written:
    said = {"code": unit.code, "name": unit.name, "parent": unit.parent}
    cells = _line([contest.id, *map(_safe, said.values())]).removesuffix("\r\n")
    return _Written(cells, wire.encode(said).decode().removesuffix("}"))


def _csv_line(cells: str, result: UnitResult, options: list[str]) -> str:
    """One row of the CSV, numbers only after its first cells; what is ``None`` stays empty."""
    counts = result.counts
    sides = _SIDES(counts) if counts is not None else (None,) * len(COUNT_FIELDS)
    votes = counts.votes if counts is not None else {}
    numbers = ",".join(map(str, (*sides, *map(votes.get, options)))).replace("None", "")
    return f"{cells},{result.status},{int(result.held)},{numbers}\r\n"


def _json_object(beginning: str, result: UnitResult) -> str:
    """One unit; written by hand, in half the time: names of counts and ids of options are letters,
    digits and hyphens, and the rest is numbers."""
    held = "true" if result.held else "false"
    counts = result.counts if result.status is not CountStatus.WAITING else None
    if counts is None:
        return f'{beginning},"status":"{result.status}","held":{held},"votes":{{}}}}'
    sides = zip(COUNT_FIELDS, _SIDES(counts), strict=True)
    given = "".join([f'"{name}":{value},' for name, value in sides if value is not None])
    votes = ",".join([f'"{option}":{value}' for option, value in counts.votes.items()])
    return f'{beginning},"status":"{result.status}","held":{held},{given}"votes":{{{votes}}}}}'


class _Echo:
    """A file for ``csv.writer`` that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


_WRITER = csv.writer(_Echo())


def _line(cells: list[Any]) -> str:
    line: str = _WRITER.writerow(cells)
    return line


def _with_member(value: dict[str, Any], name: str, members: list[str]) -> str:
    """An object that is not empty as JSON, with one more member: an array of what is JSON."""
    head = wire.encode(value).decode().removesuffix("}")
    return f'{head},"{name}":[{",".join(members)}]}}'


def _open_contests(
    election: Election, snapshot: Snapshot, sealed: frozenset[str]
) -> Iterator[tuple[Contest, ContestResult]]:
    received = {result.contest_id: result for result in snapshot.contests}
    for contest in election.contests:
        if contest.id in received and contest.id not in sealed:
            yield contest, received[contest.id]


def _closed(contest: Contest, sealed: frozenset[str]) -> dict[str, Any]:
    if contest.id not in sealed or contest.embargo is None:
        return {"id": contest.id, "title": contest.title, "state": "waiting"}
    opens = contest.embargo.isoformat()
    return {"id": contest.id, "title": contest.title, "state": "embargo", "opens_at": opens}


def _contest(contest: Contest, result: ContestResult) -> dict[str, Any]:
    counts = tally.total(result.units.values())
    done = tally.progress(contest, result)
    return {
        "id": contest.id,
        "title": contest.title,
        "round": contest.round,
        "place": contest.place,
        "date": contest.date.isoformat(),
        "state": tally.state_of(contest, done, counted=counts is not None),
        "data_at": result.data_at.isoformat(),
        "source_digest": result.source_digest,
        "units_complete": done.complete,
        "units_partial": done.partial,
        "units_held": done.held,
        "units_total": done.units,
        "totals": _counts(counts),
        "options": [
            {
                "id": s.option.id,
                "name": s.option.name,
                "votes": s.votes,
                "share": round(s.share, 6) if s.share is not None else None,
            }
            for s in tally.standing(contest, counts)
        ],
        "findings": [_finding(finding) for finding in result.findings],
        "corrections": [_correction(correction) for correction in result.corrections],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "unit": finding.unit,
        "message": finding.message,
        "message_fr": finding.message_fr,
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "at": correction.at.isoformat(),
        "unit": correction.unit,
        "withdrawn": correction.is_withdrawn,
        "numbers": {n.what: [n.before, n.after] for n in correction.numbers},
    }


def _counts(counts: Counts | None) -> dict[str, int]:
    if counts is None:
        return {}
    given = zip(COUNT_FIELDS, _SIDES(counts), strict=True)
    return {name: value for name, value in given if value is not None}


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
