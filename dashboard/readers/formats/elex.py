"""The CSV of ``elex results``, the newsrooms' command for the Associated Press's API.

One line per unit and candidate, all races and levels in one table; what its columns mean is said
in ``ap``.
"""

from collections import defaultdict
from collections.abc import Sequence

from ...model import CountStatus
from ..content import Content
from ..dates import iso_day
from ..lines import Entry, Line, lines_of, votes_of
from ..official import Format, OfficialContest, OfficialFile, OfficialRow
from .ap import PROGRESS, code_of, contests_of, option_of

NEEDED = ("raceid", "level", "reportingunitid", "candidateid", "votecount", "precinctsreporting",
          "precinctstotal")  # fmt: skip
TITLE = ("statepostal", "officename", "seatname", "description")
HEADERS = {key: key.lower() for key in PROGRESS}
VOTE_COUNT = "votecount"


def _recognise(content: Content) -> str:
    return ", ".join(NEEDED) if set(NEEDED).issubset(content.header) else ""


def _parse(content: Content) -> OfficialFile:
    lines, uneven = lines_of(content.grid, NEEDED, _code)
    races: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        races[line.text("raceid")].append(line)
    return OfficialFile(
        tuple(contest for race in races.values() for contest in _contests(race)),
        day=iso_day(lines[0].text("electiondate")) if lines else None,
        is_test=any(line.text("test").casefold() == "true" for line in lines),
        findings=(*content.oddities, *uneven),
    )


def _contests(race: Sequence[Line]) -> list[OfficialContest]:
    levels: dict[str, list[Entry]] = defaultdict(list)
    order: dict[str, str] = {}
    for line in race:
        identifier = line.text("candidateid")
        words = [line.text(key) for key in ("first", "last", "suffix", "party")]
        entry = votes_of(_row(line), option_of(identifier, *words), line[VOTE_COUNT])
        levels[line.text("level")].append(entry)
        order.setdefault(identifier, line.text("ballotorder"))
    title = " ".join(filter(None, map(race[0].text, TITLE)))
    return contests_of(race[0].text("raceid"), title, levels, order, HEADERS, VOTE_COUNT)


def _row(line: Line) -> OfficialRow:
    progress = {key: line.text(header) for key, header in HEADERS.items()}
    name = line.text("reportingunitname", "statename")
    state = line.text("statepostal")
    return OfficialRow(_code(line), name, CountStatus.WAITING, progress, line.number, state)


def _code(line: Line) -> str:
    words = (line.text(key) for key in ("level", "statepostal", "fipscode", "reportingunitid"))
    return code_of(*words)


FORMAT = Format(
    "elex",
    "elex: Associated Press results as a table (United States)",
    "elex : résultats de l’Associated Press en tableau (États-Unis)",
    _recognise,
    _parse,
)
