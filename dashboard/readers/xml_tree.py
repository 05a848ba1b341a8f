"""XML to a tree in which every element knows its line; nothing is resolved, nothing is fetched."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from .codes import refuse
from .decode import LARGEST_FILE, too_many

MOST_ELEMENTS = 1_500_000  # 70,000 units of 12 options in the wordiest format need a million
DEEPEST = 64
LONGEST_TEXT = 10_000  # characters in one element
_CHUNK = 2**16
_CUT_SHORT = {"no element found", "unclosed token", "unclosed CDATA section"}


@dataclass(slots=True)
class Element:
    """One element; names are local, its namespace matters only to recognise a format."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
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

    def attribute(self, name: str) -> str:
        """An attribute that the format requires; ReadError (R612) without it."""
        if name not in self.attributes:
            raise refuse("R612", line=self.line, element=f"{self.name}@{name}")
        return self.attributes[name]


def parse_xml(content: bytes) -> Element:
    """The root of a document.

    Raises ReadError: malformed, cut short, with a document type or entities of its own, beyond a
    cap.
    """
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    builder = _Builder()
    parser: Any = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.prepareParser(_Nameless())
        stream = io.BytesIO(content)
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        why, why_fr = "a document type or an entity", "un type de document ou une entité"
        raise refuse("R601", line=parser.getLineNumber() or 1, why=why, why_fr=why_fr) from error
    except SAXParseException as error:
        raise _malformed(error) from error
    except (LookupError, ValueError) as error:  # an encoding Python does not have
        raise refuse("R601", line=1, why="its encoding", why_fr="son encodage") from error
    assert builder.root is not None  # expat refuses a document without an element
    return builder.root


def _malformed(error: SAXParseException) -> Exception:
    reason, line = str(error.getMessage()), error.getLineNumber() or 1
    if reason in _CUT_SHORT:
        return refuse("R602", line=line)
    return refuse("R601", line=line, why=reason, why_fr="le document est mal formé")


class _Nameless:
    """What the parser asks of a source: it has no address, so nothing can be relative to it."""

    def getSystemId(self) -> None:
        return None


class _Builder(ContentHandler):
    root: Element | None = None

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self._locator = locator

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise too_many("elements", "éléments", self._count, MOST_ELEMENTS)
        if len(self._open) >= DEEPEST:
            raise too_many("nested elements", "éléments imbriqués", len(self._open), DEEPEST)
        attributes = {local: cast("str", value) for (_, local), value in attrs.items()}
        line = int(self._locator.getLineNumber())
        element = Element(name[1], name[0] or "", attributes, line)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def characters(self, content: str) -> None:
        self._texts[-1].append(content)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        text = "".join(self._texts.pop()).strip()
        if len(text) > LONGEST_TEXT:
            raise too_many(
                "characters in one element", "caractères dans un élément", len(text), LONGEST_TEXT
            )
        self._open.pop().text = text
