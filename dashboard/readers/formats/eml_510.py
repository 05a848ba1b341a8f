"""EML 510, the Dutch count (EML_NL 1.x on OASIS EML 5): what OSV and Abacus write.

A 510b counts the polling stations of a municipality, a 510c the municipalities of a district, a
510d the districts or municipalities of the whole. Options are the lists (affiliations); the
candidates that follow a list, and belong to it by that order alone, are left out: their votes are
the list's.

- ``TotalCounted`` are the valid votes. Ballots cast are those and the rejected ones: the ballots
  that were found. Admitted voters (``UncountedVotes``) may be a few more or fewer.
- ``Cast`` is the electorate. It is left out of polling stations, for a voter may use any one of the
  municipality; and where one unit with votes has none, it is left out of all.
- ``kr:Initial…`` is what was there before a correction: said once, and not read.
- A unit without a single ballot has not been counted.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model import CountStatus, Finding
from ..cells import integer_or_none, put_cell, readable, sum_cells
from ..codes import refuse, report
from ..content import Content
from ..dates import iso_day, iso_moment
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from ..xml_tree import Element

NAMESPACE = "urn:oasis:names:tc:evs:schema:eml"
OTHER_MESSAGES = {
    "110": ("the definition of an election (EML 110)", "la définition d’une élection (EML 110)"),
    "230": ("a list of candidates (EML 230)", "une liste de candidats (EML 230)"),
    "520": ("a list of who is elected (EML 520)", "une liste d’élus (EML 520)"),
}
NO_COUNT = ("another EML message than a count (EML 510)", "un message EML autre qu’un décompte")
REJECTED = {"blanco": "blank_ballots", "ongeldig": "invalid_ballots"}  # ReasonCode -> field
ELECTORATE = "registered_voters"
HEADERS = {
    ELECTORATE: "Cast",
    "ballots_cast": "TotalCounted + RejectedVotes",
    "valid_votes": "TotalCounted",
    "blank_ballots": "RejectedVotes blanco",
    "invalid_ballots": "RejectedVotes ongeldig",
}
# The last part of a unit's id says what it is: "HSB3::0312::SB4" is a polling station.
LEVELS = (("station", re.compile(r"SB\d+")), ("municipality", re.compile(r"\d{4}")),
          ("district", re.compile(r"HSB\d+")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    name: str
    line: int | None
    cells: Mapping[str, str]


def _recognise(content: Content) -> str:
    return NAMESPACE if content.root == "EML" and NAMESPACE in content.namespaces else ""


def _parse(content: Content) -> OfficialFile:
    root = content.xml
    message = root.attributes.get("Id", "")
    if not message.startswith("510"):
        what, what_fr = OTHER_MESSAGES.get(message[:3], NO_COUNT)
        raise refuse("R605", what=what, what_fr=what_fr)
    election = root.need("Count", "Election")
    title = election.said("ElectionIdentifier", "ElectionName")
    contests = list(election.all("Contests", "Contest")) or [election.need("Contests", "Contest")]
    return OfficialFile(
        tuple(level for contest in contests for level in _levels(contest, title)),
        title=title,
        day=iso_day(election.said("ElectionIdentifier", "ElectionDate")),
        generated_at=iso_moment(root.said("CreationDateTime")),
        findings=_corrections(root),
    )


def _corrections(root: Element) -> tuple[Finding, ...]:
    """One finding where the message says that it corrects another."""
    phase = root.need("Count").first("Phase")
    if phase is None or phase.attributes.get("PhaseCode") != "corrigendum":
        phase = next((e for e in _elements(root) if e.name.startswith("Initial")), None)
    return (report("R643", line=phase.line),) if phase is not None else ()


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _elements(child)


def _levels(contest: Element, title: str) -> Iterator[OfficialContest]:
    """The contest once for each kind of unit, the innermost first."""
    units = [_unit(element) for element in contest.all("ReportingUnitVotes")]
    kinds: dict[tuple[int, str], list[_Unit]] = defaultdict(list)
    for unit in units:
        kinds[_kind(unit.code)].append(unit)
    names = {unit.code: unit.name for unit in units}
    options = _options(contest)
    headers = {**HEADERS, **{VOTES + option.id: option.name for option in options}}
    totals = readable(_cells(contest.need("TotalVotes")))
    fewer = {field: number for field, number in totals.items() if field != ELECTORATE}
    for depth, level in sorted(kinds, key=lambda kind: -kind[0]):
        here = kinds[depth, level]
        gives_electorate = level != "station" and _all_say(here)
        yield OfficialContest(
            id=contest.need("ContestIdentifier").attribute("Id"),
            title=contest.said("ContestIdentifier", "ContestName") or title,
            options=options,
            rows=tuple(_row(unit, gives_electorate, names) for unit in here),
            level=level,
            headers=headers,
            totals=totals if gives_electorate else fewer,
        )


def _unit(element: Element) -> _Unit:
    identifier = element.only("ReportingUnitIdentifier") or element.need("ReportingUnitIdentifier")
    code = identifier.attribute("Id")
    return _Unit(code, identifier.text or code, element.line, _cells(element))


def _kind(code: str) -> tuple[int, str]:
    """How deep a unit is, and what it is."""
    *above, last = code.split("::")
    level = next((name for name, pattern in LEVELS if pattern.fullmatch(last)), "unit")
    return len(above), level


def _cells(votes: Element) -> dict[str, str]:
    """The cells of a unit, or of the whole."""
    cells = {ELECTORATE: votes.cell("Cast"), "valid_votes": votes.cell("TotalCounted")}
    for rejected in votes.all("RejectedVotes"):
        if field := REJECTED.get(rejected.attributes.get("ReasonCode", "")):
            put_cell(cells, field, rejected.text)
    found = ("valid_votes", "blank_ballots", "invalid_ballots")
    cells = dict.fromkeys(found, "") | cells
    cells["ballots_cast"] = sum_cells(cells[field] for field in found)
    for selection in votes.all("Selection"):
        if (option := _option(selection)) is not None:
            put_cell(cells, VOTES + option.id, selection.cell("ValidVotes"))
    return cells


def _option(selection: Element) -> OfficialOption | None:
    """The list, or the answer, that a selection counts; ``None`` of a candidate."""
    if (listed := selection.first("AffiliationIdentifier")) is not None:
        number = listed.attribute("Id")
        return OfficialOption(number, listed.said("RegisteredName") or f"Lijst {number}")
    if (answer := selection.first("ReferendumOptionIdentifier")) is not None:
        return OfficialOption(answer.attributes.get("Id") or answer.text, answer.text)
    return None


def _options(contest: Element) -> tuple[OfficialOption, ...]:
    """Every list that is counted anywhere, in the order of the file."""
    options: dict[str, OfficialOption] = {}
    for kind in ("TotalVotes", "ReportingUnitVotes"):
        for selection in contest.all(kind, "Selection"):
            if (option := _option(selection)) is not None:
                options.setdefault(option.id, option)
    return tuple(options.values())


def _all_say(units: Sequence[_Unit]) -> bool:
    """Whether every unit with votes gives its electorate."""
    return all(unit.cells[ELECTORATE] not in {"", "0"} or unit.cells["valid_votes"] == "0"
               for unit in units)  # fmt: skip


def _row(unit: _Unit, gives_electorate: bool, names: Mapping[str, str]) -> OfficialRow:
    cells = dict(unit.cells)
    if not gives_electorate:
        del cells[ELECTORATE]
    if integer_or_none(cells["ballots_cast"]) is None:  # what is wrong is said where it stands
        cells["ballots_cast"] = "0"
    waits = unit.cells["ballots_cast"] == "0"
    status = CountStatus.WAITING if waits else CountStatus.COMPLETE
    parent = names.get(unit.code.rpartition("::")[0], "")
    return OfficialRow(unit.code, unit.name, status, cells, unit.line, parent)


FORMAT = Format(
    "eml-510",
    "EML 510, counts of the Netherlands",
    "EML 510, décomptes des Pays-Bas",
    _recognise,
    _parse,
)
