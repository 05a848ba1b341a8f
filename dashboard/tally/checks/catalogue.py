"""Every check of a count: code, severity, sentence in both languages.

C2 is what must hold of a unit by itself and against the register.

In the sentences ``{unit}`` is the name and code of the unit concerned; whatever else is in braces
is given by the check: whole numbers, shares (``float``), words, pairs of words (English, French).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Severity

REFUSE, HOLD = Severity.REFUSE, Severity.HOLD


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue."""

    severity: Severity
    en: str
    fr: str


CHECKS: Mapping[str, Rule] = {
    "C201": Rule(
        HOLD,
        "{unit}: the votes of all options add up to {votes}; {valid} were expected, the valid"
        " votes.",
        "{unit} : le total des voix est {votes} ; {valid} étaient attendues, autant que"
        " d’exprimés.",
    ),
    "C202": Rule(
        HOLD,
        "{unit}: valid, blank and invalid add up to {found}; {cast} were expected, the ballots"
        " cast.",
        "{unit} : exprimés, blancs et nuls font {found} ; {cast} étaient attendus, autant que de"
        " votants.",
    ),
    "C203": Rule(
        HOLD,
        "{unit}: {cast} ballots cast; at most {registered} were expected, the registered voters.",
        "{unit} : {cast} votants ; au plus {registered} étaient attendus, autant que d’inscrits.",
    ),
    "C204": Rule(
        HOLD,
        "Unit {unit} is not one of the {count} units of this contest.",
        "L’unité {unit} n’est pas l’une des {count} de ce scrutin.",
    ),
    "C205": Rule(
        HOLD,
        "Unit {unit} was counted and is no longer in the file.",
        "L’unité {unit} était dépouillée et ne figure plus dans le fichier.",
    ),
    "C206": Rule(
        HOLD,
        "{unit}: {found} valid votes; at most {cast} were expected, the ballots cast.",
        "{unit} : {found} exprimés ; au plus {cast} étaient attendus, autant que de votants.",
    ),
    "C290": Rule(
        REFUSE,
        "None of the {count} units of the file ({sample}) is of this contest: codes such as"
        " {expected} were expected.",
        "Aucune des {count} unités du fichier ({sample}) n’est de ce scrutin : on attendait des"
        " codes comme {expected}.",
    ),
}
