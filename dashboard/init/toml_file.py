"""The election file, as one writes it by hand: every key with a word on what it is for."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model import Contest, Option, ResultsSource
from . import units_table
from .colours import GREY
from .drafting import Drafted
from .places import embargo_hour
from .report import map_lines
from .words import say

_WIDTH = 40  # where the words on a key begin


@dataclass(frozen=True, slots=True)
class ElectionFile:
    """What the file says beside its contests."""

    id: str
    title: str
    lang: str
    election: str  # its own path, for the sentence that says how to serve it
    geometry: str  # path as it will be written, "" for none
    results: Mapping[Path, str]  # results file -> path as it will be written


def toml(file: ElectionFile, drafted: Sequence[Drafted]) -> str:
    """The text of the election file."""
    lines = [*_head(file, drafted)]
    for one in drafted:
        lines += ["", *_contest(file, one, drafted)]
    return "\n".join(lines) + "\n"


def _head(file: ElectionFile, drafted: Sequence[Drafted]) -> Iterator[str]:
    lang = file.lang
    first = drafted[0].found
    yield f"# {say('head', lang, files=', '.join(path.name for path in file.results))}"
    if first.evidence:
        yield f"# {say('format', lang, format=first.format, evidence=first.evidence)}"
    else:
        yield f"# {say('format_table', lang)}"
    yield f"# {say('serve', lang, election=file.election)}"
    yield _line("id", file.id)
    yield _line("title", file.title, say("title", lang))
    yield _line("language", lang, say("language", lang))
    yield "# " + _line("credit", say("credit_value", lang), say("credit", lang))
    yield "# " + _line("simulated", say("simulated_value", lang), say("simulated", lang))
    yield "#"
    yield f"# [feed]  # {say('feed', lang)}"
    yield '# path = "posts.csv"'


def _contest(file: ElectionFile, one: Drafted, drafted: Sequence[Drafted]) -> Iterator[str]:
    contest, lang = one.contest, file.lang
    yield "[[contest]]"
    several = len(drafted) > 1
    yield _line("id", contest.id, say("contest_id", lang, id=contest.id) if several else "")
    for key in ("title", "round", "place"):
        value = getattr(contest, key)
        if value and value != file.title:
            yield _line(key, value)
    yield f"date = {contest.date.isoformat()}"
    yield _line("timezone", contest.timezone, say("timezone", lang))
    law = "embargo" if contest.timezone == "Europe/Paris" else "embargo_elsewhere"
    yield f"# embargo = {embargo_hour(contest.date)}  # {say(law, lang)}"
    yield _line("rows", contest.rows, say("rows", lang))
    yield _line("unit_word", contest.unit_word, say("unit_word", lang))
    yield _line("row_word", contest.row_word, say("row_word", lang))
    if contest.votes_per_ballot > 1:
        yield _line("votes_per_ballot", contest.votes_per_ballot, say("votes_per_ballot", lang))
    yield from _options(contest, lang)
    yield from _units(contest, drafted, lang)
    yield from _geometry(file, one)
    yield from _results(file, one)


def _options(contest: Contest, lang: str) -> Iterator[str]:
    yield ""
    yield f"# {say('options', lang)}"
    if any(option.colour == GREY for option in contest.options):
        yield f"# {say('grey', lang)}"
    for option in contest.options:
        yield from _option(option, lang)


def _option(option: Option, lang: str) -> Iterator[str]:
    yield "[[contest.option]]"
    yield _line("id", option.id)
    yield _line("name", option.name)
    if option.short_name != option.name:
        yield _line("short_name", option.short_name)
    if option.list_name:
        yield _line("list", option.list_name)
    if option.remainder:
        yield f"remainder = true  # {say('remainder', lang)}"
    elif option.colour:
        yield _line("colour", option.colour)
    yield ""


def _units(contest: Contest, drafted: Sequence[Drafted], lang: str) -> Iterator[str]:
    columns = units_table.columns(drafted)
    yield f"# {say('units', lang)}"
    yield "[contest.units]"
    yield 'path = "units.csv"'
    yield _line("delimiter", units_table.DELIMITER)
    if "contest" in columns:
        yield f"where = {{ contest = {_value(contest.id)} }}"
    for column in ("parent", "registered_voters", "areas"):
        if column in columns:
            yield _line(column, column)
    if units_table.separator(drafted) != " ":
        yield _line("areas_separator", units_table.separator(drafted))


def _geometry(file: ElectionFile, one: Drafted) -> Iterator[str]:
    lang, join = file.lang, one.join
    if not file.geometry or join is None:
        return
    yield ""
    yield from (f"# {line}" for line in map_lines(one, lang))
    yield "[contest.geometry]"
    yield _line("path", file.geometry)
    key = join.key[0] if len(join.key) == 1 else list(join.key)
    yield _line("id", key, say("geometry_id", lang))
    yield _line("name", join.name, say("geometry_name", lang))
    few = 4 * len(join.empty) < len(join.empty) + len(join.served)
    yield ("# " if few else "") + _line("only_served", True, say("only_served", lang))
    yield "# " + _line("labels", "labels.csv", say("labels", lang))
    yield "# " + _line("credit", "…", say("map_credit", lang))


def _results(file: ElectionFile, one: Drafted) -> Iterator[str]:
    lang, source = file.lang, one.contest.source
    yield ""
    yield "[contest.results]"
    yield _line("path", file.results[one.found.path], say("results_path", lang))
    if source.format == "table":
        yield from _columns(source, lang)
        return
    yield _line("format", source.format)
    yield _line("contest", source.contest, say("results_contest", lang))
    if source.level:
        yield _line("level", source.level)
    if source.accept_test:
        yield f"accept_test = true  # {say('accept_test', lang)}"
    yield ""
    yield f"[contest.results.columns.options]  # {say('results_options', lang)}"
    yield from _table(source.columns.options)


def _columns(source: ResultsSource, lang: str) -> Iterator[str]:
    columns = source.columns
    if source.thousands:
        yield _line("thousands", source.thousands)
    yield ""
    yield "[contest.results.columns]"
    yield _line("unit", columns.unit[0] if len(columns.unit) == 1 else list(columns.unit))
    for field in ("registered_voters", "ballots_cast", "blank_ballots", "invalid_ballots",
                  "blank_or_invalid_ballots", "valid_votes", "option", "votes"):  # fmt: skip
        if header := getattr(columns, field):
            yield _line(field, header)
    yield ""
    yield f"[contest.results.columns.{'option_values' if columns.is_long else 'options'}]"
    yield from _table(columns.option_values if columns.is_long else columns.options)
    yield ""
    yield "[contest.results.status]"
    yield _line("by", source.status.by, say("status", lang))


def _table(values: Mapping[str, str]) -> Iterable[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in values.items())


def _line(key: str, value: object, words: str = "") -> str:
    line = f"{key} = {_value(value)}"
    return f"{line.ljust(_WIDTH)}  # {words}" if words else line


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _value(key)


def _value(value: object) -> str:
    """A TOML value: what JSON writes for texts, numbers and lists is one, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
