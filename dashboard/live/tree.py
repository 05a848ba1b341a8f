"""A source that is an index and the files it lists: the French ministry's XML of the night.

The index is polled; only the files of which it says something new are read, and each once a minute
if it changed all the same. All of them together are given as one file, a *bundle*, so that whatever
judges, archives and reads a source sees one content. A file that cannot be had, or not be read,
leaves its last good bytes there, is asked for again ever more rarely, and is told as trouble while
nothing else changes.
"""

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from .. import wire
from ..model import SourceFile
from ..readers import ReadError
from ..readers.bundle import LARGEST_INFLATED, make_bundle
from ..readers.formats.french_body import read_body
from ..readers.formats.french_index import NAMES, Entry, entries_of, turn_of
from .fetch import FetchError, Look
from .shelf import Folder, Outcome, Shelf, Site

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a file that failed is asked for again
REREAD_SECONDS = 60.0  # an index may be ahead of what a cache gives of its files
_INDEX = re.compile(r"index(?:[12]FE)?\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the set as it was last read."""

    address: str
    stamp: str  # of its entry in the index
    content: bytes
    read_at: float  # monotonic seconds


@dataclass(frozen=True, slots=True)
class _Failure:
    error: FetchError
    times: int
    due_at: float  # monotonic seconds


def is_tree(location: str) -> bool:
    """Whether a source names an index, or the folder of one."""
    if location.startswith(("http://", "https://")):
        return _INDEX.fullmatch(urlsplit(location).path.rpartition("/")[2]) is not None
    path = Path(location)
    return not path.suffix or _INDEX.fullmatch(path.name) is not None


class Tree:
    """Implements ``Fetcher``."""

    def __init__(self, location: str, level: str = "") -> None:
        """``level`` is the one that the election file asks for; "" is the finest there is."""
        self._shelf, self._names, steps = _shelf_of(location)
        self._folder = "/".join(steps[-2:])  # PR2022/resultatsT1: a rehearsal's says so
        self._level = level
        self._turn = turn_of(location)
        self.deadline = self._shelf.deadline
        self._index: Look | None = None
        self._entries: tuple[Entry, ...] = ()
        self._parts: dict[str, _Part] = {}  # by code
        self._failures: dict[str, _Failure] = {}
        self._form = 0  # which of an entry's possible addresses was right the first time
        self._is_changed = False  # since the last bundle was made
        self._bundle: Look | None = None  # None before there is any file
        self._given = ""  # digest of the last bundle that was given

    def look(self, again: bool) -> Look | None:
        self._look_at_index(again)
        self._ask(time.monotonic())
        if self._is_changed and self._parts:
            self._bundle, self._is_changed = self._bundled(), False
        bundle = self._bundle
        if bundle is not None and (again or bundle.file.digest != self._given):
            self._given = bundle.file.digest
            return bundle
        for failure in self._failures.values():  # the first; nothing else is to be told
            raise FetchError(failure.error.code, failure.error.detail, FIRST_PAUSE)
        return None

    def _look_at_index(self, again: bool) -> None:
        answers = self._shelf.fetch(self._names, again)
        for name in self._names:
            answer = answers[name]
            if answer is None:
                return
            if isinstance(answer, Look):
                try:
                    self._entries = entries_of(answer.file.content)
                except ReadError as error:
                    raise _unreadable(name, error) from error
                before, self._index, self._names = self._index, answer, (name,)
                is_new = before is None or before.file.digest != answer.file.digest
                self._is_changed = self._is_changed or is_new
                return
        raise next(answer for answer in answers.values() if isinstance(answer, FetchError))

    def _ask(self, now: float) -> None:
        """Reads the files of which the index says something new."""
        wanted = [entry for entry in self._entries if self._is_wanted(entry, now)]
        if wanted and not self._parts:  # where they are is found out with one of them, now and then
            if any(failure.due_at > now for failure in self._failures.values()):
                return
            self._take(wanted[:1], now)
            wanted = wanted[1:] if self._parts else []
        if wanted:
            self._take(wanted, now)

    def _is_wanted(self, entry: Entry, now: float) -> bool:
        part, failure = self._parts.get(entry.code), self._failures.get(entry.code)
        if not entry.has_results or (failure is not None and failure.due_at > now):
            return False
        return part is None or part.stamp != entry.stamp or now - part.read_at > REREAD_SECONDS

    def _take(self, wanted: Sequence[Entry], now: float) -> None:
        """Asks at the address that was right for others; where nothing is, where it was before,
        or at all that are possible."""
        asked = {entry.code: self._addresses(entry)[self._form :][:1] for entry in wanted}
        answers = dict(self._shelf.fetch([a for known in asked.values() for a in known], False))
        more: list[str] = []
        for entry in wanted:
            part, first = self._parts.get(entry.code), asked[entry.code]
            if all(_is_missing(answers[address]) for address in first):
                others = [part.address] if part is not None else self._addresses(entry)
                asked[entry.code] = [*first, *(a for a in others if a not in first)]
                more += asked[entry.code][len(first) :]
        answers |= self._shelf.fetch(more, False)
        for entry in wanted:
            self._note(entry, {a: answers[a] for a in asked[entry.code]}, now)

    def _addresses(self, entry: Entry) -> list[str]:
        return list(entry.addresses(self._turn, self._level))

    def _note(self, entry: Entry, outcomes: Mapping[str, Outcome], now: float) -> None:
        """Keeps the first body there is; where there is none, the trouble that came first."""
        troubles: list[FetchError] = []
        before = self._parts.get(entry.code)
        for address, outcome in outcomes.items():
            if outcome is None and before is not None and before.address == address:
                return self._keep(entry, replace(before, stamp=entry.stamp, read_at=now))
            if isinstance(outcome, FetchError):
                troubles.append(outcome)
            elif outcome is not None:
                content = outcome.file.content
                try:
                    read_body(content)  # in this thread: the watcher is spared it
                except ReadError as error:
                    troubles.append(_unreadable(address, error))
                else:
                    return self._keep(entry, _Part(address, entry.stamp, content, now))
        missing = FetchError("missing", f"there is no file of {entry.code}")
        trouble = next((t for t in troubles if t.code != "missing"), missing)
        times = self._failures[entry.code].times + 1 if entry.code in self._failures else 0
        pause = min(FIRST_PAUSE * 2 ** min(times, 10), LONGEST_PAUSE)
        self._failures[entry.code] = _Failure(trouble, times, now + pause)
        return None

    def _keep(self, entry: Entry, part: _Part) -> None:
        if not self._parts:
            self._form = self._addresses(entry).index(part.address)
        before = self._parts.get(entry.code)
        self._is_changed = self._is_changed or before is None or before.content != part.content
        self._parts[entry.code] = part
        self._failures.pop(entry.code, None)

    def _bundled(self) -> Look:
        """The index and every file of it that was ever read."""
        assert self._index is not None
        contents = {part.address: part.content for part in self._parts.values()}
        contents[self._names[0]] = self._index.file.content
        if sum(map(len, contents.values())) > LARGEST_INFLATED:
            raise FetchError("too_large", f"the set exceeds {LARGEST_INFLATED >> 20} MiB")
        content = make_bundle({f"{self._folder}/{name}": c for name, c in contents.items()})
        name = f"{self._folder.rpartition('/')[2]}.zip"
        at = self._index.file.modified_at
        return Look(SourceFile(name, content, wire.digest(content), at), None, ())


def _is_missing(outcome: Outcome) -> bool:
    return isinstance(outcome, FetchError) and outcome.code == "missing"


def _shelf_of(location: str) -> tuple[Shelf, tuple[str, ...], list[str]]:
    """Where the set is, what its index may be called, and the folders that lead there."""
    if location.startswith(("http://", "https://")):
        folder, _, name = location.rpartition("/")
        return Site(f"{folder}/"), (name,), _steps(urlsplit(folder).path.split("/"))
    path = Path(location)
    if _INDEX.fullmatch(path.name):
        return Folder(path.parent), (path.name,), _steps(path.parent.parts)
    return Folder(path), NAMES, _steps(path.parts)


def _steps(parts: Iterable[str]) -> list[str]:
    return [step for step in parts if step.strip("/")] or ["results"]


def _unreadable(name: str, error: ReadError) -> FetchError:
    code = "torn" if error.finding.code == "R602" else "unreadable"
    return FetchError(code, f"{name}: {error.finding.code} line {error.finding.line or '-'}")
