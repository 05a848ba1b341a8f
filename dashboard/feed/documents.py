"""JSON documents to rows: JSON Feed, and a blog's posts as Sourcefabric's Live Blog gives them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..readers.json_text import parse_json
from .entry import Row, short_digest
from .findings import no_feed
from .plain import plain_text
from .syndication import is_edit, titled

# Keys that only a whole document has: in a line of JSON Lines a quotation mark of a text is \".
_DOCUMENT = re.compile(r'"(?:_items|items)"\s*:')


def is_document(text: str) -> bool:
    """Whether a text that begins with "{" is one document rather than JSON Lines."""
    return _DOCUMENT.search(text) is not None


def document_rows(text: str) -> Iterator[Row]:
    """One row per item, in the order of the file. Raises ReadError."""
    found = parse_json(text)
    if not isinstance(found, dict):
        raise no_feed("JSON")
    if isinstance(found.get("_items"), list):
        posts = [post for post in found["_items"] if isinstance(post, dict)]
        return (_live_blog_row(post) for post in posts if _is_published(post))
    if not isinstance(found.get("items"), list) or "jsonfeed.org" not in _said(found, "version"):
        raise no_feed("JSON")
    source = _said(found, "title")
    return (_json_feed_row(item, source) for item in found["items"] if isinstance(item, dict))


# JSON Feed 1.1


def _json_feed_row(item: Mapping[str, Any], source: str) -> Row:
    published, modified = _said(item, "date_published"), _said(item, "date_modified")
    html = _said(item, "content_html")
    body = _said(item, "content_text") or plain_text(html) or _said(item, "summary")
    authors = item.get("authors") or [item.get("author")]
    author = authors[0] if isinstance(authors, list) else None
    return {
        "id": _identifier(item, "id"),
        "time": published or modified,
        "text": titled(_said(item, "title"), body),
        "author": _said(author, "name"),
        "source": source,
        "source_url": _said(item, "url") or _said(item, "external_url"),
        "edited": modified if is_edit(published, modified) else "",
    }


# Live Blog


def _is_published(post: Mapping[str, Any]) -> bool:
    """Neither deleted nor a draft, nor submitted to an editor who has not yet decided."""
    return not post.get("deleted") and post.get("post_status", "open") == "open"


def _live_blog_row(post: Mapping[str, Any]) -> Row:
    items = list(_items(post))
    published = _said(post, "published_date") or _said(post, "firstcreated")
    changed = _said(post, "content_updated_date") or _said(post, "versioncreated")
    quote = next((item for item in items if item.get("item_type") == "quote"), None)
    image = next((item for item in items if item.get("item_type") == "image"), None)
    return {
        "id": _identifier(post, "_id"),
        "time": published,
        "kind": "key" if post.get("highlight") else "reaction" if quote else "",
        "text": "\n\n".join(map(_item_text, items)),
        "author": _said(quote.get("meta"), "credit") if quote else _author(post),
        "pinned": "1" if post.get("sticky") else "",
        "edited": changed if is_edit(published, changed) else "",
        "image": _image(image),
        "image_text": _said(image.get("meta"), "caption") if image else "",
    }


def _items(post: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a post consists of, in its order."""
    for group in _objects(post.get("groups")):
        for reference in _objects(group.get("refs")):
            if isinstance(item := reference.get("item"), dict):
                yield item


def _item_text(item: Mapping[str, Any]) -> str:
    meta = item.get("meta")
    match item.get("item_type"):
        case "quote":
            return plain_text(_said(meta, "quote"))
        case "image":
            return plain_text(_said(meta, "caption"))
        case _:
            return plain_text(_said(item, "text"))


def _author(post: Mapping[str, Any]) -> str:
    return _said(post.get("publisher"), "display_name")


def _image(item: Mapping[str, Any] | None) -> str:
    """The address of the rendition meant for reading."""
    found: Any = item
    for key in ("meta", "media", "renditions", "viewImage"):
        found = found.get(key) if isinstance(found, dict) else None
    return _said(found, "href")


def _objects(value: object) -> Iterator[dict[str, Any]]:
    return (
        (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())
    )


def _said(value: object, key: str) -> str:
    """The text under a key of what may be an object, "" when there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found.strip() if isinstance(found, str) else ""


def _identifier(item: Mapping[str, Any], key: str) -> str:
    found = item.get(key)
    written = str(found) if isinstance(found, str | int) else ""
    return short_digest(written) if written else ""
