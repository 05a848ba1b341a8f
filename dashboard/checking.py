"""``soiree check``: what a results file holds and what is wrong with it, before the night."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from . import pipeline, readers, wire
from .model import Contest, Finding, Severity, SourceFile
from .readers import ReadError, described, official
from .settings import SettingsError, load_election
from .views import report, report_document
from .views.checked import CheckedContest, CheckedFile

CLEAN, FOUND, UNREADABLE = 0, 1, 2


def check_file(
    path: Path,
    election: Path | None = None,
    lang: str = "en",
    contest: str = "",
    *,
    as_json: bool = False,
) -> int:
    """Prints the report of a file; returns 0 clean, 1 findings, 2 unreadable.

    With an election file its contests are read from the file, as the night would. Without one an
    official file says itself what it holds, and the columns of a plain table are guessed.
    ``contest`` shows that one only. Raises ``SettingsError`` for a wrong election file.
    """
    try:
        file = source_file(path)
    except OSError as error:
        print(f"soiree: {path}: {error.strerror}.", file=sys.stderr)
        return UNREADABLE
    checked = _of_election(file, election, contest) if election else _of_file(file, contest)
    if as_json:
        print(json.dumps(report_document.document(checked), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(checked, lang):
            print(line)
    return _code(checked.all_findings)


def source_file(path: Path) -> SourceFile:
    """A results file as it is on disk. Raises ``OSError``."""
    content = path.read_bytes()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return SourceFile(path.name, content, wire.digest(content), modified)


def _of_election(file: SourceFile, election: Path, wanted: str) -> CheckedFile:
    contests = load_election(election).election.contests
    known = ", ".join(contest.id for contest in contests)
    if wanted and wanted not in {contest.id for contest in contests}:
        raise SettingsError(election, "contest", wanted, f"one of {known}")
    found = readers.recognise(file)
    return CheckedFile(
        format=found.format.name if found else contests[0].source.format,
        evidence=found.evidence if found else "",
        format_title=found.format.title if found else "",
        format_title_fr=found.format.title_fr if found else "",
        contests=tuple(
            _checked(file, contest.id, contest)
            for contest in contests
            if wanted in {"", contest.id}
        ),
    )


def _of_file(file: SourceFile, wanted: str) -> CheckedFile:
    try:
        found = readers.identify(file)
        if found is None:
            guessed = readers.guess_contest(file)
            return CheckedFile(
                format="table", guessed=True, contests=(_checked(file, "table", guessed),)
            )
    except ReadError as error:
        return CheckedFile(findings=(error.finding,))
    try:
        said = found.parse()
        contests = tuple(_official(file, found, said, wanted))
    except ReadError as error:
        said, contests = official.OfficialFile((), findings=(error.finding,)), ()
    of_contests = {finding for contest in contests for finding in contest.findings}
    return CheckedFile(
        format=found.format.name,
        evidence=found.evidence,
        format_title=found.format.title,
        format_title_fr=found.format.title_fr,
        title=said.title,
        generated_at=said.generated_at,
        is_test=said.is_test,
        contests=contests,
        findings=tuple(f for f in said.findings if f not in of_contests),
    )


def _official(
    file: SourceFile, found: readers.Recognised, said: official.OfficialFile, wanted: str
) -> Iterator[CheckedContest]:
    """Every contest that an official file tells of, at every level."""
    for chosen in official.matching(said, wanted):
        contest = described.contest_of(said, chosen, found.format.name, file.name)
        units = len(contest.units)
        try:
            reading = official.results_of(said, contest)
        except ReadError as error:
            yield CheckedContest(chosen.id, chosen.level, contest, None, (error.finding,), units)
            continue
        result = pipeline.result_of(reading, file, contest, None)
        yield CheckedContest(
            chosen.id,
            chosen.level,
            contest,
            result,
            tuple(_of_contest(said, contest, result.findings)),
            chosen.expected_units or units,
            reading.totals,
            contest.source.columns.options,
        )


def _of_contest(
    said: official.OfficialFile, contest: Contest, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Without what is wrong with the file as a whole, and with the units of other contests."""
    of_file, units = set(said.findings), {unit.code for unit in contest.units}
    return (f for f in findings if f not in of_file or f.unit in units)


def _checked(file: SourceFile, identifier: str, contest: Contest) -> CheckedContest:
    """One contest, read as the night would."""
    units = len(contest.units)
    try:
        reading = readers.read(file, contest)
    except ReadError as error:
        return CheckedContest(identifier, "", contest, None, (error.finding,), units)
    result = pipeline.result_of(reading, file, contest, None)
    return CheckedContest(
        identifier, contest.source.level, contest, result, result.findings, units, reading.totals
    )


def _code(findings: Iterable[Finding]) -> int:
    severities = {finding.severity for finding in findings}
    if Severity.REFUSE in severities:
        return UNREADABLE
    return FOUND if severities else CLEAN
