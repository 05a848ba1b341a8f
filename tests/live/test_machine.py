"""I1 to I5 under everything that a night may bring, in any order: a state machine.

A source is written, corrected, broken, torn, emptied, swapped and put back; time passes, the
watcher is killed and another takes over, an operator releases what waits. The clock and the source
are the test's; the judging, reading, checking, holding and publishing are the product's own, on a
real state folder. After every step what is published is read back from that folder.

``SOIREE_MACHINE_STEPS`` sets how many steps are taken in all (a long run takes 20,000).
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dashboard import pipeline, wire
from dashboard.feed import read_posts
from dashboard.live import source as source_module
from dashboard.live.fetch import Look
from dashboard.live.publisher import Journey
from dashboard.live.releases import Doubtful, Releases
from dashboard.live.source import Plan
from dashboard.live.watch import Watcher
from dashboard.model import Contest, Election, ResultsSource, Snapshot, SourceFile
from dashboard.store import DirectoryStore
from dashboard.wire import JSON
from tests.builders import make_contest, make_election

STEPS = int(os.environ.get("SOIREE_MACHINE_STEPS", "1000"))
STEPS_EACH = 50
UNITS = tuple(f"u{n}" for n in range(1, 9))
REGISTERED = 1000
START = datetime(2017, 1, 29, 19, tzinfo=UTC)
HEADER = "code;registered;cast;blank;invalid;valid;hamon;valls"
POLL, PATIENCE = 0.5, 120.0

Numbers = tuple[int, int, int, int]  # blank, invalid, Hamon, Valls
numbers = st.tuples(*(st.integers(0, 120) for _ in range(4)))
units = st.sampled_from(UNITS)
garbage = st.sampled_from(
    ["", "x", "-1", "1e3", "1.5", "1_000", "٣", "=1+1", "inf", "NaN", "0x10", "9" * 30, "12 34"]
)


def contest() -> Contest:
    made = make_contest(units=len(UNITS))
    columns = replace(made.source.columns, registered_voters="registered")
    where = ResultsSource(
        "/nowhere/results.csv", columns, poll_seconds=POLL, patience_seconds=PATIENCE
    )
    return replace(made, source=where)


def documents(election: Election, snapshot: Snapshot, sealed: frozenset[str]) -> Mapping[str, JSON]:
    """Everything that is shown of every unit, and every correction told."""
    said: dict[str, JSON] = {"state": "partial", "units": {}, "corrections": []}
    for result in snapshot.contests:
        shown: dict[str, JSON] = {}
        for code, unit in result.units.items():
            counts = unit.counts if unit.counted else None
            if counts is not None:
                votes = [counts.votes["hamon"], counts.votes["valls"]]
                sides = [counts.registered_voters, counts.ballots_cast, counts.blank_ballots,
                         counts.invalid_ballots, counts.valid_votes]  # fmt: skip
                shown[code] = [*sides, *votes]
        told: list[JSON] = [correction.unit for correction in result.corrections]
        said = {"state": "partial", "units": shown, "corrections": told}
    return {"home.fr": said}


JOURNEY = Journey(
    read_contest=pipeline.read_contest,
    read_posts=read_posts,
    documents=documents,
    exports=lambda election, snapshot, sealed: {},
)


seen: Counter[str] = Counter()  # that it was not all about nothing


def is_legal(shown: tuple[int, ...]) -> bool:
    """Whether a count can be one, said again in other words than tally's."""
    registered, cast, blank, invalid, valid, hamon, valls = shown
    return min(shown) >= 0 and hamon + valls == valid == cast - blank - invalid <= registered - (
        blank + invalid
    )


class AtOnce:
    """A lane that has done its work when it is asked."""

    is_busy = False

    def __init__(self, name: str, wake: Any) -> None:
        self._outcomes: list[Any] = []

    def start(self, work: Any) -> None:
        try:
            self._outcomes.append(work())
        except Exception as error:
            self._outcomes.append(error)

    def take(self) -> tuple[Any, ...]:
        taken, self._outcomes = tuple(self._outcomes), []
        return taken


class Night(RuleBasedStateMachine):
    """One night; ``content`` is what the source says at present."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="soiree-machine-")
        self.store = DirectoryStore(Path(self.folder.name))
        self.contest = contest()
        self.true: dict[str, Numbers | None] = dict.fromkeys(UNITS)
        self.said: dict[str, set[tuple[int, ...]]] = {unit: set() for unit in UNITS}
        self.content = b""
        self.writes = 0
        self.watcher: Watcher | None = None
        self.clock = 1000.0
        self.version = 0
        self.last: dict[str, list[int]] = {}
        self.told = 0
        self.history: list[bytes] = []
        seen.update(nights=1)

    @initialize()
    def begin(self) -> None:
        self.store.prepare()
        self.write(self.table())
        self.take_over()

    def teardown(self) -> None:
        self.folder.cleanup()

    # The source

    def row(self, unit: str) -> str:
        counted = self.true[unit]
        if counted is None:
            return f"{unit};{REGISTERED};;;;;;"
        blank, invalid, hamon, valls = counted
        valid = hamon + valls
        cast = valid + blank + invalid
        shown = (REGISTERED, cast, blank, invalid, valid, hamon, valls)
        self.said[unit].add(shown)
        return ";".join(map(str, (unit, *shown)))

    def table(self, **rows: str) -> bytes:
        lines = [HEADER, *(rows.get(unit, self.row(unit)) for unit in UNITS)]
        return "".join(f"{line}\n" for line in lines if line).encode()

    def write(self, content: bytes) -> None:
        """What the source says now; two times in three it is left in peace for a while."""
        self.content = content
        self.writes += 1
        if self.writes % 3 and self.watcher is not None:
            self.turn(8)

    def look(self, again: bool) -> Look:
        at = self.now()
        file = SourceFile("results.csv", self.content, wire.digest(self.content), at)
        return Look(file, place=(self.writes,), stamp=(self.writes,), being_written=False)

    deadline = 10.0

    @rule(unit=units, counted=numbers)
    def count(self, unit: str, counted: Numbers) -> None:
        self.true[unit] = counted
        self.write(self.table())

    @rule(counted=st.lists(numbers, min_size=len(UNITS), max_size=len(UNITS)))
    def count_all(self, counted: list[Numbers]) -> None:
        self.true = dict(zip(UNITS, counted, strict=True))
        self.write(self.table())

    @rule(unit=units)
    def withdraw(self, unit: str) -> None:
        self.true[unit] = None
        self.write(self.table())

    @rule(unit=units, column=st.integers(1, 7), by=st.sampled_from([-1, 1, 7, 1000]))
    def break_an_identity(self, unit: str, column: int, by: int) -> None:
        if self.true[unit] is None:
            return
        cells = self.row(unit).split(";")
        cells[column] = str(int(cells[column]) + by)
        shown = tuple(map(int, cells[1:]))
        if is_legal(shown):  # more registered voters break nothing
            self.said[unit].add(shown)
        self.write(self.table(**{unit: ";".join(cells)}))

    @rule(unit=units, column=st.integers(0, 7), text=garbage)
    def put_garbage_in_a_cell(self, unit: str, column: int, text: str) -> None:
        cells = self.row(unit).split(";")
        cells[column] = text
        self.write(self.table(**{unit: ";".join(cells)}))

    @rule(part=st.floats(0, 1))
    def tear(self, part: float) -> None:
        whole = self.table()
        self.write(whole[: int(len(whole) * part)])

    @rule(unit=units)
    def lose_a_row(self, unit: str) -> None:
        self.write(self.table(**{unit: ""}))

    @rule(unit=units, counted=numbers)
    def repeat_a_row_with_other_numbers(self, unit: str, counted: Numbers) -> None:
        first, was = self.row(unit), self.true[unit]
        self.true[unit] = counted
        second = self.row(unit)
        self.true[unit] = was
        self.write(self.table(**{unit: f"{first}\n{second}"}))

    @rule(unit=units)
    def rename_a_unit(self, unit: str) -> None:
        self.write(self.table(**{unit: self.row(unit).replace(unit, f"x{unit}", 1)}))

    @rule()
    def zero_everything(self) -> None:
        zero = {unit: f"{unit};{REGISTERED};0;0;0;0;0;0" for unit in UNITS}
        for unit in UNITS:  # a legal count, should it last
            self.said[unit].add((REGISTERED, 0, 0, 0, 0, 0, 0))
        self.write(self.table(**zero))

    @rule()
    def swap_the_options(self) -> None:
        swapped = {u: (c[0], c[1], c[3], c[2]) if c else None for u, c in self.true.items()}
        was, self.true = self.true, swapped
        self.write(self.table())
        self.true = was

    @rule(content=st.sampled_from([b"", b"\0", b"<html>", b"\xff\xfe", HEADER.encode() + b"\n"]))
    def write_no_table(self, content: bytes) -> None:
        self.write(content)

    @rule(data=st.data())
    def go_back_to_an_older_file(self, data: st.DataObject) -> None:
        if self.history:
            self.write(data.draw(st.sampled_from(self.history)))

    @rule()
    def put_it_right(self) -> None:
        self.history.append(self.table())
        self.write(self.history[-1])

    # The night

    def now(self) -> datetime:
        return START + timedelta(seconds=self.clock)

    @rule()
    def take_over(self) -> None:
        """The watcher is gone, another continues from the state folder."""
        self.watcher = Watcher(
            make_election(self.contest),
            self.store,
            JOURNEY,
            "1",
            say=lambda event, **facts: None,
            clock=lambda: self.clock,
            wall=self.now,
        )
        self.watcher.begin()
        self.turn(3)

    @rule(seconds=st.sampled_from([0.5, 2.0, 10.0, PATIENCE + 10]))
    def time_passes(self, seconds: float) -> None:
        end = self.clock + seconds
        while self.clock < end:
            self.turn(1, max(POLL, seconds / 12))

    @rule()
    def release(self) -> None:
        said = json.loads(self.store.load("desk.json") or b'{"contests":[{}]}')
        waits = said["contests"][0].get("quarantine")
        if waits:
            releases = Releases(self.store)
            file = Doubtful(waits["digest"], waits["against"], waits["takes_back"])
            releases.add(self.contest.id, file, "sure", self.now())
            self.turn(3)

    def turn(self, times: int, seconds: float = POLL) -> None:
        for _ in range(times):
            assert self.watcher is not None
            self.clock += seconds
            self.watcher.turn()
            self.check()

    # What is published

    def shown(self) -> tuple[int, dict[str, list[int]], list[str]]:
        pointer = self.store.pointer()
        if pointer is None:
            return 0, {}, []
        entry = pointer["documents"]["home.fr"]
        document = json.loads(self.store.blob(entry["digest"]))["document"]
        return pointer["version"], document["units"], document["corrections"]

    @invariant()
    def check(self) -> None:
        version, shown, corrections = self.shown()
        assert version >= self.version, "I2: a version fell"
        for unit, numbers in shown.items():
            assert tuple(numbers) in self.said[unit], f"I1: {unit} was never {numbers}"
            assert is_legal(tuple(numbers)), f"I4: {unit} {numbers}"
        new = corrections[self.told :]
        for unit, before in self.last.items():
            now = shown.get(unit)
            if now != before:
                assert version > self.version, "I2: other numbers under the same version"
                assert unit in new, f"I5: {unit} {before} -> {now} without a correction"
        seen.update(versions=version > self.version, counts=len(shown), corrections=len(new))
        self.version, self.last, self.told = version, shown, len(corrections)


@pytest.mark.slow
def test_I1_to_I5_nothing_impossible_is_ever_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "Lane", AtOnce)
    made: list[Night] = []

    def build() -> Night:
        made[:] = [Night()]
        return made[0]

    monkeypatch.setattr(Plan, "fetcher", lambda plan: made[0])
    run_state_machine_as_test(
        build,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_EACH),
            stateful_step_count=STEPS_EACH,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to shrink a night takes longer than the night
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert seen["versions"] > STEPS // 20 and seen["corrections"] > STEPS // 500, seen
