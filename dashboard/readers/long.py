"""A table with one row per unit and option, turned into one row per unit."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from ..model import Contest, Finding
from .cells import SPACES, parse_column, refusal, sum_cells
from .codes import report
from .description import (
    named_options,
    remainder_option,
    side_headers,
    status_headers,
    sums_the_rest,
)
from .grid import normal
from .rows import VOTES, as_columns, merge_repeated
from .units import UnitTable

_KEYS = ["unit", "option"]


def widen(
    rows: pd.DataFrame, lines: Mapping[str, int], contest: Contest, findings: list[Finding]
) -> UnitTable:
    """One row per unit; ``None`` in the cell of an option the unit has no row for."""
    values = contest.source.columns.option_values
    ids = rows["option"].map({normal(value): option for value, option in values.items()})
    spread = ["split"] if contest.source.columns.split else []
    listed = merge_repeated(rows.assign(option=ids)[ids.notna()], [*_KEYS, *spread], findings)
    if spread:
        listed = _added(listed, contest.source.thousands)
    others = merge_repeated(rows[ids.isna()], [*_KEYS, *spread], findings)
    _report_disagreement(rows, lines, contest, findings)

    frame = (
        rows.drop_duplicates("unit").set_index("unit").drop(columns=["option", "votes", *spread])
    )
    cell_lines: dict[tuple[str, str], int] = {}
    for option in named_options(contest):
        own = listed[listed["option"] == option]
        cells = dict(zip(own["unit"], own["votes"], strict=True))
        frame[VOTES + option] = pd.Series(
            [cells.get(unit) for unit in frame.index], index=frame.index, dtype=object
        )
        cell_lines |= {
            (unit, VOTES + option): line
            for unit, line in zip(own["unit"], own["line"], strict=True)
        }
    if sums_the_rest(contest):
        rest = _sum_the_rest(others, contest, findings)
        frame[VOTES + remainder_option(contest)] = [rest.get(unit, "0") for unit in frame.index]
    else:
        _report_unlisted(others, contest, findings)
    return UnitTable(as_columns(frame.reset_index()), lines, cell_lines)


def _added(rows: pd.DataFrame, thousands: str) -> pd.DataFrame:
    """The rows with the votes of a unit and option on one; where a part of them is no count, that
    part and its line."""
    parts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit, option, votes, line in zip(
        rows["unit"], rows["option"], rows["votes"], rows["line"], strict=True
    ):
        cells[unit, option].append(votes)
        parts[unit, option].setdefault(votes, line)
    sums = {key: sum_cells(said, thousands) for key, said in cells.items()}
    first = rows.drop_duplicates(_KEYS)
    keys = list(zip(first["unit"], first["option"], strict=True))
    lines = [parts[key].get(sums[key], line) for key, line in zip(keys, first["line"], strict=True)]
    return first.assign(votes=[sums[key] for key in keys], line=lines)


def _report_disagreement(
    rows: pd.DataFrame, lines: Mapping[str, int], contest: Contest, findings: list[Finding]
) -> None:
    """What belongs to the unit (registered voters, status…) must be the same on all its rows."""
    headers = side_headers(contest.source.columns) | status_headers(contest.source)
    columns = [name for name in headers if name in rows.columns]
    if not columns:
        return
    kinds = rows.groupby("unit", sort=False)[columns].nunique()
    for name in columns:
        findings.extend(
            report("R308", unit=unit, line=lines[unit], column=headers[name])
            for unit in kinds.index[kinds[name] > 1]
        )


def _sum_the_rest(
    others: pd.DataFrame, contest: Contest, findings: list[Finding]
) -> dict[str, str]:
    """Unit code -> digits of the sum of the options that are not listed.

    An empty cell is no vote here: small parties have rows where they do not stand (kerg2).
    """
    source = contest.source
    sums: dict[str, int] = {}
    filled = others[others["votes"].str.strip(SPACES) != ""]
    cells = filled["votes"].tolist()
    for unit, line, cell, number in zip(
        filled["unit"], filled["line"], cells, parse_column(cells, source.thousands), strict=True
    ):
        if number is None:
            code = refusal(cell, source.thousands)
            findings.append(
                report(code, unit=unit, line=line, column=source.columns.votes, found=cell)
            )
        else:
            sums[unit] = sums.get(unit, 0) + number
    return {unit: str(number) for unit, number in sums.items()}


def _report_unlisted(others: pd.DataFrame, contest: Contest, findings: list[Finding]) -> None:
    """A value without votes is said once in all, one with votes at each unit."""
    source = contest.source
    said: set[str] = set()
    numbers = parse_column(others["votes"].tolist(), source.thousands)
    for unit, line, value, cell, number in zip(
        others["unit"], others["line"], others["option"], others["votes"], numbers, strict=True
    ):
        if number or (number is None and cell.strip(SPACES)):
            votes = cell.strip(SPACES) if number is None else number
            findings.append(
                report(
                    "R305",
                    unit=unit,
                    line=line,
                    column=source.columns.option,
                    found=value,
                    votes=votes,
                )
            )
        elif value not in said:
            said.add(value)
            findings.append(report("R304", line=line, column=source.columns.option, found=value))
