"""Bytes to text, without guessing more than is safe."""

import codecs
import re

from ..model import Finding
from .codes import refuse, report

LARGEST_FILE = 64 * 2**20  # bytes
LONGEST_LINE = 1_000_000  # characters; a wider line is an attack or another format

# A byte order mark says more than any declaration: whoever saved the file put it there.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"\xd0\xcf\x11\xe0", "an old .xls workbook", "un ancien classeur .xls"),
    (b"\x1f\x8b", "a gzip archive", "une archive gzip"),
    (b"PK\x03\x04", "a zip archive or a workbook", "une archive zip ou un classeur"),
    (b"PK\x05\x06", "an empty zip archive", "une archive zip vide"),
    (b"%PDF", "a PDF document", "un document PDF"),
)
_BREAK = re.compile(r"\r\n|\r|\n")

# Text that was decoded wrongly once and is plausible nowhere. UTF-8 read as cp1252 gives an
# accented capital and a sign ("Ã©", "â€™"); CP850 read as latin-1 gives C1 controls, and read as
# cp1252 gives low quotes and daggers inside words ("1ère" -> "1Šre", "Hérault" -> "H‚rault").
_GARBLED = re.compile(
    "[ÂÃ][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a"
    "\u20ac\u2122]"
    "|â€.?"
    "|[\u0080-\u0084\u0086-\u009f]+"
    "|[^\\W_][‚ƒ„†‡ˆ‹](?=[^\\W\\d_])"
    "|[a-z0-9]Š(?=[a-z])"
    "|\ufffd"
)
# What CP850 read as cp1252 puts inside a word and nobody writes there: "Hôtel" -> "H“tel".
_CP850_IN_A_WORD = re.compile("[^\\W_](?:[‚ƒ„†‡ˆ‰‹Œ“”](?=[^\\W\\d_])|Š(?=[a-z]))")
# And the signs that names are written with. Read as CP850, a text in cp1252 has others, or a
# capital in the middle of a word ("Ardèche" -> "ArdÞche", "Sète" -> "SÚte").
_OF_NAMES = frozenset("éèêëàâäáãçîïìíôöòóõûùüúÿñßæåøÉÈÊËÀÂÄÁÇÎÏÍÔÖÓÛÙÜÚÑÆÅØ«»°ºª·\u00a0")
_CAPITAL_INSIDE = re.compile("[a-zß-ÿ][À-ÖØ-Þ]|[à-öø-ÿ][A-ZÀ-ÖØ-Þ]")
# One of these is in all of it. To look for them one by one is ten times quicker than the pattern.
_SIGNS = ("Â", "Ã", "â€", *map(chr, range(0x80, 0xA0)), *"‚ƒ„†‡ˆ‹Š\ufffd")


def decode(
    content: bytes, encoding: str = "", *, has_lines: bool = True
) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file and what is odd in it; JSON may well be one line from end to end.

    A byte order mark decides; else the declared ``encoding``; else UTF-8, then cp1252, strictly;
    then CP850, where cp1252 shows its traces and CP850 does not (R112).
    Line ends are left as they are (LF, CRLF and CR are all read).

    Raises ReadError: too large, empty, not text, undecodable, a NUL, an endless line, or cut in
    the middle of a character.
    """
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    for magic, what, what_fr in _NOT_TEXT:
        if content.startswith(magic):
            raise refuse("R102", what=what, what_fr=what_fr)
    text, used = _strictly(content, encoding)
    if not text or text.isspace():
        raise refuse("R101")
    # A captive portal or an error page answers 200 as well.
    if text.lstrip().startswith("<"):
        raise refuse("R102", what="a web page or XML", what_fr="une page web ou du XML")
    if "\0" in text:
        raise refuse("R104", line=line_of(text, text.index("\0")))
    if has_lines:
        _reject_endless_lines(text)
    read_so = () if encoding or used != "cp850" else (report("R112"),)
    return text, (*read_so, *_oddities(text))


def is_garbled(text: str) -> bool:
    """Whether a name was decoded wrongly once."""
    if text.isascii() or not any(sign in text for sign in _SIGNS):
        return False
    return _GARBLED.search(text) is not None


def legacy_encoding(content: bytes) -> str:
    """The encoding of text that is not UTF-8: cp1252, or CP850 where only that gives names."""
    try:
        text = content.decode("cp1252")
        if _CP850_IN_A_WORD.search(text) is None:
            return "cp1252"
    except UnicodeDecodeError:
        pass  # É of CP850 is nothing in cp1252
    dos = content.decode("cp850")
    signs = {sign for sign in set(dos) if not sign.isascii()}
    return "cp850" if signs <= _OF_NAMES and not _CAPITAL_INSIDE.search(dos) else "cp1252"


def line_of(text: str, position: int) -> int:
    """The 1-based line of a position in a text."""
    return 1 + len(_BREAK.findall(text, 0, position))


def too_many(what: str, what_fr: str, found: int, limit: int) -> Exception:
    """The refusal of a file beyond a cap."""
    return refuse("R106", what=what, what_fr=what_fr, found=found, limit=limit)


def _strictly(content: bytes, declared: str) -> tuple[str, str]:
    """The text, and the encoding it was read in."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding), encoding
    if declared:
        return _decoded(content, declared), declared
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Only the last character is incomplete: a file still being written, not another encoding.
        if error.reason == "unexpected end of data":
            line = line_of(content[: error.start].decode("utf-8"), error.start)
            raise refuse("R105", line=line) from error
    encoding = legacy_encoding(content)
    return _decoded(content, encoding), encoding


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError as error:
        raise refuse("R111", encoding=encoding) from error
    except UnicodeDecodeError as error:
        line = 1 + len(re.findall(rb"\r\n|\r|\n", content[: error.start]))
        raise refuse("R103", line=line, encoding=encoding) from error
    except UnicodeError as error:  # utf-16 and others without a position
        raise refuse("R103", line=1, encoding=encoding) from error


def _reject_endless_lines(text: str) -> None:
    start = 0
    while len(text) - start > LONGEST_LINE:
        window = start, start + LONGEST_LINE + 1
        end = max(text.rfind("\n", *window), text.rfind("\r", *window))
        if end < 0:
            longest = max(map(len, text.replace("\r", "\n").split("\n")))
            raise too_many("characters in one line", "caractères dans une ligne", longest,
                           LONGEST_LINE)  # fmt: skip
        start = end + 1


def _oddities(text: str) -> tuple[Finding, ...]:
    if text.isascii():
        return ()
    findings = []
    if any(sign in text for sign in _SIGNS) and (garbled := _GARBLED.search(text)):
        around = text[max(0, garbled.start() - 8) : garbled.end() + 8]
        line = line_of(text, garbled.start())
        findings.append(report("R109", line=line, found=_BREAK.sub(" ", around)))
    if hidden := [place for mark in "\u2028\u2029" if (place := text.find(mark)) >= 0]:
        findings.append(report("R110", line=line_of(text, min(hidden))))
    return tuple(findings)
