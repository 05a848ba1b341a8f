"""What became of posts between two readings of one feed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..model import Post


def follow(
    previous: Sequence[Post], posts: Iterable[Post], at: datetime, *, rolls: bool
) -> list[Post]:
    """The posts as the feed says them now, the oldest first.

    One that says something else under the same id was edited ``at`` (the source's own time), unless
    the feed itself says when. One that is gone was retracted; only of a feed that ``rolls``, that
    is, holds so many of the newest, those older than all that are left have merely left its window.
    An empty one holds nothing any more.
    """
    before = {post.id: post for post in previous}
    followed = [_edited(before.get(post.id), post, at) for post in posts]
    if not rolls or not followed:
        return followed
    oldest = min(post.at for post in followed)
    present = {post.id for post in followed}
    left = [post for post in previous if post.at < oldest and post.id not in present]
    # What was pinned stays so only as long as the feed says it.
    return [*(replace(post, pinned=False) for post in reversed(left)), *followed]


def _edited(before: Post | None, post: Post, at: datetime) -> Post:
    if before is None or post.edited_at is not None:
        return post
    same = _words(before) == _words(post)
    return replace(post, edited_at=before.edited_at if same else at)


def _words(post: Post) -> tuple[str, ...]:
    """What its author said; the rest may follow from the election file."""
    return post.text, post.author, post.role, post.place
