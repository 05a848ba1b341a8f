"""Clarity election night reporting (SOE Software, later Scytl): the XML of ``detailxml.zip``.

One ``Contest`` per race; its units are the precincts of a county or the counties of a state, which
have names and no codes. Votes are split by ``VoteType`` and summed here.

- ``percentReporting`` of a precinct is a code. Only 4 is understood: it is counted. With any other
  it is partial as soon as it has a vote; but when the contest says that all of its precincts are
  reported, so is each (an absentee precinct keeps its 32).
- ``totalVoters="0"``, and ``ballotsCast="0"`` beside votes, say that nobody wrote the number down;
  then no unit of the contest is given it, because a sum over the others would be wrong.
- Ballots are those of the whole election, in a primary those of every party. ``Undervotes`` and
  ``Overvotes`` are marks, not ballots: neither fills the gap to the votes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from ...model import CountStatus
from ..cells import integer_or_none, readable, sum_cells
from ..content import Content
from ..dates import american_day, american_moment
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from ..xml_tree import Element

# Field of Counts -> attribute of a unit in the turnout.
FIELDS = {"registered_voters": "totalVoters", "ballots_cast": "ballotsCast"}
COUNTED = "4"
NO_PARTY = "NP"  # nonpartisan, and what is written where nobody filled it in

# A unit and how often it was named before in the same part: 1 only where it stands twice.
_Unit = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Turnout:
    """What the file says of its units for all contests together."""

    level: str
    tag: str  # of a unit, everywhere in the file
    whole: Element
    units: Mapping[str, Element]
    counted: frozenset[str]  # names of the units that are counted, whatever the contest


def _recognise(content: Content) -> str:
    return "<ElectionResult>" if content.root == "ElectionResult" else ""


def _parse(content: Content) -> OfficialFile:
    root = content.xml
    turnout = _turnout(root)
    root.need("Contest")
    return OfficialFile(
        tuple(_contest(contest, turnout) for contest in root.all("Contest")),
        title=root.said("ElectionName"),
        day=american_day(root.said("ElectionDate")),
        generated_at=american_moment(root.said("Timestamp")),
    )


def _turnout(root: Element) -> _Turnout:
    if (whole := root.first("ElectionVoterTurnout")) is not None:
        level, tag, units = "county", "County", whole.all("Counties", "County")
    else:
        whole = root.need("VoterTurnout")
        level, tag, units = "precinct", "Precinct", whole.all("Precincts", "Precinct")
    by_name = {unit.attribute("name"): unit for unit in units}
    counted = frozenset(name for name, unit in by_name.items() if _is_counted(unit))
    return _Turnout(level, tag, whole, by_name, counted)


def _is_counted(unit: Element) -> bool:
    code = unit.attributes.get("percentReporting")
    return code == COUNTED or _all_reported(unit, "precinctsParticipating")


def _all_reported(element: Element, expected: str) -> bool:
    said = readable(element.attributes)
    return said.get(expected, 0) > 0 and said.get("precinctsReported") == said.get(expected)


def _contest(contest: Element, turnout: _Turnout) -> OfficialContest:
    choices = list(contest.all("Choice"))
    votes = {choice.attribute("key"): _votes(choice, turnout.tag) for choice in choices}
    units = list(dict.fromkeys(unit for found in votes.values() for unit in found))
    cells = {
        unit: {VOTES + key: _sum(found.get(unit)) for key, found in votes.items()} for unit in units
    }
    fields = [field for field in FIELDS if _is_given(field, cells, turnout)]
    counted = _counted(contest, units, turnout)
    return OfficialContest(
        id=contest.attribute("key"),
        title=contest.attributes.get("text", ""),
        options=tuple(map(_option, choices)),
        rows=tuple(
            OfficialRow(
                unit[0],
                unit[0],
                _status(unit[0] in counted, cells[unit]),
                {**_said(unit[0], fields, turnout), **cells[unit]},
                _line(unit, votes),
                cell_lines=_bad_lines(unit, cells[unit], votes),
            )
            for unit in units
        ),
        level=turnout.level,
        headers={**FIELDS, **{VOTES + c.attributes["key"]: _name(c) for c in choices}},
        totals=_totals(choices, fields, len(units), turnout),
        expected_units=readable(contest.attributes).get("countiesParticipating"),
        votes_per_ballot=max(1, readable(contest.attributes).get("voteFor", 1)),
    )


def _counted(contest: Element, units: Sequence[_Unit], turnout: _Turnout) -> Set[str]:
    """Names of the units in which this contest is counted."""
    here = list(contest.all("ParticipatingCounties", "County"))
    if here:
        return {unit.attribute("name") for unit in here if _is_counted(unit)}
    if turnout.level == "precinct" and _all_reported(contest, "precinctsReporting"):
        return {name for name, _ in units}
    return turnout.counted


def _status(is_counted: bool, votes: Mapping[str, str]) -> CountStatus:
    if is_counted:
        return CountStatus.COMPLETE
    return CountStatus.PARTIAL if _has_votes(votes) else CountStatus.WAITING


def _said(name: str, fields: Sequence[str], turnout: _Turnout) -> dict[str, str]:
    return {field: turnout.units[name].attributes[FIELDS[field]] for field in fields}


def _votes(choice: Element, tag: str) -> dict[_Unit, list[Element | None]]:
    """The votes of one choice by unit, one element for each vote type."""
    parts = list(choice.all("VoteType")) or [choice]
    found: dict[_Unit, list[Element | None]] = {}
    for place, part in enumerate(parts):
        times: dict[str, int] = defaultdict(int)
        for element in part.all(tag):
            name = element.attribute("name")
            found.setdefault((name, times[name]), [None] * len(parts))[place] = element
            times[name] += 1
    return found


def _sum(parts: Sequence[Element | None] | None) -> str:
    """The cell of a unit; "" unless every vote type names it."""
    return sum_cells("" if part is None else part.attributes.get("votes", "")
                     for part in parts or [None])  # fmt: skip


def _is_given(field: str, cells: Mapping[_Unit, Mapping[str, str]], turnout: _Turnout) -> bool:
    """Whether every unit says how many; 0 says it of a unit without votes only."""
    for (name, _), votes in cells.items():
        unit = turnout.units.get(name)
        written = unit.attributes.get(FIELDS[field], "") if unit is not None else ""
        if not written or (written == "0" and _has_votes(votes)):
            return False
    return True


def _has_votes(votes: Mapping[str, str]) -> bool:
    return any(cell != "0" for cell in votes.values())


def _line(unit: _Unit, votes: Mapping[str, Mapping[_Unit, Sequence[Element | None]]]) -> int:
    """Where the file names a unit first in this contest."""
    parts = chain.from_iterable(found.get(unit, ()) for found in votes.values())
    return min(part.line or 0 for part in parts if part is not None)


def _bad_lines(
    unit: _Unit,
    cells: Mapping[str, str],
    votes: Mapping[str, Mapping[_Unit, Sequence[Element | None]]],
) -> dict[str, int]:
    """Where the parts stand that are no count."""
    return {
        VOTES + key: part.line
        for key, found in votes.items()
        if not cells[VOTES + key].isdecimal()
        for part in found.get(unit, ())
        if part is not None and part.line is not None
        if integer_or_none(part.attributes.get("votes", "")) is None
    }


def _option(choice: Element) -> OfficialOption:
    party = choice.attributes.get("party", "")
    group = "" if party == NO_PARTY else party
    return OfficialOption(choice.attributes["key"], _name(choice), group=group)


def _name(choice: Element) -> str:
    return choice.attributes.get("text", "") or choice.attribute("key")


def _totals(
    choices: Sequence[Element], fields: Sequence[str], units: int, turnout: _Turnout
) -> dict[str, int]:
    """The file's own sums; those of the turnout only of a contest in every unit."""
    sums = {VOTES + c.attributes["key"]: c.attributes.get("totalVotes", "") for c in choices}
    if units == len(turnout.units):
        sums |= {field: turnout.whole.attributes.get(FIELDS[field], "") for field in fields}
    return readable(sums)


FORMAT = Format(
    "clarity",
    "Clarity election night reporting (Scytl)",
    "Clarity, soirées électorales (Scytl)",
    _recognise,
    _parse,
)
