"""What a file says of itself: when it was made, and what its units come to."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ...model import COUNT_FIELDS, Contest, ContestResult, Counts, CountStatus, UnitResult
from ...text import phrase
from ..totals import total
from .report import Report

_VOTES = "votes:"


def check_age(
    made: datetime | None,
    received: datetime,
    contest: Contest,
    previous: ContestResult | None,
    say: Report,
) -> None:
    """Whether a file says that it is older than the one that is published (C292), or that it was
    made after it was received (C209).

    A time that cannot be right is not held against later files: a clock that is an hour ahead
    must not silence the source for an hour once it is corrected.
    """
    if made is None:
        return
    ahead, most = (made - received).total_seconds(), say.limit("C209")
    if ahead > most:
        say.add("C209", minutes=round(ahead / 60))
    if previous is None or previous.generated_at is None:
        return
    then = previous.generated_at
    if made < then and (then - previous.data_at).total_seconds() <= most:
        zone = ZoneInfo(contest.timezone)
        found, published = (f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" for at in (made, then))
        say.add("C292", found=found, published=published)


def check_totals(
    declared: Mapping[str, int], results: Mapping[str, UnitResult], contest: Contest, say: Report
) -> None:
    """Whether the file's own totals are the sums of its units, none of which is held (C208).

    Registered voters are compared once no unit waits: their total is usually that of all units
    all night. ``declared`` is by field of Counts or "votes:" + option id.
    """
    counts = total(results.values())
    if counts is None:
        return
    waits = any(unit.status is CountStatus.WAITING for unit in results.values())
    sums = {key: _sum(counts, key) for key in declared if not (waits and key == COUNT_FIELDS[0])}
    wrong = {k: n for k, n in sums.items() if n is not None and n != declared[k]}
    named = {f"{_VOTES}{o.id}": (o.short_name, o.short_name) for o in contest.options}
    named |= {field: (_word(field, "en"), _word(field, "fr")) for field in COUNT_FIELDS}
    if wrong:
        say.add_listed(
            "C208",
            list(wrong.items()),
            lambda case: {"what": named[case[0]], "found": declared[case[0]], "sum": case[1]},
        )


def _sum(counts: Counts, key: str) -> int | None:
    if key.startswith(_VOTES):
        return counts.votes.get(key.removeprefix(_VOTES))
    number: int | None = getattr(counts, key)
    return number


def _word(field: str, lang: str) -> str:
    return phrase(f"field_{field}", lang)
