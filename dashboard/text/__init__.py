"""Numbers and words for people, in French and in English.

Nothing is taken from the machine's or the browser's locale: two viewers read the same page. Every
phrase is a row of ``fr.WORDS`` and ``en.WORDS`` under the same key, with ``{placeholders}``.
"""

import unicodedata
from functools import lru_cache

from . import en, fr
from .corrections import fmt_correction, unit_label
from .numbers import (
    fmt_change,
    fmt_clock,
    fmt_countdown_target,
    fmt_date,
    fmt_int,
    fmt_percent_plain,
    fmt_points,
    fmt_share,
    fmt_time,
)
from .units import UnitWord, unit_word

LANGUAGES = ("fr", "en")

__all__ = [
    "LANGUAGES",
    "UnitWord",
    "fmt_change",
    "fmt_clock",
    "fmt_correction",
    "fmt_countdown_target",
    "fmt_date",
    "fmt_int",
    "fmt_percent_plain",
    "fmt_points",
    "fmt_share",
    "fmt_time",
    "in_place",
    "join_names",
    "phrase",
    "phrase_of",
    "plural",
    "sort_key",
    "unit_label",
    "unit_word",
    "words",
]

_WORDS = {"fr": fr.WORDS, "en": en.WORDS}


def words(lang: str) -> dict[str, str]:
    """Every phrase of a language. ``KeyError`` for a language there is none of."""
    return _WORDS[lang]


def phrase(key: str, lang: str, **values: str) -> str:
    """One phrase with its placeholders filled. ``KeyError`` when the key or a value is missing."""
    return _WORDS[lang][key].format(**values)


def phrase_of(word: UnitWord, key: str, lang: str, **values: str) -> str:
    """As ``phrase``, in the form that agrees with the word."""
    agreed = f"{key}_f"
    return phrase(agreed if word.feminine and agreed in _WORDS[lang] else key, lang, **values)


def plural(number: float, one: str, many: str, lang: str) -> str:
    """The form that goes with a number: French counts 0 and 1.5 as one, English does not."""
    singular = abs(number) < 2 if lang == "fr" else number == 1
    return one if singular else many


def join_names(names: list[str], lang: str) -> str:
    """ "A", "A et B", "A, B et C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_WORDS[lang]['and']} {names[-1]}"


def in_place(place: str, lang: str) -> str:
    """ "dans l’Hérault", "in Hérault"; "" where French would need to know what the place is.

    A French preposition cannot be derived from a name ("à Montréal", "dans le Gard"): the
    départements are known, and a sentence about any other place is built without one.
    """
    return f"in {place}" if lang == "en" and place else fr.IN_PLACE.get(place, "")


@lru_cache(maxsize=65_536)
def sort_key(name: str) -> str:
    """For names in the order of a dictionary: neither accents nor case count."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
