"""What a French town hall exports of its polling stations: CSV, or XML of one station or of many.

CSV: ``Numéro;Bureau;Canton;Circo;Scrutin;Inscrits;Votants;Blancs;Nuls;Exprimés;Participation`` and
for each candidate ``Mme DURAND Anne - votes`` and ``… - pourcentage`` (``47,70 %``), ``;`` or tab.
XML: ``information/{numero,titre,canton}``, ``circonscription``, ``scrutin``, ``inscrits`` … and for
each candidate ``candidat/{intituler,votes,pourcentage}``. Built from what programs read of Brest
2022 (Soluvote) and wrote of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model import CountStatus, Finding
from ..codes import refuse, report
from ..content import Content
from ..grid import Grid, locate, normal
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from ..xml_tree import Element
from .french_slate import capitalised

# Field of Counts -> header of the CSV, element of the XML.
FIELDS = {
    "registered_voters": ("Inscrits", "inscrits"),
    "ballots_cast": ("Votants", "votants"),
    "blank_ballots": ("Blancs", "blancs"),
    "invalid_ballots": ("Nuls", "nuls"),
    "valid_votes": ("Exprimés", "exprimes"),
}
_VOTES = " - votes"
_CIVILITIES = {"M.", "MM.", "Mme", "Mlle", "Mmes"}


@dataclass(frozen=True, slots=True)
class _Station:
    number: str
    name: str
    contest: str  # what is elected there: "Élections législatives 1er tour"
    constituency: str
    cells: Mapping[str, str]  # field of Counts -> as written
    votes: Mapping[str, str]  # candidate as named in the file -> as written
    line: int


def _recognise(content: Content) -> str:
    if content.kind == "xml":
        marks = ("information", "exprimes", "intituler")
        return ", ".join(marks) if all(content.contains(f"<{m}>") for m in marks) else ""
    named = next((name for name in content.header if name.endswith(_VOTES)), "")
    return f"Numéro, Exprimés, {named}" if named and "Numéro" in content.header else ""


def _parse(content: Content) -> OfficialFile:
    findings: list[Finding] = []
    if content.kind == "xml":
        stations = [_of_element(element) for element in _station_elements(content.xml)]
    else:
        stations = list(_of_rows(content.grid, findings))
        findings = [*content.oddities, *findings]
    contests = tuple(_contests(stations))
    title = stations[0].contest if stations else ""
    return OfficialFile(contests, title=title, findings=tuple(findings), is_exclusive=True)


def _of_rows(grid: Grid, findings: list[Finding]) -> Iterator[_Station]:
    named = [name for name in grid.header if name.endswith(_VOTES)]
    locate(grid, ["Numéro", "Inscrits", "Votants", "Exprimés", *named])  # or a ReadError
    places = {name: place for place, name in enumerate(grid.header)}
    votes = {name.removesuffix(_VOTES): places[name] for name in named}
    width = len(grid.header)
    for row, line in zip(grid.rows, grid.lines, strict=True):
        number = normal(row[places["Numéro"]]) if len(row) > places["Numéro"] else ""
        if len(row) != width:
            code = "R204" if number else "R205"
            findings.append(report(code, unit=number, line=line, found=len(row), expected=width))
            continue
        said = {name: normal(row[place]) for name, place in places.items()}
        yield _Station(
            number,
            said.get("Bureau", ""),
            said.get("Scrutin", ""),
            said.get("Circo", ""),
            {field: said[name] for field, (name, _) in FIELDS.items() if name in said},
            {name: row[place] for name, place in votes.items()},
            line,
        )


def _station_elements(element: Element) -> list[Element]:
    """The smallest elements that hold all of one station: the whole document, or many in it."""
    inner = [found for child in element.children for found in _station_elements(child)]
    if inner:
        return inner
    return [element] if {"information", "candidat"} <= {e.name for e in _all_below(element)} else []


def _all_below(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _all_below(child)


def _of_element(element: Element) -> _Station:
    said = {e.name: e.text for e in reversed(list(_all_below(element)))}
    votes: dict[str, str] = {}
    for item in _all_below(element):
        if item.name == "candidat":
            name = item.need("intituler").text
            if name in votes:
                raise refuse("R641", line=item.line, contest=said.get("scrutin", ""), option=name)
            votes[name] = item.said("votes")
    return _Station(
        said.get("numero", ""),
        said.get("titre", ""),
        said.get("scrutin", ""),
        said.get("circonscription", ""),
        {field: said[name] for field, (_, name) in FIELDS.items() if name in said},
        votes,
        element.line or 1,
    )


def _contests(stations: Sequence[_Station]) -> Iterator[OfficialContest]:
    """One contest, or one for each constituency where these have candidates of their own."""
    for title in dict.fromkeys(station.contest for station in stations):
        held = [station for station in stations if station.contest == title]
        slates: dict[str, list[str]] = {}
        for station in held:
            names = slates.setdefault(station.constituency, [])
            names += [n for n, cell in station.votes.items() if cell.strip() and n not in names]
        everyone = list(dict.fromkeys(name for station in held for name in station.votes))
        if len({frozenset(names) for names in slates.values() if names}) < 2:
            yield _contest(title, title, everyone, held)
            continue
        for where, names in slates.items():
            own = [station for station in held if station.constituency == where]
            yield _contest(f"{title} {where}".strip(), title, names or everyone, own)


def _contest(
    identifier: str, title: str, names: Sequence[str], stations: Sequence[_Station]
) -> OfficialContest:
    headers = {field: name for field, (name, _) in FIELDS.items()}
    return OfficialContest(
        id=identifier,
        title=title,
        options=tuple(map(_option, names)),
        rows=tuple(_row(station, names) for station in stations),
        level="bureau",
        headers={**headers, **{VOTES + name: f"{name}{_VOTES}" for name in names}},
    )


def _row(station: _Station, names: Sequence[str]) -> OfficialRow:
    cells = {**station.cells, **{VOTES + n: station.votes[n] for n in names if n in station.votes}}
    counts = {station.cells.get("ballots_cast", ""), station.cells.get("valid_votes", "")}
    is_empty = counts | {cell.strip() for cell in station.votes.values()} <= {"", "0"}
    status = CountStatus.WAITING if is_empty else CountStatus.COMPLETE
    name = f"{station.number} {station.name}".strip()
    return OfficialRow(station.number, name, status, cells, station.line)


def _option(name: str) -> OfficialOption:
    """A person as "Mme DURAND Anne", anything else as it is."""
    civility, _, rest = name.partition(" ")
    words = rest.split()
    count = next((n for n, word in enumerate(words) if not word.isupper()), len(words))
    if civility not in _CIVILITIES or not 0 < count < len(words):
        return OfficialOption(name, name)
    surname, given = capitalised(" ".join(words[:count])), " ".join(words[count:])
    return OfficialOption(name, f"{given} {surname}", surname)


FORMAT = Format(
    "french-city",
    "French town hall, by polling station",
    "Mairie, par bureau de vote",
    _recognise,
    _parse,
)
