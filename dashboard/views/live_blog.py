"""A night as schema.org's LiveBlogPosting, for search engines: JSON-LD, inert data in the page."""

from datetime import datetime, timedelta
from typing import Any

from .. import wire
from ..model import Post, Snapshot
from .outgoing import Outgoing, dawn, iso

SHOWN_POSTS = 20  # newest: the page has them all
MOST_BYTES = 16_000  # of those, as written: every reader loads them before the first number
# Nothing in it may end the element it stands in, or a line of a script.
_ESCAPED = {
    b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026",
    "\u2028".encode(): b"\\u2028", "\u2029".encode(): b"\\u2029",
}  # fmt: skip


def live_blog(feed: Outgoing, snapshot: Snapshot) -> bytes:
    """Every property that search engines require or recommend, of the whole and of each post.

    Empty while there is no post: without an update it is no live blog.
    """
    if not feed.posts:
        return b""
    start, end = _coverage(feed, snapshot)
    election, contest = feed.election, feed.election.contests[0]
    publisher = {"@type": "Organization", "name": feed.publisher}
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": election.title,
        "description": " · ".join(filter(None, (contest.title, contest.round, contest.place))),
        "inLanguage": feed.lang,
        "url": feed.home,
        "mainEntityOfPage": {"@type": "WebPage", "@id": feed.home},
        "datePublished": iso(start),
        "dateModified": iso(feed.updated_at),
        "coverageStartTime": iso(start),
        "coverageEndTime": iso(end),
        "author": publisher,
        "publisher": publisher,
        "about": {
            "@type": "Event",
            "name": election.title,
            "startDate": contest.date.isoformat(),
            "location": {"@type": "Place", "name": contest.place},
        },
        "liveBlogUpdate": _updates(feed),
    }
    if election.public_url:
        said["image"] = [f"{feed.home}share.png"]
    return _inert(said)


def _inert(said: dict[str, Any]) -> bytes:
    content = wire.encode(said)
    for found, written in _ESCAPED.items():
        content = content.replace(found, written)
    return content


def _updates(feed: Outgoing) -> list[dict[str, Any]]:
    """The newest posts, each whole, as many as there is room for; the newest in any case."""
    updates: list[dict[str, Any]] = []
    room = MOST_BYTES
    for post in feed.posts[:SHOWN_POSTS]:
        update = _update(feed, post)
        room -= len(_inert(update))
        if updates and room < 0:
            break
        updates.append(update)
    return updates


def _update(feed: Outgoing, post: Post) -> dict[str, Any]:
    name = feed.author(post)
    update: dict[str, Any] = {
        "@type": "BlogPosting",
        "headline": feed.title(post),
        "articleBody": feed.text(post),
        "url": feed.link(post),
        "datePublished": iso(post.at),
        "dateModified": iso(post.edited_at or post.at),
        "author": {"@type": "Person", "name": name}
        if name
        else {"@type": "Organization", "name": feed.publisher},
    }
    if post.image:
        image = {"@type": "ImageObject", "url": post.image, "caption": post.image_text}
        update["image"] = image
    return update


def _coverage(feed: Outgoing, snapshot: Snapshot) -> tuple[datetime, datetime]:
    """From the first post that is told to the end of the count; until then, to noon of the day
    after, which no evening outlasts (``feed.moment``)."""
    start = min(post.at for post in snapshot.posts)
    ends = [result.complete_at for result in snapshot.contests]
    known = [at for at in ends if at is not None]
    if len(known) == len(feed.election.contests):
        return start, max(*known, feed.updated_at)
    return start, max(dawn(feed.election) + timedelta(hours=36), feed.updated_at)
