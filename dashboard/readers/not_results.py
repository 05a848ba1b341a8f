"""Files that are often taken for results and hold no counts: what they are, in a few words.

Asked only of a file that no format recognises. A table is only called something else when every
one of its columns is accounted for; what may yet become results is left to the reader of tables.
"""

import io
import re
import zipfile
from collections.abc import Collection
from typing import TypeAlias

from .codes import refuse
from .content import Content, member
from .grid import Grid
from .guess import NO_VOTES, ROLES, UNIT, fold, holds_votes
from .reading import ReadError

What: TypeAlias = tuple[str, str]  # in English and in French

PAGE = ("a web page", "une page web")
PDF = ("a PDF document", "un document PDF")
ZIP = ("a zip archive", "une archive zip")
GZIP = ("a gzip archive", "une archive gzip")
MAP = ("a map (GeoJSON or TopoJSON)", "une carte (GeoJSON ou TopoJSON)")
NEWS = ("a news feed", "un fil d’actualités")
POSTS = ("a file of posts", "un fichier de publications")
REQUESTS = ("a recording of web requests", "un enregistrement de requêtes web")
INDEX = ("an index of result files", "un index de fichiers de résultats")
CANDIDATES = ("a list of candidates", "une liste de candidats")
TURNOUT = ("a table of turnout, without votes for anyone",
           "un tableau de participation, sans aucune voix")  # fmt: skip
SEATS = ("a table of seats, without the units that were counted",
         "un tableau de sièges, sans les unités dépouillées")  # fmt: skip

_MAGIC = ((b"%PDF", PDF), (b"\x1f\x8b", GZIP))
_START = 2000  # bytes
_MAPS = re.compile(rb'"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection|Topology)"')
_FEEDS = {"rss", "feed", "RDF"}
_NAMES = {"nom", "nom candidat", "nom du candidat", "nom de famille", "candidat", "candidate",
          "family name", "last name", "surname", "candidate family name"}  # fmt: skip
_SEATS = {"mandates", "sieges", "seats", "sitze", "nb sieges"}
_ITALIAN_TURNOUT = {"ele_t", "vot_t", "sk_bianche"}  # Eligendo: electors, voters, blank ballots
_VOTES = {"voix", "votes", "vote", "stimmen", "suffrages"}


def reject(content: Content) -> None:
    """ReadError (R605) of a file that is known to hold no counts."""
    if (known := what(content)) is not None:
        raise refuse("R605", what=known[0], what_fr=known[1])


def what(content: Content) -> What | None:
    """What the file is instead of results, ``None`` when that cannot be said. Never raises."""
    for magic, found in _MAGIC:
        if content.bytes.startswith(magic):
            return found
    if content.kind == "xlsx" and not _is_book(content.bytes):
        return ZIP
    if content.kind == "html":
        return PAGE
    if content.kind == "xml":
        return _what_xml(content)
    return _what_json(content) if content.kind == "json" else _what_table(content)


def _is_book(content: bytes) -> bool:
    """Whether a zip says that it is an Office document; of a torn one nothing can be said."""
    try:
        return "[Content_Types].xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:  # zipfile meets broken archives with many
        return True


def _what_xml(content: Content) -> What | None:
    if content.root in _FEEDS:
        return NEWS
    if content.contains("<DateDerMaj>") and not content.contains("<Tours>"):
        return INDEX
    return CANDIDATES if content.contains("<NomPsn>") and not content.contains("<NbVoix>") else None


def _what_json(content: Content) -> What | None:
    if _MAPS.search(content.bytes[:_START]):  # at once: a map is large, and may be one endless line
        return MAP
    try:
        value = content.json
    except ReadError:
        return _what_lines(content)
    if "http_interactions" in content.keys:
        return REQUESTS
    if "_items" in content.keys or "jsonfeed.org" in str(member(value, "version")):
        return POSTS
    return None


def _what_lines(content: Content) -> What | None:
    """JSON Lines, as the feed reads them."""
    first, *_ = content.bytes.split(b"\n", 1)
    keys = Content(first).keys
    return POSTS if {"time", "text"} <= keys else None


def _what_table(content: Content) -> What | None:
    names = [fold(name) for name in content.header]
    if _ITALIAN_TURNOUT.issubset(content.header) and "voti" not in names:
        return TURNOUT
    if {"time", "text"} <= set(names):
        return POSTS
    if _SEATS.intersection(names) and not any(map(UNIT.fullmatch, names)):
        return SEATS
    try:
        grid = content.grid
    except ReadError:
        return None
    if not grid.rows or not _is_accounted_for(grid):
        return None
    counts = {role for role, known in ROLES.items() if set(known).intersection(names)}
    if len(counts) > 1:
        return TURNOUT
    return CANDIDATES if not counts and _NAMES.intersection(names) else None


def _is_accounted_for(grid: Grid) -> bool:
    """Whether no column holds votes, or may hold some later."""
    known = {name for names in ROLES.values() for name in names}
    return not any(_may_hold_votes(grid, name, known) for name in grid.header if name)


def _may_hold_votes(grid: Grid, header: str, known: Collection[str]) -> bool:
    name = fold(header)
    if _VOTES.intersection(name.split()):
        return "%" not in header
    if "%" in header or name in known or UNIT.fullmatch(name) or NO_VOTES.match(name):
        return False
    place = grid.header.index(header)
    return holds_votes(grid, header) or not any(row[place : place + 1] != [""] for row in grid.rows)
