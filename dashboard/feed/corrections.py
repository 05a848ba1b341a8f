"""Corrections large enough to be said in the feed, as posts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from ..model import Contest, ContestResult, Correction, Post, PostKind, ReportingUnit
from ..text import LANGUAGES, fmt_correction, fmt_int, phrase_of, unit_word

ONE_BY_ONE = 3  # of one file; beyond, one post says how many


def correction_posts(contest: Contest, result: ContestResult) -> Iterator[Post]:
    """One post per material correction, or one for all that a file brought."""
    by_file: dict[datetime, list[Correction]] = defaultdict(list)
    for correction in result.corrections:
        if correction.is_material:
            by_file[correction.at].append(correction)
    units = {unit.code: unit for unit in contest.units} if by_file else {}
    for at, found in by_file.items():
        said = found if len(found) <= ONE_BY_ONE else found[:1]
        for each in said:
            texts = [_text(contest, units[each.unit], each, len(found), lang) for lang in LANGUAGES]
            identifier = f"correction-{contest.id}-{each.unit}-{at:%Y%m%dT%H%M%S}"
            yield Post(identifier, at, PostKind.CORRECTION, texts[0], text_en=texts[1])


def _text(
    contest: Contest, unit: ReportingUnit, correction: Correction, together: int, lang: str
) -> str:
    said = fmt_correction(contest, unit, correction, lang)
    if together <= ONE_BY_ONE:
        return said
    words = unit_word(contest.unit_word, lang)
    number = fmt_int(together, lang)
    return phrase_of(words, "corrected_many", lang, n=number, units=words.many, first=said)
