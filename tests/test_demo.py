"""The demonstrations: true to the published totals, alive, and honest."""

import csv
import io
from pathlib import Path

import pytest

from dashboard import demo


def last_rows(name: str) -> list[dict[str, str]]:
    content = demo.steps(demo.read_night(name))[-1].results.decode()
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_herault_ends_exactly_as_published() -> None:
    rows = last_rows("herault-2017")
    sums = [sum(int(r[c]) for r in rows) for c in ("hamon", "valls", "ballots_cast")]
    assert (len(rows), sums) == (156, [24_638, 17_342, 42_624])


def test_montpellier_gives_two_thirds_to_hamon() -> None:
    rows = [r for r in last_rows("herault-2017") if r["name"].startswith("Montpellier")]
    hamon = sum(int(r["hamon"]) for r in rows) / sum(int(r["valid_votes"]) for r in rows)
    assert round(hamon, 2) == 0.65


def test_montreal_is_real() -> None:
    rows = last_rows("montreal-2013")
    assert (len(rows), sum(int(r["valid_votes"]) for r in rows)) == (58, 391_166)


@pytest.mark.parametrize("name", demo.NIGHTS)
def test_a_night_begins_with_nothing_and_only_grows(name: str) -> None:
    counts = [step.results.count(b"complete") for step in demo.steps(demo.read_night(name))]
    assert counts[0] == 0 and counts == sorted(counts) and len(set(counts)) > 20


@pytest.mark.parametrize("name", demo.NIGHTS)
def test_the_election_file_that_runs_is_the_one_we_ship(name: str, tmp_path: Path) -> None:
    election = demo.prepare(name, tmp_path)
    assert election.read_bytes() == (demo.DATA / "elections" / f"{name}.toml").read_bytes()
    assert (tmp_path / "nights" / name / "results.csv").exists()


def test_a_post_keeps_the_hour_it_was_published_at(tmp_path: Path) -> None:
    step = demo.steps(demo.read_night("herault-2017"))[-1]
    seen = {"reconstitution": "2026-01-01T20:00:00+00:00"}
    demo.write_step(tmp_path, step, seen)
    rows = list(csv.DictReader((tmp_path / "feed.csv").open(encoding="utf-8"), delimiter=";"))
    times = {row["id"]: row["time"] for row in rows}
    assert times["reconstitution"] == "2026-01-01T20:00:00+00:00"
    assert set(times) == set(seen) and len(times) == 17
