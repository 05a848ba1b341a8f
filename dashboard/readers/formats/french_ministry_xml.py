"""The French ministry of the interior's XML of the night, at resultats-elections.interieur.gouv.fr.

One body tells of the country, a region, a département, or all the communes or constituencies of
one; ``index.xml`` (``INDEX2FE.xml`` since 2024) says which of them changed. The watcher follows the
index and keeps the bodies that changed as one *bundle*, which is read here, too: then the units of
the whole country are one contest. No real file was at hand: names are those that programs read
which followed PR2017, LG2017, PR2022, EU2024, LG2024 and SN2026.

A file of the second round has both; ids of contests say which ("T2"), and in elections by
constituency, canton or commune where ("T2 3402"). A bundle out of a rehearsal folder (``Essai…``)
is a test.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...model import CountStatus, Finding
from ..bundle import names_of
from ..codes import report
from ..content import Content
from ..official import Format, OfficialContest, OfficialFile, OfficialOption, OfficialRow
from ..rows import VOTES
from .french_body import Body, read_body
from .french_places import FIELDS, LEVELS, Place

_FINEST_FIRST = list(dict.fromkeys(reversed(LEVELS.values())))
_INDEX = re.compile(r"(?:^|/)index(?:\dFE)?\.xml$", re.IGNORECASE)
_DONE = re.compile(r"O|OUI|100(?:,0+)?", re.IGNORECASE)
_HEADERS = {field: name for name, field in FIELDS.items()}


@dataclass(slots=True)
class _Night:
    """What was gathered of one or many bodies."""

    is_bundle: bool
    is_test: bool = False
    title: str = ""
    by_commune: bool = False
    generated_at: datetime | None = None
    places: list[Place] = field(default_factory=list)
    complete: dict[str, str] = field(default_factory=dict)  # département -> the index's word
    names: dict[str, str] = field(default_factory=dict)  # départements of the index


def _recognise(content: Content) -> str:
    if content.kind == "bundle":
        return next(filter(_INDEX.search, names_of(content.bytes)), "")
    is_body = content.kind == "xml" and content.root == "Election"
    return "Election, Mentions" if is_body and content.contains("<Mentions") else ""


def _parse(content: Content) -> OfficialFile:
    night = _Night(is_bundle=content.kind == "bundle")
    for name, part in content.parts() if night.is_bundle else [("", content)]:
        night.is_test = night.is_test or any(s.startswith("Essai") for s in name.split("/"))
        _gather(night, read_body(part.bytes))
    problems: list[Finding] = []
    contests = tuple(_contests(night, problems))
    return OfficialFile(
        contests,
        title=night.title,
        generated_at=night.generated_at,
        is_test=night.is_test,
        findings=tuple(problems),
    )


def _gather(night: _Night, body: Body) -> None:
    night.title = night.title or body.title
    night.by_commune = night.by_commune or body.by_commune
    night.generated_at = max(filter(None, (night.generated_at, body.generated_at)), default=None)
    night.places += body.places
    for code, name, complete in body.listed:
        night.complete[code], night.names[code] = complete, name


def _contests(night: _Night, problems: list[Finding]) -> Iterator[OfficialContest]:
    found: dict[tuple[int, str, str], list[Place]] = defaultdict(list)
    for place in night.places:
        where = place.code if night.by_commune else place.constituency
        found[_FINEST_FIRST.index(place.level), place.round, where].append(place)
    if night.is_bundle:
        _absorb(found)
    for (level, turn, where), places in sorted(found.items(), key=lambda item: item[0]):
        yield _contest(night, _FINEST_FIRST[level], turn, where, places, problems)


def _absorb(found: dict[tuple[int, str, str], list[Place]]) -> None:
    """A département without communes (the French abroad are one) is a unit among the communes."""
    commune, department = map(_FINEST_FIRST.index, ("commune", "departement"))
    for turn in {turn for _, turn, _ in found}:
        communes = found.get((commune, turn, ""), [])
        known = {place.department for place in communes}
        whole = found.get((department, turn, ""), [])
        alone = [place for place in whole if place.department not in known]
        if communes and alone:
            communes += alone
            if len(alone) == len(whole):
                del found[department, turn, ""]


def _contest(
    night: _Night,
    level: str,
    turn: str,
    where: str,
    places: Sequence[Place],
    problems: list[Finding],
) -> OfficialContest:
    options = _options(places)
    rows = _rows(night, places, options, problems)
    if level == "departement":
        seen = {row.code for row in rows}
        rows += [OfficialRow(code, name, CountStatus.WAITING, {})
                 for code, name in night.names.items() if code not in seen]  # fmt: skip
    named = places[0].name if len(places) == 1 else ""
    ordinal = {"1": "1er tour", "2": "2d tour"}.get(turn, "")
    votes = {VOTES + option.id: option.short_name or option.name for option in options.values()}
    return OfficialContest(
        id=f"T{turn} {where}".strip(),
        title=", ".join(filter(None, (night.title, ordinal, named))),
        options=tuple(options.values()),
        rows=tuple(rows),
        level=level,
        headers={**_HEADERS, **votes},
        totals=_totals(night, places[0], turn, where),
        expected_units=len(rows) if level == "departement" and night.names else None,
    )


def _options(places: Iterable[Place]) -> dict[str, OfficialOption]:
    """Every candidate, list or nuance of the places, as it is first named."""
    options: dict[str, OfficialOption] = {}
    for place in places:
        for option in place.options:
            options.setdefault(option.id, option)
    return options


def _rows(
    night: _Night,
    places: Iterable[Place],
    options: Mapping[str, OfficialOption],
    problems: list[Finding],
) -> list[OfficialRow]:
    """One row per place; one that numbers its candidates otherwise than the others is held."""
    rows = []
    for place in places:
        ids = [option.id for option in place.options]
        line = None if night.is_bundle else place.line
        other = next((o for o in place.options if options[o.id] != o), None)
        if len(set(ids)) < len(ids):
            twice = max(ids, key=ids.count)
            problems.append(report("R614", unit=place.code, line=line, found=twice))
        elif other is not None:
            problems.append(report("R617", unit=place.code, line=line, found=other.id))
        else:
            none = {VOTES + id_: "0" for id_ in options} if place.of_nuances else {}
            votes = {VOTES + id_: cell for id_, cell in zip(ids, place.votes, strict=True)}
            cells = {**place.cells, **none, **votes}
            rows.append(OfficialRow(place.code, place.name, _status(night, place), cells, line))
    return rows


def _status(night: _Night, place: Place) -> CountStatus:
    said = place.complete
    if place.level == "departement":
        said = said or night.complete.get(place.code, "")
    is_done = _DONE.fullmatch(said) is not None
    counts = (place.cells.get("ballots_cast", ""), place.cells.get("valid_votes", ""))
    is_empty = {*counts, *place.votes} <= {"", "0"}
    if not place.options or (is_empty and not is_done):
        return CountStatus.WAITING
    return CountStatus.PARTIAL if said and not is_done else CountStatus.COMPLETE


def _totals(night: _Night, part: Place, turn: str, where: str) -> dict[str, int]:
    """What a body says of the whole that its places are parts of."""
    wholes = [
        place
        for place in night.places
        if place.round == turn
        and _FINEST_FIRST.index(place.level) > _FINEST_FIRST.index(part.level)
        and place.constituency == where
    ]
    if len(wholes) != 1 or night.by_commune or night.is_bundle:
        return {}
    whole = wholes[0]
    votes = {VOTES + o.id: cell for o, cell in zip(whole.options, whole.votes, strict=True)}
    cells = {**whole.cells, **votes}
    return {key: int(cell) for key, cell in cells.items() if cell.isascii() and cell.isdigit()}


FORMAT = Format(
    "french-ministry-xml",
    "French ministry of the interior, XML of the night",
    "Ministère de l’Intérieur, XML de la soirée",
    _recognise,
    _parse,
)
