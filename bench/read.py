"""A country's file, from its bytes to a checked result: 70,000 stations x 12 options.

    .venv/bin/python -m bench.read [--units 70000] [--rounds 5]

Two files of the same counts: the plain table (``bench.large``), and the layout of the French
ministry since 2024, eight times as large, as an official format. ``pipeline.read_contest`` reads
and checks them; pandas and, in .venv-bench, polars only make a table of text cells of the same
bytes. Each in a process of its own; CPU is user + system, the least of the rounds.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard import pipeline, wire
from dashboard.live.companion import spare_the_collector
from dashboard.model import Contest, SourceFile
from dashboard.readers import described, formats
from dashboard.readers.content import Content
from dashboard.settings import load_election

from .large import START, Country
from .spent import Spent, spend

BENCH = ".venv-bench/bin/python"
MOST_SECONDS, MOST_MEGABYTES = 3.0, 1536
PLACE = ("Code département", "Libellé département", "Code commune", "Libellé commune", "Code BV")
COUNTS = ("Inscrits", "Votants", "% Votants", "Abstentions", "% Abstentions", "Exprimés",
          "% Exprimés/inscrits", "% Exprimés/votants", "Blancs", "% Blancs/inscrits",
          "% Blancs/votants", "Nuls", "% Nuls/inscrits", "% Nuls/votants")  # fmt: skip
GROUP = ("Numéro de panneau", "Nuance candidat", "Nom candidat", "Prénom candidat",
         "Sexe candidat", "Voix", "% Voix/inscrits", "% Voix/exprimés", "Elu")  # fmt: skip


def ministry_lines(table: bytes) -> Iterator[str]:
    """The plain table's counts in the ministry's layout."""
    header, *lines = table.decode().splitlines()
    names = header.split(";")[8:]
    groups = [f"{column} {n}" for n in range(1, len(names) + 1) for column in GROUP]
    yield ";".join([*PLACE, *COUNTS, *groups])
    for line in lines:
        department, code, name, *cells = line.split(";")
        registered, cast, blank, invalid, valid, *votes = map(int, cells)
        commune, _, station = code.partition("-")
        row = [department, f"Département {department}", commune, name, station or "1"]
        absent = registered - cast
        row += [str(registered), str(cast), share(cast, registered)]
        row += [str(absent), share(absent, registered)]
        for count in (valid, blank, invalid):
            row += [str(count), share(count, registered), share(count, cast)]
        for n, (candidate, count) in enumerate(zip(names, votes, strict=True), start=1):
            shares = [share(count, registered), share(count, valid)]
            row += [str(n), "DVG", candidate, "Prénom", "FEMININ", str(count), *shares, ""]
        yield ";".join(row)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 0:.2f}%".replace(".", ",")


@dataclass(frozen=True)
class Case:
    """A file on disk, and the contest that reads it."""

    path: Path
    contest: Callable[[], Contest]

    def file(self) -> SourceFile:
        content = self.path.read_bytes()
        return SourceFile(self.path.name, content, wire.digest(content), START)


def cases(folder: Path) -> Mapping[str, Case]:
    def of_the_table() -> Contest:
        return load_election(folder / "election.toml").election.contests[0]

    def of_the_ministry() -> Contest:
        content = Content((folder / "ministry.csv").read_bytes())
        found = formats.recognise(content)
        assert found is not None
        official = found[0].parse(content)
        return described.contest_of(official, official.contests[0], found[0].name, "ministry.csv")

    return {
        "plain table": Case(folder / "results.csv", of_the_table),
        "french-ministry-2024": Case(folder / "ministry.csv", of_the_ministry),
    }


def make(folder: Path, units: int) -> None:
    country = Country(folder, units)
    table = country.file(0).content
    (folder / "results.csv").write_bytes(table)
    with (folder / "ministry.csv").open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in ministry_lines(table))


def measure_reading(case: Case, units: int, rounds: int) -> Spent:
    contest, file = case.contest(), case.file()
    spare_the_collector()  # as the watcher does

    def read() -> None:
        result = pipeline.read_contest(file, contest, None)
        assert len(result.units) == units
        assert all(unit.counted and not unit.held for unit in result.units.values())

    return spend(read, rounds)


def measure_pandas(case: Case, units: int, rounds: int) -> Spent:
    content = case.path.read_bytes()

    def read() -> None:
        table = pd.read_csv(io.BytesIO(content), sep=";", dtype=str, keep_default_na=False)
        assert len(table) == units

    return spend(read, rounds)


def in_a_process_of_its_own(*command: str) -> Spent:
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return Spent(**json.loads(done.stdout))


def show(folder: Path, units: int, rounds: int) -> None:
    options = ("--folder", str(folder), "--units", str(units), "--rounds", str(rounds))
    load = os.getloadavg()[0]
    print(f"{units} units, least of {rounds} rounds, load average {load:.1f}\n")
    print(f"{'file':<22}{'MB':>6}{'read by':>22}{'CPU s':>8}{'peak MB':>9}{'x pandas':>10}")
    for name, case in cases(folder).items():
        ours, pandas = (
            in_a_process_of_its_own(sys.executable, "-m", "bench.read", "--one", name,
                                    "--by", by, *options)
            for by in ("soiree", "pandas")
        )  # fmt: skip
        polars = in_a_process_of_its_own(
            BENCH, "-m", "bench.read_polars", str(case.path), str(units), str(rounds)
        )
        size = case.path.stat().st_size / 1e6
        for by, spent in (("read_contest", ours), ("pandas.read_csv", pandas),
                          ("polars.read_csv", polars)):  # fmt: skip
            print(f"{name:<22}{size:>6.0f}{by:>22}{spent.cpu:>8.2f}{spent.peak:>9.0f}"
                  f"{spent.cpu / pandas.cpu:>10.1f}")  # fmt: skip
        kept = ours.cpu <= MOST_SECONDS and ours.peak <= MOST_MEGABYTES
        print(f"{'':<22}{'within' if kept else 'BEYOND':>28} {MOST_SECONDS:.0f} s"
              f" and {MOST_MEGABYTES} MB\n")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=70_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--by", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure = measure_reading if options.by == "soiree" else measure_pandas
        case = cases(options.folder)[options.one]
        print(measure(case, options.units, options.rounds).as_json())
        return
    with tempfile.TemporaryDirectory() as place:
        make(Path(place), options.units)
        show(Path(place), options.units, options.rounds)


if __name__ == "__main__":
    main()
