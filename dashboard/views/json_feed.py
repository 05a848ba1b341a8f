"""JSON Feed 1.1."""

from typing import Any

from .. import wire
from ..model import Post
from .outgoing import Outgoing, iso

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Outgoing) -> bytes:
    """``feed.json``; the same bytes for the same posts."""
    election = feed.election
    said: dict[str, Any] = {
        "version": _VERSION,
        "title": election.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.home}feed.json",
        "language": feed.lang,
        "authors": [{"name": feed.publisher}],
    }
    if simulated := election.simulated_en if feed.lang == "en" else election.simulated:
        said["description"] = simulated
    said["items"] = [_item(feed, post) for post in feed.posts]
    return wire.encode(said)


def _item(feed: Outgoing, post: Post) -> dict[str, Any]:
    link = feed.link(post)
    item: dict[str, Any] = {
        "id": link.rpartition("#post-")[2],
        "url": link,
        "title": feed.title(post),
        "content_text": feed.text(post),
        "date_published": iso(post.at),
        "tags": [str(post.kind)],
    }
    if post.edited_at is not None:
        item["date_modified"] = iso(post.edited_at)
    if post.author:
        item["authors"] = [{"name": feed.author(post)}]
    if post.source_url:
        item["external_url"] = post.source_url
    if post.image:
        item["image"] = post.image
    return item
