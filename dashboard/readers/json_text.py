"""JSON to a value, without what Python would forgive."""

import json
import math
import re
from typing import Any

from .codes import refuse
from .decode import too_many
from .reading import ReadError

MOST_VALUES = 5_000_000  # 64 MiB of a wordy format hold three million
_SEPARATORS = ",[{"  # as many as there are values, or more
_WORDS = ("true", "false", "null")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # of two together, or of half a character


class Written(float):
    """A number with a fraction or an exponent; its text is what was written, "1e3"."""

    __slots__ = ("text",)
    text: str

    def __str__(self) -> str:
        return self.text


def parse_json(text: str) -> Any:
    """The value of a document.

    Raises ReadError: malformed, cut short, a key twice in one object, no finite number, half of a
    character that nobody could write again, nested too deep, beyond a cap.
    """
    found = sum(map(text.count, _SEPARATORS))
    if found > MOST_VALUES:
        raise too_many("values", "valeurs", found, MOST_VALUES)
    try:
        value = json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=_object,
            parse_float=_number,
            parse_constant=_number,
        )
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except json.JSONDecodeError as error:
        if _is_cut(error):
            raise refuse("R602", line=error.lineno) from error
        raise _malformed(error.msg, "le document est mal formé", error.lineno) from error
    except RecursionError as error:
        raise _malformed("nested too deep", "trop d’imbrications") from error
    except UnicodeEncodeError as error:
        raise _malformed("half of a character", "la moitié d’un caractère") from error
    except ValueError as error:  # more digits than Python converts
        raise _malformed("a number without end", "un nombre sans fin") from error


def _is_cut(error: json.JSONDecodeError) -> bool:
    rest = error.doc[error.pos :].strip()
    return error.msg.startswith("Unterminated") or any(word.startswith(rest) for word in _WORDS)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in value if keys.count(key) > 1)
        raise refuse("R646", found=twice)
    return value


def _number(text: str) -> Written:
    number = Written(text)
    if not math.isfinite(number):
        raise _malformed(f"{text[:12]} is no number", f"{text[:12]} n’est pas un nombre")
    number.text = text
    return number


def _malformed(why: str, why_fr: str, line: int = 1) -> ReadError:
    return refuse("R603", line=line, why=why, why_fr=why_fr)
