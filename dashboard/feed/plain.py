"""HTML as plain text: what a reader would read, without anything that could be anything else.

Not ``html.parser``: of 100 kB of "<a " it takes five minutes.
"""

import re
from collections.abc import Iterator
from html import unescape

MOST_CHARACTERS = 50_000  # of one entry's HTML; what follows is left out
LONGEST_TAG = 1_024  # characters within which a quoted ">" is no end

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*+)(?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+>")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
# What they hold is no text of the page.
_SILENT = frozenset(
    {"script", "style", "template", "iframe", "object", "svg", "math", "head", "title", "noscript"}
    | {"select", "textarea", "button", "canvas", "audio", "video"}
)
_PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"}
    | {"nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)


def plain_text(html: str) -> str:
    """The text of a piece of HTML: paragraphs are separated by an empty line, a link is its text.

    Never fails, and takes a time proportional to the piece; the result is to be cleaned as any
    text of others.
    """
    return "".join(_pieces(html[:MOST_CHARACTERS]))


def _pieces(html: str) -> Iterator[str]:
    at = 0
    while (start := html.find("<", at)) >= 0:
        yield _text(html[at:start])
        name = _NAME.match(html, start)
        if name is not None:
            tag = name[1].lower()
            at = _end_of_tag(html, start)
            if tag in _SILENT and html[start + 1] != "/" and html[at - 2 : at] != "/>":
                at = _end_of_element(html, tag, at)
            yield "\n" if tag == "br" else "\n\n" if tag in _PARAGRAPHS else ""
        elif html.startswith("<!--", start):
            at = _after(html, "-->", start + 4)
        elif html[start + 1 : start + 2] in {"!", "?", "/"}:
            at = _after(html, ">", start)
        else:  # "a < b"
            yield "<"
            at = start + 1
    yield _text(html[at:])


def _text(written: str) -> str:
    """Line breaks of the source are spaces: ours are those of its elements."""
    return unescape(written).replace("\r", " ").replace("\n", " ")


def _end_of_tag(html: str, start: int) -> int:
    tag = _TAG.match(html, start, start + LONGEST_TAG)
    return tag.end() if tag is not None else _after(html, ">", start)


def _end_of_element(html: str, tag: str, at: int) -> int:
    closing = re.compile(f"</{tag}\\b", re.IGNORECASE).search(html, at)
    return _after(html, ">", closing.end()) if closing is not None else len(html)


def _after(html: str, mark: str, at: int) -> int:
    """The place behind the next ``mark``; the end when there is none, as a browser reads it."""
    found = html.find(mark, at)
    return found + len(mark) if found >= 0 else len(html)
