"""What the desk's panel shows (``/vigie``): how the sources are, what came, what is in doubt.

The watcher keeps it and writes it to the sealed folder; the web worker reads it and draws it. Of a
contest under embargo it says what kind of thing was found, and where, but no figure.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from .. import tally
from ..model import COUNT_FIELDS, Contest, ContestResult, Counts, Election, Finding, SourceFile
from ..store import DirectoryStore, StoreError, iso
from ..wire import JSON, encode
from .source import HeldBack

NAME = "desk.json"
EVERY_SECONDS = 1.0
_FILES, _CLOSED, _SHOWN = 20, 50, 100  # entries kept or shown of each contest


@dataclass(slots=True)
class _Kept:
    """What is remembered of one contest."""

    files: deque[dict[str, JSON]] = field(default_factory=lambda: deque(maxlen=_FILES))
    closed: deque[dict[str, JSON]] = field(default_factory=lambda: deque(maxlen=_CLOSED))
    since: dict[Finding, datetime] = field(default_factory=dict)  # of open findings


class Desk:
    """Told of every accepted file; writes ``desk.json`` when it would say something new."""

    def __init__(self, election: Election, store: DirectoryStore) -> None:
        self._election = election
        self._store = store
        self._kept = {contest.id: _Kept() for contest in election.contests}
        self._said: object = None
        self._at = -EVERY_SECONDS

    def take(
        self,
        contest: Contest,
        file: SourceFile,
        before: ContestResult | None,
        after: ContestResult,
        now: datetime,
    ) -> None:
        """A file was accepted."""
        kept = self._kept[contest.id]
        found = set(after.findings)
        kept.closed.extend(
            {**_finding(finding), "since": iso(since), "until": iso(now)}
            for finding, since in kept.since.items()
            if finding not in found
        )
        kept.since = {finding: kept.since.get(finding, now) for finding in after.findings}
        last = before.units if before is not None else {}
        corrected = len(after.corrections) - (len(before.corrections) if before else 0)
        kept.files.append(
            {
                "at": iso(now),
                "name": file.name,
                "digest": file.digest,
                "bytes": len(file.content),
                "rows": after.row_count,
                "units": sum(last.get(code) != unit for code, unit in after.units.items()),
                "corrections": max(0, corrected),
                "findings": len(after.findings),
                "changes": list(islice(differences(contest, before, after), _SHOWN)),
            }
        )

    def write(
        self,
        sources: Sequence[Mapping[str, JSON]],
        results: Mapping[str, ContestResult],
        held_back: Mapping[str, HeldBack[ContestResult] | None],
        sealed: frozenset[str],
        clock: float,
    ) -> None:
        """Says it, at most once a second and if it changed. A full disk is told elsewhere."""
        waiting = {name: each.file.digest for name, each in held_back.items() if each}
        said = (sources, {name: id(result) for name, result in results.items()}, waiting, sealed)
        if clock - self._at < EVERY_SECONDS or said == self._said:
            return
        self._at = clock
        content = encode(
            {
                "rehearsal": self._election.is_rehearsal,
                "sources": list(sources),
                "contests": [
                    self._contest(
                        contest,
                        results.get(contest.id),
                        held_back.get(contest.id),
                        is_sealed=contest.id in sealed,
                    )
                    for contest in self._election.contests
                ],
            }
        )
        try:
            self._store.save(NAME, content)
        except StoreError:
            return
        self._said = said

    def _contest(
        self,
        contest: Contest,
        result: ContestResult | None,
        waiting: HeldBack[ContestResult] | None,
        *,
        is_sealed: bool,
    ) -> dict[str, JSON]:
        kept = self._kept[contest.id]
        names = {unit.code: unit.name for unit in contest.units}
        held = [u.code for u in result.units.values() if u.held] if result else []
        said: dict[str, JSON] = {
            "id": contest.id,
            "title": " · ".join(filter(None, (contest.title, contest.round, contest.place))),
            "timezone": contest.timezone,
            "sealed": is_sealed,
            "files": list(reversed(kept.files)),
            "open": [
                {**_finding(finding), "since": iso(since)}
                for finding, since in list(kept.since.items())[:_SHOWN]
            ],
            "open_count": len(kept.since),
            "closed": list(reversed(kept.closed)),
            "held": [{"unit": code, "name": names[code]} for code in held[:_SHOWN]],
            "held_count": len(held),
            "quarantine": _quarantine(contest, result, waiting) if waiting else {},
        }
        return _without_figures(said) if is_sealed else said


def source_said(
    name: str, kind: str, location: str, health: Mapping[str, JSON], detail: str
) -> dict[str, JSON]:
    """How one source is doing; of its address neither password nor query."""
    return {
        "name": name, "kind": kind, "location": _public_part(location), **health, "detail": detail,
    }  # fmt: skip


def differences(
    contest: Contest, before: ContestResult | None, after: ContestResult
) -> Iterator[dict[str, JSON]]:
    """Every number that differs between two results, unit by unit, missing is "": what both sides
    of a quarantine are compared by."""
    last = before.units if before is not None else {}
    names = {unit.code: unit.name for unit in contest.units}
    for code, unit in after.units.items():
        old = last.get(code)
        if old is not unit:
            counts = old.counts if old else None
            yield from _compared(contest, code, names.get(code, code), counts, unit.counts)


def _compared(
    contest: Contest, code: str, name: str, before: Counts | None, after: Counts | None
) -> Iterator[dict[str, JSON]]:
    one, other = _numbers(contest, before), _numbers(contest, after)
    for what in {**one, **other}:
        if one.get(what) != other.get(what):
            yield {
                "unit": code, "name": name, "what": what,
                "before": one.get(what, ""), "after": other.get(what, ""),
            }  # fmt: skip


def _numbers(contest: Contest, counts: Counts | None) -> dict[str, int]:
    if counts is None:
        return {}
    named = {o.short_name: counts.votes[o.id] for o in contest.options if o.id in counts.votes}
    sides = {name: getattr(counts, name) for name in COUNT_FIELDS}
    return named | {name: number for name, number in sides.items() if number is not None}


def _quarantine(
    contest: Contest, shown: ContestResult | None, waiting: HeldBack[ContestResult]
) -> dict[str, JSON]:
    changes: list[JSON] = list(islice(differences(contest, shown, waiting.value), _SHOWN + 1))
    return {
        "name": waiting.file.name,
        "digest": waiting.file.digest,
        "against": waiting.doubtful.against,
        "takes_back": dict(waiting.doubtful.takes_back),
        "since": iso(waiting.since),
        "until": iso(waiting.until),
        "why": [_finding(f) for f in waiting.value.findings if f.severity == "wait"],
        "totals": list(_compared(contest, "", "", *map(_total, (shown, waiting.value)))),
        "changes": changes[:_SHOWN],
        "has_more": len(changes) > _SHOWN,
    }


def _total(result: ContestResult | None) -> Counts | None:
    return tally.total(result.units.values()) if result is not None else None


def _finding(finding: Finding) -> dict[str, JSON]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "fr": finding.message_fr,
        "en": finding.message,
        "unit": finding.unit,
    }


def _without_figures(said: dict[str, JSON]) -> dict[str, JSON]:
    """The same with every sentence and number of the count left out."""
    hidden = {"fr", "en", "totals", "changes", "rows", "units", "has_more", "takes_back"}

    def sift(value: JSON) -> JSON:
        if isinstance(value, dict):
            return {key: sift(each) for key, each in value.items() if key not in hidden}
        return [sift(each) for each in value] if isinstance(value, list) else value

    sifted = sift(said)
    assert isinstance(sifted, dict)
    return sifted


def _public_part(location: str) -> str:
    if "://" not in location:
        return location
    parts = urlsplit(location)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
