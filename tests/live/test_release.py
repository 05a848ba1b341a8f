"""A file that is not believed at once: what waits, what the desk is told, who lets it through."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard import pipeline
from dashboard.live import desk
from dashboard.live.release import release
from dashboard.live.releases import Doubtful, Releases
from dashboard.model import Contest, ContestResult, Finding, Severity, SourceFile
from dashboard.settings import Settings

from .bench import LIGHT, Bench, replace_file, table

FIRST = dict.fromkeys(range(1, 5), (60, 40))
DOUBT = Finding("C399", Severity.WAIT, "The total rose by 999.", "Le total a monté de 999.")
LONG = 600.0  # seconds of patience, far beyond a test


def doubting(when: Callable[[ContestResult], bool]) -> Any:
    """The journey with a check that makes such results wait."""

    def read(file: SourceFile, contest: Contest, previous: ContestResult | None) -> ContestResult:
        result = pipeline.read_contest(file, contest, previous)
        return replace(result, findings=(*result.findings, DOUBT)) if when(result) else result

    return replace(LIGHT, read_contest=read)


def is_high(result: ContestResult) -> bool:
    return any(unit.counts and unit.counts.votes["hamon"] >= 999 for unit in result.units.values())


def has_fallen(result: ContestResult) -> bool:
    second = result.units["u2"].counts
    return second is not None and second.votes["hamon"] < 60


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path, journey=doubting(is_high), patience_seconds=LONG)
    bench.publish(FIRST)
    return bench


def told(bench: Bench) -> dict[str, Any]:
    """What the desk is told of the contest."""
    said = json.loads(bench.store.load(desk.NAME) or b"{}")
    contests: list[dict[str, Any]] = said.get("contests", [{}])
    return contests[0]


def waits(bench: Bench) -> bool:
    return bool(told(bench).get("quarantine"))


def waiting_file(bench: Bench) -> Doubtful:
    said = told(bench)["quarantine"]
    return Doubtful(said["digest"], said["against"], said["takes_back"])


def settings(bench: Bench) -> Settings:
    return Settings(bench.folder / "night.toml", bench.store.root)


def test_a_doubtful_file_waits_and_the_desk_sees_what_it_would_change(bench: Bench) -> None:
    replace_file(bench.path, table({**FIRST, 2: (999, 40)}, 4))
    bench.until("told", lambda: bench.code == "doubtful" and waits(bench))
    assert bench.votes == (240, 160)
    waiting = told(bench)["quarantine"]
    assert waiting["why"][0]["fr"] == "Le total a monté de 999."
    assert [c for c in waiting["changes"] if c["what"] == "Hamon"] == [
        {"unit": "u2", "name": "Bureau 2", "what": "Hamon", "before": 60, "after": 999}
    ]
    trouble = [line for line in bench.told("trouble") if line["code"] == "doubtful"]
    assert trouble[0]["detail"] == DOUBT.message


def test_an_operator_releases_it_and_says_why(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(settings(bench), "", "sûr", "fr") == 1
    assert capsys.readouterr().out == "Rien n’attend : aucun fichier n’est en quarantaine.\n"
    replace_file(bench.path, table({**FIRST, 2: (999, 40)}, 4))
    bench.until("told", lambda: waits(bench))

    assert release(settings(bench), "", "", "fr") == 1
    said = capsys.readouterr().out
    assert "C399 : Le total a monté de 999." in said
    assert "Bureau 2 (u2), Hamon : 60 → 999" in said
    assert "soiree release night.toml « la raison »" in said
    assert Releases(bench.store).all() == []

    assert release(settings(bench), "", "confirmé par la préfecture", "fr") == 0
    bench.until("published", lambda: bench.votes == (1179, 160))
    bench.until("over", lambda: bench.code == "" and not waits(bench))
    assert [r["reason"] for r in Releases(bench.store).all()] == ["confirmé par la préfecture"]
    # What made it wait is told, and no longer stops anything.
    assert ("C399", "flag") in [(f["code"], f["severity"]) for f in told(bench)["open"]]


def test_only_the_file_that_was_looked_at_is_released(bench: Bench) -> None:
    replace_file(bench.path, table({**FIRST, 2: (999, 40)}, 4))
    bench.until("told", lambda: waits(bench))
    digest = told(bench)["quarantine"]["digest"]
    other = table({**FIRST, 2: (9999, 40)}, 4)
    replace_file(bench.path, other)
    bench.until("another", lambda: told(bench)["quarantine"].get("digest") != digest)
    first = replace(waiting_file(bench), digest=digest)
    Releases(bench.store).add("second-round", first, "the first", datetime.now(UTC))
    bench.during(0.3, lambda: bench.votes == (240, 160))
    assert waiting_file(bench).digest == hashlib.sha256(other).hexdigest()
    Releases(bench.store).add("second-round", waiting_file(bench), "this one", datetime.now(UTC))
    bench.until("published", lambda: bench.votes == (10179, 160))


def test_F27_a_large_fall_is_released_as_well(bench: Bench) -> None:
    replace_file(bench.path, table({1: (60, 40)}, 4))
    bench.until("told", lambda: bench.code == "doubtful" and waits(bench))
    assert release(settings(bench), "second-round", "recount", "en") == 0
    bench.until("published", lambda: bench.votes == (60, 40))


def test_a_release_holds_while_the_count_goes_on(tmp_path: Path) -> None:
    """Every file is another, and the fall that was looked at is the same."""
    bench = Bench(tmp_path, journey=doubting(has_fallen), patience_seconds=LONG)
    bench.publish(FIRST)
    replace_file(bench.path, table({**FIRST, 2: (30, 40)}, 4))
    bench.until("told", lambda: waits(bench))
    seen = waiting_file(bench)
    fallen = {"u2 votes:hamon": 30, "u2 valid_votes": 70, "u2 ballots_cast": 75}
    assert seen.takes_back == fallen

    for other in ({2: (29, 40)}, {2: (30, 40), 3: (59, 40)}):
        digest = waiting_file(bench).digest
        replace_file(bench.path, table({**FIRST, **other}, 4))
        bench.until("another", lambda d=digest: told(bench)["quarantine"].get("digest") != d)
        Releases(bench.store).add("second-round", seen, "feuille corrigée", datetime.now(UTC))
        bench.during(0.3, lambda: bench.votes == (240, 160))
    replace_file(bench.path, table({**FIRST, 1: (61, 40), 2: (31, 40)}, 4))
    bench.until("published", lambda: bench.votes == (212, 160) and not waits(bench))

    # Beside what is published now, a fall of the same numbers was looked at by nobody.
    replace_file(bench.path, table({**FIRST, 1: (61, 40), 2: (30, 40)}, 4))
    bench.until("told", lambda: waits(bench))
    assert waiting_file(bench).takes_back == fallen
    bench.during(0.3, lambda: bench.votes == (212, 160))


def test_a_doubtful_file_that_lasts_is_believed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, journey=doubting(is_high), patience_seconds=1.0)
    bench.publish(FIRST)
    replace_file(bench.path, table({**FIRST, 2: (999, 40)}, 4))
    bench.until("believed", lambda: bench.votes == (1179, 160))


def test_a_sidecar_says_that_a_file_is_whole_not_that_it_is_right(bench: Bench) -> None:
    content = table({**FIRST, 2: (999, 40)}, 4)
    sidecar = bench.path.with_name("results.csv.sha256")
    sidecar.write_text(f"{hashlib.sha256(content).hexdigest()}  results.csv\n")
    replace_file(bench.path, content)
    bench.until("told", lambda: waits(bench))
    assert bench.votes == (240, 160)


def test_F53_before_the_hour_the_desk_is_told_no_figure(tmp_path: Path) -> None:
    hour = datetime(2017, 1, 29, 20, tzinfo=UTC)
    early = hour - timedelta(minutes=5)
    bench = Bench(
        tmp_path, embargo=hour, now=early, journey=doubting(is_high), patience_seconds=LONG
    )
    replace_file(bench.path, table({1: (77771, 40)}, 4))
    bench.until("told", lambda: waits(bench) and bench.told("trouble"), seconds=60.0)
    waits_for = told(bench)["quarantine"]
    assert "takes_back" not in waits_for, "these are figures"
    file = Doubtful(waits_for["digest"], waits_for["against"], {})
    Releases(bench.store).add("second-round", file, "sure", datetime.now(UTC))
    bench.until("accepted", lambda: told(bench)["files"])
    content = bench.store.load(desk.NAME) or b""
    assert b"C399" in content
    assert b"77771" not in content and b"77811" not in content and b"999" not in content
    assert not [line for line in bench.said if "999" in str(line.get("detail"))]
    bench.now = hour
    bench.until("opened", lambda: b"77771" in (bench.store.load(desk.NAME) or b""))
