"""``kerg2``: the German federal returning officer's table, since 2017.

UTF-8 with a mark, ``;``, below a preamble that says the time. One line per area, group and vote:
groups are the voters, the invalid and the valid votes as well as every party, also where it does
not stand (an empty cell). The first vote (for a candidate) and the second (for a list) are two
contests. Constituencies (Wahlkreis) add up to Länder and these to the country (Bund), which are in
the same table. Candidates of no party are one option together, as they are above constituencies.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ...model import CountStatus
from ..cells import sum_cells
from ..content import Content
from ..dates import german_day
from ..delimited import parse_delimited
from ..lines import Entry, Gathered, Line, gather, lines_of, totals_of, votes_of
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES

NEEDED = ("Wahltag", "Gebietsart", "Gebietsnummer", "Gebietsname", "UegGebietsart",
          "UegGebietsnummer", "Gruppenart", "Gruppenname", "Stimme", "Anzahl")  # fmt: skip
START = "Wahlart;Wahltag;Gebietsart;Gebietsnummer;"
COUNT = "Anzahl"
SYSTEM = "System-Gruppe"
# "Gruppenname" of the lines about voters -> field of Counts.
FIELDS = {
    "Wahlberechtigte": "registered_voters",
    "Wählende": "ballots_cast",
    "Wähler": "ballots_cast",
    "Ungültige": "blank_or_invalid_ballots",  # no German count tells blank from invalid
    "Gültige": "valid_votes",
}
ALONE = "Einzelbewerber/Wählergruppe"
STIMMEN = {"1": "Erststimme", "2": "Zweitstimme"}
WAHLARTEN = {"BT": "Bundestagswahl", "EW": "Europawahl"}
NOTHING = {"", "0"}
_STAND = re.compile(r"^Stand:;+(\d\d)\.(\d\d)\.(\d{4});+(\d\d):(\d\d)", re.M | re.A)
_BERLIN = "Europe/Berlin"


def _recognise(content: Content) -> str:
    return START if content.line_with(START) else ""


def _parse(content: Content) -> OfficialFile:
    header_row = content.line_with(START)
    grid = parse_delimited(content.text, [], delimiter=";", header_row=header_row)
    lines, uneven = lines_of(grid, NEEDED, lambda line: line.text("Gebietsnummer"))
    levels: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        levels[line.text("Gebietsart")].append(line)
    names = {_area(line, ""): line.text("Gebietsname") for line in lines}
    votes = dict.fromkeys(line.text("Stimme") for line in lines if _is_vote(line))
    kind = lines[0].text("Wahlart") if lines else ""
    title = WAHLARTEN.get(kind, kind)
    return OfficialFile(
        tuple(each for vote in sorted(votes) for each in _contests(levels, vote, title, names)),
        title=title,
        day=german_day(lines[0].text("Wahltag")) if lines else None,
        generated_at=_stand(content.text),
        findings=(*content.oddities, *uneven),
    )


def _contests(
    levels: Mapping[str, Sequence[Line]],
    vote: str,
    title: str,
    names: Mapping[tuple[str, str], str],
) -> list[OfficialContest]:
    """One vote at every level, the finest first; the highest is what the others add up to."""
    ordered = _finest_first(levels)
    read = {level: _read(levels[level], vote, names) for level in ordered}
    options = _ballot([read[level] for level in reversed(ordered)])
    rows: dict[str, tuple[OfficialRow, ...]] = {}
    below: tuple[OfficialRow, ...] = ()
    for level in ordered:
        below = rows[level] = tuple(_counted(row, options, below) for row in read[level].rows)
    name = STIMMEN.get(vote, vote)
    return [
        OfficialContest(
            id=name or title,
            title=f"{title} {name}".strip(),
            options=options,
            rows=rows[level],
            level=level,
            headers={key: COUNT for row in rows[level] for key in row.cells},
            totals=totals_of(below) if level != ordered[-1] else {},
            findings=read[level].findings,
        )
        for level in ordered
    ]


def _finest_first(levels: Mapping[str, Sequence[Line]]) -> list[str]:
    above = {level.casefold(): lines[0].text("UegGebietsart").casefold()
             for level, lines in levels.items()}  # fmt: skip

    def depth(level: str) -> int:
        steps, at = 0, level.casefold()
        while above.get(at) and steps < len(above):
            at, steps = above[at], steps + 1
        return steps

    return sorted(levels, key=depth, reverse=True)


def _read(lines: Iterable[Line], vote: str, names: Mapping[tuple[str, str], str]) -> Gathered:
    """The areas of one level: their voters, and the votes of every party."""
    entries: list[Entry] = []
    alone: dict[str, None] = {}
    for line in lines:
        group, cell = line.text("Gruppenname"), line[COUNT]
        unit = OfficialRow(line.text("Gebietsnummer"), line.text("Gebietsname"),
                           CountStatus.COMPLETE, {}, line.number, names.get(_area(line, "Ueg"), "")
        )  # fmt: skip
        if line.text("Stimme") not in {vote, ""}:
            continue
        if _is_vote(line):
            entries.append(votes_of(unit, OfficialOption(group, group), cell))
            if line.text("Gruppenart") == ALONE:
                alone[VOTES + group] = None
        elif group in FIELDS:
            entries.append(Entry(unit, FIELDS[group], cell))
    gathered = gather(entries, {}, COUNT)
    named = tuple(option for option in gathered.options if VOTES + option.id not in alone)
    options = (*named, OfficialOption(ALONE, ALONE)) if alone else named
    rows = tuple(_together(row, alone) for row in gathered.rows) if alone else gathered.rows
    return replace(gathered, options=options, rows=rows)


def _together(row: OfficialRow, alone: Iterable[str]) -> OfficialRow:
    """The candidates of no party as one option."""
    cells = dict(row.cells)
    parts = [cells.pop(key) for key in alone if key in cells]
    filled = [part for part in parts if part.strip()]
    return replace(row, cells={**cells, VOTES + ALONE: sum_cells(filled)})


def _ballot(levels: Sequence[Gathered]) -> tuple[OfficialOption, ...]:
    """What the highest level lists, and whatever else has votes: below it every group has lines
    for both votes."""
    listed = {option.id: option for option in levels[0].options}
    for level in levels[1:]:
        for option in level.options:
            if any(row.cells.get(VOTES + option.id, "").strip() for row in level.rows):
                listed.setdefault(option.id, option)
    return tuple(listed.values())


def _counted(
    row: OfficialRow, options: Iterable[OfficialOption], below: Sequence[OfficialRow]
) -> OfficialRow:
    """An area with "0" for the parties that do not stand there; one that is a sum is complete when
    the areas ``below`` it are."""
    given = {VOTES + option.id: row.cells.get(VOTES + option.id, "") for option in options}
    votes = {key: cell if cell.strip() else "0" for key, cell in given.items()}
    cells = {key: cell for key, cell in row.cells.items() if not key.startswith(VOTES)} | votes
    if NOTHING.issuperset([cells.get("valid_votes", ""), *votes.values()]):
        return replace(row, cells=cells, status=CountStatus.WAITING)
    parts = [part for part in below if part.parent == row.name or not row.parent]
    is_whole = all(part.status is CountStatus.COMPLETE for part in parts)
    return replace(row, cells=cells, status=row.status if is_whole else CountStatus.PARTIAL)


def _area(line: Line, which: str) -> tuple[str, str]:
    """The kind and number of an area, or ("Ueg") of the one it is part of."""
    return line.text(f"{which}Gebietsart").casefold(), line.text(f"{which}Gebietsnummer")


def _is_vote(line: Line) -> bool:
    return line.text("Gruppenart") != SYSTEM


def _stand(text: str) -> datetime | None:
    """The time in the preamble: "Stand:;14.10.2021;15:11"."""
    found = _STAND.search(text)
    if found is None:
        return None
    day, month, year, hour, minute = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(_BERLIN))
    except ValueError:
        return None


FORMAT = Format(
    "kerg2",
    "German federal returning officer (kerg2)",
    "Directeur fédéral des élections d’Allemagne (kerg2)",
    _recognise,
    _parse,
)
