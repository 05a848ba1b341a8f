"""What other sites show of the night, as files by name: the feed in every format and language, and
the words of the pictures of shared links."""

from collections.abc import Mapping

from ..model import Election, Snapshot
from ..tally import Summary
from ..text import LANGUAGES
from .atom import atom
from .json_feed import json_feed
from .live_blog import live_blog
from .outgoing import outgoing
from .share import share


class Feeds:
    """``feed.fr.xml``, ``feed.fr.json``, ``live_blog.fr.json``: written anew when posts change, of
    which there are fewer than versions. Nothing but time depends on that memory."""

    def __init__(self) -> None:
        self._known: object = None
        self._files: dict[str, bytes] = {}

    def __call__(
        self, election: Election, snapshot: Snapshot, sealed: frozenset[str]
    ) -> Mapping[str, bytes]:
        ends = [result.complete_at for result in snapshot.contests]
        known = (election, snapshot.posts, sealed, ends)
        if known != self._known:
            self._files = {}
            for lang in LANGUAGES:
                feed = outgoing(election, snapshot, sealed, lang)
                self._files[f"feed.{lang}.xml"] = atom(feed)
                self._files[f"feed.{lang}.json"] = json_feed(feed)
                self._files[live_blog_name(lang)] = live_blog(feed, snapshot)
            self._known = known
        return self._files


def shares(
    election: Election, summaries: Mapping[str, Summary], sealed: frozenset[str]
) -> dict[str, bytes]:
    """``share.CONTEST.fr.json``, the words of one picture each."""
    return {
        share_name(contest.id, lang): share(
            election, contest, summaries.get(contest.id), lang, sealed=contest.id in sealed
        )
        for contest in election.contests
        for lang in LANGUAGES
    }


def share_name(contest: str, lang: str) -> str:
    return f"share.{contest}.{lang}.json"


def live_blog_name(lang: str) -> str:
    return f"live_blog.{lang}.json"
