"""Recorded counts and a recorded live blog, published on one clock and seen again as they were.
Skips where the recordings are not."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import pipeline, readers, wire
from dashboard.feed import read_posts
from dashboard.model import Contest, FeedSource, Post, ReportingUnit, Snapshot
from dashboard.store import Content, DirectoryStore, replay
from dashboard.views import Documents
from tests.builders import make_election, make_file
from tests.readers.real import WHEN_AT_HAND, content
from tests.readers.test_real_series import italy, states

from .test_replays import senate, waukesha

pytestmark = WHEN_AT_HAND

NAME = "home.fr"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[_T](\d\d)-(\d\d)-(\d\d)")


def arrived(path: str) -> datetime:
    """When a file was recorded, from its name. (Of which zone does not matter here.)"""
    found = _TIME.search(path)
    assert found is not None
    return datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}:{found[4]}").replace(
        tzinfo=UTC
    )


def live_blog(start: datetime, end: datetime) -> list[Post]:
    """The agency's posts in their order, their hours stretched over those of the count."""
    file = make_file(content("liveblog_dpa/posts.json"))
    posts = read_posts(file, FeedSource(""), "Europe/Berlin", date(2016, 3, 14))[0][::-1]
    first, last = posts[0].at, posts[-1].at
    assert last > first
    pace = (end - start) / (last - first)
    return [replace(p, at=(start + (p.at - first) * pace).replace(microsecond=0)) for p in posts]


def published(
    paths: list[str], described: Contest, store: DirectoryStore
) -> Iterator[tuple[datetime, dict[str, Any], int]]:
    """Each version: when it came, the document that was served, how many posts were told."""
    names = readers.read(make_file(content(paths[-1])), described).results
    contest = replace(described, units=tuple(ReportingUnit(name, name) for name in names))
    election, draw, result = make_election(contest), Documents(), None
    posts = live_blog(arrived(paths[0]), arrived(paths[-1]))
    files = {arrived(path): path for path in paths}
    for at in sorted({*files, *(post.at for post in posts)}):
        if at in files:
            result = pipeline.read_contest(make_file(content(files[at]), at=at), contest, result)
        told = tuple(post for post in reversed(posts) if post.at <= at)
        assert result is not None
        documents = draw(election, Snapshot((result,), told), frozenset())
        digest = wire.digest(wire.encode(documents))
        store.publish(Content(digest, documents, {}, "partial", "test"), at)
        entry = (store.pointer() or {})["documents"][NAME]
        yield at, json.loads(store.blob(entry["digest"]))["document"], len(told)


@pytest.mark.parametrize(
    ("folder", "described"),
    [
        ("ts_waukesha2024", waukesha),
        ("ts_it2022/camera-italia", italy),
        ("ts_it2022/camera-italia-circoscrizione", lambda: italy("CR")),
        ("ts_it2022/senato-italia", senate),
    ],
)
def test_counts_and_posts_are_seen_again_on_one_clock(
    folder: str, described: Callable[[], Contest], tmp_path: Path
) -> None:
    store = DirectoryStore(tmp_path / "state")
    store.prepare()
    then = list(published(states(folder), described(), store))
    steps = json.loads(store.replay(NAME, store.version()))["steps"]
    assert [datetime.fromisoformat(step["at"]) for step in steps] == [at for at, _, _ in then]
    document: Any = None
    for step, (_, served, posts) in zip(steps, then, strict=True):
        document = wire.merge(document, step["patch"]) if "patch" in step else step["document"]
        assert document == served
        assert document["moment"]["posts"] == posts
    assert document == replay.fold(steps)
    kinds = {step["kind"] for step in steps}
    assert {"start", "result", "post"} <= kinds
    votes = [served["moment"]["votes"] for _, served, _ in then]
    assert votes[-1] == max(votes) > 0
