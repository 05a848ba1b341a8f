"""What an election file says of a check."""

from dataclasses import dataclass

from .finding import Severity


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How one rule of ``tally.CHECKS`` is applied to a contest; ``None`` as the catalogue says."""

    severity: Severity | None = None
    limit: float | None = None
    is_off: bool = False
