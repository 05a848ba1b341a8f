"""What the checks of one file find, in the catalogue's sentences and as the election file wants."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeAlias, TypeVar

from ...clean import clean_text
from ...model import Contest, Finding, ReportingUnit, RuleSetting, Severity
from ...text import fmt_int, fmt_share
from .catalogue import CHECKS

Word: TypeAlias = int | float | str | tuple[str, str]  # a float is a share, a pair English, French
Words: TypeAlias = Mapping[str, Word]

_QUOTED = 60  # characters of a code of the file that a sentence repeats
_LISTED = 5  # cases that a sentence lists
_FEW = 3  # units that have a sentence each


class OfUnit(Protocol):
    """A case that a finding of a unit is made of."""

    @property
    def unit(self) -> ReportingUnit: ...


T = TypeVar("T")
C = TypeVar("C", bound=OfUnit)


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

    def add_units(
        self, code: str, cases: Sequence[C], words: Callable[[C], Words] = lambda case: {}
    ) -> None:
        """A finding for each unit; where they are many, one about all, unless it holds them."""
        rule, severity = CHECKS[code], self._setting(code).severity or CHECKS[code].severity
        if len(cases) <= _FEW or severity is Severity.HOLD:
            for case in cases:
                self.add(code, case.unit, **words(case))
        else:
            units = tuple(case.unit.code for case in cases)
            self._add(code, "", _listing(rule.each, cases, _with_unit(words)), rule.many, units)

    def add_all_units(
        self,
        code: str,
        cases: Sequence[C],
        words: Callable[[C], Words] = lambda case: {},
        **others: Word,
    ) -> None:
        """One finding about several units at once, however many they are."""
        self.add_listed(code, cases, _with_unit(words), **others)

    def add_listed(
        self, code: str, cases: Sequence[T], words: Callable[[T], Words], **others: Word
    ) -> None:
        """One finding about several cases: the first are listed, as ``Rule.each`` says."""
        self._add(code, "", {**others, **_listing(CHECKS[code].each, cases, words)})

    def _setting(self, code: str) -> RuleSetting:
        return self._settings.get(code, _AS_EVER)

    def _add(
        self,
        code: str,
        unit: str,
        words: Words,
        sentences: tuple[str, str] | None = None,
        units: tuple[str, ...] = (),
    ) -> None:
        rule, setting = CHECKS[code], self._setting(code)
        if setting.is_off:
            return
        severity = setting.severity or rule.severity
        if severity is Severity.HOLD:
            self.held.add(unit)
        en, fr = sentences or (rule.en, rule.fr)
        self.findings.append(
            Finding(
                code,
                severity,
                _sentence(en, words, "en"),
                _sentence(fr, words, "fr"),
                unit=unit,
                line=self._lines.get(unit),
                units=units,
            )
        )


_AS_EVER = RuleSetting()


def narrowed(finding: Finding, units: Sequence[ReportingUnit]) -> Finding:
    """A finding about many units, as one about some of them; their numbers are not repeated."""
    rule = CHECKS[finding.code]
    words = _listing(("{unit}", "{unit}"), units, lambda unit: {"unit": name(unit)})
    return replace(
        finding,
        message=_sentence(rule.many[0], words, "en"),
        message_fr=_sentence(rule.many[1], words, "fr"),
        units=tuple(unit.code for unit in units),
    )


def name(unit: ReportingUnit) -> str:
    """A unit in a sentence."""
    return f"{unit.name} ({unit.code})"


def _with_unit(words: Callable[[C], Words]) -> Callable[[C], Words]:
    return lambda case: {**words(case), "unit": name(case.unit)}


def _listing(
    each: tuple[str, str], cases: Sequence[T], words: Callable[[T], Words]
) -> dict[str, Word]:
    """How many cases there are, and the first of them; nothing is made of the others."""
    shown = cases if len(cases) <= _LISTED + 1 else cases[:_LISTED]
    said = [words(case) for case in shown]
    english = ", ".join(_sentence(each[0], words, "en") for words in said)
    french = ", ".join(_sentence(each[1], words, "fr") for words in said)
    if more := len(cases) - len(shown):
        english += f" and {fmt_int(more, 'en')} more"
        french += f" et {fmt_int(more, 'fr')} autres"
    return {"count": len(cases), "listed": (english, french)}


def _sentence(pattern: str, words: Words, lang: str) -> str:
    return pattern.format(**{key: _said(word, lang) for key, word in words.items()})


def _said(word: Word, lang: str) -> str:
    if isinstance(word, tuple):
        return word[lang == "fr"]
    if isinstance(word, str):
        return word
    return fmt_share(word, lang) if isinstance(word, float) else fmt_int(word, lang)
