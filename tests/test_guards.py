"""The list of guards (``make guards``) names lines that are there: a look, not the run itself."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("guards", ROOT / "tools" / "guards.py")
assert _spec is not None
assert _spec.loader is not None
guards = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(guards)


@pytest.mark.parametrize("guard", list(guards.listed()), ids=lambda guard: guard.name)
def test_a_listed_guard_stands_where_the_list_says(guard: "guards.Guard") -> None:
    assert (ROOT / guard.file).read_text(encoding="utf-8").count(guard.find) == 1
    assert all((ROOT / test).exists() for test in guard.tests)
