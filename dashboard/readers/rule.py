"""What a finding of the readers is made from."""

from dataclasses import dataclass

from ..model import Severity

REFUSE, HOLD, FLAG = Severity.REFUSE, Severity.HOLD, Severity.FLAG


@dataclass(frozen=True, slots=True)
class Rule:
    severity: Severity
    en: str
    fr: str
