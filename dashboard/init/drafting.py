"""From what a file says to the contest of an election file: names, colours, rows, map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..model import Contest, Option, ReportingUnit, ResultsSource
from ..readers.described import identifiers
from . import colours, names, places
from .errors import InitError
from .join import Join, Shape, join
from .parties import names_surnames_last, parties_of, party_colour
from .repairs import Merged
from .sources import Found

_ROUND = re.compile(r"(?:^|[^a-z])t(?:our)?[ _-]?([12])(?![0-9a-z])", re.IGNORECASE)
_ROUNDS = {"1": "1er tour", "2": "2d tour"}
_ANSWERS = {"Oui": "Yes", "Non": "No"}
_ALONE = "results"
_SHORT = 60  # characters of a title that make an id


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line decides; "" and ``None`` leave it to the file."""

    lang: str = "en"
    title: str = ""
    timezone: str = ""
    day: date | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A contest as the election file will have it, and what there is to say of it."""

    found: Found
    contest: Contest
    join: Join | None = None


def draft(
    groups: Sequence[Sequence[Found]], shapes: Sequence[Shape], merged: Merged, wishes: Wishes
) -> list[Drafted]:
    """A contest for each group of levels, their ids all different.

    Raises ``InitError`` when nobody says on which day the votes were cast.
    """
    drafted = [_draft(group, shapes, merged, wishes) for group in groups]
    alone = len(drafted) == 1
    ids = identifiers(_name(one, alone=alone) for one in drafted)
    return [
        replace(one, contest=replace(one.contest, id=own))
        for one, own in zip(drafted, ids, strict=True)
    ]


def _draft(
    levels: Sequence[Found], shapes: Sequence[Shape], merged: Merged, wishes: Wishes
) -> Drafted:
    found, joined = _on_the_map(levels, shapes, merged)
    day = _day(found, wishes.day)
    said = found.contest
    options = _options(found, wishes.lang)
    ids = dict(zip([option.id for option in said.options], _ids(options), strict=True))
    units = _units(said.units, joined)
    rows = _rows(units)
    word = (
        places.unit_word_of_headers(said.source.columns.unit)
        if found.format == "table"
        else places.unit_word(found.format, said.source.level)
    )
    contest = replace(
        said,
        title=contest_title(found),
        round=_round(found),
        place=_place(units),
        date=day,
        timezone=wishes.timezone or places.time_zone(found.format, wishes.lang, found.generated_at),
        options=tuple(replace(option, id=ids[option.id]) for option in options),
        source=_renamed(said.source, ids),
        units=units,
        rows=rows,
        unit_word=word,
        row_word=places.row_word(word) if rows == "parent" else word,
    )
    return Drafted(found, contest, joined)


def _day(found: Found, wish: date | None) -> date:
    name = found.path.name
    if found.day is None and wish is None:
        raise InitError(
            f"{name} does not say on which day the votes are cast: add --date, as in"
            " --date 2027-04-11.",
            f"{name} ne dit pas quel jour on vote : ajoutez --date, par exemple --date 2027-04-11.",
        )
    if found.day is not None and wish not in {None, found.day}:
        raise InitError(
            f"{name} is of the election of {found.day}: leave out --date {wish}.",
            f"{name} est de l’élection du {found.day} : retirez --date {wish}.",
        )
    day = found.day or wish
    assert day is not None
    return day


def _on_the_map(
    levels: Sequence[Found], shapes: Sequence[Shape], merged: Merged
) -> tuple[Found, Join | None]:
    """The finest level, or the one of which most is on the map."""
    if not shapes:
        return levels[0], None
    joins = [(found, join(found.contest.units, shapes, merged)) for found in levels]
    return max(
        joins, key=lambda pair: len(pair[1].areas) / len(pair[0].contest.units) if pair[1] else 0.0
    )


def _units(units: Sequence[ReportingUnit], joined: Join | None) -> tuple[ReportingUnit, ...]:
    own = names.calm([unit.name for unit in units], names.PLACES)
    parents = names.calm([unit.parent for unit in units], names.PLACES)
    areas: Mapping[str, tuple[str, ...]] = joined.areas if joined else {}
    return tuple(
        replace(unit, name=name, parent=parent, areas=areas.get(unit.code, ()))
        for unit, name, parent in zip(units, own, parents, strict=True)
    )


def _rows(units: Sequence[ReportingUnit]) -> str:
    """Parents are worth a row each when they gather units, and there are several."""
    parents = {unit.parent for unit in units}
    return "parent" if 1 < len(parents) < len(units) and all(parents) else "unit"


def _place(units: Sequence[ReportingUnit]) -> str:
    """What the whole is called: the parent of every unit. Only of most, it would be untrue."""
    parents = {unit.parent for unit in units}
    return parents.pop() if len(parents) == 1 else ""


def _options(found: Found, lang: str) -> tuple[Option, ...]:
    options = [_without_party(option, found.format) for option in found.contest.options]
    if lang == "en":
        options = [_in_english(option) for option in options]
    full = names.calm([option.name for option in options], names.PERSONS, words=2)
    short = names.calm([option.short_name for option in options], names.PERSONS, words=2)
    if full == short and names_surnames_last(found.format):
        short = names.surnames(full)
    chosen = _colours(found, options)
    return tuple(
        replace(option, name=name, short_name=brief, colour=chosen.get(option.id))
        for option, name, brief in zip(options, full, short, strict=True)
    )


def _ids(options: Sequence[Option]) -> list[str]:
    """From the names as they are shown now."""
    return identifiers(option.short_name for option in options)


def _renamed(source: ResultsSource, ids: Mapping[str, str]) -> ResultsSource:
    """The source with other ids of the options."""
    columns = source.columns
    return replace(
        source,
        columns=replace(
            columns,
            options={ids[own]: theirs for own, theirs in columns.options.items()},
            option_values={cell: ids[own] for cell, own in columns.option_values.items()},
        ),
    )


def _in_english(option: Option) -> Option:
    """A reader names the answers of a vote in French, where the file itself names none."""
    return replace(
        option,
        name=_ANSWERS.get(option.name, option.name),
        short_name=_ANSWERS.get(option.short_name, option.short_name),
    )


def _without_party(option: Option, format_name: str) -> Option:
    """The party in brackets behind a name, in its own place."""
    name, party = names.without_party(option.name, parties_of(format_name))
    if not party:
        return option
    short = name if option.short_name == option.name else option.short_name
    group = option.list_name or party
    return replace(option, name=name, short_name=short, list_name=group)


def _colours(found: Found, options: Sequence[Option]) -> dict[str, str]:
    """Those with most votes so far choose first; in a primary the party tells nobody apart."""
    ranked = sorted(
        (option for option in options if not option.remainder),
        key=lambda option: -found.votes.get(option.id, 0),
    )
    groups = {option.list_name for option in ranked}
    told_apart = len(groups) > 1 or len(ranked) == 1 or groups == {""}
    wishes = [
        option.colour
        or (party_colour(found.format, option.list_name, option.name) if told_apart else None)
        for option in ranked
    ]
    return dict(zip([option.id for option in ranked], colours.choose(wishes), strict=True))


def contest_title(found: Found) -> str:
    """The file's own; "" where it has none, or names its options instead."""
    names_of_options = ", ".join(option.short_name for option in found.contest.options[:2])
    if found.said_title.startswith(names_of_options):
        return ""
    return names.calm([found.said_title], names.PLACES, words=2)[0]


def _name(one: Drafted, *, alone: bool) -> str:
    """What makes the id of a contest: its title, or what the file calls it where that is long."""
    title = one.contest.title
    if 0 < len(title) <= _SHORT:
        return title
    return _ALONE if alone else one.found.file_id or _ALONE


def _round(found: Found) -> str:
    """French files of the two rounds differ by their name alone."""
    match = _ROUND.search(found.path.stem)
    return _ROUNDS[match[1]] if match and found.format.startswith("french") else ""
