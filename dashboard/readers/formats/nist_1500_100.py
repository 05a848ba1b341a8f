"""NIST SP 1500-100 version 2, Election Results Reporting, as JSON or as XML (United States).

Built from the published schemas; no real report has been seen. Both encodings become one tree: a
key is an element, ``@id`` is ``ObjectId``, ``@type`` is ``xsi:type``.

- A unit may be counted by ``Type`` of vote and by ``DeviceClass``: see ``nist_counts``.
- Counts of the whole district beside those of its parts are the file's own totals. All other units
  are grouped by their type, the innermost first; those without a count wait.
- ``Overvotes`` and ``Undervotes`` are marks, not ballots, and left out. ``WriteIns`` are votes for
  an option of their own, unless a selection counts them.
- Voters and ballots of the whole election are given where every unit with votes says them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..cells import integer_or_none, readable
from ..codes import refuse, report
from ..content import Content, member
from ..dates import iso_day, iso_moment
from ..json_tree import as_element
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from ..xml_tree import NOTHING, Element
from .nist_counts import NO_VOTE, TRUE, Cell, Cells, counted
from .nist_units import Unit, Units, finest_first, identifiers, object_id, references, words

NAMESPACE = "http://itl.nist.gov/ns/voting/1500-100/v2"
TYPE = "ElectionResults.ElectionReport"
WRITE_INS = "WriteIns"
HEADERS = {"registered_voters": "VotersRegistered", "ballots_cast": "BallotsCast"}
_COLOUR = re.compile(r"[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class _Election:
    """What the contests of an election share."""

    units: Units
    candidates: Mapping[str, Element]
    parties: Mapping[str, Element]
    ballots: Mapping[str, Cell]  # cast in the whole election, by unit


def _recognise(content: Content) -> str:
    if content.root == "ElectionReport" and NAMESPACE in content.namespaces:
        return NAMESPACE
    is_report = "@type" in content.keys and member(content.json, "@type") == TYPE
    return f'"@type": "{TYPE}"' if is_report else ""


def _parse(content: Content) -> OfficialFile:
    root = content.xml if content.kind == "xml" else as_element("ElectionReport", content.json)
    parts = integer_or_none(root.said("SequenceEnd"))
    if parts is not None and parts > 1:
        raise refuse("R644", part=integer_or_none(root.said("SequenceStart")) or 0, count=parts)
    units = Units(root)
    parties = {object_id(party): party for party in root.all("Party")}
    first = root.need("Election")
    is_correction = root.said("Status") == "correction"
    return OfficialFile(
        tuple(
            level
            for election in root.all("Election")
            for level in _contests(election, units, parties)
        ),
        title=words(first.first("Name")),
        day=iso_day(first.said("EndDate") or first.said("StartDate")),
        generated_at=iso_moment(root.said("GeneratedDate")),
        is_test=root.said("IsTest") in TRUE,
        findings=(report("R643", line=root.need("Status").line),) if is_correction else (),
    )


def _contests(
    election: Element, units: Units, parties: Mapping[str, Element]
) -> Iterator[OfficialContest]:
    candidates = {object_id(each): each for each in election.all("Candidate")}
    ballots = counted(election.all("BallotCounts"), "BallotsCast")
    shared = _Election(units, candidates, parties, ballots)
    for contest in election.all("Contest"):
        yield from _levels(contest, shared)


def _levels(contest: Element, election: _Election) -> Iterator[OfficialContest]:
    """The contest once for each kind of unit that counts it."""
    district = contest.said("ElectionDistrictId")
    selections = list(contest.all("ContestSelection"))
    codes = identifiers({object_id(each): _identified(each, election) for each in selections})
    votes = {codes[object_id(each)]: counted(each.all("VoteCounts"), "Count")
             for each in selections}  # fmt: skip
    options = [_option(each, codes[object_id(each)], election) for each in selections]
    has_write_ins = any(each.said("IsWriteIn") in TRUE for each in selections)
    others = {} if has_write_ins else counted(contest.all("OtherCounts"), WRITE_INS)
    if others:
        options.append(OfficialOption(WRITE_INS, "Write-ins"))
        counting = {unit for found in votes.values() for unit in found} - {district}
        votes[WRITE_INS] = dict.fromkeys(counting, NO_VOTE) | others
    cells = _by_unit(votes, election.units)
    for place, (level, units) in enumerate(_counting(district, cells, election.units)):
        sides = _sides(units, cells, election.ballots)
        yield OfficialContest(
            id=object_id(contest),
            title=contest.said("Name") or words(contest.first("BallotTitle")),
            options=tuple(options),
            rows=tuple(_row(unit, cells.get(unit.id, {}), sides, election) for unit in units),
            level=level,
            headers={**HEADERS, **{VOTES + option.id: option.name for option in options}},
            totals=_totals(election.units.by_id.get(district), units, cells, election),
            # Of subunits the report means the innermost.
            expected_units=integer_or_none(contest.said("TotalSubUnits")) if not place else None,
            votes_per_ballot=max(1, integer_or_none(contest.said("VotesAllowed")) or 1),
        )


def _by_unit(votes: Mapping[str, Cells], units: Units) -> Mapping[str, Cells]:
    """Cells of the options by unit; those of counting devices are a part of a unit's."""
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    for option, found in votes.items():
        for unit, cell in found.items():
            if unit in units.by_id:
                cells[unit][VOTES + option] = cell
            elif unit not in units.ids:
                raise refuse("R612", line=cell.line, element=f"GpUnit {unit}")
    return cells


def _counting(
    district: str, cells: Mapping[str, Cells], units: Units
) -> list[tuple[str, list[Unit]]]:
    """The levels at which there are counts, each with all units that are a part of the district;
    of the district itself only when nothing else is counted."""
    named = sorted({*units.within(district), *cells} & units.by_id.keys(),
                   key=lambda unit: units.by_id[unit].place)  # fmt: skip
    levels = finest_first(units.by_id[unit] for unit in named)
    counting = [(level, found) for level, found in levels if any(u.id in cells for u in found)]
    return [(level, found) for level, found in counting
            if any(u.id in cells and u.id != district for u in found)] or counting  # fmt: skip


def _sides(
    units: Sequence[Unit], cells: Mapping[str, Cells], ballots: Mapping[str, Cell]
) -> dict[str, dict[str, str]]:
    """The cells beside the votes, by field and unit; a field that all units with votes say."""
    said = {
        "registered_voters": {unit.id: unit.element.cell("VotersRegistered") for unit in units},
        "ballots_cast": {unit.id: _ballots(unit, ballots) for unit in units},
    }
    voting = [unit.id for unit in units if _has_votes(cells.get(unit.id, {}))]
    return {field: found for field, found in said.items() if voting and all(map(found.get, voting))}


def _ballots(unit: Unit, ballots: Mapping[str, Cell]) -> str:
    found = ballots.get(unit.id)
    return found.text if found is not None else unit.element.cell("VotersParticipated")


def _has_votes(cells: Cells) -> bool:
    return any(cell.text != "0" for cell in cells.values())


def _row(
    unit: Unit, votes: Cells, sides: Mapping[str, Mapping[str, str]], election: _Election
) -> OfficialRow:
    status = election.units.status(unit, has_counts=bool(votes), has_votes=_has_votes(votes))
    cells = {field: found[unit.id] for field, found in sides.items()}
    cells |= {key: cell.text for key, cell in votes.items()}
    lines = {key: cell.line for key, cell in votes.items()
             if cell.line is not None and not cell.text.isdecimal()}  # fmt: skip
    return OfficialRow(unit.code, unit.name, status, cells, unit.element.line, unit.parent, lines)


def _totals(
    district: Unit | None, units: Sequence[Unit], cells: Mapping[str, Cells], election: _Election
) -> dict[str, int]:
    """What is counted of the whole district, where it is not itself the unit."""
    if district is None or district.id not in cells or district in units:
        return {}
    votes = {key: cell.text for key, cell in cells[district.id].items()}
    sides = _sides([district], cells, election.ballots)
    return readable(votes | {field: found[district.id] for field, found in sides.items()})


def _candidates(selection: Element, election: _Election) -> list[Element]:
    ids = references(selection, "CandidateIds")
    return [election.candidates.get(each, NOTHING) for each in ids]


def _identified(selection: Element, election: _Election) -> Element:
    """Whose external identifiers are those of a selection: its only candidate's, or its own."""
    candidates = _candidates(selection, election)
    return candidates[0] if len(candidates) == 1 else selection


def _option(selection: Element, own: str, election: _Election) -> OfficialOption:
    candidates = _candidates(selection, election)
    backing = references(selection, "PartyIds") or references(selection, "EndorsementPartyIds")
    backing = backing or [each.said("PartyId") for each in candidates]
    parties = [election.parties[each] for each in backing if each in election.parties]
    names = [words(each.first("BallotName")) for each in candidates]
    party_names = [words(each.first("Name")) for each in parties]
    short_names = [words(each.first("Abbreviation")) or name
                   for each, name in zip(parties, party_names, strict=True)]  # fmt: skip
    return OfficialOption(
        own,
        _listed(names) or words(selection.first("Selection")) or _listed(party_names) or own,
        group=_listed(short_names),
        colour=next(filter(None, map(_colour, parties)), ""),
    )


def _listed(names: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(filter(None, names)))


def _colour(party: Element) -> str:
    found = _COLOUR.fullmatch(party.said("Color"))
    return f"#{found[0].lower()}" if found else ""


FORMAT = Format(
    "nist-1500-100",
    "NIST SP 1500-100 version 2, Election Results Reporting",
    "NIST SP 1500-100 version 2, résultats d’élections (États-Unis)",
    _recognise,
    _parse,
)
