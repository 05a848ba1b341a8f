"""Real files, as published, through an election file and no code. Skips where they are not."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import pipeline, tally, views
from dashboard.model import Contest, ContestResult, Election, Snapshot, SourceFile
from dashboard.settings import load_election
from dashboard.wire import digest

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not on this machine"),
]

NIGHTS: Mapping[str, tuple[str, int, int, Mapping[str, int]]] = {
    # election file -> results file, units, valid votes, some votes: the file's own totals
    "herault_2017": (
        "fr_herault_communes_csv/herault_pres2017_t1_named.csv",
        343,
        626_844,
        {"le-pen": 161_119, "melenchon": 143_996, "macron": 128_621, "cheminade": 894},
    ),
    "brest_2024": (
        "fr_brest2024/circos23-tour2.csv",
        95,
        53_916,
        {"larsonneur": 19_239, "cadalen": 22_110, "kervella": 12_567},
    ),
    "us_2024": (
        "us_county_pres/2024_US_County_Level_Presidential_Results.csv",
        3_160,
        154_863_739,
        {"trump": 77_294_799, "harris": 75_006_739, "others": 2_562_201},
    ),
    "waukesha_2024": (
        "ts_waukesha2024/2024-11-06_06-23-51.csv",
        182,
        275_752,
        {},
    ),
}


def prepare(name: str, folder: Path, results: str) -> Path:
    """The election file with its paths filled in, the results file copied where it will change."""
    shutil.copy(DATA / results, folder / "results.csv")
    text = (Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
    text = text.replace("@DATA@", str(DATA)).replace("@RESULTS@", "results.csv")
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / f"{name}.toml"


def read(election: Election, path: Path, before: ContestResult | None = None) -> ContestResult:
    content = path.read_bytes()
    file = SourceFile(path.name, content, digest(content), datetime(2024, 11, 6, tzinfo=UTC))
    return pipeline.read_contest(file, election.contests[0], before)


def counted(contest: Contest, result: ContestResult) -> int:
    return tally.progress(contest, result).complete


@pytest.mark.parametrize("name", NIGHTS)
def test_a_real_file_reads_to_the_last_vote(name: str, tmp_path: Path) -> None:
    results, units, valid, votes = NIGHTS[name]
    election = load_election(prepare(name, tmp_path, results)).election
    contest = election.contests[0]
    result = read(election, tmp_path / "results.csv")
    total = tally.total(result.units.values())
    assert result.findings == ()
    assert counted(contest, result) == units
    assert total is not None and total.valid_votes == valid
    assert {option: total.votes[option] for option in votes} == votes
    assert set(views.documents(election, Snapshot((result,), ()), frozenset())) == {
        "home.fr",
        "home.en",
        "screen.fr",
        "screen.en",
    }


def test_the_eleven_states_of_waukesha_in_order(tmp_path: Path) -> None:
    files = sorted((DATA / "ts_waukesha2024").glob("2024-*.csv"))
    path = prepare("waukesha_2024", tmp_path, f"ts_waukesha2024/{files[0].name}")
    election = load_election(path).election
    contest = election.contests[0]
    result, seen = None, []
    for file in files:
        result = read(election, file, result)
        assert result.findings == ()
        seen.append(counted(contest, result))
    assert seen == [2, 37, 114, 129, 149, 160, 171, 176, 182, 182, 182]
