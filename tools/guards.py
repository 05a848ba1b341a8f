"""Takes out one guard at a time and sees a test fail: ``make guards``.

A test that still passes without the guard it is named after proves nothing. Two kinds are tried:
every statement of the readers and the checks that refuses, holds or flags (found in the program
itself), and those that ``tests/guards.toml`` lists: where, what stands there instead, and the tests
that must notice. Arguments choose by words in the name. Prints one line per guard and ends with 1
when one was not missed.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tests" / "guards.toml"
_COPIED = ("dashboard", "tests", "data", "assets", "tools", "deploy", "docs", "bench")
_SAYING = {"refuse", "report", "too_many"}  # functions that make a finding or a refusal
_ADDING = {
    "add",
    "add_code",
    "add_units",
    "add_all_units",
    "add_listed",
}  # the same as methods of a report
_SECONDS = 600.0


@dataclass(frozen=True)
class Guard:
    """Some lines of a file, and what they are without the guard."""

    name: str
    file: str
    find: str
    instead: str
    tests: tuple[str, ...]


def found_in_the_program() -> Iterator[Guard]:
    """Every statement of readers and checks that says that something is wrong."""
    for folder, tests in (("readers", "tests/readers"), ("tally/checks", "tests/tally")):
        for path in sorted((ROOT / "dashboard" / folder).rglob("*.py")):
            is_format = path.parent.name == "formats" and path.stem != "__init__"
            yield from _statements(path, _tests_of_format(path.stem) if is_format else (tests,))


def _tests_of_format(name: str) -> tuple[str, ...]:
    """Its own tests; what formats share is tested with those whose names begin alike, and the
    caps of all in one place."""
    folder = ROOT / "tests" / "readers" / "formats"
    own = folder / f"test_{name}.py"
    alike = sorted(folder.glob(f"test_{name.partition('_')[0]}_*.py"))
    chosen = [*([own] if own.exists() else alike), folder / "test_caps.py"]
    return tuple(str(path.relative_to(ROOT)) for path in chosen)


def _statements(path: Path, tests: tuple[str, ...]) -> Iterator[Guard]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Raise | ast.Expr) and _says_something(node):
            start, end = node.lineno - 1, node.end_lineno or node.lineno
            indent = " " * node.col_offset
            without = [*lines[:start], f"{indent}pass\n", *lines[end:]]
            file = str(path.relative_to(ROOT))
            yield Guard(f"{file}:{node.lineno}", file, text, "".join(without), tests)


def _says_something(node: ast.AST) -> bool:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            function = call.func
            if isinstance(function, ast.Name) and function.id in _SAYING:
                return True
            if isinstance(function, ast.Attribute) and function.attr in _ADDING:
                return isinstance(function.value, ast.Name) and function.value.id == "say"
    return False


def listed() -> Iterator[Guard]:
    """Those of ``tests/guards.toml``."""
    for each in tomllib.loads(LIST.read_text(encoding="utf-8"))["guard"]:
        yield Guard(each["name"], each["file"], each["find"], each["instead"], tuple(each["tests"]))


@contextmanager
def workshop() -> Iterator[Path]:
    """A copy of the program that may be broken."""
    with tempfile.TemporaryDirectory(prefix="soiree-guards-") as folder:
        root = Path(folder) / "soiree"
        root.mkdir()
        for name in _COPIED:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
            shutil.copy(ROOT / name, root / name)
        yield root


def verdict(guard: Guard) -> str:
    """Empty when a test failed without the guard, else what is wrong."""
    with workshop() as root:
        path = root / guard.file
        text = path.read_text(encoding="utf-8")
        if text.count(guard.find) != 1:
            return f"stands {text.count(guard.find)} times in {guard.file}, expected once"
        path.write_text(text.replace(guard.find, guard.instead), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider",
                   *guard.tests]  # fmt: skip
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=root, env=environment, capture_output=True, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            return ""  # without it the program never ends: that is noticed
    if done.returncode == 1:
        return ""
    return "no test noticed" if done.returncode == 0 else f"pytest ended with {done.returncode}"


def main(words: list[str]) -> int:
    guards = [*listed(), *found_in_the_program()]
    chosen = [g for g in guards if not words or any(word in g.name for word in words)]
    missed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for guard, problem in zip(chosen, pool.map(verdict, chosen), strict=True):
            missed += not problem
            print(f"{problem or 'ok'}: {guard.name}", flush=True)
    print(f"{missed} of {len(chosen)} guards are missed when they are gone")
    return 0 if missed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
