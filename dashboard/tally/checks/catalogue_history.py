"""The catalogue's lines about a file and the one before it."""

from collections.abc import Mapping

from .rule import FLAG, HOLD, WAIT, Rule

HISTORY: Mapping[str, Rule] = {
    "C301": Rule(
        WAIT,
        "The valid votes of the units counted before fall from {before} to {after}, by {fall}.",
        "Les exprimés des unités déjà dépouillées passent de {before} à {after}, soit {fall} de"
        " moins.",
        "A country's 1,337,820 becomes 1,249,126.",
        limit=0.01,
        limit_is="share of the valid votes, so much or more",
    ),
    "C302": Rule(
        WAIT,
        "{count} of {counted} counted units have fewer valid votes than in the file before:"
        " {listed}.",
        "{count} des {counted} unités dépouillées ont moins d’exprimés que dans le fichier"
        " précédent : {listed}.",
        "Seven of 343 communes with fewer valid votes at once.",
        limit=0.01,
        limit_is="share of the counted units, and more than one",
        each=("{unit} {before} → {after}", "{unit} {before} → {after}"),
    ),
    "C303": Rule(
        FLAG,
        "{unit}: {what} fall from {before} to {after}.",
        "{unit} : {what} passent de {before} à {after}.",
        "Valid votes 812, then 800.",
        of_a_unit=True,
        many=(
            "Units with fewer votes than in the file before ({count}): {listed}.",
            "Unités qui ont moins de voix que dans le fichier précédent ({count}) : {listed}.",
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
        limit_is="share of the counted units, and more than one; or all that the file counts",
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
        limit_is="share of the counted units, and more than one; or all that the file counts",
        each=("{unit}", "{unit}"),
    ),
    "C308": Rule(
        FLAG,
        "{unit}: the count was complete and is partial again.",
        "{unit} : le dépouillement était complet et redevient partiel.",
        "Complete, then partial.",
        of_a_unit=True,
        many=(
            "Units that were complete and are partial again ({count}): {listed}.",
            "Unités complètes qui redeviennent partielles ({count}) : {listed}.",
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
        limit_is="share of the counted units, and more than one",
        each=("{unit}", "{unit}"),
    ),
    "C310": Rule(
        WAIT,
        "{count} of {counted} counted units are no longer in the file: {listed}.",
        "{count} des {counted} unités dépouillées ne figurent plus dans le fichier : {listed}.",
        "A file that ends after half of its rows.",
        limit=0.01,
        limit_is="share of the counted units, and more than one",
        each=("{unit}", "{unit}"),
    ),
    "C311": Rule(
        WAIT,
        "In {count} units the votes of {options} have changed places: {listed}.",
        "Dans {count} unités, les voix de {options} ont changé de place : {listed}.",
        "Hamon 100 and Valls 50, then Hamon 50 and Valls 100, unit after unit.",
        limit=0.01,
        limit_is="share of the counted units, and more than one; or all of the contest",
        each=("{unit}", "{unit}"),
    ),
    "C312": Rule(
        WAIT,
        "{option} had {before} votes and has none any more.",
        "{option} avait {before} voix et n’en a plus aucune.",
        "A column that says 0 from top to bottom.",
        limit=10,
        limit_is="votes, so many or more",
    ),
}
