"""What is published: everything of one moment, under one number."""

from dataclasses import dataclass

from .post import Post
from .results import ContestResult


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Immutable. The version is not here: the store gives one to each new content."""

    contests: tuple[ContestResult, ...]
    posts: tuple[Post, ...]

    def contest(self, contest_id: str) -> ContestResult:
        """The result of that contest; ``KeyError`` when there is none."""
        for result in self.contests:
            if result.contest_id == contest_id:
                return result
        raise KeyError(contest_id)
