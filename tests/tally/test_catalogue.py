"""The catalogue of checks: complete, typeset, documented, and each line of it tested."""

import re
import runpy
from pathlib import Path

import pytest

from dashboard.model import Severity
from dashboard.tally import CHECKS, Rule

ROOT = Path(__file__).parents[2]
PLAIN_SPACE = re.compile(r" [:;!?%»]|« ")


@pytest.mark.parametrize(("code", "rule"), CHECKS.items())
def test_every_line_says_what_it_must(code: str, rule: Rule) -> None:
    assert re.fullmatch(r"C[234]\d\d", code)
    for sentence in (rule.en, rule.fr, *filter(None, rule.many)):
        assert sentence[-1] == "." and len(sentence) < 200
    assert not PLAIN_SPACE.search(rule.fr + rule.many[1] + rule.each[1]), "a breakable space"
    assert "'" not in rule.fr + rule.many[1], "a straight apostrophe"
    placeholders = [set(re.findall(r"{(\w+)}", sentence)) for sentence in (rule.en, rule.fr)]
    assert placeholders[0] == placeholders[1]
    assert (rule.limit is None) == (not rule.limit_is)
    assert rule.of_a_unit or rule.severity is not Severity.HOLD, "what would be held?"
    assert bool(rule.many[0]) == (rule.of_a_unit and rule.severity is Severity.FLAG)
    assert not rule.many[0] or all(rule.each)
    assert rule.example


def test_every_code_is_in_a_test() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests" / "tally").glob("test_*.py")
        if path.name != Path(__file__).name
    )
    assert [code for code in CHECKS if f"{code} " not in tests and f'"{code}"' not in tests] == []


def test_the_page_about_them_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "document_checks.py"))
    written = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert made["page"]() == written, "run: python tools/document_checks.py"
