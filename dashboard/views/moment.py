"""A version in numbers, and what kind of step leads to it: what a replay is paced and drawn by."""

from collections.abc import Mapping
from typing import Any

from ..model import PostKind
from ..tally import by_votes
from ..wire import JSON
from .scene import Scene


def moment(seen: Scene) -> dict[str, JSON]:
    """Shares are of one, rounded to what a line of that width shows."""
    first = next(iter(by_votes(seen.standings)), None)
    share = first.share if first and seen.leader and seen.settled else None
    kinds = [post.kind for post in seen.posts]
    return {
        "counted": round(seen.progress.share, 4),
        "votes": sum(standing.votes for standing in seen.standings),
        "leader": seen.leader.id if seen.leader and share is not None else "",
        "share": round(share or 0.0, 4),
        "posts": len(kinds),
        "keys": kinds.count(PostKind.KEY),
        "corrections": kinds.count(PostKind.CORRECTION),
    }


def takes_back(before: JSON, after: JSON) -> bool:
    """Whether a post that one document told is gone from the next, or says something else there."""
    return not _posts(before) <= _posts(after)


def _posts(document: JSON) -> set[str]:
    """What every post of the feed says, its place and its pin apart."""
    found: set[str] = set()
    parts = document.get("parts") if isinstance(document, dict) else None
    pending: list[JSON] = [parts.get("feed")] if isinstance(parts, dict) else []
    while pending:
        node = pending.pop()
        if isinstance(node, dict):  # keyed children: the posts
            found |= {str(post[2:]) for post in node.values() if isinstance(post, list)}
        elif isinstance(node, list):
            pending += node[2:]
    return found


def kind_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """ "correction", "lead", "key", "result", "post", or "other": the first that the step from one
    moment to the next is."""

    def grew(what: str) -> bool:
        return bool(after.get(what, 0) > before.get(what, 0))

    def differs(what: str) -> bool:
        return bool(after.get(what) != before.get(what))

    if grew("corrections"):
        return "correction"
    if before.get("leader") and after.get("leader") and differs("leader"):
        return "lead"
    if grew("keys"):
        return "key"
    if differs("votes") or differs("counted"):
        return "result"
    return "post" if differs("posts") else "other"
