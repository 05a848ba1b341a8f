"""How the code of a unit may have to be read to be found on a map: each is safe or not offered."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Codes of the ministry of the interior for what lies overseas -> INSEE's, of the territory and as
# the beginning of its communes' codes ("ZA101" is 97101). ZZ, the French abroad, is on no map.
OVERSEAS = {
    "ZA": ("971", "97"), "ZB": ("972", "97"), "ZC": ("973", "97"), "ZD": ("974", "97"),
    "ZM": ("976", "97"), "ZS": ("975", "97"), "ZX": ("977", "97"), "ZW": ("986", "98"),
    "ZP": ("987", "98"), "ZN": ("988", "98"),
}  # fmt: skip
# Communes that are counted, or drawn, by arrondissement.
ARRONDISSEMENTS = {
    "75056": tuple(str(code) for code in range(75101, 75121)),
    "69123": tuple(str(code) for code in range(69381, 69390)),
    "13055": tuple(str(code) for code in range(13201, 13217)),
}
_WHOLE = {part: whole for whole, parts in ARRONDISSEMENTS.items() for part in parts}
_CORSICA = re.compile(r"2[AB](?=\d|$)")


@dataclass(frozen=True, slots=True)
class Merged:
    """Communes that are part of another today."""

    now: Mapping[str, str] = field(default_factory=dict)  # code then -> code now
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # code now -> codes then

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Merged":
        """From pairs of codes, then and now."""
        now = dict(pairs)
        members: dict[str, list[str]] = defaultdict(list)
        for then, today in now.items():
            members[today].append(then)
        return cls(now, {today: tuple(codes) for today, codes in members.items()})


def plain(code: str) -> str:
    """A code without what a spreadsheet loses: "0034-01" and "34-1" are one, as are capitals."""
    parts = re.split(r"[-_/ ]", code.strip().upper())
    return "-".join(part.lstrip("0") or "0" for part in parts)


def compact(code: str) -> str:
    """A code without its separators: "25-023" and "25023" are one."""
    return re.sub(r"[-_/ ]", "", code).upper()


def fold(name: str) -> str:
    """A name without accents, capitals and signs: "Saint-Étienne" and "SAINT ETIENNE" are one."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def without_corsica(code: str) -> str:
    """As in an old numeric file: "2A004" is "20004"."""
    return _CORSICA.sub("20", code)


def other_codes(code: str, merged: Merged) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Other codes under which the same place may be on a map, with the name of the repair."""
    head, separator, tail = code.partition("-")
    for kind, codes in _other_places(head, merged):
        yield kind, tuple(f"{c}{separator}{tail}" for c in codes)


def _other_places(code: str, merged: Merged) -> Iterator[tuple[str, tuple[str, ...]]]:
    letters, digits = code[:2], code[2:]
    if letters in OVERSEAS:
        territory, beginning = OVERSEAS[letters]
        yield "overseas", (beginning + digits if digits else territory,)
    for letters, (territory, beginning) in OVERSEAS.items():
        if code == territory:
            yield "overseas", (letters,)
        elif len(code) == 5 and code.startswith(territory):
            yield "overseas", (letters + code.removeprefix(beginning),)
    if code in _WHOLE:
        yield "arrondissements", (_WHOLE[code],)
    if code in ARRONDISSEMENTS:
        yield "arrondissements", ARRONDISSEMENTS[code]
    if code in merged.now:
        yield "merged", (merged.now[code],)
