"""Keeps a destination in step with the night, in an order a reader can rely on.

What never changes comes first, then documents and patches, pages, pointers, and the beat last:
whoever follows a name found in one file finds the file. What pages no longer need is removed some
versions later, at once when a post in it was withdrawn; of the rest of the destination nothing is
ever touched.
"""

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..live.log import Log
from ..web.follower import Follower, View, said
from .contents import BEAT, FOLDERS, Contents, File, Lost, blob_path, named_documents
from .destination import Destination

LOOK_SECONDS = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a destination that failed is tried again
RECENT_VERSIONS = 50  # whose documents stay, for readers that are a little late
_AT_ONCE = 16  # uploads at the same time: a bucket answers each after tens of milliseconds
_LONGEST_DETAIL = 300  # characters of somebody else's error
_BLOB = re.compile(r"live/[0-9a-f]{64}\.json")
_BUILD = re.compile(r"build/([0-9a-f]{12})/.+")


class Publisher:
    """Puts the ``follower``'s view where it is served from, again whenever it changes."""

    def __init__(
        self,
        contents: Contents,
        follower: Follower,
        destination: Destination,
        every: float,
        log: Log,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``every``: seconds between two beats."""
        self._contents = contents
        self._follower = follower
        self._destination = destination
        self._every = every
        self._log = log
        self._clock = clock
        self._held: dict[str, str] = {}  # digest by path of what is known to be there
        self._listed: dict[str, int] = {}  # sizes of what was there before us
        self._outdated: set[str] = set()  # paths of an older build
        self._dropped: deque[set[str]] = deque()  # what each recent version ceased to need
        self._forgotten = 0  # the last version in which something was withdrawn, done with here
        self._withdrawn: set[str] = set()  # paths that must go, and could not yet
        self._shown: tuple[int, Mapping[str, Any]] = (0, {})  # version and status, all of it shown
        self._is_built = False  # whether all that does not change is there
        self._beat_at = 0.0
        self._is_untidy = False

    def prepare(self) -> int:
        """Learns what is there; returns the version it shows, 0 when there is none."""
        before = _object(self._destination.read(BEAT))
        for folder in FOLDERS:
            self._listed |= self._destination.listing(folder)
        # Pages in caches and in browsers may be of the build before, but hardly of another.
        kept = {self._contents.build, before.get("build")}
        builds = {path: found[1] for path in self._listed if (found := _BUILD.fullmatch(path))}
        self._outdated = {path for path, build in builds.items() if build not in kept}
        left = {path for path in self._listed if _BLOB.fullmatch(path)}
        self._held = dict.fromkeys(left, "")  # under that name, but perhaps not whole
        self._forgotten = int(before.get("version") or 0)
        return self._forgotten

    def step(self) -> None:
        """Shows what changed since the last one, or beats when it is time to. Raises whatever the
        destination raises, and ``Lost``; the next step continues."""
        self._follower.refresh()
        view = self._follower.view
        if not view.version:
            return
        if (view.version, said(view)) != self._shown:
            self._show(view)
        elif self._clock() >= self._beat_at:
            self._beat()

    def run(self, over: threading.Event) -> None:
        """Steps until ``over``. A destination that fails is said once, and tried again."""
        pause = FIRST_PAUSE
        while not over.is_set():
            try:
                self.step()
            except Exception as error:  # every file system has errors of its own
                if pause == FIRST_PAUSE:
                    self._say("unpublished", error)
                over.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                if pause != FIRST_PAUSE:
                    self._say("published again")
                pause = FIRST_PAUSE
                over.wait(LOOK_SECONDS)

    def _show(self, view: View) -> None:
        contents = self._contents
        if not self._is_built:
            self._put(contents.fixed())
            self._is_built = True
        self._put(contents.blobs(self._whole_blobs()))
        self._put(contents.exports())
        self._put(contents.replays())
        self._put(contents.pages())
        self._put(contents.pointers())
        self._put([contents.everything()])
        self._beat()
        is_new = view.version > self._shown[0]
        self._shown = (view.version, said(view))
        if is_new:
            needed = {blob_path(blob) for blob in named_documents(view)}
            self._withdraw(view, needed)
            self._prune(needed)

    def _whole_blobs(self) -> set[str]:
        return {path for path, digest in self._held.items() if digest}

    def _withdraw(self, view: View, needed: set[str]) -> None:
        """What readers must not find any more goes at once, whoever is still late."""
        forgets = int(view.pointer.get("forgets", 0))
        if forgets > self._forgotten:
            self._withdrawn = {path for path in self._held if _BLOB.fullmatch(path)}
            self._forgotten = forgets
        self._withdrawn -= needed
        self._remove(self._withdrawn)

    def _beat(self) -> None:
        self._remove(self._withdrawn)
        self._put([self._contents.beat()])
        self._beat_at = self._clock() + self._every

    def _put(self, files: Iterable[File]) -> None:
        """Puts what is not there yet; when it returns, or raises, no upload is under way."""
        wanted = [file for file in files if self._held.get(file.path) != file.digest]
        with ThreadPoolExecutor(min(_AT_ONCE, len(wanted) or 1)) as pool:
            uploads = [pool.submit(self._put_one, file) for file in wanted]
        for upload in uploads:
            upload.result()

    def _put_one(self, file: File) -> None:
        if not (file.lasts and self._is_listed(file)):
            self._held[file.path] = ""  # should it fail, we do not know what is there
            self._destination.put(file)
        self._held[file.path] = file.digest

    def _is_listed(self, file: File) -> bool:
        stored = self._destination.stored(file).items()
        return all(self._listed.get(path) == len(body) for path, body in stored)

    def _prune(self, needed: set[str]) -> None:
        """Removes what recent versions do not need."""
        for paths in self._dropped:
            paths -= needed
        blobs = {path for path in self._held if _BLOB.fullmatch(path)}
        self._dropped.append(blobs - needed.union(*self._dropped))
        old, self._outdated = self._outdated, set()
        if len(self._dropped) > RECENT_VERSIONS:
            old |= self._dropped.popleft()
        self._remove(old)

    def _remove(self, paths: set[str]) -> None:
        """Empties ``paths``. What cannot be removed stays in it, which is untidy, no more."""
        try:
            for path in sorted(paths):
                self._destination.remove(path)
                self._held.pop(path, None)
                self._listed.pop(path, None)
                paths.discard(path)
        except Exception as error:  # a bucket may let us write but not remove
            if not self._is_untidy:
                self._say("untidy", error)
            self._is_untidy = True

    def _say(self, event: str, error: Exception | None = None) -> None:
        facts: dict[str, Any] = {"destination": self._destination.name}
        if error is not None:
            facts["detail"] = explained(error)
        self._log(event, **facts)


def explained(error: Exception) -> str:
    """One line about an error of any library."""
    kind = "" if isinstance(error, Lost) else f"{type(error).__name__}: "
    return " ".join(f"{kind}{error}".split())[:_LONGEST_DETAIL]


def _object(content: bytes | None) -> Mapping[str, Any]:
    try:
        value = json.loads(content or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
