"""Published snapshots on disk: one writer, many readers.

    lock                      held by the watcher (live/lock.py)
    public/pointer.json       the present version: the one switch
    public/status.json        how the source is doing, written every other second
    public/dropped.json       which blobs the last versions ceased to need
    public/versions.jsonl     the versions there were, and their open results (store/past.py)
    public/blobs/<sha256>     documents, patches and exports
    public/replay/            the night so far, per document (store/replay.py)
    sealed/                   mode 0700: the archive and what a take-over continues from

Nothing half-written is ever visible: every file is written aside, fsynced and renamed, blobs
before the pointer that names them. A version number is the one on disk plus one, so it goes on
growing across restarts and take-overs.

Why no second writer can slip in: the kernel gives the lock to one process and takes it back only
when that process has ended, so a holder that was paused for an hour still holds it, and one that
was replaced no longer runs. That leaves a lock file deleted by hand: the ``fence`` notices it, and
so does the version on disk when it is not the one this writer left there. Either way ``publish``
refuses with ``Fenced``.
"""

import contextlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from .. import wire
from ..model import Snapshot
from ..wire import JSON
from .edition import Content, named, next_edition
from .errors import Fenced, StoreError
from .files import PUBLIC, SEALED, own_folder, read_or_none, write, write_all
from .past import Past, read_past
from .replay import Recorder, is_replayed, read_replay

RECENT_VERSIONS = 50  # whose blobs are kept, for readers that are a little late
_DIGEST = re.compile(r"[0-9a-f]{64}")


class DirectoryStore:
    """The state folder. Writing is for the holder of the lock only; reading is for everyone."""

    def __init__(self, root: Path, fence: Callable[[], None] = lambda: None) -> None:
        """``fence`` raises when this process is no longer the writer; asked before each version."""
        self.root = root
        self.sealed = root / "sealed"
        self.archive = self.sealed / "archive"
        self._public = root / "public"
        self._blobs = self._public / "blobs"
        self._replay = self._public / "replay"
        self._recorder = Recorder(self._replay)
        self._past = Past(self._public / "versions.jsonl", self._size)
        self._fence = fence
        self._written: dict[str, JSON] = {}  # documents of the last version, by digest
        self._left: int | None = None  # the version this writer last saw or left on disk
        self._seen: dict[Path, tuple[tuple[int, ...], dict[str, Any] | None]] = {}
        self._is_tidy = False  # whether all that lies in the blobs' folder is of a known version

    # Writing

    def prepare(self) -> None:
        """Makes the folders. Raises ``StoreError`` where they cannot be made, or written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for folder, mode in (
                (self._public, 0o755),
                (self._blobs, 0o755),
                (self._replay, 0o755),
                (self.sealed, 0o700),
                (self.archive, 0o700),
            ):
                own_folder(folder, mode)
            write(self._public / "probe", b"", PUBLIC)
            (self._public / "probe").unlink()
        except OSError as error:
            raise StoreError(
                f"{error.filename or self.root}: {error.strerror}; the state folder must be one "
                "that this user may write (SOIREE_STATE names another)"
            ) from error

    def publish(self, content: Content, now: datetime) -> int:
        """Makes a version of this content and switches to it; returns its number.

        The present number, and nothing written, when the present version already is this content.
        Raises ``StoreError``, before the switch, when the disk fails or is full: to be tried
        again; ``Fenced`` when it must not be.
        """
        self._fence()
        try:
            return self._publish(content, now)
        except OSError as error:
            # The last step may fail after the switch: what is on disk is to be learnt again.
            self._left, self._is_tidy = None, False
            raise StoreError(f"{self._public}: {error.strerror}") from error

    def _publish(self, content: Content, now: datetime) -> int:
        before = self.pointer() or {}
        version = self._expected_version()
        edition = next_edition(content, before, version, self._document, now)
        if edition is None:
            self._tidy(before)
            return int(before["version"])
        self._agree(edition.pointer, edition.blobs, content)
        entries = edition.pointer["documents"]
        self._written = {
            entries[n]["digest"]: document for n, document in content.documents.items()
        }
        self._switch(edition.pointer, edition.blobs)
        return edition.version

    def _agree(
        self, pointer: Mapping[str, Any], blobs: Mapping[str, bytes], content: Content
    ) -> None:
        """Before the switch: here is where others may be asked (``SharedStore``)."""

    def receive(self, pointer: Mapping[str, Any], blobs: Mapping[str, bytes]) -> None:
        """Switches to a version that was made elsewhere, unless one as new is here.

        ``blobs``: at least the ones that ``lacking`` told. Raises ``StoreError`` and ``Fenced``,
        as ``publish`` does.
        """
        self._fence()
        here = (self.pointer() or {}).get("version", 0)
        try:
            if here < pointer["version"] >= self.version():
                self._switch(pointer, blobs)
        except OSError as error:
            self._left, self._is_tidy = None, False
            raise StoreError(f"{self._public}: {error.strerror}") from error

    def _switch(self, pointer: Mapping[str, Any], blobs: Mapping[str, bytes]) -> None:
        before = self.pointer() or {}
        write_all(self._blobs, blobs)
        self._record(before, pointer)
        write(self._public / "pointer.json", wire.encode(pointer), PUBLIC)
        self._left = int(pointer["version"])
        with contextlib.suppress(OSError):  # untidy, not unpublished
            self._prune(before, pointer)

    def _record(self, before: Mapping[str, Any], pointer: Mapping[str, Any]) -> None:
        anew = False  # the first document is the dashboard's: it tells every post
        for name, entry in pointer["documents"].items():
            if is_replayed(name):
                anew |= self._recorder.record(
                    name,
                    entry["version"],
                    pointer["generated_at"],
                    before.get("version", 0),
                    partial(self._document, entry),
                    anew=anew,
                )

    def continue_from(self, version: int) -> None:
        """Makes the first version here the one after ``version``: for a state folder that begins
        anew while readers hold what another one published. Raises ``StoreError``."""
        remembered = {"versions": [{"version": version, "blobs": []}]}
        try:
            write(self._public / "dropped.json", wire.encode(remembered), PUBLIC)
        except OSError as error:
            raise StoreError(f"{self._public}: {error.strerror}") from error

    def write_status(self, status: Mapping[str, JSON]) -> None:
        """Raises ``StoreError``. Not fsynced: it is stale two seconds later, and a slow disk must
        not slow the watcher's pulse."""
        try:
            write(self._public / "status.json", wire.encode(status), PUBLIC, sync=False)
        except OSError as error:
            raise StoreError(f"{self._public}: {error.strerror}") from error

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """What a take-over continues from, embargoed results included. Raises ``StoreError``."""
        self.save("snapshot.json", wire.snapshot_to_json(snapshot))

    def load_snapshot(self) -> Snapshot | None:
        """``None`` when there is none, or none that this version of the program understands:
        the sources are read again then, which costs a second and loses nothing."""
        try:
            return wire.snapshot_from_json(self.load("snapshot.json") or b"")
        except ValueError:
            return None

    def save(self, name: str, content: bytes) -> None:
        """Writes a file of the sealed folder. Raises ``StoreError``."""
        try:
            write(self.sealed / name, content, SEALED)
        except OSError as error:
            raise StoreError(f"{self.sealed}: {error.strerror}") from error

    def load(self, name: str) -> bytes | None:
        """A file of the sealed folder, or ``None``."""
        return read_or_none(self.sealed / name)

    # Reading

    def pointer(self) -> dict[str, Any] | None:
        """The present version, or ``None`` before the first."""
        return self._kept_object(self._public / "pointer.json")

    def version(self) -> int:
        """The highest version that was ever up here: the pointer's, or should that be lost the
        last one remembered."""
        present = int((self.pointer() or {}).get("version", 0))
        return max([present, *(int(entry["version"]) for entry in self._dropped())])

    def status(self) -> dict[str, Any] | None:
        """What the watcher last said of its sources, or ``None``."""
        return self._kept_object(self._public / "status.json")

    def blob(self, digest: str) -> bytes:
        """Raises ``KeyError`` for what is not, or no longer, published."""
        if not _DIGEST.fullmatch(digest):
            raise KeyError(digest)
        content = read_or_none(self._blobs / digest)
        if content is None:
            raise KeyError(digest)
        return content

    def replay(self, name: str, version: int) -> bytes:
        """The document of that name from its first version to ``version``: one JSON object with
        "steps" (store/replay.py). ``KeyError`` when there is none, ``OSError`` when it cannot be
        read."""
        return read_replay(self._replay, name, version)

    def past(self) -> list[dict[str, Any]]:
        """The versions whose open results are kept, the oldest first: their pointers without the
        documents. Raises ``OSError``."""
        return read_past(self._public / "versions.jsonl")

    def lacking(self, pointer: Mapping[str, Any]) -> set[str]:
        """The digests of those blobs of a pointer that are not here."""
        return {d for d in named(pointer) if not (self._blobs / d).exists()}

    # Details

    def _kept_object(self, path: Path) -> dict[str, Any] | None:
        """The JSON object of a file, read again only when the file is another one: readers look
        fifty times a second. Never to be changed."""
        try:
            found = path.lstat()
        except FileNotFoundError:
            return None
        signs = (found.st_ino, found.st_size, found.st_mtime_ns)
        kept = self._seen.get(path)
        if kept is None or kept[0] != signs:
            # Read after the look: should it be replaced in between, the next look differs.
            kept = (signs, _object(read_or_none(path)))
            self._seen[path] = kept
        return kept[1]

    def _expected_version(self) -> int:
        """The version to count on from. Raises ``Fenced`` when it is not the one this writer
        left."""
        found = self.version()
        if self._left is not None and found != self._left:
            raise Fenced(f"version {found} is on disk, {self._left} was left: another writer")
        self._left = found
        return found

    def _document(self, entry: Mapping[str, Any]) -> JSON:
        """A document as published, or ``None`` when its blob is lost."""
        if entry["digest"] in self._written:
            return self._written[entry["digest"]]
        try:
            document: JSON = json.loads(self.blob(entry["digest"]))["document"]
        except (KeyError, ValueError, OSError):
            return None
        return document

    def _dropped(self) -> list[Any]:
        """What each recent version ceased to need: ``{"version": 42, "blobs": […]}``."""
        entries = _object(read_or_none(self._public / "dropped.json")) or {}
        return list(entries.get("versions", []))

    def _size(self, blob: str) -> int:
        return (self._blobs / blob).stat().st_size

    def _tidy(self, pointer: Mapping[str, Any]) -> None:
        """A writer that was killed after its last switch may have left what it had to remove."""
        if not self._is_tidy:
            with contextlib.suppress(OSError):
                self._prune(pointer, pointer)

    def _prune(self, before: Mapping[str, Any], pointer: Mapping[str, Any]) -> None:
        """Removes what neither this version nor a recent one names, and at first also what a
        killed writer left behind. Of versions before one in which a post was withdrawn nothing
        is kept: its text must not stay at an address that somebody knows."""
        gone = self._past.add(pointer)
        needed = named(pointer)
        dropped = {"version": pointer["version"], "blobs": sorted(named(before) - needed)}
        versions = [*self._dropped(), dropped]
        # What a version ceased to need is of those before it.
        recent = [
            entry if entry["version"] > pointer.get("forgets", 0) else {**entry, "blobs": []}
            for entry in versions[-RECENT_VERSIONS:]
        ]
        write(self._public / "dropped.json", wire.encode({"versions": recent}), PUBLIC)
        needed |= {blob for entry in recent for blob in entry["blobs"]} | self._past.needed()
        names = {blob for entry in versions for blob in entry["blobs"]} | gone
        if not self._is_tidy:
            names = {path.name for path in self._blobs.iterdir()}
        self._is_tidy = False  # unless all of it can be removed
        for name in names - needed:
            (self._blobs / name).unlink(missing_ok=True)
        self._is_tidy = True


def _object(content: bytes | None) -> dict[str, Any] | None:
    try:
        value = json.loads(content or b"")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
