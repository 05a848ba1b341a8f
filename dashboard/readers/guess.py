"""What a plain table probably is, from its headers alone: for ``soiree check`` without an election.

Only for a first look. What is published always follows an election file, which guesses nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from ..clean import NAME_LIMIT, clean_text
from ..model import Contest, Option, ReportingUnit, ResultsSource, SourceFile, TableColumns
from .cells import parse_column
from .codes import refuse
from .decode import decode
from .delimited import parse_delimited
from .described import identifiers
from .grid import Grid
from .reading import ReadError
from .workbook import is_workbook, parse_workbook

# Folded header (no accents, no case, words only) -> the field of TableColumns it probably is.
ROLES = {
    "registered_voters": ("inscrits", "nb inscrits", "registered voters", "registered", "electors"),
    "ballots_cast": ("votants", "nb votants", "ballots cast", "cast", "turnout"),
    "blank_ballots": ("blancs", "nb blancs", "blank ballots", "blank"),
    "invalid_ballots": ("nuls", "nb nuls", "invalid ballots", "invalid", "rejected"),
    "blank_or_invalid_ballots": ("blancs et nuls", "blancs ou nuls", "blank or invalid"),
    "valid_votes": ("exprimes", "nb exprimes", "valid votes", "valid", "total votes"),
}
UNIT = re.compile(
    r"(code )?(insee|codgeo|commune|bv|b vote|bureau|bureau de vote|unit|reporting unit|precinct|"
    r"ward|district|district id|county fips|fips|entity id|numero)|code"
)
NAME = re.compile(
    r"(nom|libelle|name)( (de la |du )?(commune|bureau|departement|canton|unit))?|"
    r"(commune|county|entity|district|precinct|ward|unit) name"
)
NO_VOTES = re.compile(r"(code|numero|num|no|n|canton|circo|total|diff)\b|abstention|siege|seat|elu")
OPTION = ("candidate", "candidat", "liste", "list", "option", "choice", "reponse")
VOTES = ("votes", "voix", "candidate votes")


def guess_contest(file: SourceFile) -> Contest:
    """A contest that reads this table, its units and options taken from the rows.

    Raises ``ReadError`` for an unreadable file, and (R210) when no header looks like a unit or
    none like votes.
    """
    grid = _grid(file)
    folded = {fold(name): name for name in grid.header if name and "%" not in name}
    said = [name for key, name in folded.items() if UNIT.fullmatch(key)]
    if not said:
        raise _unclear(grid, "a unit code", "un code d’unité")
    units = _code_columns(grid, said)
    fields = {field: _first(folded, names) for field, names in ROLES.items()}
    option, votes = _first(folded, OPTION), _first(folded, VOTES)
    if option and votes:
        names = list(dict.fromkeys(_cells(grid, option)))
        thousands = _thousands(grid, [votes])
    else:
        taken, option, votes = {*said, *fields.values()}, "", ""
        others = [name for name in folded.values() if name not in taken]
        thousands = _thousands(grid, [*others, *filter(None, fields.values())])
        names = [name for name in others if holds_votes(grid, name, thousands)]
    if not names:
        raise _unclear(grid, "votes", "des voix")
    ids = identifiers(names)
    wide = {} if option else dict(zip(ids, names, strict=True))
    long = dict(zip(names, ids, strict=True)) if option else {}
    columns = TableColumns(
        unit=units, options=wide, option=option, votes=votes, option_values=long, **fields
    )
    return Contest(
        id="guess",
        title="",
        round="",
        place="",
        date=date.min,
        timezone="UTC",
        options=(
            *(Option(own, name, name) for own, name in zip(ids, names, strict=True)),
            *(_rest(grid, names, fields["valid_votes"], thousands) if wide else ()),
        ),
        units=_units(grid, units, _name_column(grid, folded, said, units)),
        source=ResultsSource(location=file.name, columns=columns, thousands=thousands),
    )


def _grid(file: SourceFile) -> Grid:
    if is_workbook(file.content):
        return parse_workbook(file.content, sheet="", header_row=1)
    text, _ = decode(file.content, "")
    return parse_delimited(text, [])


def _code_columns(grid: Grid, said: list[str]) -> tuple[str, ...]:
    """The one column that tells the units apart by itself, else all of them together.

    Of several that do, the one with the shortest cells: a code, not a name.
    """
    together = len(set(_joined(grid, said)))
    alone = [name for name in said if len(set(_cells(grid, name))) == together]
    if not alone:
        return tuple(said)
    return (min(alone, key=lambda name: sum(map(len, _cells(grid, name)))),)


def _name_column(
    grid: Grid, folded: dict[str, str], said: list[str], units: tuple[str, ...]
) -> str:
    """A column of names of units, "" for none."""
    named = [name for key, name in folded.items() if NAME.fullmatch(key)]
    named += [name for name in said if name not in units and len(units) == 1]
    return next((n for n in named if any(c.isalpha() for c in "".join(_cells(grid, n)[:99]))), "")


def _units(grid: Grid, columns: tuple[str, ...], named: str) -> tuple[ReportingUnit, ...]:
    codes = _joined(grid, columns)
    names = _cells(grid, named) if named else codes
    units: dict[str, str] = {}
    for code, name in zip(codes, names, strict=True):
        units.setdefault(code, name)
    return tuple(
        ReportingUnit(code, clean_text(name, NAME_LIMIT) or code)
        for code, name in units.items()
        if code.strip("-")
    )


def _joined(grid: Grid, columns: Iterable[str]) -> list[str]:
    cells = zip(*(_cells(grid, column) for column in columns), strict=True)
    return ["-".join(row) for row in cells]


def _thousands(grid: Grid, columns: list[str]) -> str:
    """The mark between groups of digits of a column that is all whole numbers with it, and is not
    without. A cell as "0,725" is a share."""
    for mark in (",", "'"):
        for column in columns:
            cells = [cell for cell in _cells(grid, column) if cell]
            grouped = [cell for cell in cells if mark in cell]
            if grouped and not any(cell.startswith("0") for cell in grouped):
                if None not in parse_column(cells, mark):
                    return mark
    return ""


def _sums(grid: Grid, names: list[str], thousands: str) -> list[int]:
    votes = [parse_column(_cells(grid, name), thousands) for name in names]
    return [sum(n or 0 for n in row) for row in zip(*votes, strict=True)]


def holds_votes(grid: Grid, column: str, thousands: str = "") -> bool:
    """Whether a column can be one of votes: mostly whole numbers. (A wrong cell is a finding.)"""
    if NO_VOTES.match(fold(column)):
        return False
    cells = [cell for cell in _cells(grid, column) if cell]
    return len(cells) < 2 * sum(number is not None for number in parse_column(cells, thousands))


def _rest(grid: Grid, names: list[str], valid: str, thousands: str) -> tuple[Option, ...]:
    """Where most rows count more valid votes than these options have, there are others."""
    sums = _sums(grid, names, thousands)
    totals = parse_column(_cells(grid, valid), thousands) if valid else []
    short = sum(
        total is not None and some < total for some, total in zip(sums, totals, strict=False)
    )
    return (Option("rest", "Autres", "Autres", remainder=True),) if short * 2 > len(totals) else ()


def _unclear(grid: Grid, what: str, what_fr: str) -> ReadError:
    listed = clean_text(", ".join(grid.header), NAME_LIMIT)
    return refuse("R210", line=grid.header_line, what=what, what_fr=what_fr, header=listed)


def _cells(grid: Grid, column: str) -> list[str]:
    index = grid.header.index(column)
    return [row[index].strip() if index < len(row) else "" for row in grid.rows]


def _first(folded: dict[str, str], names: tuple[str, ...]) -> str:
    return next((folded[name] for name in names if name in folded), "")


def fold(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))
