"""The Associated Press Elections API, versions 2 and 3, as JSON (United States).

One file holds races; a race its reporting units at one or two levels, and the state's own count is
one of them. Ask for whole answers (``level=ru`` without ``minDateTime``): what an answer leaves out
is taken for gone. A county is known by its FIPS code, which the API writes without leading zeros;
New England reports by town and Alaska by district, where several units share a code and AP's own
id tells them apart. Units that have not reported are there, with zeros.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...model import CountStatus
from ..content import Content
from ..dates import iso_day, iso_moment
from ..json_tree import cell, objects, said
from ..lines import Entry, gather, totals_of, votes_of
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES

# Levels of a race, the finest first; any other is finer. New England's counties are sums of towns.
LEVELS = ("county", "district", "state", "national")
NUMBERED = {"1": "state", "2": "subunit"}  # "reportingunitLevel" of version 3
NOT_BY_COUNTY = {"AK", "CT", "MA", "ME", "NH", "RI", "VT"}
NATIONAL = "US"
TEST = {"t", "test"}
# How far a unit has come: its precincts, or the share of the expected vote.
PROGRESS = {key: key for key in ("precinctsReporting", "precinctsTotal", "eevp")}
VOTE_COUNT = "voteCount"


def _recognise(content: Content) -> str:
    needed = ("electionDate", "races")
    return ", ".join(needed) if content.keys.issuperset(needed) else ""


def _parse(content: Content) -> OfficialFile:
    answer = content.json
    assert isinstance(answer, Mapping)  # recognised by its keys
    races: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for race in objects(answer, "races"):  # the presidency is one race with a part per state
        races[said(race, "raceID")].append(race)
    saying = [answer, *(race for parts in races.values() for race in parts)]
    return OfficialFile(
        tuple(contest for race in races.values() for contest in _contests(race)),
        day=iso_day(said(answer, "electionDate")),
        generated_at=iso_moment(said(answer, "timestamp")),
        is_test=any(said(each, "test") == "true" or said(each, "resultsType").casefold() in TEST
                    for each in saying),
    )  # fmt: skip


def _contests(race: Sequence[Mapping[str, object]]) -> list[OfficialContest]:
    levels: dict[str, list[Entry]] = defaultdict(list)
    order: dict[str, str] = {}
    for part in race:
        for unit in objects(part, "reportingUnits"):
            numbered = NUMBERED.get(said(unit, "reportingunitLevel"), "subunit")
            level = said(unit, "level") or numbered
            row = _row(unit, level)
            for candidate in objects(unit, "candidates"):
                identifier = said(candidate, "candidateID")
                words = [said(candidate, key) for key in ("first", "last", "suffix", "party")]
                votes = cell(candidate.get(VOTE_COUNT))
                levels[level].append(votes_of(row, option_of(identifier, *words), votes))
                order.setdefault(identifier, said(candidate, "ballotOrder"))
    states = {entry.unit.parent for entries in levels.values() for entry in entries} - {""}
    names = [said(race[0], key) for key in ("officeName", "seatName", "description", "party")]
    title = " ".join(filter(None, [*(states if len(states) == 1 else ()), *names]))
    return contests_of(said(race[0], "raceID"), title, levels, order, PROGRESS, VOTE_COUNT)


def _row(unit: Mapping[str, object], level: str) -> OfficialRow:
    state = said(unit, "statePostal")
    own = said(unit, "reportingUnitID", "reportingunitID")
    code = code_of(level, state, said(unit, "fipsCode"), own)
    name = said(unit, "reportingUnitName", "reportingunitName", "stateName")
    progress = {key: said(unit, key) for key in PROGRESS}
    return OfficialRow(code, name or code, CountStatus.WAITING, progress, parent=state)


def option_of(identifier: str, first: str, last: str, suffix: str, party: str) -> OfficialOption:
    """A candidate; the answer to a question has a last name alone, which its party repeats."""
    return OfficialOption(
        id=identifier,
        name=" ".join(filter(None, (first, last, suffix))),
        short_name=last,
        group=party if party != last else "",
    )


def code_of(level: str, state: str, fips: str, own: str) -> str:
    """The code of a unit, the same all night."""
    if level in {"state", "national"}:
        return state or NATIONAL
    by_county = level == "county" or state not in NOT_BY_COUNTY
    return fips.rjust(5, "0") if fips and by_county else own


def contests_of(
    race: str,
    title: str,
    levels: Mapping[str, Sequence[Entry]],
    order: Mapping[str, str],
    progress: Mapping[str, str],
    votes: str,
) -> list[OfficialContest]:
    """One race at each of its levels, the finest first, its candidates as on the ballot.

    ``order`` is their places on it by id, ``progress`` the headers of PROGRESS, ``votes`` that of
    the votes. The count of the state, or of the nation, is what finer levels must add up to.
    """
    gathered = {level: gather(entries, progress, votes) for level, entries in levels.items()}
    rows = {level: tuple(map(_counted, found.rows)) for level, found in gathered.items()}
    coarser = dict.fromkeys(rows, "state") | {"state": "national", "national": ""}
    return [
        OfficialContest(
            id=race,
            title=title,
            options=tuple(sorted(gathered[level].options, key=lambda o: order[o.id].rjust(9))),
            rows=rows[level],
            level=level,
            headers={VOTES + option.id: votes for option in gathered[level].options},
            totals=totals_of(rows.get(coarser[level], ())),
            findings=gathered[level].findings,
        )
        for level in sorted(rows, key=lambda level: LEVELS.index(level) if level in LEVELS else -1)
    ]


def _counted(row: OfficialRow) -> OfficialRow:
    """A unit with the status that its progress and its votes give."""
    votes = {key: votes for key, votes in row.cells.items() if key.startswith(VOTES)}
    return replace(row, cells=votes, status=_status(row.cells, votes.values()))


def _status(said: Mapping[str, str], votes: Iterable[str]) -> CountStatus:
    """Votes before the first precinct are those cast early or by post."""
    reporting, total, expected = (_number(said[key]) for key in PROGRESS)
    if (reporting >= total) if total else (expected >= 100):
        return CountStatus.COMPLETE
    begun = reporting or expected or any(map(_number, votes))
    return CountStatus.PARTIAL if begun else CountStatus.WAITING


def _number(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdecimal() else 0.0


FORMAT = Format(
    "ap",
    "Associated Press Elections API (United States)",
    "Associated Press, API Elections (États-Unis)",
    _recognise,
    _parse,
)
