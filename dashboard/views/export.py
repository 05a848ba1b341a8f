"""Files beside the documents: the current version as CSV, as JSON and for election offices' own
tools; the feed and the words of shared links (``elsewhere``)."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeAlias

from .. import tally, wire
from ..model import (
    COUNT_FIELDS,
    Contest,
    ContestResult,
    Correction,
    Counts,
    Election,
    Finding,
    Snapshot,
)
from ..tally import Summary
from .elsewhere import Feeds, shares
from .export_units import WrittenUnits, csv_line
from .nist import nist_report

UNIT_FIELDS = ("contest", "unit", "name", "parent", "status", "held", *COUNT_FIELDS)
Summarise: TypeAlias = Callable[[Contest, ContestResult], Summary]
_SIDES = attrgetter(*COUNT_FIELDS)


class Exports:
    """Open results, version after version: ``results.csv``, ``results.json`` and, in the format
    of ``nist``, ``results.nist.json``.

    It remembers how each unit was written, because of 70,000 few change from one version to the
    next. Nothing but time depends on that memory.

    The CSV has one row per contest and unit, one column ``votes:<option id>`` per option; UTF-8,
    CRLF. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
    injection). The JSON is the election as one object: contests, totals, options with shares,
    findings, units. A contest under embargo has no row there, and here says when it opens and
    nothing else. ``summarise`` may know the sums of a result already.
    """

    def __init__(self, summarise: Summarise = tally.summary) -> None:
        self._summarise = summarise
        self._election: Election | None = None
        self._written: dict[str, WrittenUnits] = {}  # by contest
        self._feeds = Feeds()

    def __call__(
        self, election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> dict[str, bytes]:
        if election is not self._election:
            self._election, self._written = election, {}
        options = list(dict.fromkeys(o.id for c in election.contests for o in c.options))
        lines = [csv_line([*UNIT_FIELDS, *(f"votes:{option}" for option in options)])]
        contests = {c.id: wire.encode(_closed(c, sealed)).decode() for c in election.contests}
        summaries: dict[str, Summary] = {}
        for contest, result in _open_contests(election, snapshot, sealed):
            if contest.id not in self._written:
                self._written[contest.id] = WrittenUnits(contest, options)
            units = self._written[contest.id]
            units.write(result.units)
            lines += units.lines.values()
            summaries[contest.id] = self._summarise(contest, result)
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
            **self._feeds(election, snapshot, sealed),
            **shares(election, summaries, sealed),
        }


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
