"""The arrows between the layers hold, and the rule that holds them can fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
LONGEST_FILE = 400  # lines: beyond it a file has more than one subject


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_back_import_is_refused(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "dashboard", tmp_path / "dashboard", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint(tmp_path).returncode == 0, lint(tmp_path).stdout
    planted = tmp_path / "dashboard" / "model" / "counts.py"
    planted.write_text(planted.read_text(encoding="utf-8") + "\nfrom .. import tally  # planted\n")
    report = lint(tmp_path)
    assert report.returncode != 0
    assert "dashboard.model is not allowed to import dashboard.tally" in report.stdout


def test_no_file_is_long() -> None:
    files = [
        p
        for folder in ("dashboard", "assets")
        for p in (ROOT / folder).rglob("*.*")
        if p.suffix in {".py", ".js", ".css"}
    ]
    assert len(files) > 50
    long = [
        str(p.relative_to(ROOT))
        for p in files
        if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_the_pipeline_is_a_table_of_contents() -> None:
    text = (ROOT / "dashboard" / "pipeline.py").read_text(encoding="utf-8")
    for word in ("\n    if ", "try:", "except", "for "):
        assert word not in text
    assert len(text.splitlines()) < 40


def test_every_import_is_a_run_time_dependency() -> None:
    """`make run` installs no test dependency: a lack would show on a new machine only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    imported_as = {"pillow": "PIL"}
    names = {re.split(r"[\[<>=; ]", name)[0] for name in project["dependencies"]}
    declared = {imported_as.get(name, name).replace("-", "_") for name in names}
    imported = {
        name
        for path in (ROOT / "dashboard").rglob("*.py")
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    third_party = imported - set(sys.stdlib_module_names) - {"dashboard"}
    assert len(third_party) > 5
    assert third_party <= declared
