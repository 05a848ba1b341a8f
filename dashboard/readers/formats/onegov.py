"""The table of OneGov's election day platform, which Swiss cantons and cities export and import.

"OneGov" or "internal" in its documentation: UTF-8 with commas, or a workbook. An election has a
line per unit and candidate; in a proportional one it repeats what the candidate's list has. A vote
has a line per unit and kind of question. Units that are not counted are left out, or say so. The
unit 0 is the Swiss abroad. Exports of 2015 to 2018 write ``elegible`` for ``eligible``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...model import CountStatus, Finding
from ..cells import sum_cells
from ..codes import report
from ..content import Content
from ..dates import iso_day
from ..lines import Line, gather, lines_of, votes_of
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES

# What gives each kind of table away: all of these headers.
PROPORZ = ("entity_id", "list_id", "list_votes", "candidate_votes")
MAJORZ = ("entity_id", "entity_received_ballots", "candidate_id", "candidate_votes")
VOTE = ("entity_id", "yeas", "nays")
# Field of Counts -> headers, the newer spelling last.
ELECTION_FIELDS = {
    "registered_voters": ("entity_elegible_voters", "entity_eligible_voters"),
    "ballots_cast": ("entity_received_ballots",),
    "blank_ballots": ("entity_blank_ballots",),
    "invalid_ballots": ("entity_invalid_ballots",),
    "valid_votes": ("entity_accounted_votes",),
    "status": ("entity_counted",),
}
VOTE_FIELDS = {
    "registered_voters": ("elegible_voters", "eligible_voters"),
    "blank_ballots": ("empty",),
    "invalid_ballots": ("invalid",),
    "status": ("counted",),
}
# Where a ballot is one vote, a blank or invalid vote is a blank or invalid ballot.
OF_VOTES = {"blank_ballots": "entity_blank_votes", "invalid_ballots": "entity_invalid_votes"}
COUNTED = {"true": CountStatus.COMPLETE, "false": CountStatus.WAITING}
YEAS, NAYS = OfficialOption("yeas", "Oui"), OfficialOption("nays", "Non")
PROPOSAL = "proposal"
ABROAD = "0"


def _kind(header: Sequence[str]) -> tuple[str, ...]:
    return next((kind for kind in (PROPORZ, MAJORZ, VOTE) if set(kind).issubset(header)), ())


def _recognise(content: Content) -> str:
    return ", ".join(_kind(content.header))


def _parse(content: Content) -> OfficialFile:
    header = content.grid.header
    kind = _kind(header)
    lines, uneven = lines_of(content.grid, kind, lambda line: line.text("entity_id"))
    known = VOTE_FIELDS if kind is VOTE else ELECTION_FIELDS
    headers = {field: name for field, names in known.items() for name in names if name in header}
    contests: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        contests[line.text("type") if kind is VOTE else _election_id(line)].append(line)
    return OfficialFile(
        tuple(
            _vote(identifier, own, headers)
            if kind is VOTE
            else _election(identifier, own, headers, is_proporz=kind is PROPORZ)
            for identifier, own in contests.items()
        ),
        title=_title(lines[0]) if lines else "",
        day=iso_day(lines[0].text("election_date", "date")) if lines else None,
        findings=(*content.oddities, *uneven),
    )


def _vote(identifier: str, lines: Sequence[Line], headers: Mapping[str, str]) -> OfficialContest:
    """A vote's proposal, counter-proposal or tie-breaker."""
    findings: dict[str, Finding] = {}
    rows = [_row(line, _cells(line, headers), headers, findings) for line in lines]
    answers = {VOTES + answer.id: answer.id for answer in (YEAS, NAYS)}
    title = _title(lines[0])
    return OfficialContest(
        id=identifier,
        title=title if identifier in {"", PROPOSAL} else f"{title} ({identifier})",
        options=(YEAS, NAYS),
        rows=tuple(
            replace(row, cells={**row.cells, **{key: line[name] for key, name in answers.items()}})
            for row, line in zip(rows, lines, strict=True)
        ),
        headers={**headers, **answers},
        findings=tuple(findings.values()),
    )


def _election(
    identifier: str, lines: Sequence[Line], headers: Mapping[str, str], *, is_proporz: bool
) -> OfficialContest:
    """An election; every ballot has as many votes as there are seats."""
    mandates = lines[0].text("election_mandates")
    seats = int(mandates) if re.fullmatch("[1-9][0-9]{0,2}", mandates) else 1
    votes = "list_votes" if is_proporz else "candidate_votes"
    option = _list if is_proporz else _candidate
    findings: dict[str, Finding] = {}
    rows = (_row(line, _cells(line, headers, seats), headers, findings) for line in lines)
    entries = [
        votes_of(row, option(line), line[votes]) for row, line in zip(rows, lines, strict=True)
    ]
    gathered = gather(entries, headers, votes, repeats=is_proporz)
    return OfficialContest(
        id=identifier,
        title=_title(lines[0]),
        options=gathered.options,
        rows=gathered.rows,
        headers={**headers, **{VOTES + option.id: votes for option in gathered.options}},
        votes_per_ballot=seats,
        findings=(*findings.values(), *gathered.findings),
    )


def _row(
    line: Line, cells: Mapping[str, str], headers: Mapping[str, str], findings: dict[str, Finding]
) -> OfficialRow:
    """What a line says of its unit; a status that is none is said once, in ``findings``."""
    code = line.text("entity_id")
    word = line.text(headers.get("status", "")).casefold()
    status = COUNTED.get(word) if "status" in headers else CountStatus.COMPLETE
    if status is None:
        said = report("R661", unit=code, line=line.number, column=headers["status"], found=word)
        findings.setdefault(code, said)
    name = line.text("entity_name", "name", "group") or ("Expats" if code == ABROAD else code)
    parent = line.text("entity_district", "district")
    return OfficialRow(code, name, status or CountStatus.PARTIAL, cells, line.number, parent)


def _cells(line: Line, headers: Mapping[str, str], seats: int = 0) -> dict[str, str]:
    cells = {field: line[header] for field, header in headers.items() if field != "status"}
    for field, header in OF_VOTES.items() if seats == 1 else ():
        if line.text(header):
            cells[field] = sum_cells([cells.get(field, "0"), line[header]])
    return cells


def _list(line: Line) -> OfficialOption:
    name = line.text("list_name")
    return OfficialOption(line.text("list_id"), name, colour=line.text("list_color"))


def _candidate(line: Line) -> OfficialOption:
    family, first = line.text("candidate_family_name"), line.text("candidate_first_name")
    return OfficialOption(
        id=line.text("candidate_id"),
        name=f"{first} {family}".strip(),
        short_name=family,
        group=line.text("candidate_party"),
        colour=line.text("candidate_party_color"),
    )


def _election_id(line: Line) -> str:
    return line.text("election_id") or _title(line)


def _title(line: Line) -> str:
    """The title, or of translated ones the first."""
    titles = (name for name in line.cells if name.startswith(("election_title", "title")))
    return line.text(*titles)


FORMAT = Format(
    "onegov",
    "OneGov election day (Swiss cantons and cities)",
    "OneGov, jours d’élection (cantons et villes suisses)",
    _recognise,
    _parse,
)
