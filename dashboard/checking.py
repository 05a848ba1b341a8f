"""``soiree check``: what a results file holds and what is wrong with it, before the night."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from . import pipeline, readers, wire
from .model import Contest, Finding, Severity, SourceFile
from .settings import load_election
from .views import report

CLEAN, FOUND, UNREADABLE = 0, 1, 2


def check_file(path: Path, election: Path | None, lang: str) -> int:
    """Prints the report of a file; returns 0 clean, 1 findings, 2 unreadable.

    With an election file every contest is read from the file, as the night would; without one
    the columns are guessed. Raises ``SettingsError`` for a wrong election file.
    """
    try:
        file = _source_file(path)
    except OSError as error:
        print(f"soiree: {path}: {error.strerror}.", file=sys.stderr)
        return UNREADABLE
    contests = load_election(election).election.contests if election else _guess(file, lang)
    return max((_check(file, contest, election is None, lang) for contest in contests),
               default=UNREADABLE)  # fmt: skip


def _check(file: SourceFile, contest: Contest, guessed: bool, lang: str) -> int:
    try:
        result = pipeline.read_contest(file, contest, None)
    except readers.ReadError as error:
        return _refused(error.finding, lang)
    lines = report.understood(contest, result, contest.source.format, guessed, lang)
    _say(lines)
    _say(report.wrong(result.findings, lang))
    refused = any(finding.severity is Severity.REFUSE for finding in result.findings)
    return UNREADABLE if refused else FOUND if result.findings else CLEAN


def _guess(file: SourceFile, lang: str) -> tuple[Contest, ...]:
    try:
        return (readers.guess_contest(file),)
    except readers.ReadError as error:
        _refused(error.finding, lang)
        return ()


def _refused(finding: Finding, lang: str) -> int:
    _say(report.wrong([finding], lang))
    return UNREADABLE


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _source_file(path: Path) -> SourceFile:
    content = path.read_bytes()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return SourceFile(path.name, content, wire.digest(content), modified)
