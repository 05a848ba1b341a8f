"""Days and moments as official files write them; ``None`` where nothing can be made of one."""

import re
from datetime import date, datetime, timedelta, timezone

# Hours that the zones of the United States are off UTC, as their files abbreviate them.
ZONES = {"AKDT": -8, "AKST": -9, "CDT": -5, "CST": -6, "EDT": -4, "EST": -5, "HST": -10,
         "MDT": -6, "MST": -7, "PDT": -7, "PST": -8}  # fmt: skip

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_GERMAN_DAY = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})", re.ASCII)
_AMERICAN_MOMENT = re.compile(
    r"(\d\d?)/(\d\d?)/(\d{4}) (0?[1-9]|1[0-2]):(\d\d):(\d\d) ([AP])M (\w+)", re.ASCII
)


def iso_day(text: str) -> date | None:
    """The day of "2026-03-08", or of a time that begins so."""
    found = _DAY.match(text)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def iso_moment(text: str) -> datetime | None:
    """The moment of "2026-03-08T19:00:28+01:00"; without an offset it is none."""
    try:
        moment = datetime.fromisoformat(text) if _DAY.match(text) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def german_day(text: str) -> date | None:
    """The day of "26.09.2021"."""
    found = _GERMAN_DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def american_day(text: str) -> date | None:
    """The day of "11/3/2020"."""
    found = _AMERICAN_DAY.fullmatch(text)
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def american_moment(text: str) -> datetime | None:
    """The moment of "5/20/2014 8:19:21 PM EDT"; of a zone that is not in ``ZONES`` it is none."""
    found = _AMERICAN_MOMENT.fullmatch(text)
    if found is None or found[8] not in ZONES:
        return None
    month, day, year, hour, minute, second = map(int, found.groups()[:6])
    zone = timezone(timedelta(hours=ZONES[found[8]]))
    afternoon = 12 if found[7] == "P" else 0
    try:
        return datetime(year, month, day, hour % 12 + afternoon, minute, second, tzinfo=zone)
    except ValueError:
        return None
