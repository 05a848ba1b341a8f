"""Numbers, shares and hours as people read them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # no-break, between groups of digits and before % in French
MINUS = "\u2212"
NOTHING = "–"

_TENTH = Decimal("0.1")
_KEPT = 65_536  # written numbers: most of a page is as it was in the version before
_HALF = Decimal("50.0")
_ALL = Decimal("100.0")

_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
        "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ),
}  # fmt: skip


@lru_cache(maxsize=_KEPT)
def fmt_int(number: int | None, lang: str) -> str:
    """24 318 in French (narrow no-break space), 24,318 in English, – for ``None``."""
    if number is None:
        return NOTHING
    text = f"{abs(number):,}".replace(",", NARROW if lang == "fr" else ",")
    return f"{MINUS}{text}" if number < 0 else text


@lru_cache(maxsize=_KEPT)
def fmt_percent_plain(share: float | None, lang: str) -> str:
    """A share (0 to 1) as a percentage without its sign: "59,4".

    One decimal, half up, except where that would say something the integers do not: less than
    half never reads 50.0 and less than all never reads 100.0, both go down to the tenth below; more
    than nothing never reads 0.0, it says "< 0,1". So the order shown is the order of the integers,
    and shares are never forced to add up to 100.
    """
    if share is None:
        return NOTHING
    exact = Decimal(repr(share)) * 100
    shown = exact.quantize(_TENTH, ROUND_HALF_UP)
    if (exact < _HALF and shown == _HALF) or (exact < _ALL and shown == _ALL):
        shown -= _TENTH
    if shown == 0 and exact > 0:
        return f"<{NO_BREAK}{_decimal('0.1', lang)}"
    return _decimal(f"{shown:.1f}", lang)


@lru_cache(maxsize=_KEPT)
def fmt_share(share: float | None, lang: str) -> str:
    """``fmt_percent_plain`` with its sign: "59,4 %" or "59.4%"; "–" alone for ``None``."""
    text = fmt_percent_plain(share, lang)
    if share is None:
        return text
    return f"{text}{NARROW}%" if lang == "fr" else f"{text}%"


@lru_cache(maxsize=_KEPT)
def fmt_points(difference: float, lang: str) -> str:
    """The gap between two shares: "+18,8". Points, never per cent."""
    tenths = (Decimal(repr(difference)) * 100).quantize(_TENTH, ROUND_HALF_UP)
    sign = "+" if tenths > 0 else MINUS if tenths < 0 else ""
    return f"{sign}{_decimal(f'{abs(tenths):.1f}', lang)}"


def fmt_change(difference: int | None, lang: str) -> str:
    """How much a number has grown: "+1 234"."""
    sign = "+" if difference and difference > 0 else ""
    return sign + fmt_int(difference, lang)


def fmt_time(at: datetime, timezone: str, lang: str) -> str:
    """An aware time as an hour of the contest's own zone: "20 h 47", "8:47 pm"."""
    local = at.astimezone(ZoneInfo(timezone))
    if lang == "fr":
        return f"{local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"
    return f"{local.hour % 12 or 12}:{local.minute:02d}{NO_BREAK}{_half_of_day(local)}"


def fmt_clock(at: datetime, timezone: str) -> str:
    """An aware time to the second, for people who work with it: "20:47:09"."""
    return f"{at.astimezone(ZoneInfo(timezone)):%H:%M:%S}"


def fmt_countdown_target(at: datetime, timezone: str, lang: str) -> str:
    """As ``fmt_time``, a full hour without its minutes: "20 h", "8 pm"."""
    local = at.astimezone(ZoneInfo(timezone))
    if local.minute:
        return fmt_time(at, timezone, lang)
    if lang == "fr":
        return f"{local.hour}{NO_BREAK}h"
    return f"{local.hour % 12 or 12}{NO_BREAK}{_half_of_day(local)}"


def fmt_date(day: date, lang: str) -> str:
    """ "29 janvier 2017", "1er mai 2022", "29 January 2017"."""
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[lang][day.month - 1]} {day.year}"


def _half_of_day(local: datetime) -> str:
    return "pm" if local.hour >= 12 else "am"


def _decimal(text: str, lang: str) -> str:
    return text.replace(".", ",") if lang == "fr" else text
