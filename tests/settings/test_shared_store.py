"""The address of the shared store: taken or refused in one sentence, its password never told."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import Settings, SettingsError, load_election, shared_store
from tests.night.folder import make_folder

GOOD = (
    "redis://localhost",
    "redis://valkey.example:6379/0",
    "redis://name:s3cr3t@[::1]:6379/15",
    "rediss://:s3cr3t@valkey.example/1?ssl_ca_certs=/etc/ca.pem",
    "unix:///run/valkey/valkey.sock?db=2&password=s3cr3t",
)
WRONG = (
    "localhost:6379",
    "http://:s3cr3t@valkey.example/",
    "redis://",
    "redis://:s3cr3t@valkey.example:port/0",
    "redis://:s3/cr3t@valkey.example/0",
    "redis://:s3cr3t@valkey.example/zero",
    "redis://:s3cr3t@valkey.example/0?decode_responses=True",
    "unix://run/valkey.sock?password=s3cr3t",
)


@pytest.mark.parametrize("url", ["", *GOOD])
def test_an_address_is_taken(url: str) -> None:
    assert shared_store({"SOIREE_STORE": url}) == url


@pytest.mark.parametrize("url", WRONG)
def test_another_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"SOIREE_ELECTION": "x.toml", "SOIREE_STORE": url})
    said = str(caught.value)
    assert said.startswith("environment, SOIREE_STORE: found ")
    assert "expected redis://host:6379/0" in said and "\n" not in said
    assert "cr3t" not in said


@pytest.mark.parametrize("key", ["store", "stoer"])
def test_the_election_file_names_it_and_nothing_repeats_the_password(
    tmp_path: Path, key: str
) -> None:
    election = make_folder(tmp_path).election
    text = election.read_text(encoding="utf-8")
    election.write_text(f'{key} = "{GOOD[2]}"\n{text}', encoding="utf-8")
    if key == "store":
        loaded = load_election(election)
        assert loaded.store == GOOD[2]
        assert "s3cr3t" not in repr(loaded)
    else:
        with pytest.raises(SettingsError, match=r"stoer.*no such key") as caught:
            load_election(election)
        assert "s3cr3t" not in str(caught.value)


def test_a_wrong_one_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOIREE_STORE", "redis://:s3cr3t@valkey.example:port/0")
    command = [sys.executable, "-m", "dashboard", "serve", str(make_folder(tmp_path).election)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1 and "s3cr3t" not in ended.stderr
