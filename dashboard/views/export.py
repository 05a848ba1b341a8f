"""Open results: the current version as CSV and JSON, for people's own tools."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from .. import tally, wire
from ..model import (
    COUNT_FIELDS,
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Election,
    Finding,
    Snapshot,
    UnitResult,
)

UNIT_FIELDS = ("contest", "unit", "name", "parent", "status", "held", *COUNT_FIELDS)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def results_csv(election: Election, snapshot: Snapshot, sealed: frozenset[str]) -> bytes:
    """One row per contest and unit, one column ``votes:<option id>`` per option; UTF-8, CRLF.

    A contest under embargo has no row. Text that a spreadsheet would run as a formula gets an
    apostrophe in front (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    options = list(dict.fromkeys(f"votes:{o.id}" for c in election.contests for o in c.options))
    writer = csv.DictWriter(out, [*UNIT_FIELDS, *options], restval="")
    writer.writeheader()
    for contest, result in _open_contests(election, snapshot, sealed):
        for unit in contest.units:
            published = result.units[unit.code]
            writer.writerow(
                {
                    "contest": contest.id,
                    "unit": _safe(unit.code),
                    "name": _safe(unit.name),
                    "parent": _safe(unit.parent),
                    "status": published.status.value,
                    "held": int(published.held),
                    **_counts(published.counts),
                    **_votes(published.counts),
                }
            )
    return out.getvalue().encode()


def results_json(election: Election, snapshot: Snapshot, sealed: frozenset[str]) -> bytes:
    """The election as one object: contests, totals, options with shares, units, findings.

    A contest under embargo says when it opens and nothing else.
    """
    shown = {
        contest.id: _contest(contest, result)
        for contest, result in _open_contests(election, snapshot, sealed)
    }
    return wire.encode(
        {
            "election": election.id,
            "title": election.title,
            "simulated": election.simulated_en,
            "contests": [shown.get(c.id) or _closed(c, sealed) for c in election.contests],
        }
    )


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
        "state": tally.state(contest, result),
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
        "units": [_unit(unit.name, unit.parent, result.units[unit.code]) for unit in contest.units],
        "findings": [_finding(finding) for finding in result.findings],
    }


def _unit(name: str, parent: str, result: UnitResult) -> dict[str, Any]:
    counted = result.status is not CountStatus.WAITING
    return {
        "code": result.code,
        "name": name,
        "parent": parent,
        "status": result.status.value,
        "held": result.held,
        **(_counts(result.counts) if counted else {}),
        "votes": dict(result.counts.votes) if counted and result.counts else {},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "unit": finding.unit,
        "message": finding.message,
        "message_fr": finding.message_fr,
    }


def _counts(counts: Counts | None) -> dict[str, int]:
    if counts is None:
        return {}
    given = ((name, getattr(counts, name)) for name in COUNT_FIELDS)
    return {name: value for name, value in given if value is not None}


def _votes(counts: Counts | None) -> dict[str, int]:
    return {f"votes:{o}": n for o, n in counts.votes.items()} if counts is not None else {}


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
