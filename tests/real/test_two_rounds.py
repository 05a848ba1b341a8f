"""Real second rounds beside their first, in the files as they were published."""

import gzip
from pathlib import Path

import pytest

from dashboard import tally
from dashboard.settings import load_election

from .test_real_nights import DATA, prepare, read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not on this machine"),
]


def unpacked(folder: Path) -> str:
    """The communes of 2017, both rounds in one file."""
    content = (DATA / "backtest/fr2017_communes_t1_t2.csv.gz").read_bytes()
    (folder / "both.csv").write_bytes(gzip.decompress(content))
    return str(folder / "both.csv")


def test_stations_of_brest_that_lost_their_zeros_are_the_same_stations(tmp_path: Path) -> None:
    path = prepare("brest_2024", tmp_path, "fr_brest2024/circos23-tour2.csv")
    election = load_election(path).election
    (contest,) = election.contests
    assert contest.previous is not None
    assert len(contest.previous.counts) == 95
    assert contest.previous.gone == ()
    whole = tally.Gatherer(contest)(read(election, tmp_path / "results.csv")).compared.whole
    assert whole is not None
    assert (whole.units, whole.then.valid_votes, whole.now.valid_votes) == (95, 53_426, 53_916)
    swings = {s.option.id: round(s.points or 0, 3) for s in whole.swings}
    assert swings == {"larsonneur": 0.172, "cadalen": 0.057, "kervella": 0.007}


def test_communes_of_herault_between_the_rounds_of_2017(tmp_path: Path) -> None:
    election = load_election(prepare("herault_2017_t2", tmp_path, unpacked(tmp_path))).election
    (contest,) = election.contests
    compared = tally.Gatherer(contest)(read(election, tmp_path / "results.csv")).compared
    assert compared.whole is not None
    assert compared.whole.then.votes["le-pen"] == 161_119
    assert len(compared.rows) == len(compared.areas) == 343
