"""One reader, or one kind of feed, under atheris, in its own process; ``bench.fuzz`` starts it."""

import gc
import json
import re
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["dashboard.readers", "dashboard.tally", "dashboard.feed", "dashboard.clean"]
):
    from dashboard import pipeline
    from dashboard.feed import is_table, read_posts
    from dashboard.model import FeedSource, Post, SourceFile
    from dashboard.readers import ReadError, identify
from tests.builders import make_file
from tests.readers.formats.official import FILES, night
from tests.readers.tables import WIDE

EVERY = 1.0  # seconds between two notes of how it stands
COLLECT, LONG = 500, 0.02  # after so many inputs, and after one of so many seconds


def main() -> None:
    reader, notes = sys.argv[1], Path(sys.argv[2])
    gc.disable()
    atheris.Setup([sys.argv[0], *sys.argv[3:]], Target(reader, notes))
    atheris.Fuzz()


def highest_memory() -> float:
    """MiB that this process ever held; ``getrusage`` tells those of before the exec as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


Read = Callable[[SourceFile], object]


class Results:
    """Reads a file as results, of one contest after the other."""

    def __init__(self, reader: str) -> None:
        good = sorted((FILES / reader).glob("good*"))
        self._contests = [night(path).contest for path in good] if good else [WIDE]
        self._turn = 0

    def __call__(self, file: SourceFile) -> None:
        self._turn += 1
        contest = self._contests[self._turn % len(self._contests)]
        pipeline.read_contest(file, contest, None)


class Posts:
    """Reads a file as the next version of a feed that could be read."""

    def __init__(self) -> None:
        self._before: tuple[Post, ...] = ()

    def __call__(self, file: SourceFile) -> None:
        is_table(file.content)
        source, day = FeedSource("feed", image_hosts=("images.example",)), date(2017, 1, 29)
        self._before, _ = read_posts(file, source, "Europe/Paris", day, self._before)


class Target:
    """Reads each input, and notes the slowest and whatever is raised but a ReadError."""

    def __init__(self, reader: str, notes: Path) -> None:
        is_feed = reader.startswith("feed-")
        self._reads: list[Read] = [Posts()] if is_feed else [identify, Results(reader)]
        self._notes, self._next = notes, 0.0
        self.inputs, self.slowest, self.size = 0, 0.0, 0
        self._before = highest_memory()
        self.raised: dict[str, int] = {}

    def __call__(self, content: bytes) -> None:
        file = make_file(content)
        started = time.process_time()
        for read in self._reads:
            self._try(content, partial(read, file))
        took = time.process_time() - started
        self.inputs += 1
        # Between the inputs: the corpus is in the heap too, and to look through all of that is no
        # part of reading a file.
        if self.inputs % COLLECT == 0 or took > LONG:
            gc.collect()
        if took > self.slowest:
            self.slowest, self.size = took, len(content)
            self._notes.with_suffix(".slowest").write_bytes(content)
        if time.monotonic() > self._next:
            self._next = time.monotonic() + EVERY
            self._note()

    def _try(self, content: bytes, read: Callable[[], object]) -> None:
        try:
            read()
        except ReadError:
            pass
        except Exception as error:  # the very thing that is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if name not in self.raised:
                saved = self._notes.with_suffix(f".raised-{len(self.raised)}")
                saved.write_bytes(content)
            self.raised[name] = self.raised.get(name, 0) + 1

    def _note(self) -> None:
        peak = highest_memory() - self._before
        said = {"inputs": self.inputs, "slowest": self.slowest, "size": self.size,
                "peak": peak, "raised": self.raised}  # fmt: skip
        aside = self._notes.with_suffix(".new")
        aside.write_text(json.dumps(said), encoding="utf-8")
        aside.replace(self._notes)


if __name__ == "__main__":
    main()
