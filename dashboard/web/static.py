"""Files that never change while the process lives: read once, compressed once, named by content."""

import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import codings
from ..wire import digest
from .responses import IMMUTABLE, REVALIDATE, Ready, compresses, ready

ASSETS = Path(__file__).resolve().parents[2] / "assets"
_SERVED = frozenset({".js", ".css", ".woff2", ".svg", ".png", ".webp", ".ico", ".txt"})
# Ours, in order of need, sent as one: what every page runs (theme.js comes before everything, in
# the head), what only those run who see the night again, and what the wall runs.
PROGRAM, REPLAY, SCREEN = "/assets/soiree.js", "/assets/replay.js", "/assets/screen.js"
_BUNDLES = {
    PROGRAM: ("merge", "render", "figures", "freshness", "connection", "live", "table", "page"),
    REPLAY: ("night", "timeline", "replay"),
    SCREEN: ("night", "scenes", "loop", "screen"),
}
_CSS_FILE = re.compile(r"""url\(["']?(fonts/[^"')]+)["']?\)""")
# On lines of their own, as ours are; of a script and its comments the comments are a fifth.
_COMMENTS = re.compile(rb"^[ \t]*(?://[^\n]*|/\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
_TYPES = {".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Static:
    """One file: asked for by its fingerprint (``?m=``) it is kept for ever, else revalidated."""

    fingerprint: str
    lasting: Ready
    short: Ready

    def answer(self, fingerprint: str) -> Ready:
        return self.lasting if fingerprint == self.fingerprint else self.short


@cache  # of bytes: whoever puts a second application together need not compress them again
def static(body: bytes, content_type: str) -> Static:
    encoded = codings.for_long(body) if compresses(content_type) else {}
    lasting = ready(body, content_type, IMMUTABLE, encoded=encoded)
    short = ready(body, content_type, REVALIDATE, encoded=encoded)
    return Static(digest(body)[:16], lasting, short)


def read_assets(folder: Path = ASSETS) -> dict[str, Static]:
    """Every servable file under ``folder``, by URL path (``/assets/live.js``)."""
    paths = {
        f"/assets/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.suffix in _SERVED and path.is_file()
    }
    # Style sheets last: they name fonts, and shall name them as the index does, so that a font
    # the index has sent for is the one they use.
    files: dict[str, Static] = {}
    for name, path in sorted(paths.items(), key=lambda item: item[1].suffix == ".css"):
        body = path.read_bytes()
        if path.suffix in {".js", ".css"}:
            body = _COMMENTS.sub(b"", body)
        if path.suffix == ".css":
            body = _with_fingerprints(body.decode(), files).encode()
        files[name] = static(body, content_type(name))
    bundled = {f"/assets/{name}.js" for names in _BUNDLES.values() for name in names}
    parts = {path: files.pop(path).lasting.body for path in bundled}
    for bundle, names in _BUNDLES.items():
        body = b"\n".join(parts[f"/assets/{name}.js"] for name in names)
        files[bundle] = static(body, content_type(bundle))
    return files


def _with_fingerprints(style: str, files: Mapping[str, Static]) -> str:
    return _CSS_FILE.sub(lambda found: f"url({address('/assets/' + found[1], files)})", style)


def content_type(name: str) -> str:
    """What a browser shall take a file of that name for."""
    suffix = Path(name).suffix
    guessed = mimetypes.types_map.get(suffix, "application/octet-stream")
    return _TYPES.get(suffix) or (
        f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
    )


def address(path: str, files: Mapping[str, Static]) -> str:
    """The address of a file that a cache may keep for ever."""
    return f"{path}?m={files[path].fingerprint}"


def fingerprint_of(files: Mapping[str, Static], more: Iterable[str]) -> str:
    """One name for the program a browser runs: it changes when a page must be loaded again."""
    names = [f"{path} {file.fingerprint}" for path, file in sorted(files.items())]
    return digest("\n".join([*names, *more]).encode())[:12]
