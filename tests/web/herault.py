"""The reconstructed night of Hérault at any moment, with its map and its feed, without a watcher.

``served`` makes what ``serving.Server`` serves: the pages of two contests with the same results.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import demo, pipeline, views
from dashboard.feed import read_posts
from dashboard.model import (
    Contest,
    ContestResult,
    Election,
    FeedSource,
    Post,
    Snapshot,
    SourceFile,
)
from dashboard.settings import LoadedElection, load_election
from dashboard.store import Content, DirectoryStore
from dashboard.views.export import Exports
from dashboard.web import shell
from dashboard.web.app import create_app
from dashboard.wire import digest, encode

NAME = "herault-2017"
EVENING = datetime(2017, 1, 29, 19, 47, tzinfo=UTC)
# Moment -> share of the stations that are counted.
MOMENTS = {"waiting": 0.0, "early": 0.05, "partial": 0.5, "held": 0.6, "complete": 1.0}


@cache
def loaded() -> LoadedElection:
    """The demonstration's election, with a first round beside the second."""
    found = load_election(demo.DATA / "elections" / f"{NAME}.toml")
    second = found.election.contests[0]
    first = replace(second, id="first-round", round="1er tour")
    return replace(found, election=replace(found.election, contests=(second, first)))


@cache
def steps() -> list[demo.Step]:
    return demo.steps(demo.read_night(NAME))


class Herault:
    """A state folder as the watcher of that night leaves it."""

    def __init__(self, root: Path) -> None:
        self.store = DirectoryStore(root)
        self.store.prepare()

    def publish(self, moment: str, posts: int | tuple[Post, ...] = 3) -> int:
        """The version of a key of ``MOMENTS`` or of "embargo", with so many posts in the feed, or
        with these."""
        election, sealed = loaded().election, frozenset[str]()
        results: list[ContestResult] = []
        if moment == "embargo":
            contests = tuple(replace(c, embargo=EVENING) for c in election.contests)
            election, sealed = replace(election, contests=contests), frozenset(ids(election))
        else:
            results = [result(contest, moment) for contest in election.contests]
        said = feed(posts) if isinstance(posts, int) else posts
        snapshot = Snapshot(tuple(results), said)
        documents = views.documents(election, snapshot, sealed)
        files = Exports()(election, snapshot, sealed)
        content = Content(digest(encode(documents)), documents, files, moment, "test", snapshot)
        return self.store.publish(content, datetime.now(UTC))

    def report(self, state: str = "ok", code: str = "", **more: Any) -> None:
        """What the watcher says of the source, as of now."""
        now = datetime.now(UTC).isoformat()
        self.store.write_status(
            {
                "state": state,
                "code": code,
                "checked_at": now,
                "data_at": now,
                "quiet": False,
                **more,
            }
        )


def ids(election: Election) -> Iterator[str]:
    return (contest.id for contest in election.contests)


def result(contest: Contest, moment: str) -> ContestResult:
    """Of "held", one station says more votes than ballots."""
    night = steps()
    content = night[round(MOMENTS[moment] * (len(night) - 1))].results
    if moment == "held":
        content = content.replace(b"331;4;327;", b"331;4;999;")
    file = SourceFile("results.csv", content, digest(content), EVENING)
    return pipeline.read_contest(file, contest, None)


def feed(posts: int) -> tuple[Post, ...]:
    rows = "".join(f"p{n};20:{n:02};Auteur {n};Publication {n}\n" for n in range(posts))
    content = f"id;time;author;text\n{rows}".encode()
    file = SourceFile("feed.csv", content, digest(content), EVENING)
    return read_posts(file, FeedSource(""), "Europe/Paris", date(2017, 1, 29))[0]


def served(full_plotly: bool = False) -> Any:
    """The application; with the plotly.js of the installed package if there is a smaller one."""
    if full_plotly:
        shell.small_bundle = lambda: None  # type: ignore[assignment]
    return create_app(
        loaded().election,
        DirectoryStore(Path(os.environ["SOIREE_STATE"])),
        loaded().geometry,
        beat_seconds=float(os.environ["BEAT_SECONDS"]),
    )
