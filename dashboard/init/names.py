"""Names as people write them, from files that shout."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

PERSONS = frozenset({"de", "d", "von", "van", "der", "den", "zu", "y"})
PLACES = PERSONS | {
    "du", "des", "la", "le", "les", "l", "lès", "sur", "sous", "en", "et", "aux", "au", "à", "am",
    "an", "im", "of", "the", "and", "del", "di",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_NUMERALS = {"II", "III", "IV"}


def shouts(name: str) -> bool:
    """Whether a name is written in capitals alone; an abbreviation is too short to tell."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 3 and not any(c.islower() for c in letters)


def calm(names: Sequence[str], small_words: frozenset[str], *, words: int = 1) -> list[str]:
    """The names in small letters, where more than half of them are in capitals.

    A name of fewer than ``words`` words stays: "GRÜNE" is what a party is called.
    """
    long = [name for name in names if len(name.split()) >= words]
    if 2 * sum(map(shouts, long)) <= len(long):
        return list(names)
    return [_small(name, small_words) if name in long and shouts(name) else name for name in names]


def _small(name: str, small_words: frozenset[str]) -> str:
    """ "SAINT-JEAN-DE-VÉDAS" -> "Saint-Jean-de-Védas": capitals at both ends at least."""

    def word(match: re.Match[str]) -> str:
        inside = match.start() > 0 and match.end() < len(name)
        if inside and match[0].casefold() in small_words:
            return match[0].lower()
        in_brackets = name[match.start() - 1 : match.start()] == "("  # a party: (REP)
        kept = match[0] in _NUMERALS or (in_brackets and len(match[0]) <= 4)
        return match[0] if kept else match[0].capitalize()

    return _WORD.sub(word, name)


_BEFORE_A_SURNAME = {"van", "von", "de", "der", "den", "del", "la", "le", "du", "st.", "di", "da"}
_PARTY = re.compile(r"^(?P<name>.*\S) *\((?P<party>[A-Za-z-]{2,14})\)$")
_ASIDE = re.compile(r"\s*\([^)]*\)|,? (?:Jr|Sr)\b\.?|,? (?:II|III|IV)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"write|preference|uncommitted|undeclared|votes?\b|other|none|blank|total|\b(?:yes|no|for|"
    r"against|list|party)\b",
    re.IGNORECASE,
)


def without_party(name: str, parties: Collection[str]) -> tuple[str, str]:
    """ "Jo Jorgensen (Lib)" -> "Jo Jorgensen", "Lib", when that is a party one knows."""
    found = _PARTY.match(name)
    if found and found["party"].upper() in parties:
        return found["name"], found["party"]
    return name, ""


def surnames(full: Sequence[str]) -> list[str]:
    """What a headline says of people whose surname comes last; two of one surname keep both."""
    found = [_surname(name) for name in full]
    many = Counter(found)
    return [short if many[short] == 1 else name for short, name in zip(found, full, strict=True)]


def _surname(name: str) -> str:
    words = _ASIDE.sub("", name).split()
    if not 2 <= len(words) <= 5 or _NOBODY.search(name):
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _BEFORE_A_SURNAME:
        start -= 1
    return " ".join(words[start:])
