"""eCH-0155: the names of an election, its candidates and lists, as eCH-0252 messages carry them."""

from ..official import OfficialOption
from ..xml_tree import NOTHING, Element


def title(info: Element) -> str:
    """What an ``electionInformation`` calls its election."""
    described = info.first("election", "electionDescription") or NOTHING
    names = "electionDescriptionShort", "electionDescription"
    return in_french(described, "electionDescriptionInfo", *names)


def options(info: Element) -> dict[str, OfficialOption]:
    """The candidates and lists of an ``electionInformation``, by id."""
    found = [*map(_candidate, info.all("candidate")), *map(_list, info.all("list"))]
    return {option.id: option for option in found}


def _candidate(person: Element) -> OfficialOption:
    surname = person.said("politicalFamilyName") or person.said("familyName")
    given = person.said("politicalFirstName") or person.said("callName") or person.said("firstName")
    party = person.first("partyAffiliation") or NOTHING
    return OfficialOption(
        person.said("candidateIdentification"),
        f"{given} {surname}".strip(),
        surname,
        group=in_french(party, "partyAffiliationInfo", "partyAffiliationShort"),
    )


def _list(element: Element) -> OfficialOption:
    described = element.first("listDescription") or NOTHING
    short = in_french(described, "listDescriptionInfo", "listDescriptionShort")
    name = in_french(described, "listDescriptionInfo", "listDescription") or short
    return OfficialOption(element.said("listIdentification"), name, short)


def in_french(parent: Element, element: str, *names: str) -> str:
    """A text that is given once per language, by the first of its names that is said; of a text
    without French, the first language."""
    by_language = {
        each.said("language").lower(): next(filter(None, map(each.said, names)), "")
        for each in parent.all(element)
    }
    return by_language.get("fr") or next(filter(None, by_language.values()), "")
