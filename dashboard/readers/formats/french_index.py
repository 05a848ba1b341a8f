"""The index of the French ministry's set: which files there are, and whether one changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..xml_tree import Element, parse_xml

NAMES = ("index.xml", "INDEX1FE.xml", "INDEX2FE.xml")
_TURN = re.compile(r"INDEX([12])FE\.xml|resultatsT([12])(?:/|$)")
_CODE = re.compile(r"[0-9A-Z]{1,4}", re.ASCII)  # a part of an address: nothing else may come there
_HOLDERS = (("Departements", "Departement"), ("Circonscriptions", "Circonscription"))
# Where the files of a département are, beside the index: each election had its own way. Up to 2022
# ``076/034/034com.xml``; since 2024 ``34/R234CIR.xml``.
_FORMS = {
    "commune": (
        "{region3}/{code3}/{code3}com.xml",
        "{code3}/{code3}com.xml",
        "{region}/{code}/R{turn}{code}COM.xml",
        "{code}/R{turn}{code}COM.xml",
    ),
    "circonscription": (
        "{code}/R{turn}{code}CIR.xml",
        "{region}/{code}/R{turn}{code}CIR.xml",
        "{code3}/{code3}CIR.xml",
    ),
    "departement": (
        "{region3}/{code3}/{code3}.xml",
        "{code3}/{code3}.xml",
        "{region}/{code}/R{turn}{code}.xml",
        "{code}/R{turn}{code}.xml",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One département, or one constituency, of an index."""

    code: str
    code3: str
    region: str
    region3: str
    stamp: str  # what the index says of it: another one when its results changed
    has_results: bool  # whether the index dates them

    def addresses(self, turn: str, level: str) -> Iterator[str]:
        """Where its file may be, relative to the index, at that level or below; "" is any."""
        for name, forms in _FORMS.items():
            for form in forms if level in {"", name} else ():
                parts = {"code": self.code, "code3": self.code3, "region": self.region,
                         "region3": self.region3, "turn": turn}  # fmt: skip
                if all(parts[key] for key in parts if f"{{{key}}}" in form):
                    yield form.format(**parts)


def turn_of(location: str) -> str:
    """The round that an address of an index names; the first where it names none."""
    found = _TURN.search(location)
    return (found[1] or found[2]) if found else "1"


def entries_of(content: bytes) -> tuple[Entry, ...]:
    """Everything an index lists. Raises ReadError."""
    root = parse_xml(content)
    holders = (root, *root.all("EnsembleGeo"))
    found = (e for holder in holders for path in _HOLDERS for e in holder.all(*path))
    entries = {entry.code: entry for element in found if (entry := _entry(element)).code}
    return tuple(entries.values())


def _entry(element: Element) -> Entry:
    said = {child.name: child.text for child in element.children}

    def code(*names: str) -> str:
        text = next((said[name] for name in names if said.get(name)), "")
        return text if _CODE.fullmatch(text) else ""

    return Entry(
        code=code("CodDpt", "CodCirElec"),
        code3=code("CodDpt3Car"),
        region=code("CodReg"),
        region3=code("CodReg3Car"),
        # The hour of the last extraction moves for all of them whenever one changed.
        stamp="|".join(f"{n}={text}" for n, text in said.items() if "Extract" not in n),
        has_results=bool(said.get("DateDerMaj", "unsaid")),
    )
