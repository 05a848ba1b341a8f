"""Which unit lies where on a map: the property that joins best, the repairs, and what is left."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import chain, permutations

from ..model import ReportingUnit
from .repairs import Merged, compact, fold, other_codes, plain, without_corsica

MOST_FOR_PAIRS = 8  # properties that are tried two by two
ENOUGH = 0.95  # of the units found by one property: no pair is tried
LIKELY = 0.85  # how alike two names are to be named together
MOST_SUGGESTIONS = 200  # unmatched units for which a likely area is looked for
_NAMES = ("nom", "name", "libelle", "namelsad", "nom_com", "libcom", "gen", "label", "titre")
_ROW_NUMBERS = ("objectid", "fid", "gid", "ogc_fid", "index")


@dataclass(frozen=True, slots=True)
class Shape:
    """A feature of a map without its outline."""

    properties: Mapping[str, str]  # its own id, where it has one, as "id"


@dataclass(frozen=True, slots=True)
class Join:
    """Where the units are on a map."""

    key: tuple[str, ...]  # properties that make an area's id, joined by "-"
    name: str  # property of an area's name
    areas: Mapping[str, tuple[str, ...]]  # unit code -> ids of its areas
    repairs: Mapping[str, str] = field(default_factory=dict)  # unit code -> kind, where not exact
    astray: Mapping[str, str] = field(default_factory=dict)  # unit code -> a likely area, or ""
    empty: Mapping[str, str] = field(default_factory=dict)  # area id without a unit -> name

    @property
    def served(self) -> frozenset[str]:
        """Ids of the areas that have a unit."""
        return frozenset(chain.from_iterable(self.areas.values()))


def join(units: Sequence[ReportingUnit], shapes: Sequence[Shape], merged: Merged) -> Join | None:
    """The best join; ``None`` when no property of the map names a unit."""
    tried = [_Index(key, shapes, merged) for key in _keys(shapes)]
    best = max((_Found(index, units) for index in tried), key=_Found.score, default=None)
    if best is None or len(best.areas) < ENOUGH * len(units):
        pairs = [_Index(key, shapes, merged) for key in _pairs(shapes)]
        more = (_Found(index, units) for index in pairs)
        best = max((*([best] if best else []), *more), key=_Found.score, default=None)
    if best is None or not best.areas:
        return None
    return _join(best, units, shapes)


class _Index:
    """One way to identify the areas of a map."""

    def __init__(self, key: tuple[str, ...], shapes: Sequence[Shape], merged: Merged) -> None:
        self.key = key
        self.merged = merged
        self.ids = ["-".join(shape.properties[name] for name in key) for shape in shapes]
        self.known = set(self.ids)
        self._by_plain = _single(plain, self.known)
        self._by_compact = _single(compact, self.known)
        self._by_number = _single(lambda i: plain(without_corsica(i)), self.known)
        self._by_name = _single(fold, self.known)

    def find(self, unit: ReportingUnit) -> tuple[str, tuple[str, ...]]:
        """Kind of repair ("" for none) and areas; no area when it is not on the map."""
        for kind, areas in self._ways(unit):
            found = tuple(area for area in areas if area is not None)
            if found:
                return kind, found
        return "", ()

    def _ways(self, unit: ReportingUnit) -> Iterator[tuple[str, tuple[str | None, ...]]]:
        code = unit.code
        if code in self.known:
            yield "", (code,)
        yield "", (self._by_compact.get(compact(code)),)
        yield "zeros", (self._by_plain.get(plain(code)),)
        for kind, codes in other_codes(code, self.merged):
            yield kind, tuple(c if c in self.known else self._by_plain.get(plain(c)) for c in codes)
        yield "corsica", (self._by_number.get(plain(without_corsica(code))),)
        yield "name", (self._by_name.get(fold(unit.name)),)
        commune, station, _ = code.partition("-")
        if station:
            yield "station", self.find(replace(unit, code=commune, name=""))[1]

    def earlier(self, code: str) -> tuple[str, ...]:
        """Areas of the communes that are part of this one today, on a map that is older."""
        return tuple(c for c in self.merged.members.get(code, ()) if c in self.known)


def _single(form: Callable[[str], str], ids: set[str]) -> dict[str, str]:
    """Form of an id -> the id, where it is the only one of that form."""
    forms: dict[str, list[str]] = defaultdict(list)
    for identifier in ids:
        forms[form(identifier)].append(identifier)
    return {short: found[0] for short, found in forms.items() if short and len(found) == 1}


class _Found:
    """What one index finds of the units."""

    def __init__(self, index: _Index, units: Sequence[ReportingUnit]) -> None:
        self.index = index
        named = Counter(fold(unit.name) for unit in units)
        found = {
            unit.code: index.find(unit if named[fold(unit.name)] == 1 else replace(unit, name=""))
            for unit in units
        }
        self.areas = {code: areas for code, (_, areas) in found.items() if areas}
        self.repairs = {code: kind for code, (kind, areas) in found.items() if areas and kind}

    def score(self) -> tuple[object, ...]:
        """More units, then more areas, a property that is not a mere row number, fewer repairs."""
        reached = len(set(chain.from_iterable(self.areas.values())))
        row_number = any(name.lower() in _ROW_NUMBERS for name in self.index.key)
        return len(self.areas), reached, not row_number, -len(self.repairs), -len(self.index.key)


def _keys(shapes: Sequence[Shape]) -> list[tuple[str, ...]]:
    """Properties that every shape has, and that tell nearly all of them apart."""
    return [(name,) for name, values in _columns(shapes).items() if _tells_apart(values)]


def _pairs(shapes: Sequence[Shape]) -> list[tuple[str, ...]]:
    columns = _columns(shapes)
    several = [name for name, values in columns.items() if 1 < len(set(values)) < len(values)]
    return [
        (one, other)
        for one, other in permutations(several[:MOST_FOR_PAIRS], 2)
        if _tells_apart([f"{a}-{b}" for a, b in zip(columns[one], columns[other], strict=True)])
    ]


def _columns(shapes: Sequence[Shape]) -> dict[str, list[str]]:
    names = [
        name for name in (shapes[0].properties if shapes else ())
        if all(shape.properties.get(name) for shape in shapes)
    ]  # fmt: skip
    return {name: [shape.properties[name] for shape in shapes] for name in names}


def _tells_apart(values: Sequence[str]) -> bool:
    return len(set(values)) >= 0.9 * len(values)


def _join(found: _Found, units: Sequence[ReportingUnit], shapes: Sequence[Shape]) -> Join:
    index = found.index
    name = _name_property(shapes, index.key)
    names = {i: s.properties.get(name, i) for i, s in zip(index.ids, shapes, strict=True)}
    taken = set(chain.from_iterable(found.areas.values()))
    areas, repairs = dict(found.areas), dict(found.repairs)
    for unit in units:
        members = [a for a in index.earlier(unit.code) if a not in taken]
        if members:
            areas[unit.code] = (*areas.get(unit.code, ()), *members)
            repairs[unit.code] = "merged"
            taken.update(members)
    empty = {area: names[area] for area in index.ids if area not in taken}
    astray = [unit for unit in units if unit.code not in areas]
    return Join(index.key, name, areas, repairs, _suggestions(astray, empty), empty)


def _name_property(shapes: Sequence[Shape], key: tuple[str, ...]) -> str:
    """The property that says most in words; the key where there is none."""
    said = (name for name in dict.fromkeys(chain.from_iterable(s.properties for s in shapes)))
    columns = {
        name: [s.properties[name] for s in shapes if s.properties.get(name)]
        for name in said
        if name not in key
    }
    columns = {name: values for name, values in columns.items() if 2 * len(values) > len(shapes)}
    known = [name for name in columns if name.casefold() in _NAMES]
    if known:
        return min(known, key=lambda name: _NAMES.index(name.casefold()))
    worded = {
        name: (len(set(values)), sum(map(len, values)))
        for name, values in columns.items()
        if any(c.isalpha() for c in "".join(values)) and len(set(values)) > len(values) / 2
    }
    return max(worded, key=worded.__getitem__, default=key[-1])


def _suggestions(astray: Sequence[ReportingUnit], empty: Mapping[str, str]) -> dict[str, str]:
    """For each unit the id of the empty area whose name is most alike; "" for none."""
    by_name: dict[str, str] = {}
    counts = Counter(fold(name) for name in empty.values())
    for area, name in empty.items():
        if counts[fold(name)] == 1:
            by_name[fold(name)] = area
    found = {unit.code: "" for unit in astray}
    for unit in astray[:MOST_SUGGESTIONS]:
        alike = get_close_matches(fold(unit.name), by_name, n=1, cutoff=LIKELY)
        if alike:
            found[unit.code] = by_name[alike[0]]
    return found
