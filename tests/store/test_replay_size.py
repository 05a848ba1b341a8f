"""How large the night again is: of Hérault, 156 stations in 118 files, with two hundred posts."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase

import pytest

from dashboard import codings, pipeline
from dashboard.feed import read_posts, with_ours
from dashboard.model import FeedSource, Post, Snapshot, SourceFile
from dashboard.store.replay import Recorder, read_replay
from dashboard.views import Documents
from dashboard.web.follower import REPLAY_LEVEL
from dashboard.wire import digest
from tests.web.herault import EVENING, loaded, steps

POSTS = 200
MOST_BYTES = 60_000  # as a browser is sent it


def said(number: int) -> tuple[Post, ...]:
    """So many posts of twenty words each, out of a thousand that nobody could guess."""
    random = Random(0)
    words = ["".join(random.choices(ascii_lowercase, k=random.randint(2, 9))) for _ in range(1000)]
    rows = "".join(
        f"p{n};{20 + n // 60}:{n % 60:02};Auteur {n % 30};{' '.join(random.choices(words, k=20))}\n"
        for n in range(number)
    )
    content = f"id;time;author;text\n{rows}".encode()
    file = SourceFile("feed.csv", content, digest(content), EVENING)
    posts, findings = read_posts(file, FeedSource(""), "Europe/Paris", date(2017, 1, 29))
    assert len(posts) == number, findings
    return posts


@pytest.mark.slow
def test_a_night_of_156_stations_and_200_posts_is_small(tmp_path: Path) -> None:
    election = replace(loaded().election, contests=loaded().election.contests[:1])
    (contest,) = election.contests
    counts = list(dict.fromkeys(step.results for step in steps()))
    assert (len(counts), len(contest.units)) == (118, 156)
    posts = said(POSTS)
    draw, recorder, result = Documents(), Recorder(tmp_path), None
    for version, content in enumerate(counts, 1):
        at = EVENING + timedelta(minutes=version)
        file = SourceFile("results.csv", content, digest(content), at)
        result = pipeline.read_contest(file, contest, result)
        told = posts[-(POSTS * version // len(counts)) :]
        snapshot = Snapshot((result,), with_ours(told, election.contests, (result,)))
        document = draw(election, snapshot, frozenset())["home.fr"]
        recorder.record("home.fr", version, at.isoformat(), version, lambda found=document: found)
    night = read_replay(tmp_path, "home.fr", len(counts))
    assert night.count(b'{"version":') == len(counts), "no post was taken back"
    sent = codings.at_levels(night, REPLAY_LEVEL, REPLAY_LEVEL)
    assert len(sent["br"]) <= MOST_BYTES
