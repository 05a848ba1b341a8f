"""Where each row of the French ministry's tables is, under codes that are unique in the country."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ..grid import normal
from .french_slate import picker

# Characters of a code within its département, behind whose code it is unique.
_WIDTHS = {"circonscription": 2, "canton": 2, "commune": 3}


class Place(NamedTuple):
    """The finest thing a row names."""

    code: str
    name: str
    parent: str
    department: str  # its code; "" in a table without any


class Places:
    """The place of each row. What a station's row names around it, many others name as well."""

    def __init__(self, levels: Mapping[str, tuple[int, int]], *, local_codes: bool) -> None:
        """``levels`` and ``local_codes`` as in ``french_table.Table``."""
        self._levels, self._local = levels, local_codes
        *coarser, self._finest = levels
        self._around = picker(chain.from_iterable(levels[level] for level in coarser))
        self._known: dict[tuple[str, ...], Place] = {}

    def of(self, row: Sequence[str]) -> Place:
        if self._finest != "bureau":
            return self._at(row, self._finest)
        around = self._around(row)
        commune = self._known.get(around)
        if commune is None:
            commune = self._known[around] = self._commune(row)
        return _station(normal(row[self._levels["bureau"][0]]), commune)

    def _commune(self, row: Sequence[str]) -> Place:
        if "commune" in self._levels:
            return self._at(row, "commune")
        return Place("", "", "", self._department(row)[0])

    def _at(self, row: Sequence[str], level: str) -> Place:
        department, its_name = self._department(row)
        if level == "departement":
            return Place(department, its_name, "", department)
        code, name = self._said(row, level)
        if level == "circonscription" and its_name:
            name = f"{its_name}, {name}"
        if self._local and department and level in _WIDTHS:  # "34172" for the 172 of the 34
            code = department + code.rjust(_WIDTHS[level], "0")
        return Place(code, name, "", department)

    def _department(self, row: Sequence[str]) -> tuple[str, str]:
        if "departement" not in self._levels:
            return "", ""
        code, name = self._said(row, "departement")
        return code.rjust(2, "0"), name

    def _said(self, row: Sequence[str], level: str) -> tuple[str, str]:
        code, name = self._levels[level]
        return normal(row[code]), normal(row[name])


def _station(code: str, commune: Place) -> Place:
    """A station's code follows its commune's, where a table has that."""
    short = code.lstrip("0")
    station = short.rjust(4, "0")  # 0001 in the file of all, 1 in an extract of it
    if not commune.code:
        return Place(station, short, "", commune.department)
    name = commune.name
    return Place(f"{commune.code}-{station}", f"{name} {short}", name, commune.department)
