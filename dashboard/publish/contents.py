"""What the published site consists of, in the order in which it may be shown."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from ..text import LANGUAGES
from ..views.addresses import Address
from ..web.follower import (
    BLOB_CACHE,
    LATEST_CACHE,
    REPLAY_PATH,
    Follower,
    View,
    blob_url,
    everything_body,
    replay_url,
    said,
)
from ..web.index import Indexes
from ..web.responses import IMMUTABLE, JSON_TYPE, MOMENT, Ready, ready
from ..web.site import Page, Site
from ..wire import JSON, digest, encode

BEAT = "live/beat.json"
FOLDERS = ("build", "geo", "live")  # where there is something that lasts
# Of what a build is made of, this is asked for at the root: outlines are named by their content,
# the others by custom.
_AT_ROOT = ("/geo/", "/robots.txt", "/favicon.ico")


class Lost(Exception):
    """The state folder no longer has what its pointer named: a newer pointer is there."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site."""

    path: str  # below the root: "live/latest.json"
    body: bytes
    content_type: str
    cache: str  # Cache-Control
    encoded: Mapping[str, bytes]  # by content coding; empty where whoever asks may not decode
    digest: str

    @classmethod
    def of(cls, path: str, answer: Ready, cache: str = "") -> "File":
        """What the server would answer, as a file; ``cache`` instead of the server's."""
        headers = {name.decode(): value.decode() for name, value in answer.headers}
        return cls(
            path=path.removeprefix("/"),
            body=answer.body,
            content_type=headers["content-type"],
            cache=cache or headers["cache-control"],
            encoded=answer.encoded,
            digest=digest(answer.body),
        )

    @classmethod
    def plain(cls, path: str, body: bytes, content_type: str, cache: str) -> "File":
        return cls(path, body, content_type, cache, {}, digest(body))

    @property
    def lasts(self) -> bool:
        """Whether its path says its content: what is there under that name is this."""
        return self.cache in {IMMUTABLE, BLOB_CACHE}


class Contents:
    """Every file of the site, as of the follower's present view.

    ``every``: seconds between two beats, which pages are told so that they know what is late.
    """

    def __init__(self, site: Site, follower: Follower, every: float) -> None:
        self.build = site.build
        self._site = site
        self._follower = follower
        self._every = every
        self._exports: dict[str, tuple[str, File]] = {}  # by path, with the blob each is of
        self._indexes = Indexes(follower, site, f"/build/{site.build}")

    def fixed(self) -> Iterator[File]:
        """What does not change while the program runs."""
        folder = f"build/{self.build}"
        for path, static in self._site.files.items():
            yield File.of(folder + path, static.lasting)
        for path, answer in self._site.fixed.items():
            if path.startswith(_AT_ROOT):
                yield File.of(path, answer)
            else:
                yield File.of(folder + path, answer, IMMUTABLE)

    def blobs(self, held: Container[str]) -> Iterator[File]:
        """Documents and patches of this version that are not ``held``. Raises ``Lost``."""
        for blob in sorted(named_documents(self._view)):
            path = blob_path(blob)
            if path in held:
                continue
            answer = self._follower.blob(blob)
            if answer is None:
                raise Lost(f"{blob} is not in the state folder")
            yield File.of(path, answer)

    def replays(self) -> Iterator[File]:
        """The night so far, of each document that has one."""
        for name in self._view.documents:
            if answer := self._follower.replay(name):
                yield File.of(replay_url(name), answer)
                if name == f"home.{self._site.language}":
                    yield File.of(REPLAY_PATH, answer)

    def exports(self) -> Iterator[File]:
        """What the server answers there, uncompressed: who fetches it may be a script. Raises
        ``Lost``."""
        files = self._view.pointer.get("files", {})
        for path, export in self._site.exports.items():
            blob = files.get(export.name)
            if blob is None:
                continue
            kept = self._exports.get(path)
            if kept is None or kept[0] != blob:
                content = self._follower.read(blob)
                if content is None:
                    raise Lost(f"{export.name} is not in the state folder")
                answer = export.answer(content)
                file = File.plain(
                    path.removeprefix("/"),
                    answer.body if answer else b"",
                    export.content_type,
                    MOMENT,
                )
                kept = self._exports[path] = (blob, file)
            if kept[1].body:
                yield kept[1]

    def pages(self) -> Iterator[File]:
        """The first HTML of every page, with the numbers of this version."""
        for address, page, language in _addresses(self._site):
            path = f"{address.path}index.html"
            yield File.of(path, self._indexes.answer(page, language))

    def pointers(self) -> Iterator[File]:
        """Where each document is, then where all are."""
        for name in self._view.documents:
            place = ready(encode(self._follower.told_place(name)), JSON_TYPE, LATEST_CACHE)
            yield File.of(f"live/latest/{name}.json", place)

    def everything(self) -> File:
        """``live/latest.json``; its status is as old as the version."""
        return _json("live/latest.json", {**everything_body(self._view), "build": self.build})

    def beat(self) -> File:
        """What every page asks for: whether its document changed, and how the source does."""
        view = self._view
        return _json(
            BEAT,
            {
                "version": view.version,
                "build": self.build,
                "checked_at": view.status.get("checked_at"),
                "every": self._every,
                "status": said(view),
                "documents": {name: entry["version"] for name, entry in view.documents.items()},
            },
        )

    @property
    def _view(self) -> View:
        return self._follower.view


def named_documents(view: View) -> set[str]:
    """The digests of the documents and patches of a version."""
    entries = view.documents.values()
    patches = {entry["patch"]["digest"] for entry in entries if entry.get("patch")}
    return {entry["digest"] for entry in entries} | patches


def blob_path(blob: str) -> str:
    return blob_url(blob).removeprefix("/")


def _json(path: str, body: Mapping[str, JSON]) -> File:
    return File.plain(path, encode(dict(body)), JSON_TYPE, LATEST_CACHE)


def _addresses(site: Site) -> Iterator[tuple[Address, Page, str]]:
    """Every page by the one path that links use, and its language. Of a hundred départements the
    dashboards, and not two charts alone of each besides: all are written again and again."""
    for (name, contest, place), page in site.pages.items():
        if page.is_embed and place:
            continue
        for language in LANGUAGES:
            address = Address(
                lang="" if language == site.language else language,
                contest="" if contest == site.contests[0] else contest,
                place=place,
                screen=name == "screen",
                embed=name.removeprefix("embed-") if page.is_embed else "",
            )
            yield address, page, language
