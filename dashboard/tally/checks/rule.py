"""What a line of the catalogue says of a check."""

from dataclasses import dataclass

from ...model import Severity

REFUSE, WAIT, HOLD, FLAG = Severity.REFUSE, Severity.WAIT, Severity.HOLD, Severity.FLAG


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue."""

    severity: Severity
    en: str
    fr: str
    example: str  # a count that breaks it
    limit: float | None = None
    limit_is: str = ""  # what the limit limits
    many: tuple[str, str] = ("", "")  # the sentence about several units, where they are many
    each: tuple[str, str] = ("", "")  # how one of several cases is listed, English and French
    of_a_unit: bool = False  # else of the file as a whole, which cannot be held
    is_fixed: bool = False  # no election file changes it
