"""Open results: the current version as CSV, as JSON and for election offices' own tools."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import Any

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
    Snapshot,
    UnitResult,
)
from ..tally import Summary
from .nist import nist_report

UNIT_FIELDS = ("contest", "unit", "name", "parent", "status", "held", *COUNT_FIELDS)
_SIDES = attrgetter(*COUNT_FIELDS)
_quoted = json.JSONEncoder(ensure_ascii=False).encode
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
        self._written: dict[str, _Units] = {}  # by contest

    def __call__(
        self, election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> dict[str, bytes]:
        if election is not self._election:
            self._election, self._written = election, {}
        options = list(dict.fromkeys(o.id for c in election.contests for o in c.options))
        lines = [_line([*UNIT_FIELDS, *(f"votes:{option}" for option in options)])]
        contests = {c.id: wire.encode(_closed(c, sealed)).decode() for c in election.contests}
        summaries: dict[str, Summary] = {}
        for contest, result in _open_contests(election, snapshot, sealed):
            if contest.id not in self._written:
                self._written[contest.id] = _Units(contest, options)
            units = self._written[contest.id]
            units.write(result.units)
            lines += units.lines.values()
            summaries[contest.id] = tally.summary(contest, result)
            said = _contest(contest, summaries[contest.id])
            contests[contest.id] = _with_member(said, "units", units.members.values())
        head = {
            "election": election.id,
            "title": election.title,
            "simulated": election.simulated_en,
        }
        return {
            "results.csv": "".join(lines).encode(),
            "results.nist.json": nist_report(election, summaries),
            "results.json": _with_member(head, "contests", contests.values()).encode(),
        }


class _Units:
    """The units of a contest as they were last written, by code and in their order."""

    def __init__(self, contest: Contest, options: list[str]) -> None:
        self.lines: dict[str, str] = {}  # of the CSV
        self.members: dict[str, str] = {}  # of the JSON array
        self._options = options
        self._numbers = ",%s" * (len(COUNT_FIELDS) + len(options)) + "\r\n"
        self._results: Mapping[str, UnitResult] = {}
        # What the night does not change: the first cells of the one, the beginning of the other.
        self._cells: dict[str, str] = {}
        self._beginnings: dict[str, str] = {}
        for unit in contest.units:
            cells = _line([contest.id, *map(_safe, (unit.code, unit.name, unit.parent))])
            self._cells[unit.code] = cells.removesuffix("\r\n")
            code, name, parent = map(_quoted, (unit.code, unit.name, unit.parent))
            self._beginnings[unit.code] = f'{{"code":{code},"name":{name},"parent":{parent}'
            self.lines[unit.code] = self.members[unit.code] = ""

    def write(self, units: Mapping[str, UnitResult]) -> None:
        """Writes those that are not the very objects of the last time."""
        before, self._results = self._results, units
        for code, result in units.items():
            if before.get(code) is not result:
                self.lines[code] = self._line(result)
                self.members[code] = self._member(result)

    def _line(self, result: UnitResult) -> str:
        """Numbers only after its first cells; what is ``None`` stays empty."""
        counts = result.counts
        sides = _SIDES(counts) if counts is not None else (None,) * len(COUNT_FIELDS)
        votes = counts.votes if counts is not None else {}
        numbers = self._numbers % (*sides, *map(votes.get, self._options))
        cells = f"{self._cells[result.code]},{result.status},{int(result.held)}"
        return cells + numbers.replace("None", "")

    def _member(self, result: UnitResult) -> str:
        """Written by hand, in half the time: names of counts and ids of options are letters,
        digits and hyphens, and the rest is numbers."""
        held = "true" if result.held else "false"
        said = f'{self._beginnings[result.code]},"status":"{result.status}","held":{held},'
        counts = result.counts if result.status is not CountStatus.WAITING else None
        if counts is None:
            return said + '"votes":{}}'
        sides = _SIDES(counts)
        ending = _ending(tuple([number is not None for number in sides]), tuple(counts.votes))
        given = [number for number in sides if number is not None]
        return said + ending % (*given, *counts.votes.values())


@lru_cache(maxsize=64)  # the same for nearly every unit of a contest
def _ending(given: tuple[bool, ...], options: tuple[str, ...]) -> str:
    """The numbers of a JSON object, to be filled in: the counts that are ``given``, the votes."""
    sides = "".join([f'"{name}":%d,' for name in compress(COUNT_FIELDS, given)])
    votes = ",".join([f'"{option}":%d' for option in options])
    return f'{sides}"votes":{{{votes}}}}}'


class _Echo:
    """A file for ``csv.writer`` that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


_WRITER = csv.writer(_Echo())


def _line(cells: list[Any]) -> str:
    line: str = _WRITER.writerow(cells)
    return line


def _with_member(value: dict[str, Any], name: str, members: Iterable[str]) -> str:
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


def _contest(contest: Contest, summary: Summary) -> dict[str, Any]:
    result, done, counts = summary.result, summary.progress, summary.counts
    return {
        "id": contest.id,
        "title": contest.title,
        "round": contest.round,
        "place": contest.place,
        "date": contest.date.isoformat(),
        "state": summary.state,
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
        "units": list(finding.units),
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
