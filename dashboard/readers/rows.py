"""From the grid to rows of results: filtered, coded, only the columns that are used."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from ..model import Contest, Finding, ResultsSource
from .codes import refuse, report
from .description import named_options, side_headers, status_headers
from .grid import Grid, normal

VOTES = "votes:"  # what precedes an option id in a column's name, so that no field meets an option
Columns: TypeAlias = dict[str, list[Any]]  # by name, all of one length
LONGEST_CODE = 120  # characters


def row_code(row: list[str], places: Mapping[str, int], contest: Contest) -> str:
    """The unit code of a row of any width; "" when a part of it is missing or not printable."""
    columns = [places[header] for header in contest.source.columns.unit]
    if not columns:
        return contest.units[0].code
    cells = [normal(row[column]) if column < len(row) else "" for column in columns]
    return _code(cells, contest.source)


def _codes(grid: Grid, places: Mapping[str, int], contest: Contest) -> list[str]:
    """The unit code of every row; all are as wide as the header."""
    source = contest.source
    if not source.columns.unit:
        return [contest.units[0].code] * len(grid.rows)
    parts = [map(normal, grid.column(places[header])) for header in source.columns.unit]
    return [_code(cells, source) for cells in zip(*parts, strict=True)]


def _code(parts: Sequence[str], source: ResultsSource) -> str:
    if not all(parts):
        return ""
    # Not zfill, which takes a leading dash for a sign. Of several parts the last is padded: the
    # station number, which loses its zeros in every spreadsheet.
    code = "-".join([*parts[:-1], parts[-1].rjust(source.pad_unit, "0")])
    return code if len(code) <= LONGEST_CODE and code.isprintable() else ""


def select(
    grid: Grid, places: Mapping[str, int], contest: Contest, findings: list[Finding]
) -> Columns:
    """One entry per row of results in every column, all text but ``line``.

    Columns: line, unit; wide: one per option, called VOTES + id; long: option, votes, split; then
    status, status_total and the fields of Counts that the table has.
    """
    source = contest.source
    kept = grid
    for header, cell in source.where.items():
        place, wanted = places[header], normal(cell)
        kept = kept.keep(n for n, row in enumerate(kept.rows) if normal(row[place]) == wanted)
    codes = _codes(kept, places, contest)
    findings.extend(_codeless(kept, codes, places, source))
    ignored = {normal(code) for code in source.ignore_units}
    chosen = [n for n, code in enumerate(codes) if code and code not in ignored]
    if len(chosen) < len(codes):
        kept, codes = kept.keep(chosen), [codes[n] for n in chosen]
    columns: Columns = {"line": kept.lines, "unit": codes}
    for name, header in _columns(contest).items():
        columns[name] = kept.column(places[header])
    for name in {"option", "status"}.intersection(columns):
        columns[name] = list(map(normal, columns[name]))
    return columns


def _columns(contest: Contest) -> dict[str, str]:
    """Name of each column of the rows -> header."""
    source, columns = contest.source, contest.source.columns
    if columns.is_long:
        names = {"option": columns.option, "votes": columns.votes}
        if columns.split:
            names["split"] = columns.split
    else:
        names = {VOTES + option: columns.options[option] for option in named_options(contest)}
    return names | status_headers(source) | side_headers(columns)


def _codeless(
    grid: Grid, codes: list[str], places: Mapping[str, int], source: ResultsSource
) -> list[Finding]:
    headers = source.columns.unit
    return [
        report(
            "R301",
            line=grid.lines[n],
            column=", ".join(headers),
            found=" ".join(grid.rows[n][places[header]] for header in headers).strip(),
        )
        for n, code in enumerate(codes)
        if not code
    ]


def no_row(grid: Grid, source: ResultsSource) -> Exception:
    """The refusal of a table without a row of results."""
    filtered, filtered_fr = "", ""
    if grid.rows and source.where:
        cells = ", ".join(f"{header} = {cell}" for header, cell in source.where.items())
        filtered, filtered_fr = f" with {cells}", f" où {cells}"
    return refuse("R206", line=grid.header_line, filtered=filtered, filtered_fr=filtered_fr)


def merge_repeated(rows: pd.DataFrame, keys: list[str], findings: list[Finding]) -> pd.DataFrame:
    """The rows with unique keys: the first of each.

    Rows that repeat a key are said once per unit: with the same cells (FLAG) or others (HOLD).
    """
    repeated = rows[rows.duplicated(keys, keep=False)]
    if repeated.empty:
        return rows
    cells = [name for name in rows.columns if name != "line"]
    distinct = repeated.drop_duplicates(cells)
    differing = set(distinct.loc[distinct.duplicated(keys), "unit"])
    again = repeated[repeated.duplicated(keys)].drop_duplicates("unit")
    findings.extend(
        report("R303" if unit in differing else "R302", unit=unit, line=line)
        for unit, line in zip(again["unit"], again["line"], strict=True)
    )
    return rows.drop_duplicates(keys)


def first_lines(rows: Columns) -> dict[str, int]:
    """Unit code -> line of its first row."""
    first: dict[str, int] = {}
    for unit, line in zip(rows["unit"], rows["line"], strict=True):
        first.setdefault(unit, line)
    return first


def as_columns(frame: pd.DataFrame) -> Columns:
    """The columns of a table, as lists."""
    return {str(name): frame[name].tolist() for name in frame.columns}
