"""A feed's bytes to clean posts, whatever its format: its content says which."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ..model import FeedSource, Finding, Post, SourceFile
from ..readers.codes import report
from ..readers.decode import decode
from .documents import document_rows, is_document
from .entry import Reader, Row
from .findings import flagged
from .follow import follow
from .rows import json_rows, table_rows
from .syndication import syndicated_rows

MOST_POSTS = 1_000  # of one feed: more than any evening has, and no page may grow without end
_AROUND = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def read_posts(
    file: SourceFile, source: FeedSource, timezone: str, on: date, previous: Sequence[Post] = ()
) -> tuple[tuple[Post, ...], tuple[Finding, ...]]:
    """The posts, pinned first, then newest first, and what is wrong with the others.

    ``timezone`` is an IANA name and ``on`` the election day: they place a bare "20:45". Of two
    posts with the same id the later row wins. ``previous``: what the feed said before, without
    which nobody knows what was edited. Raises ReadError when the file is no feed.
    """
    findings: list[Finding] = []
    reader = Reader(source, ZoneInfo(timezone), on, findings)
    lines, rolls = _rows(file.content, findings)
    posts = _posts(lines, reader)
    if rolls:  # a publication's feed also holds what it wrote before the day
        posts = [post for post in posts if post.at >= _dawn(on, reader.zone)]
    ranked = newest_first(follow(previous, posts, file.modified_at, rolls=rolls))
    if len(ranked) > MOST_POSTS:
        findings.append(flagged("R510", found=len(ranked), limit=MOST_POSTS))
    return tuple(ranked[:MOST_POSTS]), tuple(findings)


def is_table(content: bytes) -> bool:
    """Whether a feed is one that people write by rows, CSV or JSON Lines."""
    start = content.lstrip(_AROUND)
    if start[:1] == b"{":
        return not is_document(start.decode("utf-8", "replace"))
    return start[:1] != b"<"


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """Pinned ones before the others; of the same second, what comes later is the newest."""
    ranked = sorted(enumerate(posts), key=lambda p: (p[1].pinned, p[1].at, p[0]))
    return [post for _, post in reversed(ranked)]


def _rows(content: bytes, findings: list[Finding]) -> tuple[Iterable[tuple[int | None, Row]], bool]:
    """The rows, the oldest first, each with its line if it has one; and whether the feed holds the
    newest posts only, as those of publications do."""
    start = content.lstrip(_AROUND)[:1]
    if start == b"<":
        return _lineless(syndicated_rows(content)), True
    text, oddities = decode(content, has_lines=start != b"{")
    findings += oddities
    if start != b"{":
        return table_rows(text, findings), False
    if is_document(text):
        return _lineless(document_rows(text)), True
    return json_rows(text.lstrip("\ufeff"), findings), False


def _lineless(rows: Iterator[Row]) -> Iterable[tuple[None, Row]]:
    """Publications write the newest first."""
    return [(None, row) for row in reversed(list(rows))]


def _posts(lines: Iterable[tuple[int | None, Row]], reader: Reader) -> list[Post]:
    posts: dict[str, Post] = {}
    for line, row in lines:
        if reader.is_retracted(row):
            continue
        post = reader.post(row, line)
        if post is None:
            continue
        if post.id in posts:
            reader.findings.append(report("R507", line=line, found=post.id))
            del posts[post.id]  # so that the new one takes the place of its row
        posts[post.id] = post
    return list(posts.values())


def _dawn(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(0), zone).astimezone(UTC)
