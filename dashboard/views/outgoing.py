"""The feed for whoever follows it elsewhere: Atom, JSON Feed, and what search engines read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from .. import text
from ..model import Election, Post, Snapshot
from .addresses import Address
from .feed import anchor, said

SHOWN_POSTS = 100  # newest, of Atom and JSON Feed
LONGEST_TITLE = 110  # characters; search engines cut headlines there
# What XML 1.0 cannot hold and cleaning leaves: two code points that are no characters.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The newest posts in one language, by their time: what is pinned on a page is not here."""

    election: Election
    posts: tuple[Post, ...]
    lang: str

    @property
    def home(self) -> str:
        """The page of the feed; relative where the election file names no public address."""
        lang = "" if self.lang == self.election.language else self.lang
        return self.election.public_url.rstrip("/") + Address(lang=lang).path

    @property
    def updated_at(self) -> datetime:
        """When a post last came or changed; before the first, the day of the election begins."""
        moments = [post.edited_at or post.at for post in self.posts]
        return max(moments, default=dawn(self.election))

    @property
    def publisher(self) -> str:
        return self.election.credit or self.election.title

    def link(self, post: Post) -> str:
        return f"{self.home}#post-{anchor(post)}"

    def text(self, post: Post) -> str:
        return _NO_CHARACTER.sub("", said(post, self.lang))

    def title(self, post: Post) -> str:
        """Its first paragraph, with who says it."""
        first = self.text(post).partition("\n")[0]
        author = f"{self.author(post)}{text.phrase('colon', self.lang)}" if post.author else ""
        return shortened(author + first, LONGEST_TITLE)

    def author(self, post: Post) -> str:
        return _NO_CHARACTER.sub("", post.author)

    def kind(self, post: Post) -> str:
        return text.phrase(f"kind_{post.kind}", self.lang)


def outgoing(election: Election, snapshot: Snapshot, sealed: frozenset[str], lang: str) -> Outgoing:
    """A post may say a figure, so while any contest is sealed none leaves."""
    posts: Iterable[Post] = () if sealed else snapshot.posts
    newest = sorted(posts, key=lambda post: post.at, reverse=True)
    return Outgoing(election, tuple(newest[:SHOWN_POSTS]), lang)


def shortened(words: str, limit: int) -> str:
    """At most so many characters, ending at a word with an ellipsis."""
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


def dawn(election: Election) -> datetime:
    """When the day of the first contest begins there."""
    first = election.contests[0]
    return datetime.combine(first.date, time(0), ZoneInfo(first.timezone)).astimezone(UTC)


def iso(at: datetime) -> str:
    """RFC 3339, in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
