"""What the checks of one file find, in the catalogue's sentences and as the election file wants."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ...clean import clean_text
from ...model import Contest, Finding, ReportingUnit, RuleSetting, Severity
from ...text import fmt_int, fmt_share
from .catalogue import CHECKS

Word: TypeAlias = int | float | str | tuple[str, str]  # a float is a share, a pair English, French
Words: TypeAlias = Mapping[str, Word]

_QUOTED = 60  # characters of a code of the file that a sentence repeats
_LISTED = 5  # cases that a sentence lists


class Report:
    """Collects the findings of one file in the order in which they are made."""

    def __init__(
        self, contest: Contest, lines: Mapping[str, int], known: Iterable[Finding] = ()
    ) -> None:
        """``lines`` says where each unit stands in the file; ``known`` are the reader's findings,
        which are not repeated but hold their units."""
        self.findings: list[Finding] = []
        self.held = {f.unit for f in known if f.severity is Severity.HOLD}
        self._settings, self._lines = contest.rules, lines

    def limit(self, code: str) -> float:
        """The threshold of a rule that has one."""
        limit = self._setting(code).limit
        if limit is None:
            limit = CHECKS[code].limit
        assert limit is not None
        return limit

    def add(self, code: str, unit: ReportingUnit | None = None, **words: Word) -> None:
        """One finding; of a unit where it concerns one."""
        if unit is None:
            self._add(code, "", words)
        else:
            self._add(code, unit.code, {**words, "unit": name(unit)})

    def add_code(self, code: str, unit: str, **words: Word) -> None:
        """As ``add``, of a unit of which only the code is known."""
        shown = clean_text(unit, _QUOTED)
        self._add(code, unit, {**words, "unit": (f"'{shown}'", f"« {shown} »")})

    def add_listed(self, code: str, cases: Sequence[Words], **words: Word) -> None:
        """One finding about several cases: the first are listed, as ``Rule.each`` says."""
        each = CHECKS[code].each
        listed = _listed(each[0], cases, "en"), _listed(each[1], cases, "fr")
        self._add(code, "", {**words, "count": len(cases), "listed": listed})

    def _setting(self, code: str) -> RuleSetting:
        return self._settings.get(code, _AS_EVER)

    def _add(self, code: str, unit: str, words: Words) -> None:
        rule, setting = CHECKS[code], self._setting(code)
        if setting.is_off:
            return
        severity = setting.severity or rule.severity
        if severity is Severity.HOLD:
            self.held.add(unit)
        message, message_fr = _sentence(rule.en, words, "en"), _sentence(rule.fr, words, "fr")
        line = self._lines.get(unit)
        self.findings.append(Finding(code, severity, message, message_fr, unit=unit, line=line))


_AS_EVER = RuleSetting()


def name(unit: ReportingUnit) -> str:
    """A unit in a sentence."""
    return f"{unit.name} ({unit.code})"


def _listed(pattern: str, cases: Sequence[Words], lang: str) -> str:
    shown = ", ".join(_sentence(pattern, words, lang) for words in cases[:_LISTED])
    return f"{shown}, …" if len(cases) > _LISTED else shown


def _sentence(pattern: str, words: Words, lang: str) -> str:
    return pattern.format(**{key: _said(word, lang) for key, word in words.items()})


def _said(word: Word, lang: str) -> str:
    if isinstance(word, tuple):
        return word[lang == "fr"]
    if isinstance(word, str):
        return word
    return fmt_share(word, lang) if isinstance(word, float) else fmt_int(word, lang)
