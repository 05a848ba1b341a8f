"""A grid of text cells, turned into one result per unit."""

import pandas as pd

from ..model import Contest, Finding, Severity
from .codes import refuse, report
from .description import needed_headers
from .grid import Grid, locate
from .long import widen
from .reading import Reading, in_order
from .rows import as_columns, first_lines, merge_repeated, no_row, row_code, select
from .units import UnitTable, count_units


def read_grid(grid: Grid, contest: Contest, *, is_part: bool = False) -> Reading:
    """What the table says of each unit. Raises ReadError when it cannot be trusted at all.

    Without a column of valid votes they are the sum of the votes. A unit with an unusable cell
    or row is not in the results: its HOLD findings name it. A part of a table may hold no row.
    """
    findings: list[Finding] = []
    places = locate(grid, needed_headers(contest))
    grid = _level(grid, places, contest, findings)
    rows = select(grid, places, contest, findings)
    if not rows["unit"]:
        if not is_part:
            raise no_row(grid, contest.source)
        return Reading("table", {}, in_order(findings), 0, {})
    lines = first_lines(rows)
    if contest.source.columns.is_long:
        table = widen(pd.DataFrame(rows, dtype=object), lines, contest, findings)
    elif len(lines) < len(rows["unit"]):
        single = merge_repeated(pd.DataFrame(rows, dtype=object), ["unit"], findings)
        table = UnitTable(as_columns(single), lines)
    else:
        table = UnitTable(rows, lines)
    held = {finding.unit for finding in findings if finding.severity is Severity.HOLD}
    results = count_units(table.without(held), contest, findings)
    return Reading(
        format="table",
        results=results,
        findings=in_order(findings),
        row_count=len(rows["unit"]),
        lines={unit: line for unit, line in lines.items() if line},
    )


def _level(grid: Grid, places: dict[str, int], contest: Contest, findings: list[Finding]) -> Grid:
    """The rows as wide as the header; the others are said and left out.

    Which cell is the one too many cannot be known, so an uneven row holds its unit. Only where
    every row has the same surplus, and it is empty, is it a mere trailing delimiter.
    """
    width = len(grid.header)
    uneven = {index for index, row in enumerate(grid.rows) if len(row) != width}
    if not uneven:
        return grid
    if len(uneven) == len(grid.rows):
        return _trimmed(grid, findings)
    known = {unit.code for unit in contest.units}
    for index in sorted(uneven):
        row, line = grid.rows[index], grid.lines[index]
        code = row_code(row, places, contest)
        code, named = (code, "R204") if code in known else ("", "R205")
        findings.append(report(named, unit=code, line=line, found=len(row), expected=width))
    return grid.keep(index for index in range(len(grid.rows)) if index not in uneven)


def _trimmed(grid: Grid, findings: list[Finding]) -> Grid:
    width, first = len(grid.header), grid.rows[0]
    same = all(len(row) == len(first) for row in grid.rows)
    if len(first) < width or not same or any(any(row[width:]) for row in grid.rows):
        raise refuse("R203", line=grid.lines[0], expected=width, found=len(first))
    findings.append(report("R209", line=grid.lines[0], found=len(first) - width))
    return Grid(grid.header, grid.header_line, [row[:width] for row in grid.rows], grid.lines)
