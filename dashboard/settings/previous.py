"""``[contest.previous]``: an earlier vote, read through the same readers as the night's file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..model import Contest, Counts, Finding, Option, Previous, Severity, SourceFile, UnitResult
from ..wire import digest
from .errors import SettingsError
from .schema import ContestTable, OptionTable, PreviousTable, ResultsTable
from .source import read_source

_REST = "options-of-then"  # id of all that stood then only
_NAMED = 3  # units that a warning names


def read_previous(
    path: Path, contest: Contest, table: ContestTable, warnings: list[str]
) -> Previous | None:
    """What ``contest`` is compared with; ``None`` where the table names nothing.

    Raises ``SettingsError`` when the file cannot be read, or has no unit or option of this contest.
    """
    said = table.previous
    if said is None:
        return None
    key = f"contest.{contest.id}.previous"
    if bool(said.shares) == (said.results is not None):
        raise SettingsError(path, key, said.label, "either shares or [contest.previous.results]")
    ours = {option.id for option in contest.options if not option.remainder}
    previous = Previous(
        label=said.label,
        label_en=said.label_en or said.label,
        credit=said.credit,
        first_round=said.first_round,
    )
    if said.results is None:
        if not said.shares.keys() <= ours:
            unknown = sorted(said.shares.keys() - ours)
            raise SettingsError(path, f"{key}.shares", unknown, "ids of the contest's options")
        shares = {option: percent / 100 for option, percent in said.shares.items()}
        return replace(previous, shares=shares, options=frozenset(shares))
    then = _contest_then(path, f"{key}.results", table, said, contest)
    known = frozenset(option.id for option in then.options) & ours
    if not known:
        expected = f"at least one of the options {', '.join(sorted(ours))}"
        raise SettingsError(path, f"{key}.results.columns", "none of them", expected)
    results = _sound_results(path, f"{key}.results", then, warnings)
    counts = {code: _named_votes(counts) for code, counts in results.items()}
    whole = _whole(counts.values(), known)
    codes = {unit.code for unit in contest.units}
    return replace(
        previous,
        options=known,
        others=_others(path, key, said, then, ours),
        shares=whole,
        counts={unit.code: counts[unit.code] for unit in contest.units if unit.code in counts},
        gone=tuple(code for code in counts if code not in codes),
    )


def _contest_then(
    path: Path, key: str, table: ContestTable, said: PreviousTable, contest: Contest
) -> Contest:
    """The vote of then with the units of now; a remainder takes the options it does not name."""
    results = said.results
    assert results is not None
    if results.url:
        raise SettingsError(path, f"{key}.url", results.url, "a path: what is past does not change")
    named = _named(results, contest)
    options = [OptionTable(id=option, name=option) for option in named]
    described = table.model_copy(update={"results": results, "option": options})
    rest = results.format != "table" or results.columns.valid_votes
    return replace(
        contest,
        date=said.date,
        options=(
            *(Option(option, option, option) for option in named),
            *((Option(_REST, _REST, _REST, remainder=True),) if rest else ()),
        ),
        # The register of now says nothing of the one of then.
        units=tuple(replace(unit, registered_voters=None) for unit in contest.units),
        source=read_source(path, key, described, len(contest.units)),
        geometry=None,
        parents=(),
        rules={},
        previous=None,
    )


def _named(results: ResultsTable, contest: Contest) -> list[str]:
    """The options whose votes are read: those the columns name, else all there are now."""
    columns = results.columns
    named = list(dict.fromkeys([*columns.options, *columns.option_values.values()]))
    return named or [option.id for option in contest.options if not option.remainder]


def _sound_results(path: Path, key: str, then: Contest, warnings: list[str]) -> dict[str, Counts]:
    """The counts of every unit of the file that nothing holds, of unknown codes too."""
    from .. import readers, tally  # pandas: an election without a previous vote does not wait

    file = _file(path, key, then.source.location)
    try:
        reading = readers.read(file, then)
    except readers.ReadError as error:
        raise _refused(path, key, file, error.finding) from error
    reading = replace(reading, results=_as_coded_now(reading.results, then))
    findings = (*reading.findings, *tally.check(reading, file, then, None))
    for finding in findings:
        if finding.severity is Severity.REFUSE:
            raise _refused(path, key, file, finding)
    # A unit there is no more (C204) is no mistake: it counts for the whole of then.
    held = {f.unit for f in findings if f.severity is Severity.HOLD and f.code != "C204"}
    if held:
        named = ", ".join(sorted(held)[:_NAMED]) + (", …" if len(held) > _NAMED else "")
        warnings.append(f"{path}, {key}: {len(held)} units of {file.name} cannot be compared, "
                        f"their counts are not sound: {named}.")  # fmt: skip
    return {
        code: counts
        for code, result in reading.results.items()
        if code not in held and (counts := _counted(result)) is not None
    }


def _as_coded_now(results: Mapping[str, UnitResult], then: Contest) -> Mapping[str, UnitResult]:
    """By the codes of now. The same ministry writes station "1" one week, and "0001" the next.

    Only where one code alone, of then and of now, comes to the same without its zeros.
    """
    now = {unit.code for unit in then.units}
    wanted = _by_plain_code(now - results.keys())
    strangers = _by_plain_code(results.keys() - now)
    renamed = {
        codes[0]: wanted[plain][0]
        for plain, codes in strangers.items()
        if len(codes) == 1 == len(wanted.get(plain, ()))
    }
    return {
        code: replace(result, code=code)
        for known, result in results.items()
        for code in (renamed.get(known, known),)
    }


def _by_plain_code(codes: Iterable[str]) -> dict[str, list[str]]:
    """Without the zeros before each part of a code."""
    found: dict[str, list[str]] = {}
    for code in codes:
        plain = "-".join(part.lstrip("0") or "0" for part in code.split("-"))
        found.setdefault(plain, []).append(code)
    return found


def _file(path: Path, key: str, location: str) -> SourceFile:
    try:
        content = Path(location).read_bytes()
    except OSError as error:
        raise SettingsError(path, f"{key}.path", location, "a readable results file") from error
    return SourceFile(Path(location).name, content, digest(content), datetime.now(UTC))


def _refused(path: Path, key: str, file: SourceFile, finding: Finding) -> SettingsError:
    said = f"{finding.code} {finding.message}".rstrip(".")
    return SettingsError(path, f"{key}, {file.name}", said, "a results file of that vote")


def _counted(result: UnitResult) -> Counts | None:
    return result.counts if result.counted else None


def _named_votes(counts: Counts) -> Counts:
    """Without what no column names: it is what is left of the valid votes."""
    votes = {option: number for option, number in counts.votes.items() if option != _REST}
    return replace(counts, votes=votes)


def _others(
    path: Path, key: str, said: PreviousTable, then: Contest, ours: set[str]
) -> dict[str, str]:
    """The names of the options that stood then only, by id, in the order of the columns."""
    others = [option.id for option in then.options if option.id not in ours | {_REST}]
    if not said.names.keys() <= set(others):
        unknown = sorted(said.names.keys() - set(others))
        raise SettingsError(path, f"{key}.names", unknown, "ids of options that stood then only")
    return {option: said.names.get(option) or option.replace("-", " ").title() for option in others}


def _whole(counts: Iterable[Counts], known: frozenset[str]) -> dict[str, float]:
    """The shares of all units together."""
    every = list(counts)
    valid = sum(each.valid_votes for each in every)
    return {
        option: sum(each.votes.get(option, 0) for each in every) / valid
        for option in sorted(known)
        if valid
    }
