"""The table of units of a new election, of all its contests."""

import csv
import io
from collections.abc import Sequence

from .drafting import Drafted

DELIMITER = ";"
SEPARATOR = "|"  # of ids of areas that hold spaces


def columns(drafted: Sequence[Drafted]) -> tuple[str, ...]:
    """Headers of the table: only what there is to say."""
    units = [unit for one in drafted for unit in one.contest.units]
    said = {
        "contest": len(drafted) > 1,
        "code": True,
        "name": True,
        "parent": any(unit.parent for unit in units),
        "registered_voters": any(unit.registered_voters is not None for unit in units),
        "areas": any(unit.areas for unit in units),
    }
    return tuple(name for name, given in said.items() if given)


def separator(drafted: Sequence[Drafted]) -> str:
    """What stands between ids of areas: a space, unless one of them holds a space."""
    areas = (area for one in drafted for unit in one.contest.units for area in unit.areas)
    return SEPARATOR if any(" " in area for area in areas) else " "


def table(drafted: Sequence[Drafted]) -> bytes:
    """The CSV file."""
    header, between = columns(drafted), separator(drafted)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow(header)
    for one in drafted:
        for unit in one.contest.units:
            registered = unit.registered_voters
            cells = {
                "contest": one.contest.id,
                "code": unit.code,
                "name": unit.name,
                "parent": unit.parent,
                "registered_voters": "" if registered is None else str(registered),
                "areas": between.join(unit.areas),
            }
            writer.writerow([cells[name] for name in header])
    return out.getvalue().encode()
