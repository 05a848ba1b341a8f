"""A contest as an official file alone describes it: for ``soiree check`` and ``soiree init``."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import count

from ..clean import NAME_LIMIT, clean_text
from ..model import Contest, Option, ReportingUnit, ResultsSource, TableColumns
from .codes import refuse
from .decode import is_garbled
from .official import OfficialContest, OfficialFile


def contest_of(
    official: OfficialFile, chosen: OfficialContest, format_name: str, location: str
) -> Contest:
    """The contest whose options and units are those of the file; ids are made from names.

    Its ``source`` reads the very file it was made from, a test included.
    Raises ReadError (R616) of a name that was decoded wrongly: it would go on the screens.
    """
    _reject_garbled(chosen)
    ids = identifiers(option.short_name or option.name for option in chosen.options)
    return Contest(
        id=identifiers([chosen.title or chosen.id])[0],
        title=clean_text(chosen.title or chosen.id, NAME_LIMIT),
        round="",
        place="",
        date=official.day or date.min,
        timezone="UTC",
        options=tuple(
            Option(
                id=own,
                name=clean_text(option.name, NAME_LIMIT),
                short_name=clean_text(option.short_name or option.name, NAME_LIMIT),
                list_name=clean_text(option.group, NAME_LIMIT),
                colour=option.colour or None,
            )
            for own, option in zip(ids, chosen.options, strict=True)
        ),
        units=tuple(
            ReportingUnit(
                row.code, clean_text(row.name, NAME_LIMIT), clean_text(row.parent, NAME_LIMIT)
            )
            for row in {row.code: row for row in chosen.rows}.values()
        ),
        source=ResultsSource(
            location=location,
            columns=TableColumns(
                unit=(),
                options={own: o.id for own, o in zip(ids, chosen.options, strict=True)},
            ),
            format=format_name,
            contest=chosen.id,
            level=chosen.level,
            accept_test=official.is_test,
        ),
        votes_per_ballot=chosen.votes_per_ballot,
    )


def _reject_garbled(chosen: OfficialContest) -> None:
    options = (text for o in chosen.options for text in (o.name, o.short_name, o.group))
    units = (text for row in chosen.rows for text in (row.name, row.parent))
    for name in (*options, *units, chosen.title):
        if is_garbled(name):
            raise refuse("R616", found=name)


def identifiers(names: Iterable[str]) -> list[str]:
    """One id per name, in an election file's alphabet, each different: "hamon", "hamon-2"."""
    found: dict[str, None] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:56].strip("-") or "option"
        again = (f"{slug}-{number}" for number in count(2))
        found[slug if slug not in found else next(i for i in again if i not in found)] = None
    return list(found)
