"""One file of the set that the French ministry publishes during the night: an index or a body."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from ..codes import refuse
from ..xml_tree import Element, parse_xml
from .french_places import Place, places_of

_PARIS = ZoneInfo("Europe/Paris")
_MOMENTS = (("DateDerExtract", "HeureDerExtract"), ("DateDerMaj", "HeureDerMaj"))


@dataclass(frozen=True, slots=True)
class Body:
    """What one file of the set says."""

    title: str
    by_commune: bool  # whether each commune elects for itself
    generated_at: datetime | None
    places: tuple[Place, ...]
    listed: tuple[tuple[str, str, str], ...]  # of an index: code and name of a département, Complet


# Of a hundred files of a set a few have changed; the others were read before.
_READ: dict[bytes, Body] = {}
_MOST_READ = 500


def read_body(content: bytes) -> Body:
    """One file of the set. Raises ReadError."""
    key = sha256(content).digest()
    body = _READ.get(key)
    if body is None:
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        body = _READ[key] = _body(parse_xml(content))
    return body


def _body(root: Element) -> Body:
    if root.name != "Election":
        raise refuse("R612", line=root.line, element="Election")
    kind, year = root.said("Scrutin", "Type"), root.said("Scrutin", "Annee")
    heads, places = list(_heads(root)), places_of(root)
    moments = [moment for head in heads if (moment := _moment(head)) is not None]
    return Body(
        title=f"{kind} {year}".strip(),
        by_commune="municipale" in kind.casefold(),
        generated_at=max(moments, default=None),
        places=tuple(places),
        listed=tuple(
            (code, head.said("LibDpt"), head.said("Complet"))
            for head in heads
            if (code := head.said("CodDpt")) and not places
        ),
    )


def _heads(root: Element) -> Iterator[Element]:
    """What an index lists, and the head of a body."""
    for holder in (root, *root.all("EnsembleGeo")):
        for names in (("Departements", "Departement"), ("Circonscriptions", "Circonscription"),
                      ("Departement",), ("Region",)):  # fmt: skip
            yield from holder.all(*names)


def _moment(element: Element) -> datetime | None:
    """When the ministry last touched this, Paris time: "27/09/2026" and "19:16:41"."""
    for day, hour in _MOMENTS:
        written = f"{element.said(day).replace('-', '/')} {element.said(hour)}"
        try:
            return datetime.strptime(written, "%d/%m/%Y %H:%M:%S").replace(tzinfo=_PARIS)
        except ValueError:
            continue
    return None
