"""The thin front: every request to the product ends here, answered from ready bytes."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from ..views import addresses
from . import desk
from .desk import Desk
from .events import Events
from .follower import REPLAY_PATH, Follower
from .health import health
from .index import Indexes
from .lifespan import Lifespan
from .past_results import PastResults
from .responses import (
    Ready,
    Receive,
    Scope,
    Send,
    accepted_codings,
    refused,
)
from .site import Site

_LONGEST_QUERY = 1_024
_LARGEST_BODY = 65_536
_METHODS = frozenset({"GET", "HEAD"})
_BLOB = re.compile(r"/live/([0-9a-f]{64})\.json")
_LATEST = re.compile(r"/live/latest/([A-Za-z0-9@._-]{1,128})\.json")
_REPLAY = re.compile(r"/live/replay/([A-Za-z0-9._-]{1,128})\.json")
_VERSION = re.compile(r"[0-9]{1,15}")

# Kept a moment: a proxy that lets one ask for all would else let them ask one after another.
_NOT_FOUND = refused(404, "There is nothing here.", cache="public, max-age=1")
_NOT_ALLOWED = refused(405, "Only GET and HEAD are answered.", (b"allow", b"GET, HEAD"))
_TOO_LARGE = refused(413, "No body is read here.", (b"connection", b"close"))
_TOO_LONG = refused(414, "The query is too long.")
_BAD_REQUEST = refused(400, "The content-length is not a number.", (b"connection", b"close"))
_NOTHING_YET = refused(404, "Nothing has been published yet.")


class Front:
    """The ASGI application."""

    def __init__(
        self,
        site: Site,
        follower: Follower,
        events: Events,
        lifespan: Lifespan,
        desk: Desk | None = None,
    ) -> None:
        self.follower = follower
        self._site = site
        self._events = events
        self._lifespan = lifespan
        self._desk = desk
        self._indexes = Indexes(follower, site)
        self._exports: dict[str, tuple[str, Ready]] = {}  # by path, with the blob each is of
        self._past = PastResults(follower)
        self._routes: Mapping[str, Callable[[Mapping[str, str]], Ready | None]] = {
            "/live/latest.json": self._latest,
            REPLAY_PATH: lambda query: follower.replay(f"home.{site.language}"),
            "/live/events": lambda query: _NOT_ALLOWED,  # a GET never comes this far
            "/healthz": lambda query: health(follower),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == "/live/events" and scope["method"] == "GET":
            await self._listen(scope, receive, send)
        else:
            await self._answer(scope).send(scope, send)

    def _answer(self, scope: Scope) -> Ready:
        refusal = _refuse_body(scope)
        if refusal is not None:
            return refusal
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return _TOO_LONG
        path = scope["path"]
        if self._desk is not None and path in desk.PATHS:
            found: Ready | None = self._desk.answer(scope, desk.PATHS[path])
        else:
            found = self._find(path, _query(scope))
        if found is None:
            return _NOT_FOUND
        return found if scope["method"] in _METHODS else _NOT_ALLOWED

    def _find(self, path: str, query: Mapping[str, str]) -> Ready | None:
        if path in self._routes:
            return self._routes[path](query)
        if path in self._site.exports:
            return self._export(path)
        if path.startswith("/api/versions"):
            return self._past.answer(path)
        if path in self._site.files:
            return self._site.files[path].answer(query.get("m", ""))
        if path in self._site.fixed:
            return self._site.fixed[path]
        if blob := _BLOB.fullmatch(path):
            return self.follower.blob(blob[1])
        if latest := _LATEST.fullmatch(path):
            return self._latest(query, latest[1])
        if replay := _REPLAY.fullmatch(path):
            return self.follower.replay(replay[1])
        address = addresses.parse(path, query)
        return self._index(address) if address else None

    def _index(self, address: addresses.Address) -> Ready | None:
        page = self._site.page(address)
        return self._indexes.answer(page, address.lang or self._site.language) if page else None

    def _latest(self, query: Mapping[str, str], name: str = "") -> Ready | None:
        if name and not self._is_known(name):
            return None
        view = self.follower.view
        held = view.document_version(name) if name else view.version
        # An asker who has seen more than we have was served by another worker a moment ago.
        if _version(query.get("since", "")) > held:
            self._lifespan.look()
        return self.follower.latest(name)

    def _is_known(self, name: str) -> bool:
        """Whether a document of that name is there, or will be."""
        return name in self.follower.view.documents or name in self._site.documents

    def _export(self, path: str) -> Ready:
        export = self._site.exports[path]
        blob = self.follower.view.pointer.get("files", {}).get(export.name, "")
        kept = self._exports.get(path)
        if kept is None or kept[0] != blob:
            content = self.follower.read(blob)
            if content is None:
                return _NOTHING_YET
            kept = (blob, export.answer(content) or _NOT_FOUND)
            self._exports[path] = kept
        return kept[1]

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = _query(scope)
        headers = dict(scope["headers"])
        # A browser that reconnects by itself tells the last version it was given.
        again = headers.get(b"last-event-id", b"").decode("latin-1")
        since = max(_version(query.get("since", "")), _version(again))
        name = query.get("document", "")
        if not self._is_known(name):
            name = ""
        if since > self.follower.view.document_version(name):
            self._lifespan.look()
        accepted = accepted_codings(headers.get(b"accept-encoding", b""))
        gzipped = accepted.get("gzip", accepted["*"])
        # A stream may last all evening, and what was asked is known.
        scope["headers"].clear()
        await self._events.serve(name, since, receive, send, gzipped=gzipped)


def _query(scope: Scope) -> dict[str, str]:
    """The last value of each parameter."""
    text = scope["query_string"][:_LONGEST_QUERY].decode("latin-1")
    return {name: values[-1] for name, values in parse_qs(text).items()}


def _version(text: str) -> int:
    return int(text) if _VERSION.fullmatch(text) else 0


def _refuse_body(scope: Scope) -> Ready | None:
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit():
                return _BAD_REQUEST
            # Of thousands of digits int() makes no number, but an error.
            if len(value) > 12 or int(value) > _LARGEST_BODY:
                return _TOO_LARGE
        elif name == b"transfer-encoding":
            return _TOO_LARGE
    return None
