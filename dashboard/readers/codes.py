"""Findings made from the catalogue: what the file itself says is quoted, cleaned, shortened."""

import re
from collections.abc import Callable, Mapping

from ..clean import clean_text
from ..model import Finding
from .catalogue import CODES
from .reading import ReadError

_QUOTED = 60  # characters of a cell that a sentence repeats
_NO_LINE = re.compile(r"^(?:Line|Ligne) None ?[,:] ")
_FROM_THE_FILE = {"column", "found", "option", "encoding", "format", "contest", "element"}


def report(
    code: str, *, unit: str = "", line: int | None = None, column: str = "", **values: object
) -> Finding:
    """The finding of that code; what the file itself says is quoted, cleaned and shortened.

    ``line`` is ``None``, or 0, in what has no lines.
    """
    rule, line = CODES[code], line or None
    words = values | {"unit": unit, "line": line, "column": column}
    return Finding(
        code=code,
        severity=rule.severity,
        message=_sentence(rule.en, words, quote),
        message_fr=_sentence(rule.fr, words, quote_fr),
        unit=unit,
        line=line,
        column=column,
    )


def _sentence(pattern: str, words: Mapping[str, object], quoted: Callable[[str], str]) -> str:
    sentence = pattern.format(**{name: _word(name, word, quoted) for name, word in words.items()})
    if words["line"] is not None:
        return sentence
    # JSON has no lines worth naming: the unit says where.
    placeless = _NO_LINE.sub("", sentence)
    return placeless[:1].upper() + placeless[1:]


def _word(name: str, word: object, quoted: Callable[[str], str]) -> object:
    if not isinstance(word, str):
        return word
    if name == "unit":
        return clean_text(word, _QUOTED)
    return quoted(word) if name in _FROM_THE_FILE else word


def refuse(code: str, *, line: int | None = None, column: str = "", **values: object) -> ReadError:
    """The error that refuses the whole file; to be raised."""
    return ReadError(report(code, unit="", line=line, column=column, **values))


def quote(text: str) -> str:
    """A piece of the file inside an English sentence."""
    return f"'{clean_text(text, _QUOTED)}'"


def quote_fr(text: str) -> str:
    """A piece of the file inside a French sentence."""
    return f"« {clean_text(text, _QUOTED)} »"
