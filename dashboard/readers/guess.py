"""What a plain table probably is, from its headers alone: for ``soiree check`` without an election.

Only for a first look. What is published always follows an election file, which guesses nothing.
"""

import re
import unicodedata
from datetime import date

from ..clean import NAME_LIMIT, clean_text
from ..model import Contest, Option, ReportingUnit, ResultsSource, SourceFile, TableColumns
from .cells import parse_column
from .codes import refuse
from .decode import decode
from .delimited import parse_delimited
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
    units = tuple(name for key, name in folded.items() if UNIT.fullmatch(key))
    if not units:
        raise _unclear(grid, "a unit code", "un code d’unité")
    fields = {field: _first(folded, names) for field, names in ROLES.items()}
    option, votes = _first(folded, OPTION), _first(folded, VOTES)
    if option and votes:
        names = list(dict.fromkeys(_cells(grid, option)))
        wide, long = {}, {name: _identifier(name) for name in names}
    else:
        taken = {*units, *fields.values()}
        names = [n for n in folded.values() if n not in taken and holds_votes(grid, n)]
        wide, long, option, votes = {_identifier(name): name for name in names}, {}, "", ""
    if not names:
        raise _unclear(grid, "votes", "des voix")
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
            *(Option(_identifier(name), name, name) for name in names),
            *(_rest(grid, names, fields["valid_votes"]) if wide else ()),
        ),
        units=_units(grid, units),
        source=ResultsSource(location=file.name, columns=columns),
    )


def _grid(file: SourceFile) -> Grid:
    if is_workbook(file.content):
        return parse_workbook(file.content, sheet="", header_row=1)
    text, _ = decode(file.content, "")
    return parse_delimited(text, [])


def _units(grid: Grid, columns: tuple[str, ...]) -> tuple[ReportingUnit, ...]:
    cells = zip(*(_cells(grid, column) for column in columns), strict=True)
    codes = dict.fromkeys("-".join(row) for row in cells)
    return tuple(ReportingUnit(code, code) for code in codes if code.strip("-"))


def holds_votes(grid: Grid, column: str) -> bool:
    """Whether a column can be one of votes: mostly whole numbers. (A wrong cell is a finding.)"""
    if NO_VOTES.match(fold(column)):
        return False
    cells = [cell for cell in _cells(grid, column) if cell]
    return len(cells) < 2 * sum(number is not None for number in parse_column(cells))


def _rest(grid: Grid, names: list[str], valid: str) -> tuple[Option, ...]:
    """Where most rows count more valid votes than these options have, there are others."""
    votes = [parse_column(_cells(grid, name)) for name in names]
    sums = (sum(n or 0 for n in row) for row in zip(*votes, strict=True))
    totals = parse_column(_cells(grid, valid)) if valid else []
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


def _identifier(name: str) -> str:
    return "-".join(fold(name).split()) or name
