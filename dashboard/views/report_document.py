"""What ``soiree check --json`` says of a file, for machines."""

from collections.abc import Mapping
from typing import Any

from .. import tally
from ..model import COUNT_FIELDS, Counts, Finding
from .checked import CheckedContest, CheckedFile

VOTES = "votes:"


def document(checked: CheckedFile) -> dict[str, Any]:
    """JSON values; a number the file does not give is ``null``, a place it does not have as well.

    Ids of contests and options are the file's own, as ``--contest`` takes them.
    """
    at = checked.generated_at
    return {
        "format": checked.format,
        "evidence": checked.evidence,
        "title": checked.title,
        "generated_at": at.isoformat() if at is not None else None,
        "is_test": checked.is_test,
        "contests": [_contest(contest) for contest in checked.contests],
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _contest(checked: CheckedContest) -> dict[str, Any]:
    contest, result = checked.contest, checked.result
    counts = tally.total(result.units.values()) if result is not None else None
    votes = counts.votes if counts is not None else {}
    return {
        "id": checked.id,
        "level": checked.level,
        "title": contest.title,
        "options": [
            {
                "id": checked.file_ids.get(option.id, option.id),
                "name": option.name,
                "short_name": option.short_name,
                "list": option.list_name,
                "votes": votes.get(option.id),
            }
            for option in contest.options
        ],
        "units": _units(checked),
        "totals": _totals(counts),
        "declared_totals": _declared(checked),
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _units(checked: CheckedContest) -> dict[str, int | None]:
    if checked.result is None:
        nothing = dict.fromkeys(("counted", "partial", "waiting", "held"))
        return {**nothing, "expected": checked.expected}
    done = tally.progress(checked.contest, checked.result)
    return {
        "counted": done.complete,
        "partial": done.partial,
        "waiting": done.units - done.complete - done.partial,
        "held": done.held,
        "expected": checked.expected,
    }


def _totals(counts: Counts | None) -> dict[str, int]:
    given = {name: getattr(counts, name) for name in COUNT_FIELDS} if counts else {}
    return {name: number for name, number in given.items() if number is not None}


def _declared(checked: CheckedContest) -> dict[str, Any]:
    votes: Mapping[str, int] = {
        checked.file_ids.get(own, own): number
        for key, number in checked.declared.items()
        if key.startswith(VOTES) and (own := key.removeprefix(VOTES))
    }
    fields = {k: n for k, n in checked.declared.items() if not k.startswith(VOTES)}
    return {**fields, **({"votes": dict(votes)} if votes else {})}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message_fr": finding.message_fr,
        "message_en": finding.message,
        "unit": finding.unit or None,
        "line": finding.line,
        "column": finding.column or None,
    }
