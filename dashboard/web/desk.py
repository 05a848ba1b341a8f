"""``/vigie``: the desk's panel, read-only, for people on this machine or with the token.

Without a token (SOIREE_DESK_TOKEN) it is there for who asks from this very machine, under its own
name: a request that a proxy passed on, or that a page of another name made a browser send (DNS
rebinding), finds nothing. With a token it is there for who gives it, as the password of HTTP's own
dialogue or as a bearer token: never in an address, which would end in logs.
"""

import base64
import binascii
import hmac
import ipaddress
import json
from collections.abc import Mapping
from html import escape
from typing import Any, Protocol

from ..text import LANGUAGES
from ..text import desk as words
from ..views.desk import panel
from ..views.markup import to_html
from .csp import content_security_policy, source_of
from .follower import Follower
from .responses import SAME_ORIGIN, SECURITY_HEADERS, Ready, Scope, refused
from .site import Site
from .static import address

PATHS: Mapping[str, str] = {"/vigie": "", "/vigie/": ""} | {
    f"/{lang}/vigie{end}": lang for lang in LANGUAGES for end in ("", "/")
}
_STYLES = ("/assets/10-tokens.css", "/assets/50-desk.css")
_SCRIPT = "/assets/desk.js"
_FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_NOT_FOUND = refused(404, "There is nothing here.")
_WHO = refused(
    401,
    "The desk’s panel asks for its token.",
    (b"www-authenticate", b'Basic realm="vigie", charset="UTF-8"'),
)


class Files(Protocol):
    """What the watcher writes for the desk: ``DirectoryStore``'s sealed folder."""

    def load(self, name: str) -> bytes | None: ...


class Desk:
    """Answers for the panel."""

    def __init__(self, files: Files, follower: Follower, site: Site, token: str = "") -> None:
        self._files = files
        self._follower = follower
        self._language = site.language
        self._token = token
        self._links = "".join(
            f'<link rel="stylesheet" href="{address(path, site.files)}">' for path in _STYLES
        ) + f'<script defer src="{address(_SCRIPT, site.files)}"></script>'  # fmt: skip

    def answer(self, scope: Scope, lang: str) -> Ready:
        """The page, or the refusal of who may not see it."""
        refusal = self._refuse(scope)
        return refusal or self._page(lang or self._language)

    def _refuse(self, scope: Scope) -> Ready | None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if self._token:
            given = _given_token(headers.get(b"authorization", b""))
            return None if hmac.compare_digest(given, self._token.encode()) else _WHO
        return None if _is_local(scope, headers) else _NOT_FOUND

    def _page(self, lang: str) -> Ready:
        said, checked_at = _said(self._files), self._follower.view.status.get("checked_at")
        title = words.WORDS[lang]["title"]
        html = (
            f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{self._links}'
            f"</head><body><main>{to_html(panel(said, checked_at, lang))}</main></body></html>\n"
        )
        body = html.encode()
        policy = content_security_policy(source_of(b""), source_of(b""))
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"content-security-policy", policy.encode()),
            *SECURITY_HEADERS,
            *SAME_ORIGIN,
        ]
        return Ready(200, body, {}, b"", headers)


def _said(files: Files) -> dict[str, Any]:
    try:
        said = json.loads(files.load("desk.json") or b"{}")
    except (OSError, ValueError):  # another user's folder, a file by another hand
        return {}
    return said if isinstance(said, dict) else {}


def _given_token(authorization: bytes) -> bytes:
    scheme, _, value = authorization.partition(b" ")
    if scheme.lower() == b"bearer":
        return value.strip()
    try:
        decoded = base64.b64decode(value, validate=True) if scheme.lower() == b"basic" else b""
    except binascii.Error:
        return b""
    return decoded.partition(b":")[2]


def _is_local(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a program of this machine asks, for itself."""
    client = scope.get("client")
    if client is None or not _FORWARDED.isdisjoint(headers):
        return False
    host = headers.get(b"host", b"").decode("latin-1").lower()
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    try:
        return name in _LOCAL_NAMES and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
