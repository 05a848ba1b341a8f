"""RSS (2.0 and its ancestors, 1.0) and Atom to rows.

Our own reading of a dozen elements, because a feed that is cut short must be refused: the libraries
for feeds of the wild web (feedparser) read on in whatever they find, and the posts that were cut
off would count as withdrawn.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError, tostring
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..clean import NAME_LIMIT, clean_text
from ..readers.codes import refuse
from ..readers.decode import too_many
from .entry import Row, short_digest
from .findings import no_feed
from .plain import plain_text

LARGEST_FEED = 8 * 2**20  # bytes
SETTLING = timedelta(minutes=1)  # a program that publishes writes "updated" a moment later
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CUT_SHORT = {
    errors.codes[message]
    for message in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
}


def syndicated_rows(content: bytes) -> Iterator[Row]:
    """One row per item or entry, in the order of the file. Raises ReadError."""
    root = _parsed(content)
    space, _, name = root.tag.rpartition("}")
    if name == "feed" and f"{space}}}" == _ATOM:
        source = _text(root.find(f"{_ATOM}title"))
        return (_atom_row(entry, source) for entry in root.iterfind(f"{_ATOM}entry"))
    if name not in {"rss", "RDF"}:
        raise no_feed(f"<{name}>")
    items = [element for element in root.iter() if _local(element) == "item"]
    channel = next((element for element in root if _local(element) == "channel"), root)
    source = _text(channel.find(f"{_space(channel)}title"))
    return (_rss_row(item, source) for item in items)


def _parsed(content: bytes) -> Element:
    if len(content) > LARGEST_FEED:
        raise too_many("bytes", "octets", len(content), LARGEST_FEED)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        line = error.position[0]
        if error.code in _CUT_SHORT:
            raise refuse("R602", line=line) from error
        why, why_fr = "it is malformed", "le document est mal formé"
        raise refuse("R601", line=line, why=why, why_fr=why_fr) from error
    except DefusedXmlException as error:
        why, why_fr = "a document type or an entity", "un type de document ou une entité"
        raise refuse("R601", line=1, why=why, why_fr=why_fr) from error
    except (LookupError, ValueError) as error:  # an encoding Python does not have
        raise refuse("R601", line=1, why="its encoding", why_fr="son encodage") from error
    return root


def _rss_row(item: Element, source: str) -> Row:
    space = _space(item)
    body = _text(item.find(_CONTENT)) or _text(item.find(f"{space}description"))
    link = _text(item.find(f"{space}link"))
    written = _text(item.find(f"{space}pubDate"))
    return {
        "id": _identifier(_text(item.find(f"{space}guid")) or link),
        "time": _rfc822(written) if written else _text(item.find(f"{_DUBLIN_CORE}date")),
        "text": titled(plain_text(_text(item.find(f"{space}title"))), plain_text(body)),
        "author": _text(item.find(f"{_DUBLIN_CORE}creator")),
        "source": source,
        "source_url": link,
    }


def _atom_row(entry: Element, source: str) -> Row:
    updated = _text(entry.find(f"{_ATOM}updated"))
    published = _text(entry.find(f"{_ATOM}published")) or updated
    content = entry.find(f"{_ATOM}content")
    if content is None or content.get("src"):
        content = entry.find(f"{_ATOM}summary")
    links = [
        link.get("href", "")
        for link in entry.iterfind(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    return {
        "id": _identifier(_text(entry.find(f"{_ATOM}id"))),
        "time": published,
        "text": titled(_construct(entry.find(f"{_ATOM}title")), _construct(content)),
        "author": _text(entry.find(f"{_ATOM}author/{_ATOM}name")),
        "source": source,
        "source_url": links[0] if links else "",
        "edited": updated if is_edit(published, updated) else "",
    }


def titled(title: str, body: str) -> str:
    """A title as the first paragraph, unless the text begins with it."""
    shown = clean_text(title, NAME_LIMIT)
    if not shown or clean_text(body, 4 * NAME_LIMIT).startswith(shown.removesuffix("…")):
        return body
    return f"{title}\n\n{body}"


def is_edit(published: str, updated: str) -> bool:
    """Whether the later of two ISO times tells of another text than the first."""
    try:
        gap = datetime.fromisoformat(updated) - datetime.fromisoformat(published)
    except (ValueError, TypeError):  # one without an offset among them
        return False
    return gap > SETTLING


def _construct(element: Element | None) -> str:
    """Atom's three kinds of text (RFC 4287, 3.1)."""
    if element is None:
        return ""
    kind = element.get("type", "text")
    if kind == "xhtml":
        for each in element.iter():
            each.tag = _local(each)
        return plain_text(tostring(element, "unicode"))
    return plain_text(_text(element)) if kind in {"html", "text/html"} else _text(element)


def _identifier(written: str) -> str:
    """Of a guid, often an address, what is short enough for a link of our own."""
    return short_digest(written) if written else ""


def _rfc822(written: str) -> str:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return written  # which is told as no time
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _space(element: Element) -> str:
    """The namespace of an element, as its children write it: RSS 2.0 has none."""
    space, brace, _ = str(element.tag).rpartition("}")
    return space + brace
