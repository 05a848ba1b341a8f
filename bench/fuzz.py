"""What comes of it when files are made by whoever wants to hurt: atheris on every reader of results
and every kind of feed.

    make fuzz                                          # five minutes each
    .venv/bin/python -m bench.fuzz --minutes 60 clarity ech-0252

Atheris (libFuzzer) changes the files of tests/files as long as it is given, and follows what the
readers do with them; a reader may answer with results or a ReadError and nothing else. Prints one
row per reader (memory: by how much the process grew over all of its inputs), and before that how
long the files of ``tests.readers.hostile`` take. What was slow, and what raised anything else, is
left in build/fuzz.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from dashboard.model import SourceFile
from dashboard.readers import FORMATS, ReadError, identify
from tests.builders import make_file
from tests.readers import hostile
from tests.readers.formats.official import FILES

FOLDER = Path("build/fuzz")
# Kind of a feed -> its files in tests/files/feed.
FEEDS = {
    "feed-csv": "*.csv",
    "feed-json-lines": "*.jsonl",
    "feed-rss-atom": "*.xml",
    "feed-json-feed": "*feed.json",
    "feed-live-blog": "live_blog.json",
}
READERS = (*FORMATS, *FEEDS)
MISSING = (
    "atheris is not here: there is one for CPython 3.11 on Linux, and `make fuzz` installs it."
)
LARGEST = 2**16  # bytes of an input
ENDLESS = 30  # seconds after which an input is given up
MOST_MEMORY = 1024  # MiB
_TOKEN = re.compile(rb"[\w@:.-]{2,40}")
_GIVEN_UP = re.compile(r"ERROR: libFuzzer: (\S+)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.fuzz")
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}")
    parser.add_argument("--minutes", type=float, default=5)
    options = parser.parse_args()
    if unknown := set(options.readers) - set(READERS):
        parser.error(f"no reader {', '.join(sorted(unknown))}; known: {', '.join(READERS)}")
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    print("| hostile file | bytes | CPU | memory |\n| --- | ---: | ---: | ---: |")
    for kind, files in (("XML", hostile.XML), ("JSON", hostile.JSON)):
        _hostile(kind, files)
    print("\n| reader | inputs | slowest | of bytes | memory | raised |", flush=True)
    print("| --- | ---: | ---: | ---: | ---: | --- |", flush=True)
    raised = [_fuzzed(reader, options.minutes) for reader in options.readers or READERS]
    return 1 if any(raised) else 0


def _hostile(kind: str, files: Mapping[str, Callable[[], bytes]]) -> None:
    """One row per file: CPU of its refusal, and then, once more, the memory on top of itself."""
    for name, make in files.items():
        file = make_file(make())
        took = time.process_time()
        _refuse(file)
        took = time.process_time() - took
        tracemalloc.start()
        _refuse(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        size = len(file.content)
        print(f"| {kind}: {name} | {size:,} | {1000 * took:.1f} ms | {peak / 2**20:.1f} MiB |")


def _refuse(file: SourceFile) -> None:
    try:
        identify(file)
    except ReadError:
        return
    raise AssertionError("a hostile file was read")


def _fuzzed(reader: str, minutes: float) -> bool:
    """Prints the row of a reader; whether it raised what it must not, or was given up."""
    notes = FOLDER / f"{reader}.json"
    notes.unlink(missing_ok=True)
    seeds = FOLDER / f"{reader}.seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir()
    tokens: set[bytes] = set()
    files = (
        (FILES / "feed").glob(FEEDS[reader]) if reader in FEEDS else (FILES / reader).rglob("*.*")
    )
    for number, path in enumerate(sorted(files)):
        shutil.copy(path, seeds / f"{number}{path.suffix}")
        tokens.update(_TOKEN.findall(path.read_bytes()))
    words = FOLDER / f"{reader}.words"
    words.write_bytes(b"".join(b'"%s"\n' % token for token in sorted(tokens)))
    command = [
        sys.executable, "-m", "bench.fuzz_target", reader, str(notes),
        f"-max_total_time={round(60 * minutes)}", f"-max_len={LARGEST}", f"-timeout={ENDLESS}",
        f"-rss_limit_mb={MOST_MEMORY}", f"-dict={words}", f"-artifact_prefix={FOLDER}/{reader}.",
        "-detect_leaks=0", str(seeds),
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    (FOLDER / f"{reader}.log").write_text(ran.stderr, encoding="utf-8")
    if not notes.exists():
        raise SystemExit(f"{reader} did not start:\n{ran.stderr[-2000:]}")
    said = json.loads(notes.read_text(encoding="utf-8"))
    faults = [f"{name} ({times:,})" for name, times in said["raised"].items()]
    faults += [f"given up: {reason}" for reason in _GIVEN_UP.findall(ran.stderr)]
    print(
        f"| `{reader}` | {said['inputs']:,} | {1000 * said['slowest']:.0f} ms | {said['size']:,} "
        f"| {said['peak']:.0f} MiB | {', '.join(faults) or 'nothing'} |",
        flush=True,
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
