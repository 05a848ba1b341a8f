"""Large elections, from the bytes of a file to the published version: CPU seconds of each step.

    .venv/bin/python -m bench.large [--units 1000 10000 35000 70000] [--rounds 3]

A country of communes and polling stations x 12 options under 107 départements, each size in a
process of its own. CPU is user + system, the least of the rounds; the yardstick of the same run is
``pandas.read_csv(dtype=str)`` of the same bytes, which checks nothing and publishes nothing.
"""

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from dashboard import wire
from dashboard.live import archive
from dashboard.live.companion import JOURNEY, spare_the_collector
from dashboard.live.publisher import Publisher
from dashboard.live.watch import facts_of
from dashboard.model import Election, SourceFile
from dashboard.settings import load_election
from dashboard.store import DirectoryStore

T = TypeVar("T")
Row = list[int]  # registered, cast, blank, invalid, valid, then the votes

SIZES = (1_000, 10_000, 35_000, 70_000)
OPTIONS = 12
COMMUNES = 35_000
DEPARTMENTS = (
    *(f"{n:02}" for n in range(1, 20)), "2A", "2B", *(f"{n:02}" for n in range(21, 96)),
    *("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"),
)  # fmt: skip
SIDES = ("Inscrits", "Votants", "Blancs", "Nuls", "Exprimés")
START = datetime(2017, 4, 23, 18, tzinfo=UTC)
CASES = {"first file": 1.0, "1 % changed": 0.01, "all changed": 1.0}


def unit_codes(size: int) -> list[tuple[str, str]]:
    """(code, département): INSEE codes of five characters, then the communes' further stations."""
    towns: list[tuple[str, str]] = []
    number = 0
    while len(towns) < min(size, COMMUNES):
        number += 1
        towns += [
            (f"{d}{number:03}" if len(d) == 2 else f"{d}{number:02}", d)
            for d in DEPARTMENTS
            if len(d) == 2 or number < 100
        ]
    towns = sorted(towns[: min(size, COMMUNES)])
    return [
        (f"{code}-{n // len(towns) + 1:04}" if size > COMMUNES else code, department)
        for n in range(size)
        for code, department in [towns[n % len(towns)]]
    ]


def drawn(chance: random.Random, registered: int) -> Row:
    """One unit's count, which obeys every identity."""
    cast = chance.randint(registered // 2, registered)
    blank, invalid = cast // 50, cast // 90
    valid = cast - blank - invalid
    cuts = sorted(chance.randint(0, valid) for _ in range(OPTIONS - 1))
    votes = [b - a for a, b in zip([0, *cuts], [*cuts, valid], strict=True)]
    return [registered, cast, blank, invalid, valid, *votes]


def election_toml() -> str:
    options = "".join(
        f'[[contest.option]]\nid = "option-{n}"\nname = "Prénom NOM-{n}"\nshort_name = "Nom-{n}"\n'
        for n in range(1, OPTIONS + 1)
    )
    headers = ", ".join(f'option-{n} = "NOM-{n}"' for n in range(1, OPTIONS + 1))
    return f"""
id = "large"
title = "Présidentielle"
[[contest]]
id = "first-round"
place = "France"
date = 2017-04-23
timezone = "Europe/Paris"
rows = "parent"
unit_word = "commune"
row_word = "departement"
{options}
[contest.units]
path = "units.csv"
code = "Code"
name = "Libellé"
parent = "Département"
registered_voters = "Inscrits"
[contest.results]
path = "results.csv"
[contest.results.columns]
unit = "Code"
registered_voters = "Inscrits"
ballots_cast = "Votants"
blank_ballots = "Blancs"
invalid_ballots = "Nuls"
valid_votes = "Exprimés"
options = {{ {headers} }}
"""


class Country:
    """The election's folder, and its results file as the night goes on."""

    def __init__(self, folder: Path, size: int) -> None:
        self._chance = random.Random(2017)
        self.units = unit_codes(size)
        registered = [self._chance.randint(60, 1800) for _ in self.units]
        self._rows = [drawn(self._chance, number) for number in registered]
        self.path = folder / "election.toml"
        self.path.write_text(election_toml(), encoding="utf-8")
        lines = [
            f"{code};Écommune-{code};{department};{number}"
            for (code, department), number in zip(self.units, registered, strict=True)
        ]
        header = "Code;Libellé;Département;Inscrits"
        (folder / "units.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")

    def change(self, share: float) -> None:
        """Counts this share of the units again."""
        chosen = self._chance.sample(range(len(self._rows)), round(share * len(self._rows)))
        for n in chosen:
            self._rows[n] = drawn(self._chance, self._rows[n][0])

    def file(self, minute: int) -> SourceFile:
        names = [f"NOM-{n}" for n in range(1, OPTIONS + 1)]
        lines = [";".join(["Département", "Code", "Libellé", *SIDES, *names])]
        for (code, department), row in zip(self.units, self._rows, strict=True):
            lines.append(f"{department};{code};Écommune-{code};" + ";".join(map(str, row)))
        content = ("\n".join(lines) + "\n").encode()
        at = START.replace(minute=minute)
        return SourceFile("results.csv", content, wire.digest(content), at)


class Stopwatch:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def time(self, step: str, work: Callable[..., T]) -> Callable[..., T]:
        def timed(*arguments: Any) -> T:
            before = time.process_time()
            try:
                return work(*arguments)
            finally:
                self.spent[step] = self.spent.get(step, 0.0) + time.process_time() - before

        return timed


class Night:
    """The watcher's work on a file in hand, without its waiting."""

    def __init__(self, election: Election, state: Path) -> None:
        self.watch = Stopwatch()
        self.store = DirectoryStore(state)
        self.store.prepare()
        timed = self.watch.time
        journey = replace(
            JOURNEY,
            read_contest=timed("read", JOURNEY.read_contest),
            documents=timed("documents", JOURNEY.documents),
            exports=timed("exports", JOURNEY.exports),
        )
        for step, name in (("save", "save_snapshot"), ("publish", "publish")):
            setattr(self.store, name, timed(step, getattr(self.store, name)))
        self._journey, self._contest = journey, election.contests[0]
        self._publisher = Publisher(election, self.store, journey, "bench")

    def step(self, file: SourceFile) -> dict[str, float]:
        """CPU seconds by step, "all" of it and the "rest": archive, facts, comparison, digest."""
        self.watch.spent = {}
        self.watch.time("all", self._step)(file)
        spent = self.watch.spent
        return spent | {"rest": 2 * spent["all"] - sum(spent.values())}

    def _step(self, file: SourceFile) -> None:
        archive.keep(self.store.archive, file, file.modified_at)
        previous = self._publisher.results.get(self._contest.id)
        result = self._journey.read_contest(file, self._contest, previous)
        facts_of(self._contest, result, True)
        assert self._publisher.take_result(result)
        self._publisher.publish(file.modified_at)


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Least CPU seconds of each case and step, peak memory in MB, of one size."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        country = Country(folder, size)
        watch = Stopwatch()
        election = watch.time("load election", lambda: load_election(country.path).election)()
        start = country.file(0)
        spare_the_collector()
        least: dict[str, dict[str, float]] = {}
        for n in range(rounds):
            night = Night(election, folder / f"state-{n}")
            for minute, (case, share) in enumerate(CASES.items()):
                country.change(share)
                spent = night.step(country.file(minute))
                known = least.setdefault(case, spent)
                least[case] = {step: min(known[step], spent[step]) for step in spent}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yardstick = Stopwatch()
        for _ in range(rounds):
            read = yardstick.time("pandas", lambda: pd.read_csv(
                io.BytesIO(start.content), sep=";", dtype=str, keep_default_na=False))  # fmt: skip
            assert len(read()) == size
        return {
            "units": size,
            "load": watch.spent["load election"],
            "cases": least,
            "peak": peak,
            "pandas": yardstick.spent["pandas"] / rounds,
        }


def in_a_process_of_its_own(size: int, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.large", "--one", str(size), "--rounds", str(rounds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


STEPS = ("read", "save", "rest", "documents", "exports", "publish", "all")


def show(found: list[Mapping[str, Any]]) -> None:
    smallest = found[0]
    for case in CASES:
        print(f"\n{case}: CPU ms")
        print(f"{'units':>8}" + "".join(f"{step:>11}" for step in STEPS)
              + f"{'read/pandas':>13}{'all/linear':>12}")  # fmt: skip
        for one in found:
            spent = one["cases"][case]
            linear = smallest["cases"][case]["all"] * one["units"] / smallest["units"]
            print(f"{one['units']:>8}" + "".join(f"{spent[s] * 1000:>11.0f}" for s in STEPS)
                  + f"{spent['read'] / one['pandas']:>13.1f}"
                  + f"{spent['all'] / linear:>12.2f}")  # fmt: skip
    print(f"\n{'units':>8}{'load s':>11}{'peak MB':>11}{'pandas ms':>11}")
    for one in found:
        print(f"{one['units']:>8}{one['load']:>11.2f}{one['peak']:>11.0f}"
              f"{one['pandas'] * 1000:>11.0f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds)))
    else:
        show([in_a_process_of_its_own(size, options.rounds) for size in options.units])


if __name__ == "__main__":
    main()
