"""What may be wrong with a post, beyond what ``readers.catalogue`` says of any row."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..model import Finding, Severity
from ..readers import ReadError
from ..readers.codes import quote, quote_fr

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "R510": (
        "{found} posts in one feed: only the newest {limit} are shown.",
        "{found} publications dans un fil : seules les {limit} plus récentes sont montrées.",
    ),
    "R511": (
        "The image {found} has no text that says what it shows; the post is shown without it.",
        "L’image {found} n’a pas de texte qui dise ce qu’elle montre ; la publication est montrée "
        "sans elle.",
    ),
    "R512": (
        "The image {found} is not an https address of a host in image_hosts; the post is shown "
        "without it.",
        "L’image {found} n’est pas une adresse https d’un hôte d’image_hosts ; la publication est "
        "montrée sans elle.",
    ),
    "R513": (
        "The time {found} of an edit is neither HH:MM[:SS] nor an ISO date and time; the post is "
        "shown as unedited.",
        "L’heure de modification {found} n’est ni HH:MM[:SS] ni une date et heure ISO ; la "
        "publication est montrée comme non modifiée.",
    ),
    "R514": (
        "The feed is {found}, none of CSV, JSON Lines, RSS, Atom, JSON Feed and Live Blog's JSON.",
        "Le fil est {found}, ni CSV, ni JSON Lines, ni RSS, ni Atom, ni JSON Feed, ni le JSON de "
        "Live Blog.",
    ),
}
CODES = frozenset(_SENTENCES)


def flagged(code: str, line: int | None = None, column: str = "", **values: object) -> Finding:
    """The finding of that code; what the file itself says is quoted, cleaned and shortened."""
    english, french = _SENTENCES[code]
    return Finding(
        code,
        Severity.FLAG,
        english.format(**{name: _said(value, quote) for name, value in values.items()}),
        french.format(**{name: _said(value, quote_fr) for name, value in values.items()}),
        line=line,
        column=column,
    )


def no_feed(found: str) -> ReadError:
    """The refusal of a file that is no feed; to be raised."""
    return ReadError(replace(flagged("R514", found=found), severity=Severity.REFUSE))


def _said(value: object, quoted: Callable[[str], str]) -> object:
    return quoted(value) if isinstance(value, str) else value
