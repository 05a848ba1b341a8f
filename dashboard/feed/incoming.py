"""A file of posts, CSV or JSON Lines, to clean posts.

A post that cannot be used is said and left out: one bad row must not silence the evening.
Columns or keys: id, time, author, role, camp, kind, text, source, source_url, pinned; only time
and text are required. Posts are plain text, and nothing in them is ever interpreted.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..clean import NAME_LIMIT, TEXT_LIMIT, clean_text
from ..model import Finding, Post, PostKind, SourceFile
from ..readers.codes import report
from ..readers.decode import decode
from ..readers.delimited import parse_delimited
from ..readers.grid import Grid, locate
from .moment import parse_moment

FIELDS = (
    "id", "time", "author", "role", "camp", "kind", "text", "source", "source_url", "pinned",
)  # fmt: skip
REQUIRED = ["time", "text"]
KINDS: Mapping[str, PostKind] = {
    "": PostKind.NOTE,
    "note": PostKind.NOTE,
    "reaction": PostKind.REACTION,
    "réaction": PostKind.REACTION,
    "key": PostKind.KEY,
    "temps fort": PostKind.KEY,
    "correction": PostKind.CORRECTION,
}
YES = {"1", "true", "yes", "oui", "vrai", "x"}
NO = {"", "0", "false", "no", "non", "faux"}
_ADDRESS = re.compile(r"https?://[^\s/?#@<>\"\\]+(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000  # characters

Row = Mapping[str, str]  # field -> raw text


def read_posts(
    file: SourceFile, timezone: str, on: date
) -> tuple[tuple[Post, ...], tuple[Finding, ...]]:
    """The posts, pinned first, then newest first, and what is wrong with the others.

    ``timezone`` is an IANA name and ``on`` the election day: they place a bare "20:45". Of two
    posts with the same id the later row wins. Raises ReadError when the file is no table of posts.
    """
    text, oddities = decode(file.content)
    findings = list(oddities)
    lines = _objects(text, findings) if text.lstrip().startswith("{") else _rows(text, findings)
    posts: dict[str, Post] = {}
    for line, row in lines:
        post = _post(row, line, ZoneInfo(timezone), on, findings)
        if post is None:
            continue
        if post.id in posts:
            findings.append(report("R507", line=line, found=post.id))
            del posts[post.id]  # so that the new one takes the place of its row
        posts[post.id] = post
    # Of the same second, the row written last is the newest.
    ranked = sorted(enumerate(posts.values()), key=lambda p: (p[1].pinned, p[1].at, p[0]))
    return tuple(post for _, post in reversed(ranked)), tuple(findings)


def _rows(text: str, findings: list[Finding]) -> Iterator[tuple[int, Row]]:
    grid = parse_delimited(text, list(FIELDS), prose=True)
    header = tuple(name.casefold() for name in grid.header)
    grid = Grid(header, grid.header_line, grid.rows, grid.lines)
    present = [field for field in FIELDS if field in header]
    places = locate(grid, REQUIRED + present)
    for line, cells in zip(grid.lines, grid.rows, strict=True):
        if len(cells) == len(header):
            yield line, {field: cells[place] for field, place in places.items()}
        else:
            findings.append(report("R506", line=line, found=len(cells), expected=len(header)))


def _objects(text: str, findings: list[Finding]) -> Iterator[tuple[int, Row]]:
    for line, written in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not written.strip():
            continue
        try:
            found = json.loads(written)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            yield line, {field: _as_text(found.get(field)) for field in FIELDS}
        else:
            findings.append(report("R505", line=line))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, str | int) else ""


def _post(row: Row, line: int, zone: ZoneInfo, on: date, findings: list[Finding]) -> Post | None:
    text = clean_text(row["text"], TEXT_LIMIT)
    at = parse_moment(row["time"], zone, on)
    if not text:
        findings.append(report("R501", line=line))
    if at is None:
        findings.append(report("R502", line=line, column="time", found=row["time"]))
    if not text or at is None:
        return None
    if len(text) == TEXT_LIMIT and text.endswith("…") and len(row["text"]) > TEXT_LIMIT:
        findings.append(report("R509", line=line, column="text", limit=TEXT_LIMIT))
    author = _name(row, "author")
    return Post(
        id=_name(row, "id") or _identity(at, author, text),
        at=at,
        kind=_kind(row, line, findings),
        text=text,
        author=author,
        role=_name(row, "role"),
        camp=_name(row, "camp"),
        source=_name(row, "source"),
        source_url=_address(row, line, findings),
        pinned=_pinned(row, line, findings),
    )


def _name(row: Row, field: str) -> str:
    return clean_text(row.get(field, ""), NAME_LIMIT)


def _identity(at: datetime, author: str, text: str) -> str:
    """The same for the same post in every version of the file, wherever its row is."""
    content = "\0".join((at.isoformat(), author, text))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _kind(row: Row, line: int, findings: list[Finding]) -> PostKind:
    word = _name(row, "kind")
    if word.casefold() not in KINDS:
        findings.append(report("R503", line=line, column="kind", found=word))
    return KINDS.get(word.casefold(), PostKind.NOTE)


def _address(row: Row, line: int, findings: list[Finding]) -> str:
    written = row.get("source_url", "").strip()
    if not written:
        return ""
    # The cleaned form must be the written one: a link never hides a character.
    clean = clean_text(written, _LONGEST_ADDRESS)
    if clean != written or not _ADDRESS.fullmatch(clean):
        findings.append(report("R504", line=line, column="source_url", found=written))
        return ""
    return clean


def _pinned(row: Row, line: int, findings: list[Finding]) -> bool:
    word = _name(row, "pinned").casefold()
    if word not in YES | NO:
        findings.append(report("R508", line=line, column="pinned", found=word))
    return word in YES
