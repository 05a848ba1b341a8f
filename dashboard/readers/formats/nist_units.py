"""The ``GpUnit`` tree of a NIST SP 1500-100 report: what counts votes, and what it belongs to."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ...model import CountStatus
from ..cells import integer_or_none
from ..codes import refuse
from ..decode import too_many
from ..xml_tree import Element

MOST_MEMBERS = 2_000_000  # of all districts together: 200 contests in each of 10,000 precincts
# ResultsStatus of a report in which whatever is there has been counted.
FINAL = {"certified", "correction", "recount", "unofficial-complete"}
BEFORE = "pre-election"
DEVICE = "ReportingDevice"
# ``ObjectId`` need only hold within one file, so a unit's code is one of these, the first it has.
IDENTIFIERS = ("fips", "state-level", "local-level", "national-level", "ocd-id", "other")


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit, and by how many units it is enclosed."""

    id: str  # what the report refers to it by
    code: str  # the same in every report
    place: int  # in the file
    name: str
    level: str
    depth: int
    parent: str  # its name
    element: Element


class Units:
    """Every reporting unit of a report by id. ReadError (R645): two have the same."""

    def __init__(self, report: Element) -> None:
        elements: dict[str, Element] = {}
        for each in report.all("GpUnit"):
            if elements.setdefault(object_id(each), each) is not each:
                raise refuse("R645", line=each.line, found=object_id(each))
        self._members = {
            own: [member for member in references(each, "ComposingGpUnitIds") if member in elements]
            for own, each in elements.items()
        }
        self._status = report.said("Status")
        self._within: dict[str, frozenset[str]] = {}
        self._visited = 0
        codes = identifiers(elements)
        depth, parent = _enclosed(self._members)
        self.ids: Set[str] = elements.keys()  # of counting devices as well
        self.by_id: Mapping[str, Unit] = {
            own: Unit(
                own,
                codes[own],
                place,
                words(each.first("Name")) or own,
                each.said("OtherType") or each.said("Type"),
                depth.get(own, 0),
                words(elements[parent[own]].first("Name")) if own in parent else "",
                each,
            )
            for place, (own, each) in enumerate(elements.items())
            if each.attributes.get("type") != DEVICE
        }

    def within(self, district: str) -> frozenset[str]:
        """Ids of a district and of all that it is composed of. ReadError: beyond a cap."""
        if district not in self._within:
            found, waiting = {district}, [district]
            while waiting:
                new = [m for m in self._members.get(waiting.pop(), ()) if m not in found]
                found.update(new)
                waiting += new
            self._within[district] = frozenset(found)
        self._visited += len(self._within[district])
        if self._visited > MOST_MEMBERS:
            raise too_many("units of districts", "unités de circonscriptions", self._visited,
                           MOST_MEMBERS)  # fmt: skip
        return self._within[district]

    def status(self, unit: Unit, *, has_counts: bool, has_votes: bool) -> CountStatus:
        """How far a unit has come: by its own status, by its subunits, else by the report's."""
        begun = CountStatus.PARTIAL if has_votes else CountStatus.WAITING
        if not has_counts or self._status == BEFORE:
            return CountStatus.WAITING
        said = {each.said("Status") for each in unit.element.all("CountStatus")} - {"unknown", ""}
        if said:
            return CountStatus.COMPLETE if said == {"completed"} else begun
        expected = integer_or_none(unit.element.said("TotalSubUnits"))
        if expected:
            reported = integer_or_none(unit.element.said("SubUnitsReported"))
            return CountStatus.COMPLETE if reported == expected else begun
        return CountStatus.COMPLETE if self._status in FINAL else begun


def _enclosed(members: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], dict[str, str]]:
    """How deep each unit is below one that nothing encloses, and the nearest that encloses it."""
    parent: dict[str, str] = {}
    inner = {member for found in members.values() for member in found}
    depth = {unit: 0 for unit in members if unit not in inner}
    queue = deque(depth)
    while queue:
        outer = queue.popleft()
        for member in members[outer]:
            if member not in depth:
                depth[member], parent[member] = depth[outer] + 1, outer
                queue.append(member)
    return depth, parent


def object_id(element: Element) -> str:
    """What other elements refer to it by; ReadError (R612) without."""
    return element.attribute("ObjectId")


def identifiers(elements: Mapping[str, Element]) -> dict[str, str]:
    """External identifiers by ObjectId; the latter where one has none or two have the same."""
    external = {own: _external(each) for own, each in elements.items()}
    times = Counter(external.values())
    return {own: code if code and times[code] == 1 else own for own, code in external.items()}


def _external(element: Element) -> str:
    found = {each.said("Type"): each.said("Value") for each in element.all("ExternalIdentifier")}
    return next(filter(None, map(found.get, IDENTIFIERS)), "")


def references(element: Element, name: str) -> list[str]:
    """Ids that an element refers to: words of one element in XML, a list in JSON."""
    found = element.all(name)
    return [
        own for each in found for own in ([each.text] if each.line is None else each.text.split())
    ]


def words(element: Element | None) -> str:
    """A text, given as such or once per language: then in the first."""
    if element is None or element.text:
        return element.text if element is not None else ""
    return element.said("Text") or element.said("Text", "Content")


def finest_first(units: Iterable[Unit]) -> list[tuple[str, list[Unit]]]:
    """The units by level; first the level that lies deepest, or of two as deep has more units."""
    levels: dict[str, list[Unit]] = {}
    for unit in units:
        levels.setdefault(unit.level, []).append(unit)
    return sorted(
        levels.items(),
        key=lambda level: (max(unit.depth for unit in level[1]), len(level[1])),
        reverse=True,
    )
