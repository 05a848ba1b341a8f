"""The checks as an election file wants them: severities and limits by code."""

from collections.abc import Mapping
from pathlib import Path

from ..model import RuleSetting, Severity
from ..tally import CHECKS
from .errors import SettingsError
from .schema import CheckTable


def read_rules(path: Path, key: str, table: Mapping[str, CheckTable]) -> dict[str, RuleSetting]:
    """By code of ``tally.CHECKS``. Raises ``SettingsError`` for what a rule cannot be."""
    for code, wanted in table.items():
        _check(path, f"{key}.{code}", code, wanted)
    return {code: _setting(wanted) for code, wanted in table.items()}


def _check(path: Path, key: str, code: str, wanted: CheckTable) -> None:
    rule = CHECKS.get(code)
    if rule is None:
        raise SettingsError(path, key, code, f"one of {', '.join(CHECKS)}")
    if rule.is_fixed:
        raise SettingsError(
            path, key, wanted.severity or wanted.limit, "no change: it always holds"
        )
    if wanted.limit is not None and rule.limit is None:
        raise SettingsError(path, f"{key}.limit", wanted.limit, "no limit: this check has none")
    if wanted.severity == "hold" and not rule.of_a_unit:
        expected = "refuse, wait, flag or off: it is about the whole file, not about a unit"
        raise SettingsError(path, f"{key}.severity", wanted.severity, expected)


def _setting(wanted: CheckTable) -> RuleSetting:
    is_off = wanted.severity == "off"
    severity = Severity(wanted.severity) if wanted.severity and not is_off else None
    return RuleSetting(severity, wanted.limit, is_off)
