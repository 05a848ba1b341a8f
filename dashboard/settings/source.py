"""Where results come from and how they are read: ``[contest.results]`` of the election file."""

from pathlib import Path

from ..model import ResultsSource, StatusRule, TableColumns
from .errors import SettingsError
from .schema import ColumnsTable, ContestTable, FeedTable, ResultsTable, StatusTable


def read_source(path: Path, key: str, contest: ContestTable, units: int) -> ResultsSource:
    """Where a contest's results come from and how they are read; it has so many ``units``.

    Raises ``SettingsError`` for a description that cannot read any file.
    """
    table = contest.results
    if table.format == "table":
        _columns_name_options(path, f"{key}.columns", contest, units)
    else:
        _known_format(path, key, contest, table)
    _status_names_columns(path, f"{key}.status", table.status)
    if table.records and table.format != "table":
        raise SettingsError(path, f"{key}.records", table.records, "format = 'table'")
    if table.records and (table.delimiter or table.sheet or table.header_row > 1):
        raise SettingsError(
            path,
            f"{key}.records",
            table.records,
            "no delimiter, sheet or header_row: JSON has none",
        )
    return ResultsSource(
        location=read_location(path, key, table),
        columns=_columns(table.columns, table.status),
        format=table.format,
        contest=table.contest,
        level=table.level,
        accept_test=table.accept_test,
        delimiter=table.delimiter,
        encoding=table.encoding,
        thousands=table.thousands,
        sheet=table.sheet,
        header_row=table.header_row,
        records=table.records,
        where=table.where,
        ignore_units=tuple(table.ignore_units),
        pad_unit=table.pad_unit,
        status=StatusRule(by=table.status.by, values=dict(table.status.values)),
        poll_seconds=table.poll_seconds,
        patience_seconds=table.patience_seconds,
        quiet_seconds=table.quiet_seconds,
    )


def _known_format(path: Path, key: str, contest: ContestTable, table: ResultsTable) -> None:
    """An official format says itself what is where; only its ids of the options may be given."""
    from ..readers import FORMATS  # pandas: a plain table's election file does not wait for it

    if table.format not in FORMATS:
        raise SettingsError(path, f"{key}.format", table.format, f"one of {', '.join(FORMATS)}")
    if table.columns != ColumnsTable(options=table.columns.options):
        raise SettingsError(
            path, f"{key}.columns", table.format, "only options = {…} with an official format"
        )
    named, known = set(table.columns.options), {o.id for o in contest.option if not o.remainder}
    if not named <= known:
        raise SettingsError(
            path, f"{key}.columns.options", sorted(named - known), "ids of the contest's options"
        )


def _status_names_columns(path: Path, key: str, status: StatusTable) -> None:
    if status.by == "column" and not (status.column and status.values):
        raise SettingsError(path, key, status.column, "a column and its values when by = 'column'")
    if status.by == "progress" and not (status.column and status.total):
        raise SettingsError(path, key, status.column, "a column and a total when by = 'progress'")


def _columns_name_options(path: Path, key: str, contest: ContestTable, units: int) -> None:
    """Every option has its column (wide) or value (long), and nothing else has."""
    columns = contest.results.columns
    wide, long = set(columns.options), set(columns.option_values.values())
    if bool(wide) == bool(columns.option):
        raise SettingsError(
            path, key, sorted(wide), "either options = {…} (wide) or option and votes (long)"
        )
    if columns.option and not columns.votes:
        raise SettingsError(path, f"{key}.votes", "", "the header of the column of votes")
    if columns.split and not columns.option:
        raise SettingsError(path, f"{key}.split", columns.split, "a table with an option column")
    if not columns.unit and units > 1:
        raise SettingsError(path, f"{key}.unit", "", "the header of the column of unit codes")
    expected = {option.id for option in contest.option if not option.remainder}
    named = wide or long
    if named != expected:
        raise SettingsError(
            path, key, sorted(named), f"exactly the options {', '.join(sorted(expected))}"
        )


def _columns(table: ColumnsTable, status: StatusTable) -> TableColumns:
    return TableColumns(
        unit=tuple(filter(None, [table.unit] if isinstance(table.unit, str) else table.unit)),
        options=table.options,
        option=table.option,
        votes=table.votes,
        option_values=table.option_values,
        registered_voters=table.registered_voters,
        ballots_cast=table.ballots_cast,
        blank_ballots=table.blank_ballots,
        invalid_ballots=table.invalid_ballots,
        blank_or_invalid_ballots=table.blank_or_invalid_ballots,
        valid_votes=table.valid_votes,
        split=table.split,
        absent=table.absent,
        status=status.column,
        status_total=status.total,
    )


def read_location(path: Path, key: str, table: ResultsTable | FeedTable) -> str:
    """An absolute path (relative ones start at the election file's folder), or a URL."""
    if bool(table.path) == bool(table.url):
        raise SettingsError(path, key, table.path or table.url, "either path or url")
    if table.url and not table.url.startswith(("http://", "https://")):
        raise SettingsError(path, f"{key}.url", table.url, "an http:// or https:// address")
    return table.url or str(path.parent.resolve() / table.path)
