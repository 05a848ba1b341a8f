"""Reads what is given, writes the election file and its units, and reads them back as the night
would."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .. import pipeline, readers, tally
from ..checking import source_file
from ..clean import NAME_LIMIT, clean_text
from ..model import Contest, ContestResult, SourceFile
from ..readers.described import identifiers
from ..settings import SettingsError, load_election
from ..text import fmt_int
from ..views.report import wrong
from . import map_file, places, units_table
from .drafting import Drafted, Wishes, contest_title, draft
from .errors import InitError
from .repairs import Merged
from .report import map_lines
from .sources import Found, chosen, found_in
from .toml_file import ElectionFile, toml
from .words import say

DONE, WRONG = 0, 2
HEAVY = 5_000  # units of one page; a country wants [contest.parents]
UNITS = "units.csv"
MERGED = Path(__file__).parents[2] / "data" / "geography" / "communes-merged.csv"
_CLIMBS = 2  # of "../" in a path, beyond which an absolute one is clearer


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line says."""

    files: Sequence[Path]
    out: Path | None = None  # a folder of the election's name where not said
    geometry: Path | None = None
    contests: Sequence[str] = ()
    wishes: Wishes = field(default_factory=Wishes)
    spoken: str = "en"  # of the shell, where ``wishes.lang`` is not said
    force: bool = False


def init(arguments: Arguments) -> int:
    """Writes FOLDER/ELECTION.toml and FOLDER/units.csv; returns the exit code."""
    lang = arguments.wishes.lang or arguments.spoken
    try:
        files = {path: source_file(path) for path in arguments.files}
        for line in _make(arguments, files):
            print(line)
    except readers.ReadError as error:
        return _refused(error.finding.message_fr if lang == "fr" else error.finding.message)
    except InitError as error:
        return _refused(error.said(lang))
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}.")
    return DONE


def _refused(sentence: str) -> int:
    print(f"soiree: {sentence}", file=sys.stderr)
    return WRONG


def _make(arguments: Arguments, files: Mapping[Path, SourceFile]) -> Iterator[str]:
    found = [each for path, file in files.items() for each in found_in(path, file)]
    groups = chosen(found, arguments.contests, arguments.wishes.level)
    wishes = arguments.wishes
    lang = wishes.lang or places.language(groups[0][0].format, arguments.spoken)
    shapes = map_file.read_shapes(arguments.geometry) if arguments.geometry else []
    drafted = draft(groups, shapes, _merged(), replace(wishes, lang=lang))
    if shapes and not any(one.join for one in drafted):
        raise InitError(
            f"{arguments.geometry}: {say('no_join', 'en')}",
            f"{arguments.geometry} : {say('no_join', 'fr')}",
        )
    title = _title(wishes.title, groups[0][0], len(drafted) == 1, lang)
    identifier = identifiers([wishes.title or arguments.files[0].stem])[0]
    folder = arguments.out or Path(identifier)
    election = folder / f"{identifier}.toml"
    _reject_existing(arguments, (election, folder / UNITS), lang)
    file = ElectionFile(
        id=identifier,
        title=title,
        lang=lang,
        election=str(election),
        geometry=_path_from(folder, arguments.geometry) if arguments.geometry else "",
        results={path: _path_from(folder, path) for path in files},
    )
    texts = {election.name: toml(file, drafted).encode(), UNITS: units_table.table(drafted)}
    results = _write(folder, texts, election.name, [files[one.found.path] for one in drafted])
    yield from _said(drafted, lang)
    for contest, result in results:
        yield from _read(contest, result, lang)
    yield say("written", lang, files=", ".join(str(folder / name) for name in texts))
    yield say("next", lang, election=election)


def _title(wish: str, first: Found, alone: bool, lang: str) -> str:
    """As said, or as the file says; of a lone contest its own."""
    own = contest_title(first) if alone else ""
    return clean_text(wish or first.title or own, NAME_LIMIT) or say("fallback_title", lang)


def _merged() -> Merged:
    """The communes that are part of another today; none where the data folder is not at hand."""
    if not MERGED.is_file():
        return Merged()
    with MERGED.open(encoding="utf-8", newline="") as file:
        return Merged.of((row["then"], row["now"]) for row in csv.DictReader(file, delimiter=";"))


def _reject_existing(arguments: Arguments, targets: Sequence[Path], lang: str) -> None:
    given = {path.resolve() for path in (*arguments.files, *filter(None, [arguments.geometry]))}
    for target in targets:
        if target.resolve() in given:
            raise InitError(*(say("is_given", each, path=target) for each in ("en", "fr")))
        if target.exists() and not arguments.force:
            raise InitError(*(say("exists", each, path=target) for each in ("en", "fr")))


def _path_from(folder: Path, path: Path) -> str:
    """A path as the election file has it: relative while that is clearer."""
    relative = os.path.relpath(path.resolve(), folder.resolve())
    climbs = Path(relative).parts.count("..")
    return relative if climbs <= _CLIMBS else str(path.resolve())


def _write(
    folder: Path, texts: Mapping[str, bytes], election: str, files: Sequence[SourceFile]
) -> list[tuple[Contest, ContestResult]]:
    """Both files at once, and only when they are an election that reads its own ``files`` (one for
    each contest): tried out beside their folder. Returns what the night would publish.

    Raises ``InitError`` (a map in metres), ``ReadError``, ``OSError``.
    """
    beside = folder.resolve().parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".soiree-", dir=beside) as name_aside:
        aside = Path(name_aside)
        for name, content in texts.items():
            (aside / name).write_bytes(content)
        try:
            contests = load_election(aside / election).election.contests
        except SettingsError as error:
            raise InitError(str(error), str(error)) from error
        results = [
            (contest, pipeline.read_contest(file, contest, None))
            for contest, file in zip(contests, files, strict=True)
        ]
        folder.mkdir(parents=True, exist_ok=True)
        for name in texts:
            (aside / name).replace(folder / name)
    return results


def _said(drafted: Sequence[Drafted], lang: str) -> Iterator[str]:
    first = drafted[0].found
    yield f"Format: {first.format}" + (f" ({first.evidence})" if first.evidence else "")
    for one in drafted:
        options, units = len(one.contest.options), len(one.contest.units)
        yield say("made_contest", lang, id=one.contest.id, options=options,
                  units=fmt_int(units, lang))  # fmt: skip
        yield from (f"  {line}" for line in _completeness(one.found.expected, units, lang))
        if units > HEAVY:
            yield f"  {say('many_units', lang, units=fmt_int(units, lang))}"
        yield from (f"  {line}" for line in map_lines(one, lang))


def _completeness(expected: int | None, units: int, lang: str) -> Iterator[str]:
    """An interim file may name only what is counted, and then all of it would seem to be."""
    shown = fmt_int(units, lang)
    if expected is None:
        yield say("named", lang, units=shown)
    elif units < expected:
        yield say("lacking", lang, expected=fmt_int(expected, lang), units=shown)


def _read(contest: Contest, result: ContestResult, lang: str) -> Iterator[str]:
    """What the night would publish of the file as it is now."""
    done = tally.progress(contest, result)
    counts = tally.total(result.units.values())
    yield say(
        "checked",
        lang,
        id=contest.id,
        complete=fmt_int(done.complete, lang),
        units=fmt_int(done.units, lang),
        valid=fmt_int(counts.valid_votes if counts else 0, lang),
    )
    if done.held and not (done.complete or done.partial):
        yield f"  {say('nothing_counts', lang)}"
    if result.findings:
        yield from (f"  {line}" for line in wrong(result.findings, lang))
