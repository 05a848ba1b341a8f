"""What a format leaves unsaid of a place: its language, its clock, what its units are called."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .repairs import fold

# Beginning of a format's name -> the zone of the country that publishes in it.
_ZONES: Mapping[str, str] = {
    "french": "Europe/Paris",
    "kerg": "Europe/Berlin",
    "onegov": "Europe/Zurich",
    "ech": "Europe/Zurich",
    "eml": "Europe/Amsterdam",
}
_AMERICAN = ("clarity", "ap", "elex", "nist", "openelections")
_AMERICAN_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)
_OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}

# Level of an official file -> key of text.UNIT_WORDS.
_WORDS: Mapping[str, str] = {
    "bureau": "bureau",
    "station": "bureau",
    "pollingstation": "bureau",
    "polling-station": "bureau",
    "precinct": "precinct",
    "commune": "commune",
    "municipality": "municipality",
    "entity": "municipality",
    "subunit": "town",
    "circonscription": "circonscription",
    "wahlkreis": "circonscription",
    "canton": "canton",
    "departement": "departement",
    "région": "region",
    "region": "region",
    "land": "region",
    "district": "district",
    "ward": "ward",
    "county": "county",
    "state": "state",
}
# Format -> what its units are where the file names no level.
_ONLY_LEVEL: Mapping[str, str] = {
    "onegov": "municipality",
    "ech": "municipality",
    "kerg": "circonscription",
    "openelections": "precinct",
}
# Word in a header of unit codes -> key of text.UNIT_WORDS, the finest first.
_HEADERS: Mapping[str, str] = {
    "bureau": "bureau", "bv": "bureau", "vote": "bureau", "precinct": "precinct", "ward": "ward",
    "insee": "commune", "codgeo": "commune", "commune": "commune", "district": "district",
    "county": "county", "fips": "county", "entity": "municipality",
}  # fmt: skip
_PARENTS: Mapping[str, str] = {
    "bureau": "commune",
    "precinct": "county",
    "ward": "county",
    "commune": "departement",
    "municipality": "canton",
    "town": "county",
    "circonscription": "region",
    "canton": "departement",
    "departement": "region",
    "county": "state",
}


def time_zone(format_name: str, lang: str, generated_at: datetime | None) -> str:
    """The zone of the format's country; in America the one whose clock wrote the file."""
    if found := _of(format_name, _ZONES):
        return found
    if not format_name.startswith(_AMERICAN):
        return _OF_LANGUAGE[lang]
    if generated_at is not None:
        for zone in _AMERICAN_ZONES:
            if generated_at.astimezone(ZoneInfo(zone)).utcoffset() == generated_at.utcoffset():
                return zone
    return _AMERICAN_ZONES[0]


def unit_word(format_name: str, level: str) -> str:
    """What a unit is called, as a key of an election file."""
    word = _WORDS.get(level.casefold())
    return word or (not level and _of(format_name, _ONLY_LEVEL)) or "unit"


def unit_word_of_headers(headers: Iterable[str]) -> str:
    """As ``unit_word``, from what a table calls the codes of its units."""
    words = {word for header in headers for word in fold(header).split()}
    return next((key for word, key in _HEADERS.items() if word in words), "unit")


def row_word(unit: str) -> str:
    """What the parent of a unit is called."""
    return _PARENTS.get(unit, "unit")


def language(format_name: str, spoken: str) -> str:
    """A French file is of a French night, whatever the shell speaks."""
    return "fr" if format_name.startswith("french") else spoken


def embargo_hour(day: date) -> str:
    """As an election file has it: the last stations of metropolitan France close at eight."""
    return f"{day.isoformat()}T20:00:00"


def _of(format_name: str, table: Mapping[str, str]) -> str:
    return next((found for start, found in table.items() if format_name.startswith(start)), "")
