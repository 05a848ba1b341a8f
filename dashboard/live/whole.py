"""When does a file count as whole? Pure decisions: every time is given, nothing is read.

A reader cannot see a writer's intention, only traces. The strongest is a *sidecar*
``<name>.sha256``: then exactly the bytes it vouches for are accepted, at once, whatever they say.
Without one, in this order:

1. **Two equal reads.** One may have caught half of a write.
2. **The last line is whole**, for text; a zip's directory stands at its end, so a torn workbook
   does not open. A source that has once been accepted without a final line break has that habit.
3. **It can be read** at all.
4. **It has been quiet long enough**, and how long depends on the traces:

   - SHORT, when it came under a new inode and nobody has it open for writing: that is what a
     rename looks like, and what is renamed is finished. Also when it was written in place, lists
     every unit and its writer has closed it: there is nothing left to write.
   - SETTLE, when it was written in place and may go on, or we cannot know.
   - DOUBT, when the traces say that someone writes in pieces: it is open for writing, or it
     changed more than once before it was accepted (so did the one before), or nothing is known
     of the writer and rows are missing. A writer that pauses on a row boundary has then produced
     a perfectly good file, which never existed. So it must outlast three times the longest pause
     seen, and DOUBT at least. The first file of the night is in doubt unless it lists every unit.

   Doubt ends after ``patience``: a log that grows all night is not silence all night.
5. **It is believed**: it has no fewer rows, and no check asks that it wait (severity ``wait``). A
   file that stays the same for ``patience``, or that an operator releases, is a correction. So are
   files that change and all that while take back the very same numbers, and none of them further:
   elsewhere the count goes on. A file that is being filled again takes back fewer with every look.
   This holds for a vouched file as well: the sidecar says that it is whole, not that it is right.

What remains possible: a writer that opens and closes the file for every few rows, with pauses of
seconds, of a table that lists only what is counted, and has never done so before. Its pieces are
indistinguishable from a table that grows. It should rename, or leave a sidecar.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

SHORT, SETTLE, DOUBT = 0.05, 1.0, 6.0  # seconds
PAUSES = 3.0  # times the longest pause seen
_ROUNDING = 1e-6  # seconds: (t + 0.05) - t may be a little less than 0.05


@dataclass(frozen=True, slots=True)
class Sighting:
    """One complete reading of the source, judged from outside."""

    digest: str
    stamp: tuple[int, ...]
    place: tuple[int, ...] | None  # which file object it is; None for a URL
    complete: bool  # the last line is
    age: float = 0.0  # seconds since the file system saw it change, 0 when unknown
    vouched: str | None = None  # what the sidecar says; None when there is none
    being_written: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reading says, as far as judging it goes."""

    rows: int
    held: frozenset[str]  # units whose present values break a rule
    lists_all: bool  # at least one row for every unit
    complete: bool  # its last line was
    doubt: str = ""  # why its content is not believed at once, "" when it is
    takes_back: Mapping[str, int] = field(default_factory=dict)  # as tally.taken_back


@dataclass(frozen=True, slots=True)
class Candidate:
    """The content last seen, and its history since the last acceptance. Times are monotonic."""

    sighting: Sighting
    first: float  # this content, under this stamp, was first read then
    last: float  # and most recently then
    same_since: float  # this content, whatever its stamp
    began: float  # first departure from what was accepted
    changes: int = 0  # in place, since then
    pause: float = 0.0  # the longest it stood still and changed after all
    is_fresh: bool = False  # came under another inode than the one before
    habit: bool = False  # the accepted one before had been written in pieces
    accepted: bool = False

    @property
    def in_pieces(self) -> bool:
        return self.changes > 1 or self.habit


@dataclass(frozen=True, slots=True)
class Doubt:
    """What files that are not believed take back, and since when (monotonic) it is just that."""

    takes_back: Mapping[str, int]
    since: float


@dataclass(frozen=True, slots=True)
class Accept:
    """Publish it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not yet; ``code`` is the trouble this is if it lasts, "" when it is none."""

    code: str = ""
    detail: str = ""
    doubt: Doubt | None = None  # of a whole file that is not believed


def follow(before: Candidate | None, seen: Sighting, now: float) -> Candidate:
    """The history with one more sighting."""
    if before is None:
        return Candidate(seen, now, now, now, now, changes=0 if seen.place is None else 1)
    old = before.sighting
    if (old.digest, old.stamp, old.place) == (seen.digest, seen.stamp, seen.place):
        return replace(before, sighting=seen, last=now)
    same_since = before.same_since if old.digest == seen.digest else now
    # A URL has no inode: each of its contents stands for itself, like a renamed file.
    is_fresh = seen.place is None or seen.place != old.place
    if before.accepted:
        changes = 0 if is_fresh else 1
        return Candidate(
            seen, now, now, same_since, now, changes, is_fresh=is_fresh, habit=before.changes > 1
        )
    if is_fresh and seen.place is not None:
        return replace(before, sighting=seen, first=now, last=now, same_since=same_since,
                       changes=0, pause=0.0, is_fresh=True)  # fmt: skip
    # A new file that changes before it was accepted was not renamed: count its making as well.
    changes = before.changes + (2 if before.is_fresh and not is_fresh else 1)
    return replace(
        before,
        sighting=seen,
        first=now,
        last=now,
        same_since=same_since,
        changes=changes,
        pause=max(before.pause, now - before.first),
        is_fresh=is_fresh,
    )


def accepted(candidate: Candidate) -> Candidate:
    """The history after its content was accepted."""
    return replace(candidate, accepted=True)


def judge(
    candidate: Candidate,
    read: Callable[[], Facts | Wait],
    last: Facts | None,
    patience: float,
    now: float,
    doubted: Doubt | None = None,
    is_released: Callable[[Mapping[str, int]], bool] = lambda takes_back: False,
) -> Accept | Wait:
    """Whether the candidate is whole. ``read`` reads it, and is called only if that matters;
    ``last`` are the facts of the file accepted before it; ``doubted`` is the doubt about the
    content before, since that one; ``is_released``: an operator believes this content, or what it
    takes back."""
    seen = candidate.sighting
    if seen.vouched is not None:
        if seen.vouched != seen.digest:
            return Wait("torn", "the file is not the one its .sha256 vouches for")
        facts = read()
        if isinstance(facts, Wait) or not facts.doubt:
            return facts if isinstance(facts, Wait) else Accept()
        return _believe(candidate, facts, None, patience, now, doubted, is_released)
    is_late = now - candidate.began > patience
    if candidate.last == candidate.first and not (is_late and seen.place is None):
        return Wait("torn" if candidate.in_pieces else "")
    without_break = last is not None and not last.complete
    if not seen.complete and not without_break and now - candidate.same_since < patience:
        return Wait("torn", "the last line has no end")
    facts = read()
    if isinstance(facts, Wait):
        return facts
    needed = SETTLE if is_late else _needed(candidate, facts, last)
    quiet = max(seen.age, now - candidate.first) + _ROUNDING
    if quiet < needed and not (is_late and seen.place is None):
        return Wait("torn" if needed > SETTLE else "", "it is still being written")
    return _believe(candidate, facts, last, patience, now, doubted, is_released)


def no_further(before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    """Whether the very same numbers are taken back, some at least, and none lower than before."""
    return (
        bool(before)
        and before.keys() == now.keys()
        and all(number >= before[which] for which, number in now.items())
    )


def _believe(
    candidate: Candidate,
    facts: Facts,
    last: Facts | None,
    patience: float,
    now: float,
    doubted: Doubt | None,
    is_released: Callable[[Mapping[str, int]], bool],
) -> Accept | Wait:
    """A whole file that takes back too much, or is in doubt, waits until it has said the same for
    ``patience`` or an operator has released it."""
    shrunk = last is not None and facts.rows < last.rows
    if not (shrunk or facts.doubt):
        return Accept()
    doubt = Doubt(facts.takes_back, candidate.same_since)
    if doubted is not None and no_further(doubted.takes_back, facts.takes_back):
        doubt = doubted
    if now - doubt.since >= patience or is_released(facts.takes_back):
        return Accept()
    return (
        Wait("doubtful", facts.doubt, doubt)
        if facts.doubt
        else Wait("shrunk", "fewer rows than in the file before", doubt)
    )


def _needed(candidate: Candidate, facts: Facts, last: Facts | None) -> float:
    """Seconds of quiet, see 4. above."""
    seen = candidate.sighting
    rows_missing = not facts.lists_all
    unknown = rows_missing and (
        last is None or (seen.being_written is None and not candidate.is_fresh)
    )
    if seen.being_written or candidate.in_pieces or unknown:
        return max(DOUBT, PAUSES * candidate.pause)
    renamed = candidate.is_fresh and (seen.being_written is False or last is not None)
    if not seen.complete and not renamed:
        return DOUBT
    closed = last is not None and facts.lists_all and seen.being_written is False
    finished = renamed or closed
    held_before = last.held if last is not None else frozenset()
    return SHORT if finished and seen.complete and facts.held <= held_before else SETTLE
