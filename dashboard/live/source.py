"""One polled source: fetched in its own lane, judged here, read once per content."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from ..model import SourceFile
from ..readers import ReadError
from . import whole
from .fetch import Fetcher, FetchError, LocalFile, Look
from .health import Health
from .lane import Lane
from .releases import Doubtful
from .tree import Tree, is_tree
from .whole import Accept, Candidate, Doubt, Facts, Sighting, Wait

T = TypeVar("T")

SECOND_LOOK = 0.02  # seconds from the first sight of a content to the next look
FIRST_BACKOFF, LONGEST_BACKOFF, JITTER = 1.0, 60.0, 0.2  # seconds, seconds, share
_CODES = {
    "R101": "empty",
    "R103": "encoding",
    "R105": "torn",
    "R106": "too_large",
    "R111": "encoding",
    "R206": "empty",
    "R602": "torn",
    "C292": "older",
}
_OLD_WORKBOOK, _SECTOR = b"\xd0\xcf\x11\xe0", 512  # an .xls is whole sectors of so many bytes
_CLOSING = {b"<": b">", b"{": b"}", b"[": b"]"}
_AROUND = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of an encoding, spaces, half of a UTF-16 "\n"
_MOST_INFLATED = 256 * 1024 * 1024  # bytes of an opened workbook


@dataclass(frozen=True, slots=True)
class Whole(Generic[T]):
    """A file that was accepted, and what it says."""

    file: SourceFile
    value: T


@dataclass(frozen=True, slots=True)
class HeldBack(Generic[T]):
    """A whole file that is not believed yet."""

    file: SourceFile
    value: T
    doubtful: Doubtful
    since: datetime  # wall clock
    until: datetime  # when it is believed if it takes back no more than this


@dataclass(frozen=True, slots=True)
class Plan:
    """What the election file says of a source."""

    location: str
    poll: float  # seconds
    patience: float  # seconds
    format: str = "table"
    level: str = ""  # of an official format

    @property
    def is_url(self) -> bool:
        return self.location.startswith(("http://", "https://"))

    def fetcher(self) -> Fetcher:
        if self.format == "french-ministry-xml" and is_tree(self.location):
            return Tree(self.location, self.level)
        if not self.is_url:
            return LocalFile(Path(self.location))
        from .url import Url  # httpx, which a night with files on disk does not need

        return Url(self.location)


class Source(Generic[T]):
    """Polls a source and gives each whole file once. ``turn`` never waits."""

    def __init__(
        self,
        plan: Plan,
        fetcher: Fetcher,
        health: Health,
        read: Callable[[SourceFile], T],
        facts: Callable[[T, bool], Facts],
        is_secret: Callable[[], bool],
        wake: Callable[[], None],
        is_released: Callable[[Doubtful], bool] = lambda file: False,
    ) -> None:
        """``read`` may raise ``ReadError``; ``facts`` takes what was read and whether the last
        line is whole; while ``is_secret`` the log repeats nothing of the content;
        ``is_released`` says whether an operator believes a file that waits."""
        self.health = health
        self._plan = plan
        self._fetcher = fetcher
        self._read = read
        self._facts = facts
        self._is_secret = is_secret
        self._is_released = is_released
        self.held_back: HeldBack[T] | None = None
        self._lane: Lane[Look | None] = Lane("fetch", wake)
        self._started = 0.0  # monotonic seconds, of the last look
        self._next_look = 0.0
        self._failures = 0
        self._candidate: Candidate | None = None
        self._doubt: Doubt | None = None  # since the last acceptance
        self._accepted = ""  # digest
        self._last: Facts | None = None
        # By digest what it says, so that it is read once.
        self._reading: tuple[str, tuple[T, Facts] | Wait] | None = None

    def resume(self, digest: str, facts: Facts) -> None:
        """Continues where another watcher left: this content was accepted last."""
        self._accepted, self._last = digest, facts

    @property
    def location(self) -> str:
        return self._plan.location

    @property
    def due_at(self) -> float:
        """When to turn again, monotonic seconds; a look that is under way wakes us itself."""
        return self._started + self._fetcher.deadline if self._lane.is_busy else self._next_look

    def turn(self, clock: float, now: datetime) -> Whole[T] | None:
        """Takes what the lane has, starts the next look when it is time."""
        accepted = None
        for outcome in self._lane.take():
            self._next_look = max(self._next_look, self._started + self._plan.poll)
            accepted = self._consider(outcome, clock, now)
        if self._lane.is_busy:
            if clock - self._started > self._fetcher.deadline:
                self.health.bad("timeout", "the source does not answer", now, clock)
        elif clock >= self._next_look:
            self._started = clock
            pending = self._is_pending()
            self._lane.start(lambda: self._fetcher.look(pending))
        return accepted

    def _is_pending(self) -> bool:
        """Whether a content waits for its acceptance: then only a real reading counts."""
        return self._candidate is not None and not self._candidate.accepted

    def _consider(
        self, outcome: Look | Exception | None, clock: float, now: datetime
    ) -> Whole[T] | None:
        if isinstance(outcome, Exception):
            self._failed(outcome, clock, now)
            return None
        self._failures = 0
        if outcome is None:
            self.health.good(now)
            return None
        seen = _sighting(outcome)
        self._candidate = whole.follow(self._candidate, seen, clock)
        if seen.digest == self._accepted:
            self._settle(seen, now)
            self.held_back = None
            return None
        verdict = whole.judge(
            self._candidate,
            lambda: self._examine(outcome.file, seen.complete),
            self._last,
            self._plan.patience,
            clock,
            self._doubt,
            lambda takes_back: self._is_released(self._doubtful(seen.digest, takes_back)),
        )
        if isinstance(verdict, Wait) and verdict.doubt is not None:
            self._doubt = verdict.doubt
        self.held_back = self._held_back(verdict, outcome.file, clock, now)
        if isinstance(verdict, Accept):
            return self._accept(outcome.file, now)
        if verdict.code:
            # Why a content is doubtful is said in figures.
            detail = "" if self.held_back and self._is_secret() else verdict.detail
            self.health.bad(verdict.code, detail, now, clock)
        self._look_again_soon(clock)
        return None

    def _held_back(
        self, verdict: Accept | Wait, file: SourceFile, clock: float, now: datetime
    ) -> HeldBack[T] | None:
        if isinstance(verdict, Accept) or verdict.doubt is None:
            return None
        assert self._reading is not None
        said = self._reading[1]
        assert not isinstance(said, Wait)
        value, facts = said
        since = now - timedelta(seconds=clock - verdict.doubt.since)
        until = since + timedelta(seconds=self._plan.patience)
        return HeldBack(file, value, self._doubtful(file.digest, facts.takes_back), since, until)

    def _doubtful(self, digest: str, takes_back: Mapping[str, int]) -> Doubtful:
        return Doubtful(digest, self._accepted, takes_back)

    def _failed(self, error: Exception, clock: float, now: datetime) -> None:
        code, detail, asked = "unreadable", where(error), None
        if isinstance(error, FetchError):
            code, detail, asked = error.code, error.detail, error.retry_after
        self.health.bad(code, detail, now, clock)
        if self._plan.is_url:
            pause = min(FIRST_BACKOFF * 2**self._failures, LONGEST_BACKOFF)
            pause *= random.uniform(1 - JITTER, 1 + JITTER)
            self._failures = min(self._failures + 1, 16)
            self._next_look = clock + max(pause if asked is None else asked, self._plan.poll)

    def _settle(self, seen: Sighting, now: datetime) -> None:
        """The accepted content is (still, or again) what the source says."""
        assert self._candidate is not None
        self._candidate = whole.accepted(self._candidate)
        if self._last is not None and self._last.complete != seen.complete:
            self._last = _with_complete(self._last, seen.complete)
        self.health.good(now)

    def _accept(self, file: SourceFile, now: datetime) -> Whole[T]:
        assert self._reading is not None and self._candidate is not None
        said = self._reading[1]
        assert not isinstance(said, Wait)
        value, self._last = said
        self._candidate = whole.accepted(self._candidate)
        self._accepted = file.digest
        self._doubt = None
        self._reading = None  # the next content is read against this one
        self.health.good(now)
        return Whole(file, value)

    def _examine(self, file: SourceFile, complete: bool) -> Facts | Wait:
        if self._reading is None or self._reading[0] != file.digest:
            self._reading = (file.digest, self._try_to_read(file, complete))
        said = self._reading[1]
        return said if isinstance(said, Wait) else said[1]

    def _try_to_read(self, file: SourceFile, complete: bool) -> tuple[T, Facts] | Wait:
        try:
            value = self._read(file)
            return value, self._facts(value, complete)
        except ReadError as error:
            finding = error.finding
            said = f"{finding.code} line {finding.line or '-'}"
            detail = said if self._is_secret() else f"{finding.code}: {finding.message}"
            return Wait(_CODES.get(finding.code, "unreadable"), detail)
        except Exception as error:  # a reader's mistake costs one file, not the night
            return Wait("unreadable", where(error))

    def _look_again_soon(self, clock: float) -> None:
        """Often while the content is new, at the usual pace while it is merely not believed."""
        assert self._candidate is not None
        age = clock - self._candidate.first
        usual = self._started + min(self._plan.poll, whole.SETTLE)
        quiet = usual if age > whole.DOUBT else clock + SECOND_LOOK
        self._next_look = max(quiet, clock + SECOND_LOOK)


def where(error: BaseException) -> str:
    """The kind of an error and the line that raised it; not its message, which may hold figures."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"


def is_complete(content: bytes) -> bool:
    """Whether the end of a file looks like one: a line break, a workbook that opens, the bracket
    that closes XML or JSON (cut short there, they cannot be read either)."""
    if content.startswith(b"PK"):
        return _is_sound_zip(content)
    if content.startswith(_OLD_WORKBOOK):
        return len(content) % _SECTOR == 0
    if closing := _CLOSING.get(content.lstrip(_AROUND)[:1]):
        return content.rstrip(_AROUND).endswith(closing)
    end = content.rstrip(b"\0")[-1:]  # UTF-16 ends in a break and a NUL
    return end == b"\n" or (end == b"\r" and b"\n" not in content)


def _is_sound_zip(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_INFLATED:
                return True  # not torn; the reader refuses it for its size
            return archive.testzip() is None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False


def _sighting(look: Look) -> Sighting:
    return Sighting(
        digest=look.file.digest,
        stamp=look.stamp,
        place=look.place,
        complete=is_complete(look.file.content),
        age=look.age,
        vouched=look.vouched,
        being_written=look.being_written,
    )


def _with_complete(facts: Facts, complete: bool) -> Facts:
    return replace(facts, complete=complete)
