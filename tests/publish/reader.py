"""Reads a published site as a browser does: from name to name, and every name must be there."""

import json
import re
from collections.abc import Callable
from typing import Any

from dashboard.publish.destination import Destination

Read = Callable[[str], bytes | None]
_NAMED = re.compile(r'(?:(?:src|href|data-url)="|url\()(/[^"?)]+)')


def follow(read: Read) -> int:
    """The version the beat shows, 0 before there is one. Fails when a name leads nowhere, to
    something torn, or to something older than who named it."""
    for page in ("index.html", "ecran/index.html", "en/index.html"):
        content = read(page)
        for name in _NAMED.findall(content.decode()) if content else ():
            path = name.removeprefix("/") + ("index.html" if name.endswith("/") else "")
            assert page_or_file(read, path), f"{page} names {name}, which is not there"
    beat = _json(read, "live/beat.json")
    everything = _json(read, "live/latest.json")
    if beat is None:
        return 0
    assert everything is not None
    assert everything["version"] >= beat["version"]
    for name, version in beat["documents"].items():
        pointer = _json(read, f"live/latest/{name}.json")
        assert pointer is not None and pointer["version"] >= version
        _check_document(read, pointer)
        _check_document(read, everything["documents"][name])
    assert read(f"build/{beat['build']}/_dash-layout")
    return int(beat["version"])


def page_or_file(read: Read, path: str) -> bool:
    # Links to pages that come later are no promise of this one: a page of the first round may be
    # shown before those of the second.
    return path.endswith("index.html") or path.startswith("api/") or read(path) is not None


def _check_document(read: Read, pointer: dict[str, Any]) -> None:
    whole = _json(read, pointer["url"].removeprefix("/"))
    assert whole is not None, f"{pointer['url']} is not there"
    assert whole["version"] == pointer["version"]
    if "url" in pointer.get("patch", {}):
        step = _json(read, pointer["patch"]["url"].removeprefix("/"))
        assert step is not None, f"the patch {pointer['patch']['url']} is not there"
        assert (step["from"], step["to"]) == (pointer["patch"]["from"], pointer["version"])


def _json(read: Read, path: str) -> Any:
    content = read(path)
    return None if content is None else json.loads(content)


def tree(destination: Destination) -> set[str]:
    """The path of everything that is there."""
    return set(destination.listing(""))
