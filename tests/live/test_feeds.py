"""Several feeds, edits and withdrawals, as the watcher publishes them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import pipeline, views
from dashboard.feed import read_posts
from dashboard.live.publisher import Journey
from dashboard.model import FeedSource

from .bench import Bench, replace_file, table

RSS = """<rss version="2.0"><channel><title>La Gazette</title><item><title>{text}</title>
<guid>1</guid><pubDate>Sun, 29 Jan 2017 19:30:00 GMT</pubDate></item></channel></rss>
"""
ONE = {1: (60, 40)}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return two_feeds(Bench(tmp_path))


def two_feeds(bench: Bench) -> Bench:
    second = FeedSource(str(bench.folder / "rss.xml"), 0.05, name="gazette")
    bench.election = replace(bench.election, feeds=(*bench.election.feeds, second))
    bench.start()
    return bench


def say(bench: Bench, *rows: str) -> None:
    content = "\n".join(["id;time;text", *rows, ""])
    replace_file(bench.feed, content.encode())


def posts(bench: Bench) -> list[str]:
    found: list[str] = bench.document()["posts"]
    return found


def test_posts_of_all_feeds_stand_by_their_time(bench: Bench) -> None:
    say(bench, "a;20:10;Tôt", "b;20:40;Tard")
    replace_file(bench.folder / "rss.xml", RSS.format(text="Entre les deux").encode())
    bench.until("all there", lambda: posts(bench) == ["Tard", "Entre les deux", "Tôt"])


def test_a_feed_that_fails_leaves_the_others_and_its_last_posts(bench: Bench) -> None:
    replace_file(bench.folder / "rss.xml", RSS.format(text="Un").encode())
    bench.until("there", lambda: posts(bench) == ["Un"])
    replace_file(bench.folder / "rss.xml", b"<rss><channel><item>")
    bench.until("told", lambda: (bench.store.status() or {})["feed"]["code"] == "torn")
    say(bench, "a;20:10;Deux")
    bench.until("both", lambda: posts(bench) == ["Un", "Deux"])


def test_after_a_restart_each_feed_goes_on_from_what_it_said(bench: Bench) -> None:
    say(bench, "a;20:10;Deux")
    replace_file(bench.folder / "rss.xml", RSS.format(text="Un").encode())
    bench.until("both", lambda: posts(bench) == ["Un", "Deux"])
    (bench.folder / "rss.xml").unlink()
    bench.start()
    say(bench, "a;20:10;Deux", "b;20:50;Trois")
    bench.until("a third", lambda: posts(bench) == ["Trois", "Un", "Deux"])


def test_an_edited_post_says_so_even_after_a_restart(tmp_path: Path) -> None:
    bench = Bench(tmp_path, journey=DRAWN)
    say(bench, "a;20:10;Une faute")
    bench.until("there", lambda: "Une faute" in home(bench))
    assert "Modifié" not in home(bench)
    say(bench, "a;20:10;Corrigé")
    bench.until("edited", lambda: "Corrigé" in home(bench))
    assert "Modifié à" in home(bench) and "Edited at" in home(bench, "en")
    assert "Une faute" not in home(bench)
    bench.start()
    say(bench, "a;20:10;Corrigé", "b;20:11;Encore")
    bench.until("another", lambda: "Encore" in home(bench))
    assert home(bench).count("Modifié à") == 1


DRAWN = Journey(
    pipeline.read_contest, read_posts, views.documents, lambda election, snapshot, sealed: {}
)


def home(bench: Bench, lang: str = "fr") -> str:
    entry: Any = (bench.store.pointer() or {"documents": {}})["documents"].get(f"home.{lang}")
    if entry is None:
        return ""
    return json.dumps(json.loads(bench.store.blob(entry["digest"])), ensure_ascii=False)


def test_results_and_feeds_do_not_wait_for_each_other(bench: Bench) -> None:
    replace_file(bench.path, table(ONE, 4))
    say(bench, "a;20:10;Deux")
    bench.until("both", lambda: bench.votes == (60, 40) and posts(bench) == ["Deux"])
