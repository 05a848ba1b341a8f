"""From an official file to a live screen in two commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .server import Server, eventually

pytestmark = pytest.mark.slow

OFFICIAL = Path(__file__).parents[1] / "files" / "french-ministry-2024" / "good.csv"


def test_two_commands_from_an_official_file_to_a_live_screen(tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    final = OFFICIAL.read_bytes()
    results.write_bytes(final)
    command = [sys.executable, "-m", "dashboard", "init", str(results), "--date", "2024-06-30"]
    command += ["--title", "Législatives 2024", "--out", str(tmp_path / "night")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False,
                          env=os.environ | {"LC_ALL": "C.UTF-8"})  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    election = tmp_path / "night" / "legislatives-2024.toml"
    assert done.stdout.splitlines()[-1] == f"Ensuite\u00a0: soiree serve {election}"

    with Server(election, tmp_path / "state", workers=1) as server:
        eventually("the votes", lambda: server.votes() == {"martin": 675, "durand": 600})
        status, page = server.get("/")
        assert status == 200
        for said in ("Législatives 2024", "Élise", "Montpellier", "52,9"):
            assert said in page.decode()
        version = server.version()
        results.write_bytes(
            final.replace(b";700;70,00%;300;30,00%;685;", b";701;70,10%;299;29,90%;686;").replace(
                b";385;38,50%", b";386;38,60%"
            )
        )
        eventually("the new vote", lambda: server.votes() == {"martin": 676, "durand": 600})
        assert server.version() > version
