"""Page content as values: a node is a string, or ``[tag, attributes, *children]``.

Views decide every word in Python; the browser (assets/render.js) and the first HTML response
(``to_html``) only lay nodes out. Text is always text: there is no raw HTML anywhere.

Children that come and go (rows, posts) are *keyed*: one mapping ``{key: node}`` stands in place
of the children, each node carrying a numeric ``data-order``. A merge patch then carries only the
rows that changed, and the browser keeps the elements a reader is looking at.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import Any, TypeAlias

Node: TypeAlias = str | list[Any]

VOID_TAGS = frozenset({"br", "hr", "img", "input", "wbr"})
# An allow-list, mirrored in assets/render.js: nothing that runs or submits, and of what loads only
# images, whose hosts the content security policy names.
TAGS = frozenset(
    {"a", "abbr", "article", "b", "blockquote", "br", "button", "caption", "cite", "col"}
    | {"colgroup", "data", "datalist", "dd", "details", "div", "dl", "dt", "em", "figcaption"}
    | {
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "label",
        "li",
        "nav",
    }
    | {"ol", "option", "p", "path", "q", "section", "small", "span", "strong", "sub", "summary"}
    | {"sup", "svg", "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "wbr"}
)
# As in assets/render.js: custom properties, nothing else.
_DECLARATION = r"\s*--[a-z][a-z0-9-]*\s*:\s*(?:#[0-9a-fA-F]{6}|-?[\d.]+(?:%|px|rem|fr)?)\s*"
_STYLED = re.compile(rf' data-style="({_DECLARATION}(?:;{_DECLARATION})*;?)"')


def el(tag: str, *children: Node | Mapping[str, Node] | None, **attributes: Any) -> Node:
    """A node. ``class_``, ``for_`` lose the underscore, inner underscores become hyphens.

    ``None`` children and ``None``/``False`` attributes are left out; ``True`` becomes "".
    Raises ``ValueError`` for a tag outside ``TAGS``.
    """
    if tag not in TAGS:
        raise ValueError(f"no such tag in a page: {tag!r}")
    attrs = {
        _attribute(name): "" if value is True else str(value)
        for name, value in attributes.items()
        if value is not None and value is not False
    }
    return [tag, attrs, *[child for child in children if child is not None]]


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def keyed(items: Iterable[tuple[str, Node]]) -> dict[str, Node]:
    """Keyed children, in this order."""
    children: dict[str, Node] = {}
    for order, (key, node) in enumerate(items):
        assert isinstance(node, list)
        node[1]["data-order"] = str(order)
        children[key] = node
    return children


def to_html(node: Node | Mapping[str, Node]) -> str:
    """The node as HTML text, escaped. Its ``style`` is written as ``data-style``: a strict content
    security policy refuses style attributes, and the page's one style sheet (``style_rules``)
    gives the element the same until assets/render.js has taken it over."""
    if isinstance(node, str):
        return escape(node, quote=False)
    if isinstance(node, Mapping):
        rows = [[row[0], {**row[1], "data-key": key}, *row[2:]] for key, row in _elements(node)]
        return "".join(map(to_html, sorted(rows, key=lambda row: int(row[1]["data-order"]))))
    tag, attrs, *children = node
    written = "".join(
        f' {"data-style" if name == "style" else name}="{escape(value)}"'
        for name, value in attrs.items()
    )
    if tag in VOID_TAGS:
        return f"<{tag}{written}>"
    return f"<{tag}{written}>{''.join(map(to_html, children))}</{tag}>"


def style_rules(html: str) -> str:
    """The rules of every ``data-style`` in a page: numbers and colours for the style sheets."""
    return "".join(f'[data-style="{d}"]{{{d}}}' for d in dict.fromkeys(_STYLED.findall(html)))


def _elements(children: Mapping[str, Node]) -> Iterable[tuple[str, list[Any]]]:
    return ((key, node) for key, node in children.items() if isinstance(node, list))
