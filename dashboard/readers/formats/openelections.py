"""The table of OpenElections, which brings the results of American counties to one layout.

``county,precinct,office,district,party,candidate,votes`` and columns that split the votes by how
they were cast, which are not added again. One line per precinct and candidate. Registered voters
and ballots cast have lines of their own, as if they were offices; overvotes, undervotes and totals
as if they were candidates. What is said of the voters of some precincts only is left out. A line
without a precinct is a total. Nothing says whether a file is of a primary: where a party has
several candidates for an office it is a contest of its own, beside that of all parties. Every
precinct in such a file is counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...model import CountStatus
from ..content import Content
from ..lines import Entry, Line, gather, lines_of, totals_of, votes_of
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow

NEEDED = ("county", "office", "district", "party", "candidate", "votes")
VOTE_COUNT = "votes"
# Letters of an "office" -> field of Counts.
FIELDS = {
    "registeredvoters": "registered_voters",
    "ballotscast": "ballots_cast",
    "ballotscasttotal": "ballots_cast",
    "ballotscastblank": "blank_ballots",
}
# Letters of a "candidate" that nobody voted for.
NO_OPTION = {"overvotes", "undervotes", "overvote", "undervote", "totalvotes", "totalvotescast",
             "total", "totals", "votescast", "blank", "blanks", "blankvotes"}  # fmt: skip
WRITE_INS = {"writein", "writeins", "writeinvotes", "writeintotals"}
TOTALS = {"", "total", "totals", "countytotal", "countytotals", "grandtotal", "grandtotals"}


def _recognise(content: Content) -> str:
    return ", ".join(NEEDED) if set(NEEDED).issubset(content.header) else ""


def _parse(content: Content) -> OfficialFile:
    level = "precinct" if "precinct" in content.grid.header else "county"
    lines, uneven = lines_of(content.grid, NEEDED, lambda line: _code(line) if line[level] else "")
    voters: dict[tuple[str, str], list[Line]] = defaultdict(list)
    offices: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if _letters(line.text("office")) in FIELDS:
            voters[_code(line), line.text("party")].append(line)
        elif _letters(line.text("candidate")) not in NO_OPTION:
            offices[line.text("office"), line.text("district")].append(line)
    contests = (
        _contest(f"{office} {district} {party}", own, voters, party, level)
        for (office, district), office_lines in offices.items()
        for party in ("", *_primaries(office_lines))
        for own in [[line for line in office_lines if party in {"", line.text("party")}]]
    )
    return OfficialFile(tuple(contests), findings=(*content.oddities, *uneven))


def _primaries(lines: Iterable[Line]) -> list[str]:
    """The parties with several candidates for an office."""
    people = dict.fromkeys(
        (line.text("party"), line.text("candidate"))
        for line in lines
        if _letters(line.text("candidate")) not in WRITE_INS
    )
    counts = Counter(party for party, _ in people)
    return [party for party, count in counts.items() if party and count > 1]


def _contest(
    name: str,
    lines: Sequence[Line],
    voters: Mapping[tuple[str, str], Sequence[Line]],
    party: str,
    level: str,
) -> OfficialContest:
    """An office in a district; ``voters`` are the lines about voters, by unit and party."""
    votes = [votes_of(_unit(line), _option(line), line[VOTE_COUNT]) for line in lines]
    sums = [entry for line, entry in zip(lines, votes, strict=True) if _is_sum(line, level)]
    own = [entry for line, entry in zip(lines, votes, strict=True) if not _is_sum(line, level)]
    units = dict.fromkeys(entry.unit.code for entry in own)
    about = [_about_voters(voters, unit, party) for unit in units]
    of_all = set(FIELDS.values()).intersection(*({entry.key for entry in said} for said in about))
    said_of_all = [entry for said in about for entry in said if entry.key in of_all]
    gathered = gather([*own, *said_of_all], {}, VOTE_COUNT)
    title = " ".join(name.split())
    return OfficialContest(
        id=title,
        title=title,
        options=gathered.options,
        rows=gathered.rows,
        level=level,
        headers={key: VOTE_COUNT for row in gathered.rows for key in row.cells},
        totals=_totals(gather(sums, {}, VOTE_COUNT).rows, gathered.rows),
        findings=gathered.findings,
    )


def _about_voters(
    voters: Mapping[tuple[str, str], Sequence[Line]], unit: str, party: str
) -> list[Entry]:
    """How many are registered, how many voted: of the party, else of all."""
    fields: dict[str, list[Line]] = defaultdict(list)
    for line in voters.get((unit, party), ()):
        fields[FIELDS[_letters(line.text("office"))]].append(line)
    said = set(fields)
    for line in voters.get((unit, ""), ()) if party else ():
        field = FIELDS[_letters(line.text("office"))]
        if field not in said:
            fields[field].append(line)
    return [
        Entry(_unit(line), field, line[VOTE_COUNT]) for field, own in fields.items() for line in own
    ]


def _totals(sums: Sequence[OfficialRow], units: Sequence[OfficialRow]) -> dict[str, int]:
    """What the file says of all its units: one line without a county, or one per county."""
    of_all = [row for row in sums if not row.parent]
    is_whole = {row.parent for row in sums} == {row.parent for row in units}
    return totals_of(of_all) if of_all else totals_of(sums) if is_whole else {}


def _unit(line: Line) -> OfficialRow:
    county, precinct = line.text("county"), line.text("precinct")
    return OfficialRow(
        _code(line), precinct or county, CountStatus.COMPLETE, {}, line.number, _parent(line)
    )


def _parent(line: Line) -> str:
    county = line.text("county")
    return "" if _letters(county) in TOTALS else county


def _code(line: Line) -> str:
    return "-".join(filter(None, (line.text("county"), line.text("precinct"))))


def _is_sum(line: Line, level: str) -> bool:
    return _letters(line.text(level)) in TOTALS


def _option(line: Line) -> OfficialOption:
    name, party = line.text("candidate"), line.text("party")
    return OfficialOption(f"{name} ({party})" if party else name, name, group=party)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


FORMAT = Format(
    "openelections",
    "OpenElections (United States)",
    "OpenElections (États-Unis)",
    _recognise,
    _parse,
)
