"""The systemd units, as systemd itself reads them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import _parser

from .proxy import ROOT

INSTALLED = "/opt/soiree/.venv/bin/soiree"
MOST_EXPOSED = 20  # tenths; 96 is a unit that hardens nothing
UNITS = ("soiree.service", "soiree-publish.service")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong_and_little_exposed(name: str, tmp_path: Path) -> None:
    unit = tmp_path / name
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    assert INSTALLED in text
    program = tmp_path / "soiree"  # the checkout may lie in a folder with a space in its name
    program.symlink_to(sys.executable)
    unit.write_text(text.replace(INSTALLED, str(program)), encoding="utf-8")
    for command in (
        ["verify", str(unit)],
        ["security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(unit)],
    ):
        done = subprocess.run(["systemd-analyze", *command], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_command_of_the_service_is_one_we_understand() -> None:
    text = (ROOT / "deploy" / "soiree.service").read_text(encoding="utf-8")
    command = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    program, *arguments = command.removeprefix("ExecStart=").split()
    assert program == INSTALLED
    options = _parser().parse_args(arguments)
    assert (str(options.election), options.host) == ("/etc/soiree/election.toml", "127.0.0.1")
