"""One entry of a feed, whatever its format: named texts to a clean post.

Posts are plain text, and nothing in them is ever interpreted. What a field says that it cannot say
is told and left out; only a post without a text or a time is left out itself.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..clean import NAME_LIMIT, TEXT_LIMIT, clean_paragraphs, clean_text
from ..model import FIRST_FEED, FeedSource, Finding, Post, PostKind
from ..readers.codes import report
from .findings import flagged
from .moment import parse_moment

Row = Mapping[str, str]  # field -> raw text

FIELDS = (
    "id", "time", "author", "role", "camp", "place", "kind", "text", "source", "source_url",
    "pinned", "on_screen", "edited", "retracted", "image", "image_text",
)  # fmt: skip
KINDS: Mapping[str, PostKind] = {
    "note": PostKind.NOTE,
    "reaction": PostKind.REACTION,
    "réaction": PostKind.REACTION,
    "key": PostKind.KEY,
    "temps fort": PostKind.KEY,
    "correction": PostKind.CORRECTION,
}
YES = {"1", "true", "yes", "oui", "vrai", "x"}
NO = {"", "0", "false", "no", "non", "faux"}
_ADDRESS = re.compile(r"(https?)://([^\s/?#@<>\"\\]+)(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to read the entries of one feed; tells ``findings`` what is wrong."""

    source: FeedSource
    zone: ZoneInfo
    on: date  # the day of the election, whose evening a bare "20:45" belongs to
    findings: list[Finding]

    def post(self, row: Row, line: int | None = None) -> Post | None:
        """The post of a row, or ``None`` when it has no text or no time."""
        text = clean_paragraphs(row["text"], TEXT_LIMIT)
        at = parse_moment(row["time"], self.zone, self.on)
        if not text:
            self.findings.append(report("R501", line=line))
        if at is None:
            self.findings.append(report("R502", line=line, column="time", found=row["time"]))
        if not text or at is None:
            return None
        if len(text) == TEXT_LIMIT and text.endswith("…") and len(row["text"]) > TEXT_LIMIT:
            self.findings.append(report("R509", line=line, column="text", limit=TEXT_LIMIT))
        author, identifier = _name(row, "author"), _name(row, "id")
        image, image_text = self._image(row, line)
        return Post(
            id=self.identifier(identifier or _identity(at, author, text)),
            at=at,
            kind=self._kind(row, line),
            text=text,
            author=author,
            role=_name(row, "role"),
            camp=_name(row, "camp"),
            place=_name(row, "place"),
            source=_name(row, "source") or self.source.source,
            source_url=self._address(row, line),
            pinned=self._said_yes(row, "pinned", line),
            on_screen=self._said_yes(row, "on_screen", line) if row.get("on_screen") else None,
            edited_at=self._edited(row, line, at),
            image=image,
            image_text=image_text,
            feed=self.source.name,
        )

    def identifier(self, given: str) -> str:
        """An id among those of all feeds; of the only one, or the first, as it is given."""
        return given if self.source.name == FIRST_FEED else f"{self.source.name}-{given}"

    def is_retracted(self, row: Row) -> bool:
        return _name(row, "retracted").casefold() in YES

    def _kind(self, row: Row, line: int | None) -> PostKind:
        word = _name(row, "kind")
        if word and word.casefold() not in KINDS:
            self.findings.append(report("R503", line=line, column="kind", found=word))
            return PostKind.NOTE
        return KINDS[(word or self.source.kind).casefold()]

    def _address(self, row: Row, line: int | None) -> str:
        written = row.get("source_url", "").strip()
        if written and not _is_address(written):
            self.findings.append(report("R504", line=line, column="source_url", found=written))
            return ""
        return written

    def _said_yes(self, row: Row, field: str, line: int | None) -> bool:
        word = _name(row, field).casefold()
        if word not in YES | NO:
            self.findings.append(report("R508", line=line, column=field, found=word))
        return word in YES

    def _edited(self, row: Row, line: int | None, at: datetime) -> datetime | None:
        written = row.get("edited", "").strip()
        edited = parse_moment(written, self.zone, self.on) if written else None
        if written and edited is None:
            self.findings.append(flagged("R513", line, "edited", found=written))
        return edited if edited is not None and edited > at else None

    def _image(self, row: Row, line: int | None) -> tuple[str, str]:
        """Its address and its text: both or neither."""
        written, text = row.get("image", "").strip(), clean_text(row.get("image_text", ""), 300)
        if not written:
            return "", ""
        is_shown = _is_address(written) and _is_of(written, self.source.image_hosts)
        if not is_shown or not text:
            code = "R511" if is_shown else "R512"
            self.findings.append(flagged(code, line, "image", found=written))
            return "", ""
        return written, text


def _name(row: Row, field: str) -> str:
    return clean_text(row.get(field, ""), NAME_LIMIT)


def _identity(at: datetime, author: str, text: str) -> str:
    """The same for the same post in every version of the file, wherever its row is."""
    return short_digest(at.isoformat(), author, text)


def short_digest(*content: str) -> str:
    """Sixteen hexadecimal digits."""
    return hashlib.sha256("\0".join(content).encode()).hexdigest()[:16]


def _is_address(written: str) -> bool:
    """The cleaned form must be the written one: a link never hides a character."""
    clean = clean_text(written, _LONGEST_ADDRESS)
    return clean == written and _ADDRESS.fullmatch(clean) is not None


def _is_of(address: str, hosts: tuple[str, ...]) -> bool:
    parts = _ADDRESS.fullmatch(address)
    return parts is not None and parts[1].lower() == "https" and parts[2].lower() in hosts
