"""XML to a tree in which every element knows its line; nothing is resolved, nothing is fetched.

Whoever sends the file decides nothing but text: no document type, hence no entity, and a cap on
everything that could be endless. expat alone holds a tag until it ends, however many attributes it
has, and starts over at each piece it is fed: that is why the length of one token is capped here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from .codes import refuse
from .decode import LARGEST_FILE, too_many

MOST_ELEMENTS = 1_500_000  # 70,000 units of 12 options in the wordiest format need a million
MOST_ATTRIBUTES = 64  # of one element
DEEPEST = 64
LONGEST_TEXT = 10_000  # characters in one element
LONGEST_TOKEN = 2**18  # bytes of one tag, comment or instruction
_CHUNK = 2**16
_CUT_SHORT = {
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
}
_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(slots=True)
class Element:
    """One element; names are local, its namespace matters only to recognise a format."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    line: int | None  # 1-based; None of what is no XML
    children: Sequence["Element"] = ()
    text: str = ""  # its own, stripped

    def all(self, *path: str) -> Iterator["Element"]:
        """Every element at the end of a path of names, in the order of the file."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> "Element | None":
        """The first element at the end of a path, or ``None``."""
        return next(self.all(*path), None)

    def only(self, *path: str) -> "Element | None":
        """As ``first``; ReadError (R647) when there are several."""
        found = list(self.all(*path))
        if len(found) > 1:
            raise refuse("R647", line=found[1].line, element="/".join((self.name, *path)))
        return found[0] if found else None

    def need(self, *path: str) -> "Element":
        """The first element at the end of a path; ReadError (R612) when there is none."""
        found = self.first(*path)
        if found is None:
            raise refuse("R612", line=self.line, element="/".join((self.name, *path)))
        return found

    def said(self, *path: str) -> str:
        """The text at the end of a path, "" without one."""
        found = self.first(*path)
        return found.text if found is not None else ""

    def cell(self, *path: str) -> str:
        """The count at the end of a path, "" without one; of several all, which is no count."""
        return " + ".join([found.text for found in self.all(*path)])

    def attribute(self, name: str) -> str:
        """An attribute that the format requires; ReadError (R612) without it."""
        if name not in self.attributes:
            raise refuse("R612", line=self.line, element=f"{self.name}@{name}")
        return self.attributes[name]


NOTHING = Element("", "", _NO_ATTRIBUTES, None)  # for ``first(…) or NOTHING``


def parse_xml(content: bytes) -> Element:
    """The root of a document.

    Raises ReadError: malformed, cut short, with a document type or entities of its own, beyond a
    cap.
    """
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    builder = _Builder()
    parser = builder.parser
    try:
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            parser.Parse(chunk, False)
            held = start + len(chunk) - parser.CurrentByteIndex
            if held > LONGEST_TOKEN:
                raise too_many("bytes in one tag", "octets dans une balise", held, LONGEST_TOKEN)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _malformed(error) from error
    except (LookupError, ValueError) as error:  # an encoding Python does not have
        raise refuse("R601", line=1, why="its encoding", why_fr="son encodage") from error
    assert builder.root is not None  # expat refuses a document without an element
    return builder.root


def _malformed(error: expat.ExpatError) -> Exception:
    reason = expat.errors.messages[error.code]
    if reason in _CUT_SHORT:
        return refuse("R602", line=error.lineno)
    return refuse("R601", line=error.lineno, why=reason, why_fr="le document est mal formé")


class _Builder:
    """Makes the tree while expat reads."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._open: list[Element] = []
        self._children: list[list[Element]] = []
        self._texts: list[str] = []
        self._count = 0

    def _doctype(self, *_: object) -> NoReturn:
        why, why_fr = "a document type or an entity", "un type de document ou une entité"
        raise refuse("R601", line=self.parser.CurrentLineNumber, why=why, why_fr=why_fr)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise too_many("elements", "éléments", self._count, MOST_ELEMENTS)
        if len(self._open) >= DEEPEST:
            raise too_many("nested elements", "éléments imbriqués", len(self._open) + 1, DEEPEST)
        if len(attributes) > MOST_ATTRIBUTES:
            found = len(attributes)
            raise too_many("attributes in one tag", "attributs dans une balise", found,
                           MOST_ATTRIBUTES)  # fmt: skip
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, _local(attributes), self.parser.CurrentLineNumber)
        if self._open:
            self._children[-1].append(element)
        else:
            self.root = element
        self._open.append(element)
        self._children.append([])
        self._texts.append("")

    def _characters(self, text: str) -> None:
        before = self._texts[-1]
        if not before and text.isspace():  # between elements
            return
        if len(before) + len(text) > LONGEST_TEXT:
            found = len(before) + len(text)
            raise too_many("characters in one element", "caractères dans un élément", found,
                           LONGEST_TEXT)  # fmt: skip
        self._texts[-1] = before + text

    def _end(self, _: str) -> None:
        element = self._open.pop()
        element.text = self._texts.pop().strip()
        if children := self._children.pop():  # most have none, and an empty list for each is dear
            element.children = children


def _local(attributes: dict[str, str]) -> Mapping[str, str]:
    """Attributes by local name; one in no namespace comes before its namesakes."""
    if not attributes:
        return _NO_ATTRIBUTES
    spaced = {name for name in attributes if " " in name}
    if not spaced:
        return attributes
    return {name.rpartition(" ")[2]: attributes[name] for name in spaced} | {
        name: value for name, value in attributes.items() if name not in spaced
    }
