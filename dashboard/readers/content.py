"""A file's bytes, opened at most once in each way; every way is hardened and capped."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from ..model import Finding
from .bundle import is_bundle, parts_of
from .decode import decode, legacy_encoding
from .delimited import DELIMITERS, parse_delimited
from .grid import Grid, normal
from .json_text import parse_json
from .old_workbook import OLD_MAGIC
from .reading import ReadError
from .workbook import MAGIC, parse_workbook
from .xml_tree import Element, parse_xml

_SAMPLE = 2**16  # bytes that are enough to see what a file is
_FIRST_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)((?:\s[^<>]*)?)>")
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)""")


class Content:
    """What is in a file, for the code that recognises formats and reads them.

    ``kind``, ``root``, ``namespaces``, ``header``, ``line_with`` and ``keys`` never raise: of what
    is no XML the root is "", of what is no table the header is empty. The others raise
    ReadError.
    """

    def __init__(self, content: bytes, encoding: str = "", sheet: str = "") -> None:
        self.bytes = content
        self._encoding = encoding
        self._sheet = sheet

    @cached_property
    def kind(self) -> str:
        """xlsx, xls, bundle (an archive of XML), xml, html, json or text."""
        if self.bytes.startswith(MAGIC):
            return "bundle" if is_bundle(self.bytes) else "xlsx"
        if self.bytes.startswith(OLD_MAGIC):
            return "xls"
        start = self._sample.lstrip("\ufeff \t\r\n")[:400].lower()
        if start.startswith("<"):
            return "html" if "<html" in start or "<!doctype html" in start else "xml"
        return "json" if start.startswith(("{", "[")) else "text"

    @cached_property
    def root(self) -> str:
        """Local name of the root element of XML."""
        found = self._first_element
        return found[1] if found else ""

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Every namespace that the root element declares."""
        found = self._first_element
        return frozenset(_NAMESPACE.findall(found[2])) if found else frozenset()

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Cells of the first line of a table, normalised, whatever its delimiter."""
        try:
            if self.kind in {"xlsx", "xls"}:
                return self.grid.header
            lines = self._sample.lstrip("\ufeff\r\n").splitlines() if self.kind == "text" else []
        except ReadError:
            return ()
        return max((_cells(lines[0], mark) for mark in DELIMITERS), key=len) if lines else ()

    def line_with(self, start: str) -> int:
        """The 1-based line near the top of a text that starts so: the header below a preamble;
        0 without one."""
        lines = self._sample.lstrip("\ufeff").splitlines() if self.kind == "text" else []
        return next((n for n, line in enumerate(lines, start=1) if line.startswith(start)), 0)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the object that a JSON file is."""
        try:
            value = self.json if self.kind == "json" else None
        except ReadError:
            return frozenset()
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def contains(self, mark: str) -> bool:
        """Whether an ASCII mark is in the bytes, be they UTF-8 or UTF-16."""
        codes = ("ascii", "utf-16-le", "utf-16-be")
        return any(mark.encode(code) in self.bytes for code in codes)

    @property
    def text(self) -> str:
        """The decoded text, line ends as they are."""
        return self._decoded[0]

    @property
    def oddities(self) -> tuple[Finding, ...]:
        """What is odd in the text: garbled accents, hidden line separators."""
        return self._decoded[1] if self.kind == "text" else ()

    @cached_property
    def grid(self) -> Grid:
        """The table whose first line is its header."""
        if self.kind not in {"xlsx", "xls"}:
            return parse_delimited(self.text, [])
        if isinstance(self._workbook, ReadError):
            raise self._workbook
        return self._workbook

    @cached_property
    def _workbook(self) -> Grid | ReadError:
        """The first sheet, or why there is none: every format asks, and to open it takes long."""
        try:
            return parse_workbook(self.bytes, sheet=self._sheet)
        except ReadError as error:
            return error

    @cached_property
    def passing_grid(self) -> Grid:
        """The same table for a format that goes over its rows once."""
        if self.kind in {"xlsx", "xls"}:
            return self.grid
        return parse_delimited(self.text, [], lazily=True)

    @cached_property
    def xml(self) -> Element:
        """The root element."""
        return parse_xml(self.bytes)

    def parts(self) -> Iterator[tuple[str, "Content"]]:
        """Name and content of each file of a bundle, one at a time."""
        return ((name, Content(part)) for name, part in parts_of(self.bytes))

    @cached_property
    def json(self) -> object:
        """The value: numbers are ``int`` where they are written so, else ``json_text.Written``."""
        return parse_json(self.text)

    @cached_property
    def _decoded(self) -> tuple[str, tuple[Finding, ...]]:
        return decode(self.bytes, self._encoding, has_lines=self.kind != "json")

    @cached_property
    def _sample(self) -> str:
        """The start of the file as text, good enough to recognise ASCII names in it."""
        start = self.bytes[:_SAMPLE]
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return start[: len(start) // 2 * 2].decode("utf-16", "replace")
        try:
            return start.decode("utf-8")
        except UnicodeDecodeError as error:
            is_cut = error.start > len(start) - 4 and len(self.bytes) > len(start)
            encoding = "utf-8" if is_cut else legacy_encoding(start)
            return start.decode(encoding, "replace")

    @cached_property
    def _first_element(self) -> re.Match[str] | None:
        text = re.sub(r"<!--.*?-->|<\?.*?\?>", "", self._sample, flags=re.S)
        return _FIRST_ELEMENT.search(text) if self.kind == "xml" else None


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(map(normal, next(csv.reader([line], delimiter=delimiter), [])))
    except csv.Error:
        return ()


def member(value: object, *path: str) -> object:
    """What is at a path of keys in a JSON value, ``None`` where something is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
