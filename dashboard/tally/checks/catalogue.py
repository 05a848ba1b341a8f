"""Every check of a count: code, severity, sentence in both languages, limit, example.

C2 is what must hold of a unit by itself, against the register and of the file as a whole; C3, of
what a file says against the one before it, and C4, of what is possible and not likely, have their
lines in ``catalogue_history`` and ``catalogue_plausibility``.

In the sentences ``{unit}`` is the name and code of the unit concerned and ``{listed}`` the first
of several cases, each as ``each`` says; whatever else is in braces is given by the check. An
election file may change severities and limits (``[contest.checks.C203]``), but for what is fixed:
the identities, and the file of another election. docs/checks.md is written from here.
"""

from collections.abc import Mapping

from .catalogue_history import HISTORY
from .catalogue_plausibility import PLAUSIBILITY
from .rule import FLAG, HOLD, REFUSE, WAIT, Rule

CHECKS: Mapping[str, Rule] = {
    "C201": Rule(
        HOLD,
        "{unit}: the votes of all options add up to {votes}; {valid} were expected, the valid"
        " votes.",
        "{unit} : le total des voix est {votes} ; {valid} étaient attendues, autant que"
        " d’exprimés.",
        "Votes 101 and 50, valid votes 150.",
        of_a_unit=True,
        is_fixed=True,
    ),
    "C202": Rule(
        HOLD,
        "{unit}: valid, blank and invalid add up to {found}; {cast} were expected, the ballots"
        " cast.",
        "{unit} : exprimés, blancs et nuls font {found} ; {cast} étaient attendus, autant que de"
        " votants.",
        "Valid votes 150, blank 3, invalid 2, ballots cast 154.",
        of_a_unit=True,
        is_fixed=True,
    ),
    "C203": Rule(
        HOLD,
        "{unit}: {cast} ballots cast; at most {registered} were expected, the registered voters.",
        "{unit} : {cast} votants ; au plus {registered} étaient attendus, autant que d’inscrits.",
        "Ballots cast 155, registered voters 154 in the file or in the election file.",
        of_a_unit=True,
    ),
    "C204": Rule(
        HOLD,
        "Unit {unit} is not one of the {count} units of this contest.",
        "L’unité {unit} n’est pas l’une des {count} de ce scrutin.",
        "A row for 1001 where the election file knows 01001.",
        of_a_unit=True,
    ),
    "C205": Rule(
        HOLD,
        "Unit {unit} was counted and is no longer in the file.",
        "L’unité {unit} était dépouillée et ne figure plus dans le fichier.",
        "A file without the row of a unit that is published.",
        of_a_unit=True,
    ),
    "C206": Rule(
        HOLD,
        "{unit}: {found} valid votes; at most {most} were expected for {cast} ballots cast.",
        "{unit} : {found} exprimés ; au plus {most} étaient attendus pour {cast} votants.",
        "Valid votes 150, ballots cast 149, blank and invalid not given; or valid votes 500,"
        " ballots cast 100 of at most 3 votes each.",
        of_a_unit=True,
        is_fixed=True,
    ),
    "C207": Rule(
        HOLD,
        "{unit}: {rejected} blank and invalid ballots; at most {cast} were expected, the ballots"
        " cast.",
        "{unit} : {rejected} bulletins blancs et nuls ; au plus {cast} étaient attendus, autant"
        " que de votants.",
        "Blank 80, invalid 30, ballots cast 100, where a ballot holds several votes.",
        of_a_unit=True,
        is_fixed=True,
    ),
    "C208": Rule(
        FLAG,
        "The file’s own totals are not the sums of its units, which are published: {listed}.",
        "Les totaux que donne le fichier ne sont pas les sommes de ses unités, seules publiées :"
        " {listed}.",
        "A line of totals that says 812 valid votes, units that add up to 800.",
        each=("{what} {found} for {sum}", "{what} {found} au lieu de {sum}"),
    ),
    "C209": Rule(
        FLAG,
        "The file says that it was made {minutes} minutes after it was received.",
        "Le fichier se dit produit {minutes} minutes après sa réception.",
        "Received at 20:47, made at 21:47.",
        limit=600,
        limit_is="seconds",
    ),
    "C290": Rule(
        REFUSE,
        "None of the {count} units of the file ({sample}) is of this contest: codes such as"
        " {expected} were expected.",
        "Aucune des {count} unités du fichier ({sample}) n’est de ce scrutin : on attendait des"
        " codes comme {expected}.",
        "The file of another election.",
        is_fixed=True,
    ),
    "C291": Rule(
        WAIT,
        "{unknown} units of the file ({sample}) are not of this contest and {gone} that were"
        " counted are no longer in it: their codes may have changed.",
        "{unknown} unités du fichier ({sample}) ne sont pas de ce scrutin et {gone} qui étaient"
        " dépouillées n’y figurent plus : leurs codes ont peut-être changé.",
        "All wards of a county under new names, leading zeros lost.",
        limit=0.01,
        limit_is="share of the counted units, and more than one",
    ),
    "C292": Rule(
        REFUSE,
        "The file says that it is of {found}, older than the one that is published, of"
        " {published}.",
        "Le fichier se dit de {found}, plus ancien que celui qui est publié, de {published}.",
        "A mirror that gives the file of 20:40 after that of 20:47.",
    ),
    **HISTORY,
    **PLAUSIBILITY,
}
