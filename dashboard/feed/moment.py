"""When something was said."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"([0-9]{1,2})[:h]([0-9]{2})(?::([0-9]{2}))?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.,+\-Z]*")
NOON = time(12)


def parse_moment(text: str, zone: ZoneInfo, on: date) -> datetime | None:
    """The moment in UTC that a cell names, ``None`` when it names none.

    "HH:MM", "HH:MM:SS" (or "20h45") belong to the evening of ``on``: before noon they are of the
    next day. An ISO date and time without an offset is of ``zone``.
    """
    text = text.strip()
    try:
        if hour := _HOUR.fullmatch(text):
            hours, minutes, seconds = (int(part or 0) for part in hour.groups())
            moment = time(hours, minutes, seconds)
            day = on + timedelta(days=moment < NOON)
            return datetime.combine(day, moment, zone).astimezone(UTC)
        if not _ISO.fullmatch(text):
            return None
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # 25:61, 30 February, the year 9999
        return None
