"""eCH-0252, "Lieferung von Abstimmungs- und Wahlresultaten", versions 1 and 2: Swiss cantons.

Units are counting circles, mostly communes. Built from the schemas and from the example messages of
the Federal Statistical Office; a real message of a night has not been seen.

- A vote: yes and no. Ballots that leave one of several questions empty count as blank, and valid
  votes are yes plus no, so that all add up to ``receivedVotes``. In a tie-break question "yes" is
  the initiative and "no" the counter-proposal.
- A majority election: candidates, and all who are not on the ballot together. Every line of a valid
  ballot is a vote, empty or invalid; where a ballot has one line, those are blank and invalid
  ballots.
- A proportional election: lists; the votes of one are those of its candidates plus the additional
  ones (Parteistimmen = Kandidatenstimmen + Zusatzstimmen).

A message of results names candidates and lists by id; their names come in another message or in the
same one. A circle waits that has no ``resultData``, or that is released later than the message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ...model import CountStatus
from ..cells import integer_or_none, put_cell, sum_cells
from ..codes import refuse
from ..content import Content
from ..dates import iso_day, iso_moment
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from ..xml_tree import NOTHING, Element
from . import ech_0155
from .ech_0155 import in_french

_Fields: TypeAlias = Mapping[str, Sequence[Sequence[str]]]

NAMESPACES = {f"http://www.ech.ch/xmlns/eCH-0252/{version}" for version in (1, 2)}
_MAJORITY = ("electionResult", "majorityElection")
_PROPORTIONAL = ("electionResult", "proportionalElection")
# Field of Counts -> where in resultData are the counts it adds up; the first must be there.
_REGISTER = {"registered_voters": (("countOfVotersInformation", "countOfVotersTotal"),)}
VOTE_FIELDS: _Fields = {
    **_REGISTER,
    "ballots_cast": (("receivedVotes",),),
    "blank_ballots": (("receivedBlankVotes",), ("countOfVotesWithoutAnswer",)),
    "invalid_ballots": (("receivedInvalidVotes",),),
}
ELECTION_FIELDS: _Fields = {
    **_REGISTER,
    "ballots_cast": (("countOfReceivedBallots",),),
    "blank_ballots": (("countOfBlankBallots",),),
    "invalid_ballots": (("countOfInvalidBallots",),),
}
# Lines of valid ballots that are nobody's vote.
_BLANK, _INVALID = (*_MAJORITY, "countOfBlankVotesTotal"), (*_MAJORITY, "countOfInvalidVotesTotal")
NOBODY = (_BLANK, _INVALID,
          (*_PROPORTIONAL, "countOfBlankVotesOfChangedBallotsWithoutListDesignation"))  # fmt: skip
ONE_LINE_FIELDS: _Fields = {
    **ELECTION_FIELDS,
    "blank_ballots": (*ELECTION_FIELDS["blank_ballots"], _BLANK),
    "invalid_ballots": (*ELECTION_FIELDS["invalid_ballots"], _INVALID),
}
SCATTERED = "countOfIndividualVotesTotal"  # for people who are not on the ballot
ANSWERS = {"countOfYesVotes": "Oui", "countOfNoVotes": "Non"}
TIE_BREAK = {"countOfYesVotes": "Initiative", "countOfNoVotes": "Contre-projet"}
TIE_BREAK_TYPES = {"3", "5", "6"}  # voteSubType
_TRUE = {"true", "1"}


@dataclass(frozen=True, slots=True)
class _Circle:
    """A counting circle in one contest, and its votes by option."""

    code: str
    name: str
    line: int | None
    status: CountStatus
    data: Element  # empty where the message has none
    votes: Mapping[str, str]


def _recognise(content: Content) -> str:
    found = NAMESPACES & content.namespaces if content.root == "delivery" else set()
    return ", ".join(sorted(found))


def _parse(content: Content) -> OfficialFile:
    root = content.xml
    dated = iso_moment(root.said("deliveryHeader", "messageDate"))
    described = {
        info.said("election", "electionIdentification"): info
        for info in root.all("electionInformationDelivery", "electionGroupInfo", "electionGroup",
                             "electionInformation")
    }  # fmt: skip
    votes = list(root.all("voteBaseDelivery", "voteInfo"))
    elections = list(root.all("electionResultDelivery", "electionGroupResult", "electionResult"))
    if described and not votes and not elections:
        raise refuse(
            "R605",
            what="an eCH-0252 message of candidates, without results",
            what_fr="un message eCH-0252 de candidats, sans résultats",
        )
    if not elections:
        root.need("voteBaseDelivery", "voteInfo")
    day = root.first("electionResultDelivery" if elections else "voteBaseDelivery")
    return OfficialFile(
        (
            *(_vote(vote, dated) for vote in votes),
            *(_election(election, dated, described) for election in elections),
        ),
        day=iso_day(day.said("pollingDay")) if day is not None else None,
        generated_at=dated,
        is_test=root.said("deliveryHeader", "testDeliveryFlag") in _TRUE,
    )


def _vote(info: Element, dated: datetime | None) -> OfficialContest:
    vote = info.need("vote")
    names = TIE_BREAK if vote.said("voteSubType") in TIE_BREAK_TYPES else ANSWERS
    circles = [_circle(each, dated) for each in info.all("countingCircleInfo")]
    return OfficialContest(
        id=vote.need("voteIdentification").text,
        title=in_french(vote, "voteTitleInformation", "voteTitleShort", "voteTitle"),
        options=tuple(OfficialOption(answer, name) for answer, name in names.items()),
        rows=tuple(_row(circle, VOTE_FIELDS) for circle in circles),
        headers=_headers(VOTE_FIELDS, names),
    )


def _election(
    result: Element, dated: datetime | None, described: Mapping[str, Element]
) -> OfficialContest:
    identification = result.need("electionIdentification").text
    info = described.get(identification, NOTHING)
    circles = [_circle(each, dated) for each in result.all("countingCircleResult")]
    seats = integer_or_none(info.said("election", "numberOfMandates")) or _lines(circles)
    fields = ONE_LINE_FIELDS if seats == 1 else ELECTION_FIELDS
    options = dict.fromkeys(option for circle in circles for option in circle.votes)
    named = _named(info, result)
    return OfficialContest(
        id=identification,
        title=ech_0155.title(info) or result.said("otherIdentification", "id") or identification,
        options=tuple(named.get(option, OfficialOption(option, option)) for option in options),
        rows=tuple(_row(circle, fields, SCATTERED in options) for circle in circles),
        headers=_headers(fields, {option: option for option in options}),
        votes_per_ballot=seats,
    )


def _circle(element: Element, dated: datetime | None) -> _Circle:
    data = element.only("resultData")
    votes = _votes(data) if data is not None else {}
    status = _status(data, votes, dated) if data is not None else CountStatus.WAITING
    code = element.said("countingCircle", "countingCircleId")
    name = element.said("countingCircle", "countingCircleName") or code
    return _Circle(code, name, element.line, status, data or NOTHING, votes)


def _status(data: Element, votes: Mapping[str, str], dated: datetime | None) -> CountStatus:
    released = iso_moment(data.said("releasedTimestamp") or data.said("releasedTimeStamp"))
    if released is not None and dated is not None and released > dated:
        return CountStatus.WAITING
    if (data.first("fullyCountedTrue") or data.need("isFullyCounted")).text in _TRUE:
        return CountStatus.COMPLETE
    has_votes = any(cell not in {"", "0"} for cell in votes.values())
    return CountStatus.PARTIAL if has_votes else CountStatus.WAITING


def _votes(data: Element) -> dict[str, str]:
    """The cells of a circle by answer, or by id of a candidate or list."""
    cells = {answer: data.cell(answer) for answer in ANSWERS if data.first(answer) is not None}
    individual = data.first(*_MAJORITY, SCATTERED) is not None
    scattered = [data.cell(*_MAJORITY, SCATTERED)] if individual else []
    for candidate in data.all(*_MAJORITY, "candidateResult"):
        person = candidate.first("candidateOrWriteInCandidate") or candidate
        if on_ballot := person.said("candidateIdentification"):
            put_cell(cells, on_ballot, candidate.cell("countOfVotesTotal"))
        else:
            scattered.append(candidate.cell("countOfVotesTotal"))
    for each in data.all(*_PROPORTIONAL, "listResults"):
        parts = each.cell("countOfCandidateVotes"), each.cell("countOfAdditionalVotes")
        put_cell(cells, each.need("listIdentification").text, sum_cells(parts))
    return {**cells, SCATTERED: sum_cells(scattered)} if scattered else cells


def _lines(circles: Sequence[_Circle]) -> int:
    """How many votes a ballot holds: all lines over all valid ballots, rounded up; but a tenth
    more is one circle's mistake and no further line."""
    ballots, lines = 0, 0
    for circle in circles:
        valid = integer_or_none(circle.data.said("countOfValidBallots"))
        empty = [line.text for path in NOBODY for line in circle.data.all(*path)]
        filled = integer_or_none(sum_cells([*circle.votes.values(), *empty]))
        if valid and filled:
            ballots, lines = ballots + valid, lines + filled
    return max(1, -((ballots - 10 * lines) // (10 * ballots))) if ballots else 1


def _row(circle: _Circle, fields: _Fields, has_scattered: bool = False) -> OfficialRow:
    votes = {SCATTERED: "0", **circle.votes} if has_scattered else circle.votes
    cells = {name: _sum(circle.data, paths) for name, paths in fields.items()}
    cells |= {VOTES + option: cell for option, cell in votes.items()}
    return OfficialRow(circle.code, circle.name, circle.status, cells, circle.line)


def _sum(data: Element, paths: Sequence[Sequence[str]]) -> str:
    first, *others = paths
    more = [data.cell(*path) for path in others if data.first(*path) is not None]
    return sum_cells([data.cell(*first), *more])


def _headers(fields: _Fields, options: Mapping[str, str]) -> dict[str, str]:
    return {
        **{name: paths[0][-1] for name, paths in fields.items()},
        **{VOTES + option: name for option, name in options.items()},
    }


def _named(info: Element, result: Element) -> dict[str, OfficialOption]:
    """Candidates and lists by id: described in the message, or by their number on the ballot."""
    options = {SCATTERED: OfficialOption(SCATTERED, "Voix éparses"), **ech_0155.options(info)}
    for data in result.all("countingCircleResult", "resultData"):
        for candidate in data.all(*_MAJORITY, "candidateResult"):
            person = candidate.first("candidateOrWriteInCandidate") or candidate
            option = person.said("candidateIdentification")
            number = person.said("candidateReference") or option
            options.setdefault(option, OfficialOption(option, number))
        for each in data.all(*_PROPORTIONAL, "listResults"):
            option = each.said("listIdentification")
            number = each.said("listIndentureNumber") or option
            options.setdefault(option, OfficialOption(option, number))
    return options


FORMAT = Format(
    "ech-0252",
    "eCH-0252, results of Swiss votes and elections",
    "eCH-0252, résultats de votations et d’élections suisses",
    _recognise,
    _parse,
)
