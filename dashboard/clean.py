"""Text written by others, made safe to show: standard library only, importable from anywhere.

Nothing here escapes HTML: what shows text escapes it. This removes what no escaping cures:
characters that reverse a line, pile up over the neighbours, or never end.
"""

import re
import unicodedata

NAME_LIMIT = 120  # characters of a name, a place, an author
TEXT_LIMIT = 2_000  # characters of a post
FILE_NAME_LIMIT = 80  # characters
MOST_PARAGRAPHS = 12  # of a post; what follows is one more
MARKS_PER_BASE = 3  # combining marks; no living orthography needs more
JOINS = 4  # of one sign, by ZWJ, which no line can break: a family has three

_UNSAFE = re.compile(r"[^\w.-]+")
_JOINERS = "\u200c\u200d"  # ZWNJ, ZWJ: Cf, but Persian words and emoji families need them
_ZWJ = _JOINERS[1]
_INVISIBLE = {"Cc", "Cf", "Cs"}  # controls, bidi overrides and BOMs, lone surrogates
_MARKS = {"Mn", "Me"}
# Not \s: the no-break spaces before « : » and « % » are typography and stay.
_BREAKS = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_PARAGRAPH = re.compile("(?:\r\n|\r|\n|\u2029)[ \t]*(?:\r\n|\r|\n|\u2029)\\s*|\u2029")


def clean_text(text: str, limit: int) -> str:
    """One line of NFC text of at most ``limit`` characters, cut with an ellipsis.

    Line breaks become spaces; control, format and surrogate characters go, but for the two
    joiners; a base keeps three combining marks, and four others may be joined to it.
    """
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")  # nearly every cell of every file
    # Canonical reordering is quadratic in a run of marks: bound what enters it.
    text = _BREAKS.sub(" ", text[: 16 * limit])
    text = "".join(c for c in text if c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)
    text = _limit_marks(unicodedata.normalize("NFC", text)).strip(" ")
    # Removing an invisible character may have brought two spaces together.
    return _cut(re.sub(" {2,}", " ", text), limit)


def file_name(name: str) -> str:
    """The end of ``name``, without what a file system or a shell reads as more than a letter."""
    return _UNSAFE.sub("_", name)[-FILE_NAME_LIMIT:]


def clean_paragraphs(text: str, limit: int) -> str:
    """As ``clean_text``, but an empty line ends a paragraph: those are joined by one line break.

    A single line break remains a space: files are wrapped by whoever writes them.
    """
    written = _PARAGRAPH.split(text[: 16 * limit], MOST_PARAGRAPHS - 1)
    paragraphs = [cleaned for each in written if (cleaned := clean_text(each, limit))]
    return _cut("\n".join(paragraphs), limit)


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    marks = joins = 0
    before = ""
    for character in text:
        if character == _ZWJ:
            joins += 1
        elif unicodedata.category(character) in _MARKS:
            marks += 1
        elif character not in _JOINERS:  # a base, joined to the one before or not
            marks, joins = 0, joins if before == _ZWJ else 0
        before = character
        if marks <= MARKS_PER_BASE and (character != _ZWJ or joins <= JOINS):
            kept.append(character)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    end = limit - 1
    # Never between a letter and its accents, nor inside a joined emoji.
    while end and (unicodedata.category(text[end]) in _MARKS or text[end - 1] in _JOINERS):
        end -= 1
    return text[:end].rstrip(" ") + "…"
