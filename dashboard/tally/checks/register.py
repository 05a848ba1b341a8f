"""The units of a file against those of the election file."""

from collections.abc import Iterator, Mapping

from ...clean import clean_text
from ...model import Contest, ContestResult, Finding, UnitResult
from .sentences import report, report_code

_SAMPLE = 3  # codes that a sentence lists
_SHOWN = 60  # characters of a code of the file


def check_foreign(results: Mapping[str, UnitResult], contest: Contest) -> Iterator[Finding]:
    """Whether none of the units is known: a file of another election, or of other codes."""
    if not results or not results.keys().isdisjoint(unit.code for unit in contest.units):
        return
    sample = [clean_text(code, _SHOWN) for code in list(results)[:_SAMPLE]]
    expected = [unit.code for unit in contest.units[:_SAMPLE]]
    more = len(results) > _SAMPLE
    yield report(
        "C290",
        count=len(results),
        sample=", ".join(sample) + (", …" if more else ""),
        expected=", ".join(expected),
    )


def unknown_unit(code: str, contest: Contest) -> Finding:
    """A unit of the file that the election file does not have."""
    return report_code("C204", code, count=len(contest.units))


def check_disappeared(
    results: Mapping[str, UnitResult], previous: ContestResult
) -> Iterator[Finding]:
    """Units that were counted and are not in the file any more."""
    for code in [code for code in previous.units if code not in results]:
        if previous.units[code].counted:
            yield report_code("C205", code)
