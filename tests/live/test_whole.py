"""When a file counts as whole: every rule alone; writers that do their worst, on a fake clock."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.live.whole import (
    DOUBT,
    SETTLE,
    SHORT,
    Accept,
    Candidate,
    Facts,
    Sighting,
    Wait,
    accepted,
    follow,
    judge,
)

PATIENCE = 120.0
UNITS = 300
HERE, THERE = (1, 100), (1, 200)


def facts(rows: int = UNITS, complete: bool = True, doubt: str = "", **takes_back: int) -> Facts:
    return Facts(rows, frozenset(), rows >= UNITS, complete, doubt, takes_back)


def sighting(digest: str = "new", place: tuple[int, ...] | None = THERE, **how: object) -> Sighting:
    seen = Sighting(digest, (len(digest),), place, complete=True, being_written=False)
    return replace(seen, **how)  # type: ignore[arg-type]


def known(place: tuple[int, ...] = HERE) -> Candidate:
    """What was accepted before, at time 0."""
    return accepted(follow(None, sighting("old", place), 0.0))


def verdict_at(
    seen: Sighting,
    new: Facts | Wait,
    last: Facts | None,
    quiet: float,
    before: Candidate | None = None,
) -> Accept | Wait:
    """The verdict when the content was seen at 10 and again ``quiet`` seconds later."""
    candidate = follow(before, seen, 10.0)
    candidate = follow(candidate, seen, 10.0 + quiet)
    return judge(candidate, lambda: new, last, PATIENCE, 10.0 + quiet)


def accepts_after(
    seen: Sighting, new: Facts, last: Facts | None, before: Candidate | None = None
) -> float:
    """The shortest quiet, of those the rules know, after which it is accepted."""
    for quiet in (0.0, SHORT, SETTLE, DOUBT, PATIENCE, 2 * PATIENCE):
        if isinstance(verdict_at(seen, new, last, quiet, before), Accept):
            return quiet
    return float("inf")


def test_a_renamed_file_needs_a_short_second_look() -> None:
    assert accepts_after(sighting(), facts(), facts(), known()) == SHORT


def test_one_look_is_never_enough() -> None:
    candidate = follow(known(), sighting(age=1e6), 10.0)
    assert judge(candidate, facts, facts(), PATIENCE, 10.0) == Wait("")


def test_in_place_needs_to_settle_unless_all_is_there_and_closed() -> None:
    in_place, half = sighting(place=HERE), UNITS // 2
    assert accepts_after(in_place, facts(half), facts(half), known()) == SETTLE
    assert accepts_after(in_place, facts(), facts(), known()) == SHORT
    unknown = replace(in_place, being_written=None)
    assert accepts_after(unknown, facts(), facts(), known()) == SETTLE


def test_a_renamed_file_with_a_broken_unit_needs_to_settle() -> None:
    broken = replace(facts(), held=frozenset({"u1"}))
    assert accepts_after(sighting(), broken, facts(), known()) == SETTLE
    assert accepts_after(sighting(), broken, broken, known()) == SHORT


def test_a_file_someone_has_open_is_in_doubt() -> None:
    assert accepts_after(sighting(being_written=True), facts(), facts(), known()) == DOUBT


def test_where_nobody_can_know_who_writes_a_growing_table_is_in_doubt() -> None:
    seen = sighting(place=HERE, being_written=None)
    assert accepts_after(seen, facts(50), facts(40), known()) == DOUBT
    assert accepts_after(seen, facts(), facts(), known()) == SETTLE


def test_the_first_file_of_the_night_is_in_doubt_unless_it_lists_every_unit() -> None:
    assert accepts_after(sighting(), facts(50), None) == DOUBT
    assert accepts_after(sighting(), facts(), None) == SETTLE


def test_a_file_that_lay_there_for_long_has_been_quiet() -> None:
    assert accepts_after(sighting(age=3600), facts(50), None) == SHORT


def test_the_sidecar_decides_alone() -> None:
    vouched = sighting(vouched="new", complete=False, being_written=True)
    assert accepts_after(vouched, facts(1), facts(), known()) == 0.0
    other = sighting(vouched="other")
    assert accepts_after(other, facts(), facts(), known()) == float("inf")
    assert verdict_at(other, facts(), facts(), 99, known()) == Wait(
        "torn", "the file is not the one its .sha256 vouches for"
    )
    refused = Wait("unreadable")
    assert verdict_at(vouched, refused, facts(), 0, known()) is refused


def test_a_last_line_without_end_is_torn_until_it_is_a_habit() -> None:
    open_ended = sighting(complete=False)
    assert accepts_after(open_ended, facts(complete=False), facts(), known()) == PATIENCE
    last = facts(complete=False)
    assert accepts_after(open_ended, facts(complete=False), last, known()) == SETTLE
    in_place = replace(open_ended, place=HERE)
    assert accepts_after(in_place, facts(complete=False), last, known()) == DOUBT


def test_a_file_that_cannot_be_read_waits_under_its_own_code() -> None:
    refused = Wait("encoding", "line 7")
    assert verdict_at(sighting(), refused, facts(), 1e6, known()) is refused


@pytest.mark.parametrize(
    ("new", "code"), [(facts(UNITS - 1), "shrunk"), (facts(doubt="C301"), "doubtful")]
)
def test_a_file_that_is_not_believed_must_outlast_patience(new: Facts, code: str) -> None:
    assert accepts_after(sighting(), new, facts(), known()) == PATIENCE
    verdict = verdict_at(sighting(), new, facts(), SETTLE, known())
    assert isinstance(verdict, Wait) and verdict.code == code


def believed_at(files: Iterable[Facts]) -> float | None:
    """When the first of these is believed, each another content and ten seconds after the last."""
    candidate, doubt = known(), None
    for n, new in enumerate(files, 1):
        seen, at = sighting(f"file {n}", (1, n)), 10.0 * n
        candidate = follow(follow(candidate, seen, at), seen, at + SETTLE)
        verdict = judge(candidate, lambda f=new: f, facts(), PATIENCE, at + SETTLE, doubt)
        if isinstance(verdict, Accept):
            return at
        doubt = verdict.doubt
    return None


def test_the_same_fall_in_files_that_change_is_believed_after_patience() -> None:
    """Elsewhere the count goes on."""
    assert believed_at(facts(doubt="C301", u1=60 + n) for n in range(30)) == 130.0
    assert believed_at(facts(UNITS - 1, u1=0) for _ in range(30)) == 130.0


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([{"u1": 60 - n} for n in range(30)], id="it falls further"),
        pytest.param([{"u1": 60 + n % 5 - n} for n in range(30)], id="and up and down"),
        pytest.param([{f"u{n}": 0} for n in range(30)], id="always another"),
        pytest.param([{f"u{k}": 0 for k in range(30 - n)} for n in range(30)], id="filled again"),
        pytest.param([{}] * 30, id="nothing falls"),
    ],
)
def test_files_that_take_back_something_else_each_time_wait(files: list[dict[str, int]]) -> None:
    assert believed_at(facts(doubt="C301", **taken) for taken in files) is None


def growing(place: tuple[int, ...], *times: float, before: Candidate | None = None) -> Candidate:
    """Written piece by piece at these times, by someone who closes the file after each."""
    candidate = before or known()
    for n, time in enumerate(times):
        candidate = follow(candidate, sighting(f"piece {n}", place), time)
    return candidate


def needed_by(candidate: Candidate, new: Facts | None = None) -> float:
    """How long its content must stay quiet from its first sight on."""
    for steps in range(1, 4000):
        later = candidate.first + steps / 20
        looked = follow(candidate, candidate.sighting, later)
        if isinstance(judge(looked, lambda: new or facts(), facts(), PATIENCE, later), Accept):
            return steps / 20
    return float("inf")


def test_what_is_seen_to_be_written_in_pieces_is_in_doubt() -> None:
    assert needed_by(growing(HERE, 10.0)) == SHORT
    assert needed_by(growing(HERE, 10.0, 10.5)) == DOUBT
    assert needed_by(growing(THERE, 10.0)) == SHORT
    assert needed_by(growing(THERE, 10.0, 10.5)) == DOUBT, "made at its place, not renamed"


def test_doubt_outlasts_three_times_the_longest_pause() -> None:
    assert needed_by(growing(HERE, 10.0, 14.0, 15.0)) == pytest.approx(12.0)


def test_a_habit_of_pieces_is_remembered_until_it_is_lost() -> None:
    in_pieces = accepted(growing(HERE, 10.0, 10.5))
    renamed = growing(THERE, 30.0, before=in_pieces)
    assert needed_by(renamed) == DOUBT
    once_more = follow(accepted(renamed), sighting("again", (1, 300)), 60.0)
    assert needed_by(once_more) == SHORT


def test_patience_counts_content_not_copies() -> None:
    """A shrunken file that is copied again every minute is the same file."""
    candidate = follow(known(), sighting(place=(1, 1)), 10.0)
    for n in range(2, 5):
        again = sighting(place=(1, n))
        candidate = follow(follow(candidate, again, 60.0 * n), again, 60.0 * n + 2)
    verdict = judge(candidate, lambda: facts(10), facts(), PATIENCE, 242.0)
    assert isinstance(verdict, Accept)


def test_a_url_that_never_says_the_same_twice_is_believed_after_patience() -> None:
    candidate = known()
    for second in range(10, 400):
        seen = sighting(f"body {second}", None, being_written=None)
        candidate = follow(candidate, seen, float(second))
        if isinstance(judge(candidate, facts, facts(), PATIENCE, float(second)), Accept):
            assert second > PATIENCE
            return
    pytest.fail("never accepted")


def test_a_log_that_grows_all_night_is_not_silence_all_night() -> None:
    candidate, now, last_accepted = known(), 10.0, 10.0
    for rows in range(1, 200):
        for quiet in (0.0, 1.1):
            seen = sighting(f"{rows} rows", HERE, being_written=True)
            candidate = follow(candidate, seen, now + quiet)
            new = facts(rows)
            if isinstance(judge(candidate, lambda: new, facts(0), PATIENCE, now + quiet), Accept):  # noqa: B023
                candidate, last_accepted = accepted(candidate), now
        now += 3.0
        assert now - last_accepted < PATIENCE + 10
    assert last_accepted > 10.0


# Writers at their worst


@dataclass
class Disk:
    """What a poller finds at the path: rows, the inode, and whether a writer has it open."""

    rows: list[int]
    inode: int = 1
    is_open: bool = False
    stamp: int = 0
    part: int = 0  # characters of a row begun and not ended


@dataclass(frozen=True)
class Habit:
    """How a writer publishes one version after another."""

    in_place: bool  # truncates and writes; otherwise removes the file and makes a new one
    lists_all: bool  # every unit has a row from the start, as against a table that grows
    overwrites: bool  # writes over the old content without truncating
    pauses: tuple[float, ...]  # between pieces, seconds
    pieces: int


def pieces_of(disk: Disk, new: list[int], habit: Habit) -> Iterator[float]:
    """Changes the disk step by step; yields how long the writer rests after each."""
    disk.is_open = True
    if not habit.in_place:
        disk.inode += 1
    old = disk.rows if habit.in_place and habit.overwrites else []
    for n in range(habit.pieces + 1):
        upto = len(new) * n // habit.pieces
        disk.rows = new[:upto] + old[upto:]
        disk.stamp += 1
        # At every other piece the writer stops in the middle of a row.
        disk.part = n % 2 if n < habit.pieces else 0
        yield habit.pauses[n % len(habit.pauses)]
    disk.is_open = False


def watch(versions: list[list[int]], habit: Habit, knows: bool, poll: float, seed: int) -> set[str]:
    """Every content published while the versions are written one after the other.

    ``knows``: whether the system tells that a file is open for writing.
    """
    chance = random.Random(seed)
    disk, now, published = Disk([]), 0.0, set()
    candidate: Candidate | None = None
    last: Facts | None = None

    def look() -> None:
        nonlocal candidate, last
        if not disk.rows:
            return
        said = f"{disk.rows}"
        seen = Sighting(
            f"{said} {disk.part}", (disk.stamp,), (1, disk.inode), disk.part == 0,
            being_written=disk.is_open if knows else None,
        )  # fmt: skip
        candidate = follow(candidate, seen, now)
        new = Facts(len(disk.rows), frozenset(), len(disk.rows) >= 40, disk.part == 0)
        if isinstance(judge(candidate, lambda: new, last, PATIENCE, now), Accept):
            candidate, last = accepted(candidate), new
            published.add(said)

    def wait(seconds: float) -> None:
        nonlocal now
        until = now + seconds
        while now < until:
            now += poll * chance.uniform(0.8, 1.2)
            look()

    for version in versions:
        for rest in pieces_of(disk, version, habit):
            wait(rest)
        wait(4 * DOUBT)
    return published


habits = st.builds(
    Habit,
    in_place=st.booleans(),
    lists_all=st.booleans(),
    overwrites=st.booleans(),
    pauses=st.lists(st.floats(0.05, 4.0), min_size=1, max_size=4).map(tuple),
    pieces=st.integers(1, 12),
)


@settings(max_examples=60, deadline=None)
@given(
    habit=habits, knows=st.booleans(), poll=st.sampled_from([0.1, 0.5, 1.0]), seed=st.integers(0, 9)
)
def test_F01_a_slow_writer_never_gets_a_torn_version_published(
    habit: Habit, knows: bool, poll: float, seed: int
) -> None:
    if habit.overwrites and habit.in_place and not knows:
        # Old and new rows mixed, and no way to know that the file is open: see whole.py's end.
        habit = replace(habit, overwrites=False)
    sizes = [40, 40, 40] if habit.lists_all else [12, 25, 40]
    versions = [[100 * (v + 1) + n for n in range(size)] for v, size in enumerate(sizes)]
    written = {f"{version}" for version in versions}
    published = watch(versions, habit, knows, poll, seed)
    assert published <= written, "a version that never existed"
    assert f"{versions[-1]}" in published
