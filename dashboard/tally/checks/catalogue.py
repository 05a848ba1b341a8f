"""Every check of a count: code, severity, sentence in both languages, threshold, example.

C2 is what must hold of a unit by itself, against the register and of the file as a whole; C3 what
a file says against the one before it.

In the sentences ``{unit}`` is the name and code of the unit concerned and ``{listed}`` the first
of several cases, each as ``each`` says; whatever else is in braces is given by the check. An
election file may change severities and limits (``[contest.checks.C203]``), but for what is fixed:
the identities, and the file of another election. docs/checks.md is written from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Severity

REFUSE, WAIT, HOLD, FLAG = Severity.REFUSE, Severity.WAIT, Severity.HOLD, Severity.FLAG


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue."""

    severity: Severity
    en: str
    fr: str
    example: str  # a count that breaks it
    limit: float | None = None
    limit_is: str = ""  # what the limit limits
    many: tuple[str, str] = ("", "")  # the sentence about several units, where they are many
    each: tuple[str, str] = ("", "")  # how one of several cases is listed, English and French
    of_a_unit: bool = False  # else of the file as a whole, which cannot be held
    is_fixed: bool = False  # no election file changes it


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
        limit_is="of the counted units; more than one",
    ),
    "C292": Rule(
        REFUSE,
        "The file says that it is of {found}, older than the one that is published, of"
        " {published}.",
        "Le fichier se dit de {found}, plus ancien que celui qui est publié, de {published}.",
        "A mirror that gives the file of 20:40 after that of 20:47.",
    ),
    "C301": Rule(
        WAIT,
        "The valid votes of the units counted before fall from {before} to {after}, by {fall}.",
        "Les exprimés des unités déjà dépouillées passent de {before} à {after}, soit {fall} de"
        " moins.",
        "A country's 1,337,820 becomes 1,249,126.",
        limit=0.01,
        limit_is="of the valid votes; so much or more",
    ),
    "C302": Rule(
        WAIT,
        "{count} of {counted} counted units have fewer valid votes than in the file before:"
        " {listed}.",
        "{count} des {counted} unités dépouillées ont moins d’exprimés que dans le fichier"
        " précédent : {listed}.",
        "Seven of 343 communes with fewer valid votes at once.",
        limit=0.01,
        limit_is="of the counted units; more than one",
        each=("{unit} {before} → {after}", "{unit} {before} → {after}"),
    ),
    "C303": Rule(
        FLAG,
        "{unit}: {what} fall from {before} to {after}.",
        "{unit} : {what} passent de {before} à {after}.",
        "Valid votes 812, then 800.",
        of_a_unit=True,
        many=(
            "{count} units have fewer votes than in the file before: {listed}.",
            "{count} unités ont moins de voix que dans le fichier précédent : {listed}.",
        ),
        each=("{unit} {before} → {after}", "{unit} {before} → {after}"),
    ),
    "C304": Rule(
        HOLD,
        "{unit}: no vote, where the file before had {before} valid votes.",
        "{unit} : aucune voix, alors que le fichier précédent comptait {before} exprimés.",
        "Valid votes 812, then 0 and still complete.",
        of_a_unit=True,
    ),
    "C305": Rule(
        WAIT,
        "{count} of {counted} counted units have no vote any more: {listed}.",
        "{count} des {counted} unités dépouillées n’ont plus aucune voix : {listed}.",
        "A whole file of zeros in the middle of the count.",
        limit=0.01,
        limit_is="of the counted units; more than one, or all that the file counts",
        each=("{unit}", "{unit}"),
    ),
    "C306": Rule(
        HOLD,
        "{unit}: waiting again, where the file before had {before} valid votes.",
        "{unit} : de nouveau en attente, alors que le fichier précédent comptait {before}"
        " exprimés.",
        "Complete, then waiting.",
        of_a_unit=True,
    ),
    "C307": Rule(
        WAIT,
        "{count} of {counted} counted units wait again: {listed}.",
        "{count} des {counted} unités dépouillées sont de nouveau en attente : {listed}.",
        "A table with names and no numbers in the middle of the count.",
        limit=0.01,
        limit_is="of the counted units; more than one, or all that the file counts",
        each=("{unit}", "{unit}"),
    ),
    "C308": Rule(
        FLAG,
        "{unit}: the count was complete and is partial again.",
        "{unit} : le dépouillement était complet et redevient partiel.",
        "Complete, then partial.",
        of_a_unit=True,
        many=(
            "{count} units that were complete are partial again: {listed}.",
            "{count} unités qui étaient complètes redeviennent partielles : {listed}.",
        ),
        each=("{unit}", "{unit}"),
    ),
    "C309": Rule(
        WAIT,
        "{count} of {counted} counted units were complete and are partial again: {listed}.",
        "{count} des {counted} unités dépouillées étaient complètes et redeviennent"
        " partielles : {listed}.",
        "Twelve of 343 communes complete, then partial at once.",
        limit=0.01,
        limit_is="of the counted units; more than one",
        each=("{unit}", "{unit}"),
    ),
    "C310": Rule(
        WAIT,
        "{count} of {counted} counted units are no longer in the file: {listed}.",
        "{count} des {counted} unités dépouillées ne figurent plus dans le fichier : {listed}.",
        "A file that ends after half of its rows.",
        limit=0.01,
        limit_is="of the counted units; more than one",
        each=("{unit}", "{unit}"),
    ),
    "C311": Rule(
        WAIT,
        "In {count} units the votes of {options} have changed places: {listed}.",
        "Dans {count} unités, les voix de {options} ont changé de place : {listed}.",
        "Hamon 100 and Valls 50, then Hamon 50 and Valls 100, unit after unit.",
        limit=0.01,
        limit_is="of the counted units; more than one, or all of them",
        each=("{unit}", "{unit}"),
    ),
    "C312": Rule(
        WAIT,
        "{option} had {before} votes and has none any more.",
        "{option} avait {before} voix et n’en a plus aucune.",
        "A column that says 0 from top to bottom.",
        limit=10,
        limit_is="votes; so many or more",
    ),
}
