"""Atom (RFC 4287): its plain text is plain text, where RSS would have everyone take it for HTML."""

from xml.etree.ElementTree import Element, SubElement, tostring

from ..model import Post
from .outgoing import Outgoing, iso

_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(feed: Outgoing) -> bytes:
    """``feed.xml``; the same bytes for the same posts."""
    election = feed.election
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.lang})
    _text(root, "title", election.title)
    if simulated := election.simulated_en if feed.lang == "en" else election.simulated:
        _text(root, "subtitle", simulated)
    _text(root, "id", f"urn:soiree:{election.id}:{feed.lang}")
    _text(root, "updated", iso(feed.updated_at))
    SubElement(SubElement(root, "author"), "name").text = feed.publisher
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{feed.home}feed.xml")
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.home)
    for post in feed.posts:
        _entry(root, feed, post)
    written: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _entry(root: Element, feed: Outgoing, post: Post) -> None:
    entry = SubElement(root, "entry")
    link = feed.link(post)
    _text(entry, "id", f"urn:soiree:{feed.election.id}:post:{link.rpartition('#post-')[2]}")
    _text(entry, "title", feed.title(post))
    _text(entry, "published", iso(post.at))
    _text(entry, "updated", iso(post.edited_at or post.at))
    SubElement(entry, "link", rel="alternate", type="text/html", href=link)
    if post.source_url:
        SubElement(entry, "link", rel="via", href=post.source_url)
    SubElement(entry, "category", term=str(post.kind), label=feed.kind(post))
    if post.author:
        SubElement(SubElement(entry, "author"), "name").text = feed.author(post)
    SubElement(entry, "content", type="text").text = feed.text(post)


def _text(parent: Element, tag: str, said: str) -> None:
    SubElement(parent, tag).text = said
