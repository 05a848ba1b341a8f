"""The units of a file against those of the election file."""

from collections.abc import Iterable, Mapping, Sequence

from ...clean import clean_text
from ...model import ReportingUnit, UnitResult
from .report import Report

_SAMPLE = 3  # codes that a sentence lists
_SHOWN = 60  # characters of each


def check_foreign(
    results: Mapping[str, UnitResult], known: Mapping[str, ReportingUnit], say: Report
) -> bool:
    """Whether none of the units is known: another election, or other codes (C290)."""
    if not results or not results.keys().isdisjoint(known):
        return False
    say.add(
        "C290",
        count=len(results),
        sample=listed(results),
        expected=", ".join(list(known)[:_SAMPLE]),
    )
    return True


def check_unknown(
    changed: Iterable[UnitResult], known: Mapping[str, ReportingUnit], say: Report
) -> Sequence[str]:
    """Each unit that the election file does not have (C204), and the codes of all of them."""
    strangers = [unit.code for unit in changed if unit.code not in known]
    for code in strangers:
        say.add_code("C204", code, count=len(known))
    return strangers


def listed(codes: Iterable[str]) -> str:
    """The first codes, "…" for the rest."""
    shown = [clean_text(code, _SHOWN) for code in codes]
    return ", ".join(shown[:_SAMPLE]) + (", …" if len(shown) > _SAMPLE else "")
