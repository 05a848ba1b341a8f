"""What we write ourselves among what others say: corrections, and moments of the count."""

from collections.abc import Iterable, Sequence

from ..model import Contest, ContestResult, Post
from .corrections import correction_posts
from .milestones import milestone_posts


def with_ours(
    posts: Sequence[Post], contests: Iterable[Contest], results: Iterable[ContestResult]
) -> tuple[Post, ...]:
    """The posts of every feed with those of every result among them: pinned first, then newest
    first. Of two with the same id ours stays, else the first."""
    by_id = {contest.id: contest for contest in contests}
    several = len(by_id) > 1
    ours = [
        post
        for result in results
        for post in (
            *correction_posts(by_id[result.contest_id], result),
            *milestone_posts(by_id[result.contest_id], result, named=several),
        )
    ]
    all_posts: dict[str, Post] = {}
    for post in (*ours, *posts):
        all_posts.setdefault(post.id, post)
    # Of the same second, those of a feed stay as it ordered them, before ours.
    kept = [all_posts[post.id] for post in (*posts, *ours) if all_posts[post.id] is post]
    return tuple(sorted(kept, key=lambda post: (post.pinned, post.at), reverse=True))
