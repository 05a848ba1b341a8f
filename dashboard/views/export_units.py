"""A contest's units in the open results: a line of the CSV and a member of the JSON each.

All 70,000 units of a country may be others at once. So they are written by hand, in a fraction of
the time: a unit's beginning is the same all night, its ending is one form for nearly all of them,
and what fills the form is numbers.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from ..model import COUNT_FIELDS, Contest, CountStatus, UnitResult

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SIDES = attrgetter(*COUNT_FIELDS)
_NO_SIDES = (None,) * len(COUNT_FIELDS)
_quoted = json.JSONEncoder(ensure_ascii=False).encode


class _Kind(NamedTuple):
    """What units share that are written alike."""

    status: CountStatus
    held: bool
    given: tuple[bool, ...]  # which of COUNT_FIELDS
    options: tuple[str, ...]  # whose votes are counted, in their order


class _Form(NamedTuple):
    """The ending of a unit of a kind, to be filled in with its numbers."""

    line: str
    member: str
    in_columns: Callable[[tuple[int, ...]], Any]  # the numbers in the order of the CSV's columns


class WrittenUnits:
    """The units of a contest as they were last written, by code and in their order."""

    def __init__(self, contest: Contest, options: Sequence[str]) -> None:
        self.lines: dict[str, str] = {}  # of the CSV
        self.members: dict[str, str] = {}  # of the JSON array
        self._columns = [*COUNT_FIELDS, *map(_column, options)]
        self._results: Mapping[str, UnitResult] = {}
        self._forms: dict[tuple[Any, ...], _Form] = {}  # by what makes a _Kind
        # What the night does not change: the first cells of the one, the beginning of the other.
        self._cells: dict[str, str] = {}
        self._beginnings: dict[str, str] = {}
        for unit in contest.units:
            cells = csv_line([contest.id, *map(_safe, (unit.code, unit.name, unit.parent))])
            self._cells[unit.code] = cells.removesuffix("\r\n")
            code, name, parent = map(_quoted, (unit.code, unit.name, unit.parent))
            self._beginnings[unit.code] = f'{{"code":{code},"name":{name},"parent":{parent}'
            self.lines[unit.code] = self.members[unit.code] = ""

    def write(self, units: Mapping[str, UnitResult]) -> None:
        """Writes those that are not the very objects of the last time."""
        before, self._results = self._results, units
        for code, result in units.items():
            if before.get(code) is not result:
                self._write(result)

    def _write(self, result: UnitResult) -> None:
        counts, code = result.counts, result.code
        sides = _SIDES(counts) if counts is not None else _NO_SIDES
        votes = counts.votes if counts is not None else {}
        given = tuple([number is not None for number in sides])
        kind = result.status, result.held, given, tuple(votes)
        form = self._forms.get(kind) or self._new_form(_Kind(*kind))
        numbers = (*compress(sides, given), *votes.values())
        self.lines[code] = self._cells[code] + form.line % form.in_columns(numbers)
        self.members[code] = self._beginnings[code] + form.member % numbers

    def _new_form(self, kind: _Kind) -> _Form:
        self._forms[kind] = form = _form(kind, self._columns)
        return form


def csv_line(cells: Sequence[Any]) -> str:
    """A row of the CSV, with its end of line."""
    line: str = _WRITER.writerow(cells)
    return line


def _form(kind: _Kind, columns: Sequence[str]) -> _Form:
    """Names of counts and ids of options are letters, digits, hyphens and underscores."""
    given = [*compress(COUNT_FIELDS, kind.given), *map(_column, kind.options)]
    order = [given.index(column) for column in columns if column in given]
    cells = "".join([",%s" if column in given else "," for column in columns])
    line = f",{kind.status},{int(kind.held)}{cells}\r\n"
    in_order = order == list(range(len(given)))
    return _Form(line, _member(kind, given), tuple if in_order else itemgetter(*order))


def _member(kind: _Kind, given: Sequence[str]) -> str:
    status = f',"status":"{kind.status}","held":{"true" if kind.held else "false"},'
    if kind.status is CountStatus.WAITING:
        return status + '"votes":{}}' + "%.0s" * len(given)  # what it was given is not told
    sides = "".join([f'"{name}":%s,' for name in given if name in COUNT_FIELDS])
    votes = ",".join([f'"{option}":%s' for option in kind.options])
    return f'{status}{sides}"votes":{{{votes}}}}}'


def _column(option: str) -> str:
    return f"votes:{option}"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file for ``csv.writer`` that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


_WRITER = csv.writer(_Echo())
