"""A correction in words: "Mèze, Hamon 212 → 112"."""

from ..model import Contest, Correction, ReportingUnit
from . import en, fr
from .numbers import fmt_int

_WORDS = {"fr": fr.WORDS, "en": en.WORDS}
_SHOWN = 4  # numbers of one unit


def fmt_correction(contest: Contest, unit: ReportingUnit, correction: Correction, lang: str) -> str:
    """The unit and what became of its numbers: votes where any changed, else the others."""
    words = _WORDS[lang]
    if correction.is_withdrawn:
        return words["correction_withdrawn"].format(unit=unit_label(unit))
    votes = [change for change in correction.numbers if change.what.startswith("votes:")]
    changes = votes or correction.numbers
    names = {f"votes:{option.id}": option.short_name for option in contest.options}
    said = [
        f"{names.get(change.what) or words[f'field_{change.what}']} "
        f"{fmt_int(change.before, lang)} → {fmt_int(change.after, lang)}"
        for change in changes[:_SHOWN]
    ]
    if len(changes) > _SHOWN:
        said.append("…")
    return ", ".join([unit_label(unit), *said])


def unit_label(unit: ReportingUnit) -> str:
    """A unit where its parent is not in sight: "Montpellier, bureau 12"."""
    if not unit.parent or unit.parent in unit.name:
        return unit.name
    return f"{unit.parent}, {unit.name}"
