"""Findings made from the catalogue: one sentence in each language."""

from collections.abc import Mapping
from typing import TypeAlias

from ...clean import clean_text
from ...model import Finding, ReportingUnit
from ...text import fmt_int, fmt_share
from .catalogue import CHECKS

Word: TypeAlias = int | float | str | tuple[str, str]  # a float is a share, a pair English, French

_QUOTED = 60  # characters of a code of the file that a sentence repeats


def report(code: str, unit: ReportingUnit | None = None, **words: Word) -> Finding:
    """The finding of that code; of a unit where it concerns one."""
    if unit is None:
        return _finding(code, "", words)
    return _finding(code, unit.code, words | {"unit": f"{unit.name} ({unit.code})"})


def report_code(code: str, unit: str, **words: Word) -> Finding:
    """As ``report``, of a unit of which only the code is known."""
    shown = clean_text(unit, _QUOTED)
    return _finding(code, unit, words | {"unit": (f"'{shown}'", f"« {shown} »")})


def _finding(code: str, unit: str, words: Mapping[str, Word]) -> Finding:
    rule = CHECKS[code]
    message, message_fr = _sentence(rule.en, words, "en"), _sentence(rule.fr, words, "fr")
    return Finding(code, rule.severity, message, message_fr, unit=unit)


def _sentence(pattern: str, words: Mapping[str, Word], lang: str) -> str:
    return pattern.format(**{name: _said(word, lang) for name, word in words.items()})


def _said(word: Word, lang: str) -> str:
    if isinstance(word, tuple):
        return word[lang == "fr"]
    if isinstance(word, str):
        return word
    return fmt_share(word, lang) if isinstance(word, float) else fmt_int(word, lang)
