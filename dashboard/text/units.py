"""What a reporting unit is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitWord:
    """``short`` is for a column or a card where the full words have been said already."""

    one: str
    many: str
    feminine: bool = False
    short: str = ""
    short_many: str = ""

    @property
    def brief(self) -> str:
        return self.short or self.one

    @property
    def brief_many(self) -> str:
        return self.short_many or self.many


UNIT_WORDS: dict[str, dict[str, UnitWord]] = {
    "fr": {
        "bureau": UnitWord("bureau de vote", "bureaux de vote", False, "bureau", "bureaux"),
        "commune": UnitWord("commune", "communes", True),
        "municipality": UnitWord("commune", "communes", True),
        "town": UnitWord("commune", "communes", True),
        "canton": UnitWord("canton", "cantons"),
        "departement": UnitWord("département", "départements"),
        "circonscription": UnitWord("circonscription", "circonscriptions", True),
        "arrondissement": UnitWord("arrondissement", "arrondissements"),
        "quartier": UnitWord("quartier", "quartiers"),
        "region": UnitWord("région", "régions", True),
        "district": UnitWord("district", "districts"),
        "ward": UnitWord("quartier électoral", "quartiers électoraux"),
        "precinct": UnitWord("bureau de vote", "bureaux de vote", False, "bureau", "bureaux"),
        "county": UnitWord("comté", "comtés"),
        "state": UnitWord("État", "États"),
        "unit": UnitWord("unité", "unités", True),
    },
    "en": {
        "bureau": UnitWord("polling station", "polling stations", False, "station", "stations"),
        "commune": UnitWord("commune", "communes"),
        "municipality": UnitWord("municipality", "municipalities"),
        "town": UnitWord("town", "towns"),
        "canton": UnitWord("canton", "cantons"),
        "departement": UnitWord("department", "departments"),
        "circonscription": UnitWord("constituency", "constituencies"),
        "arrondissement": UnitWord("arrondissement", "arrondissements"),
        "quartier": UnitWord("neighbourhood", "neighbourhoods"),
        "region": UnitWord("region", "regions"),
        "district": UnitWord("district", "districts"),
        "ward": UnitWord("ward", "wards"),
        "precinct": UnitWord("precinct", "precincts"),
        "county": UnitWord("county", "counties"),
        "state": UnitWord("state", "states"),
        "unit": UnitWord("unit", "units"),
    },
}


def unit_word(key: str, lang: str) -> UnitWord:
    """The words for a key of an election file; ``KeyError`` names one that is not known."""
    return UNIT_WORDS[lang][key]
