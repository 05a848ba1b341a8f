"""What the tests of the checks share."""

from collections.abc import Sequence
from typing import Any

from dashboard import tally
from dashboard.model import Contest, ContestResult, Finding, UnitResult
from tests.builders import make_file, make_reading


def check(
    *units: UnitResult, contest: Contest, previous: ContestResult | None = None, **said: Any
) -> tuple[Finding, ...]:
    """What is found in a file of these units."""
    return tally.check(make_reading(*units, **said), make_file(b""), contest, previous)


def codes(found: Sequence[Finding]) -> list[str]:
    """ "C201 wait", or "C201 hold u1" where it is of one unit."""
    return [f"{f.code} {f.severity} {f.unit}".strip() for f in found]


def in_words(finding: Finding) -> tuple[str, str]:
    """Its sentences, with plain spaces."""
    plain = {0x202F: " ", 0xA0: " "}
    return finding.message.translate(plain), finding.message_fr.translate(plain)
