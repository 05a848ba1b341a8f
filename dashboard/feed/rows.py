"""A table of posts, CSV or JSON Lines, to rows.

Columns or keys: ``entry.FIELDS``; only time and text are required. A row that cannot be used is
told and left out: one bad row must not silence the evening.
"""

import json
import re
from collections.abc import Iterator

from ..model import Finding
from ..readers.codes import report
from ..readers.delimited import parse_delimited
from ..readers.grid import Grid, locate
from .entry import FIELDS, Row

REQUIRED = ["time", "text"]
_LINE = re.compile(r"\r\n|\r|\n")


def table_rows(text: str, findings: list[Finding]) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV, each with its line. Raises ReadError."""
    grid = parse_delimited(text, list(FIELDS), prose=True)
    header = tuple(name.casefold() for name in grid.header)
    grid = Grid(header, grid.header_line, grid.rows, grid.lines)
    present = [field for field in FIELDS if field in header]
    places = locate(grid, REQUIRED + present)
    for line, cells in zip(grid.lines, grid.rows, strict=True):
        if len(cells) == len(header):
            yield line, {field: cells[place] for field, place in places.items()}
        else:
            findings.append(report("R506", line=line, found=len(cells), expected=len(header)))


def json_rows(text: str, findings: list[Finding]) -> Iterator[tuple[int, Row]]:
    """The objects of JSON Lines, each with its line."""
    for line, written in enumerate(_LINE.split(text), start=1):
        if not written.strip():
            continue
        try:
            found = json.loads(written)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            yield line, {field: _as_text(found.get(field)) for field in FIELDS}
        else:
            findings.append(report("R505", line=line))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, str | int) else ""
