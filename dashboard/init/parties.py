"""Colours that voters know a party by; ``colours.choose`` decides how far they can be kept."""

from collections.abc import Mapping

# Nuances of the French ministry of the interior, 2014 to 2026, without the L of lists.
FRENCH: Mapping[str, str] = {
    "EXG": "#8B1A1A", "COM": "#DD0000", "FI": "#CC2443", "NUP": "#CC2443", "UG": "#D6336C",
    "SOC": "#E0569B", "RDG": "#E7A1C4", "DVG": "#EC8FB4", "VEC": "#2E9E4F", "ECO": "#63B04A",
    "DIV": "#8D8D8D", "REG": "#B5A26A", "DVC": "#E8A33D", "REM": "#F2B233", "MDM": "#F28C28",
    "ENS": "#F2B233", "UC": "#F2B233", "HOR": "#3FA7D6", "UDI": "#4BB3C8", "UDC": "#4BB3C8",
    "LR": "#0E6EB8", "UD": "#0E6EB8", "DVD": "#6C9BD1", "DSV": "#5B6BA8", "UXD": "#35476E",
    "RN": "#1B2F6B", "FN": "#1B2F6B", "REC": "#4A3428", "EXD": "#3B3B3B",
}  # fmt: skip
GERMAN: Mapping[str, str] = {
    "CDU": "#32302E", "CSU": "#0080C8", "SPD": "#E3000F", "GRÜNE": "#1AA037", "FDP": "#E5B800",
    "AFD": "#009EE0", "DIE LINKE": "#BE3075", "BSW": "#7D254F", "SSW": "#003C8F",
    "FREIE WÄHLER": "#F29204",
}  # fmt: skip
AMERICAN: Mapping[str, str] = {
    "DEM": "#1F66B5", "DEMOCRATIC": "#1F66B5", "DEMOCRAT": "#1F66B5", "D": "#1F66B5",
    "REP": "#C8322D", "REPUBLICAN": "#C8322D", "GOP": "#C8322D", "R": "#C8322D",
    "LIB": "#C99700", "LIBERTARIAN": "#C99700", "LBT": "#C99700",
    "GRN": "#2E8B57", "GREEN": "#2E8B57", "GRE": "#2E8B57",
}  # fmt: skip

# Beginning of a format's name -> the parties of its country.
_COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "french": FRENCH,
    "kerg": GERMAN,
    "clarity": AMERICAN,
    "ap": AMERICAN,
    "elex": AMERICAN,
    "nist": AMERICAN,
    "openelections": AMERICAN,
}


def parties_of(format_name: str) -> Mapping[str, str]:
    """The known parties of the country that publishes in a format, with their colours."""
    return next((c for start, c in _COUNTRIES.items() if format_name.startswith(start)), {})


def names_surnames_last(format_name: str) -> bool:
    """Whether a format gives people one name, their surname at its end."""
    return parties_of(format_name) is AMERICAN


def party_colour(format_name: str, group: str, name: str) -> str | None:
    """The known colour of a nuance or party, else of an option that is itself a party."""
    country = parties_of(format_name)
    for said in (group, name):
        code = said.strip().upper()
        if country is FRENCH:
            code = code.removeprefix("BC-")  # a pair of candidates in a canton
            code = code if code in country else code.removeprefix("L")
        if code in country:
            return country[code]
    return None
