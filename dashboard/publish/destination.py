"""Where a site is served from: a folder of this machine, or whatever fsspec can write to."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from ..settings import SettingsError
from .contents import File

# The names nginx (gzip_static, brotli_static) and Caddy (precompressed) look for beside a file.
_SUFFIXES = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}
_ASIDE = ".aside-"


class Destination(ABC):
    """Holds files by path below its root. Every method raises what its file system raises."""

    name: str  # for people: no credentials in it

    @abstractmethod
    def stored(self, file: File) -> Mapping[str, bytes]:
        """What ``put`` stores of ``file``, by path."""

    @abstractmethod
    def put(self, file: File) -> None:
        """Shows ``file``: a reader finds the whole of it, or the whole of what was there before."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Removes what was ``put`` under ``path``, if anything."""

    @abstractmethod
    def listing(self, folder: str) -> dict[str, int]:
        """Sizes in bytes of all that lies below ``folder``, by path."""

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """What lies there, or ``None``."""


def open_destination(address: str) -> Destination:
    """A path, or an fsspec address: ``s3://bucket/site``. Raises ``SettingsError``."""
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise SettingsError(
            "command line", "DEST", address, f"a folder or a bucket: {error}"
        ) from error
    if isinstance(system, LocalFileSystem):
        return Folder(Path(root))
    return Bucket(system, root)


class Folder(Destination):
    """A folder of this machine. Compressed copies lie beside each file."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self._root = root

    def stored(self, file: File) -> Mapping[str, bytes]:
        beside = {file.path + _SUFFIXES[coding]: body for coding, body in file.encoded.items()}
        return {**beside, file.path: file.body}

    def put(self, file: File) -> None:
        stored = self.stored(file)
        for path, body in stored.items():
            _replace(self._root / path, body)
        # A copy that is no longer worth keeping would go on being served.
        self._remove({file.path + suffix for suffix in _SUFFIXES.values()} - stored.keys())

    def remove(self, path: str) -> None:
        self._remove({path + suffix for suffix in ("", *_SUFFIXES.values())})

    def _remove(self, paths: set[str]) -> None:
        for path in paths:
            (self._root / path).unlink(missing_ok=True)

    def listing(self, folder: str) -> dict[str, int]:
        sizes = {}
        for path in (self._root / folder).rglob("*"):
            if path.name.startswith(_ASIDE):  # of one that was killed while it wrote
                path.unlink(missing_ok=True)
            elif path.is_file():
                sizes[path.relative_to(self._root).as_posix()] = path.stat().st_size
        return sizes

    def read(self, path: str) -> bytes | None:
        try:
            return (self._root / path).read_bytes()
        except FileNotFoundError:
            return None


def _replace(path: Path, content: bytes) -> None:
    """Not fsynced: after a power failure a file of another size is written again."""
    for folder in reversed([f for f in path.parents if not f.exists()]):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # whoever serves it is another user
    aside = path.with_name(_ASIDE + path.name)
    try:
        aside.write_bytes(content)
        aside.chmod(0o644)
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


class Bucket(Destination):
    """An object store: one call puts one object, whole, with the headers it is to be served with.

    Nobody negotiates there, so what shrinks is stored as gzip, which every browser reads; plain
    where the library cannot say so.
    """

    def __init__(self, system: Any, root: str) -> None:
        protocols = system.protocol if isinstance(system.protocol, tuple) else (system.protocol,)
        self.name = f"{protocols[0]}://{root}"
        self._system = system
        self._root = root.rstrip("/")
        self._headers = next((_HEADERS[name] for name in protocols if name in _HEADERS), None)

    def stored(self, file: File) -> Mapping[str, bytes]:
        return {file.path: file.encoded["gzip"] if self._is_packed(file) else file.body}

    def _is_packed(self, file: File) -> bool:
        return self._headers is not None and "gzip" in file.encoded

    def put(self, file: File) -> None:
        headers = self._headers(file, self._is_packed(file)) if self._headers else {}
        for path, body in self.stored(file).items():
            self._system.pipe_file(self._at(path), body, **headers)

    def remove(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._at(path))

    def listing(self, folder: str) -> dict[str, int]:
        self._system.invalidate_cache()
        found = self._system.find(self._at(folder), detail=True)
        return {
            path.removeprefix(self._root).removeprefix("/"): int(info["size"])
            for path, info in found.items()
        }

    def read(self, path: str) -> bytes | None:
        try:
            return bytes(self._system.cat_file(self._at(path)))
        except FileNotFoundError:
            return None

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"


# How each library takes the headers an object is served with.


def _s3(file: File, packed: bool) -> dict[str, Any]:
    coding = {"ContentEncoding": "gzip"} if packed else {}
    return {"ContentType": file.content_type, "CacheControl": file.cache, **coding}


def _gcs(file: File, packed: bool) -> dict[str, Any]:
    coding = {"content_encoding": "gzip"} if packed else {}
    fixed = {"cache_control": file.cache, **coding}
    return {"content_type": file.content_type, "fixed_key_metadata": fixed}


def _azure(file: File, packed: bool) -> dict[str, Any]:
    coding = {"content_encoding": "gzip"} if packed else {}
    told = {"content_type": file.content_type, "cache_control": file.cache, **coding}
    return {"content_settings": told}


_HEADERS = {"s3": _s3, "gs": _gcs, "abfs": _azure}
