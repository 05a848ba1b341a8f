"""Doubt as a value."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to what is published."""

    REFUSE = "refuse"  # the whole file changes nothing
    WAIT = "wait"  # nor this one, until it has long stayed the same or someone releases it
    HOLD = "hold"  # the unit keeps its last good values
    FLAG = "flag"  # published, and said


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, said once: where, what was expected, what was found."""

    code: str  # "R…" reading, "C…" checks; see tally/checks and readers/catalogue.py
    severity: Severity
    message: str  # one English sentence, complete in itself
    message_fr: str  # the same in French
    unit: str = ""  # unit code, when it concerns one
    line: int | None = None  # 1-based line of the file
    column: str = ""  # header name
    units: tuple[str, ...] = ()  # codes of all, when it concerns several at once
