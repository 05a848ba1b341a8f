"""Writes docs/checks.md from the catalogue of checks: ``python tools/document_checks.py``."""

from collections.abc import Iterator
from pathlib import Path

from dashboard.tally import CHECKS, Rule

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
_CHAPTERS = {
    "C2": "What must hold",
    "C3": "Against the file before",
    "C4": "What is possible and not likely",
}
_HEAD = """# What is checked before a count is published

Written by `tools/document_checks.py` from `dashboard/tally/checks/catalogue*.py`; a test compares
the two. What a file must be to be read at all is in `dashboard/readers/catalogue*.py` (R…).

| severity | what becomes of it |
| --- | --- |
| `refuse` | the whole file changes nothing |
| `wait` | nor this one, until it has long said the same or `soiree release` lets it through |
| `hold` | the unit keeps its last good values and is shown as being checked |
| `flag` | published, and said |

"Long" is the election file's `patience_seconds`; what made a file wait is then published with it,
as flags. Where many units are flagged at once, one sentence names the first of them.

## In the election file

```toml
[contest.checks.C403]
severity = "flag"  # refuse, wait, hold (a unit's), flag or off
limit = 0.05

[contest.checks]
C292 = { severity = "off" }
```

The identities (C201, C202, C206, C207) and the file of another election (C290) cannot be changed.

## How odd is odd

Plausibility compares complete units with their neighbours: the units of the same parent, where
that has ten or more, else all units of small parents together. Out of line is what is five
standard deviations from their median (by the middle half, so that one wrong unit does not count;
chance included, so that twenty voters may vote as they like) and half as far again as all others
but one in a hundred: overseas départements and a candidate's home town have their like.

On the complete files that `tests/real/test_rare.py` reads (France 2017, 2022 and 2024, Brest, the
USA 2016 and 2024, Virginia, Denton, Georgia, Germany, Zug, St. Gallen: 122,768 units in all) 58
units are flagged; of no file more than one in a hundred by one rule. Frozen shares: see
`dashboard/tally/checks/frozen.py`.
"""


def page() -> str:
    """The whole page."""
    lines = [_HEAD]
    for start, title in _CHAPTERS.items():
        lines += [f"## {title}", ""]
        for code, rule in CHECKS.items():
            if code.startswith(start):
                lines += [*_entry(code, rule), ""]
    return "\n".join(lines)


def _entry(code: str, rule: Rule) -> Iterator[str]:
    yield f"### {code} · `{rule.severity}`{' · fixed' if rule.is_fixed else ''}"
    yield ""
    yield f"- fr: {rule.fr}"
    yield f"- en: {rule.en}"
    if rule.limit is not None:
        yield f"- limit: {rule.limit:g}: {rule.limit_is}"
    yield f"- example: {rule.example}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
