"""One body of the French ministry's election-night XML: the places it counts, round by round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..official import OfficialOption
from ..xml_tree import NOTHING, Element
from .french_slate import capitalised

# Element -> level of units, the coarsest first.
LEVELS = {
    "Election": "france",
    "EnsembleGeo": "france",
    "Region": "region",
    "Departement": "departement",
    "Circonscription": "circonscription",
    "Canton": "canton",
    "Commune": "commune",
}
# Level -> elements of code and name: of 2024 and after, then of before.
_CODES = {
    "region": ("CodReg",),
    "departement": ("CodDpt",),
    "circonscription": ("CodCirElec", "CodCirLg"),
    "canton": ("CodCan",),
    "commune": ("CodCom", "CodSubCom"),
}
_NAMES = {
    "region": ("LibReg",),
    "departement": ("LibDpt",),
    "circonscription": ("LibCirElec", "LibFraSubCom"),
    "canton": ("LibCan",),
    "commune": ("LibCom", "LibSubCom"),
}
# Element of Mentions -> field of Counts.
FIELDS = {
    "Inscrits": "registered_voters",
    "Votants": "ballots_cast",
    "Blancs": "blank_ballots",
    "Nuls": "invalid_ballots",
    "BlancsOuNuls": "blank_or_invalid_ballots",
    "Exprimes": "valid_votes",
}
# Elements of Resultats, and whether what they list are nuances, of which a place may lack one.
_LISTED = {
    ("Candidats", "Candidat"): False,
    ("Listes", "Liste"): False,
    ("NuancesCandidats", "NuanceCandidat"): True,
    ("NuancesListes", "NuanceListe"): True,
    ("NuancesBin", "NuanceBin"): True,
    ("Nuances", "Nuance"): True,
}
_NUANCES = ("CodNuaCand", "CodNuaListe", "CodNuaBin", "CodNua")
_NUANCE_NAMES = ("LibNuaCand", "LibNuaListe", "LibNuaBin", "LibNua")

_NUMBERS = ("NumPanneauCand", "NumPanneauListe", "NumListe", "CodSeqLisCand")
_GIVEN = ("PrenomPsn", "PrePsn")
_TITLES = ("NomListe", "LibLisExt")
_IDENTITY = (*_NUMBERS, "NomPsn", *_GIVEN, *_TITLES, *_NUANCES, *_NUANCE_NAMES)
_NOTHING_SAID = ("",) * len(_IDENTITY)

_Around: TypeAlias = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """One place in one round."""

    round: str  # "1", "2"
    level: str
    code: str  # unique in the country: "34172"
    department: str  # code of the département it lies in, or is
    name: str
    constituency: str  # code of the constituency or canton it elects in, "" where there is none
    cells: Mapping[str, str]  # field of Counts -> as written
    options: tuple[OfficialOption, ...]
    votes: tuple[str, ...]  # of the options, as written
    of_nuances: bool
    complete: str  # what the file says: "O", "N", a share; "" when it says nothing
    line: int | None


def places_of(root: Element) -> list[Place]:
    """Every place that has results or is to have some, the coarsest first."""
    return list(_Reading().within(root, {}))


class _Reading:
    """Reads one body; a candidate who is named in every commune of it is one object."""

    def __init__(self) -> None:
        self._options: dict[tuple[str, ...], OfficialOption] = {}

    def within(self, element: Element, around: _Around) -> Iterator[Place]:
        """``around``: code and name of what this element lies in, by level."""
        level = LEVELS[element.name]
        said = _texts(element)
        if level in _CODES:
            code, name = _first(said, _CODES[level]), _first(said, _NAMES[level])
            around = {**around, level: (_national(level, code, around), name)}
        for turn in element.all("Tours", "Tour"):
            yield self._place(element, said, turn, around)
        for child in _nearest(element):
            yield from self.within(child, around)

    def _place(
        self, element: Element, said: Mapping[str, str], turn: Element, around: _Around
    ) -> Place:
        level = LEVELS[element.name]
        code, name = around.get(level, ("FE", "France"))
        department, department_name = around.get("departement", ("", ""))
        listed, of_nuances = _listed(turn.first("Resultats") or NOTHING)
        texts = [_texts(item) for item in listed]
        mentions = turn.first("Mentions") or NOTHING
        return Place(
            round=turn.said("NumTour"),
            level=level,
            code=code,
            department=department,
            name=f"{department_name}, {name}"
            if level == "circonscription" and department
            else name,
            constituency=_constituency(said, level, around),
            cells={FIELDS[m.name]: m.said("Nombre") for m in mentions.children if m.name in FIELDS},
            options=tuple(self._option(item, of_nuances) for item in texts),
            votes=tuple(item.get("NbVoix", "") for item in texts),
            of_nuances=of_nuances,
            complete=_first(said, ("Complet", "PourcentageBureauxDeVoteSaisis")),
            line=element.line,
        )

    def _option(self, said: Mapping[str, str], is_nuance: bool) -> OfficialOption:
        written = tuple(map(said.get, _IDENTITY, _NOTHING_SAID))
        option = self._options.get(written)
        if option is None:
            option = self._options[written] = _option(said, is_nuance)
        return option


def _nearest(element: Element) -> Iterator[Element]:
    """The places right below, through whatever holds them: Communes, a SectionElectorale."""
    for child in element.children:
        if child.name in LEVELS:
            yield child
        elif child.name != "Tours" and child.children:
            yield from _nearest(child)


def _listed(results: Element) -> tuple[list[Element], bool]:
    """Candidates, lists or nuances of a Resultats, and whether they are nuances."""
    for holder in results.children:
        for (outer, inner), is_nuance in _LISTED.items():
            if holder.name == outer:
                return list(holder.all(inner)), is_nuance
    return [], False


def _constituency(said: Mapping[str, str], level: str, around: _Around) -> str:
    for name in ("canton", "circonscription"):
        if name in around:
            return around[name][0]
    code = _first(said, _CODES["circonscription"]) if level == "commune" else ""
    return _national("circonscription", code, around) if code else ""


def _national(level: str, code: str, around: _Around) -> str:
    """A code that is unique in the country: the département's goes before one that is short."""
    longest = {"commune": 3, "circonscription": 2, "canton": 2}.get(level, 0)
    if "departement" not in around or not code or len(code.partition("SR")[0]) > longest:
        return code
    return around["departement"][0] + code


def _option(said: Mapping[str, str], is_nuance: bool) -> OfficialOption:
    code, nuance = _first(said, _NUANCES), _first(said, _NUANCE_NAMES)
    if is_nuance:
        return OfficialOption(code, nuance or code, code)
    surname, given = said.get("NomPsn", ""), _first(said, _GIVEN)
    title = _first(said, _TITLES)
    person = f"{given} {capitalised(surname)}".strip()
    return OfficialOption(
        id=_first(said, _NUMBERS) or f"{surname} {given}".strip() or title,
        name=person or title,
        short_name=capitalised(surname),
        group=nuance or code,
    )


def _texts(element: Element) -> dict[str, str]:
    """What each child says, by name; of several the first."""
    return {child.name: child.text for child in reversed(element.children)}


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := said.get(name))), "")
