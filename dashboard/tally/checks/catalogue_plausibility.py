"""The catalogue's lines about what is possible and not likely."""

from collections.abc import Mapping

from .rule import FLAG, HOLD, WAIT, Rule

PLAUSIBILITY: Mapping[str, Rule] = {
    "C401": Rule(
        HOLD,
        "{unit}: valid votes rise from {before} to {after}, yet every share is the same to the"
        " decimal.",
        "{unit} : les exprimés passent de {before} à {after}, mais toutes les parts restent les"
        " mêmes à la décimale près.",
        "1,249,126 valid votes become 1,601,139 and nobody's share moves: old percentages put to a"
        " new total.",
        limit=0.05,
        limit_is="share of the valid votes, the least rise; of four options or more, each the same"
        " to a hundredth of a point",
        of_a_unit=True,
    ),
    "C402": Rule(
        WAIT,
        "The valid votes of the units counted before rise from {before} to {after} in all, yet"
        " every share is the same to the decimal.",
        "Au total, les exprimés des unités déjà dépouillées passent de {before} à {after}, mais"
        " toutes les parts restent les mêmes à la décimale près.",
        "The same in every unit of a table, each too small to tell.",
        limit=0.05,
        limit_is="share of the valid votes, the least rise",
    ),
    "C403": Rule(
        FLAG,
        "{unit}: {share} of the ballots are blank or invalid; {usual} is usual.",
        "{unit} : {share} de blancs et nuls ; {usual} est habituel.",
        "Blank and invalid 15% of the ballots, 2% in the neighbouring stations.",
        limit=0.03,
        limit_is="share of the ballots, so much or more and out of line with the neighbours; five"
        " times as much where a unit has fewer than ten",
        of_a_unit=True,
        many=(
            "Units with unusually many blank and invalid ballots ({count}): {listed}.",
            "Unités aux blancs et nuls inhabituellement nombreux ({count}) : {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C404": Rule(
        FLAG,
        "{unit}: a turnout of {share}, where {usual} is usual around it.",
        "{unit} : une participation de {share}, alors que {usual} est habituel alentour.",
        "A turnout of 35% among stations that have 70%.",
        limit=0.15,
        limit_is="least difference from the neighbours",
        of_a_unit=True,
        many=(
            "Units whose turnout is out of line with their neighbours ({count}): {listed}.",
            "Unités dont la participation est sans rapport avec leurs voisines ({count}) :"
            " {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C405": Rule(
        FLAG,
        "{unit}: a turnout of {share}.",
        "{unit} : une participation de {share}.",
        "971 ballots cast of 1,000 registered voters.",
        limit=0.95,
        limit_is="turnout, so much or more where it is not usual; 0.99 where a unit has fewer than"
        " ten neighbours",
        of_a_unit=True,
        many=(
            "Units with an unusually high turnout ({count}): {listed}.",
            "Unités à la participation inhabituellement forte ({count}) : {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C406": Rule(
        FLAG,
        "{unit}: {share} for {option}, where {usual} is usual around it.",
        "{unit} : {share} pour {option}, alors que {usual} est habituel alentour.",
        "Hamon 85% in one of thirty stations that give him 35 to 55%.",
        limit=0.25,
        limit_is="least difference from the neighbours",
        of_a_unit=True,
        many=(
            "Units whose shares are out of line with their neighbours ({count}): {listed}.",
            "Unités dont les parts sont sans rapport avec leurs voisines ({count}) : {listed}.",
        ),
        each=("{unit} {option} {share}", "{unit} {option} {share}"),
    ),
    "C407": Rule(
        FLAG,
        "{unit}: {size} {what}, where {usual} is usual.",
        "{unit} : {size} {what}, alors que {usual} est habituel.",
        "9,870 registered voters where the election file has 987.",
        limit=10,
        limit_is="times the usual, so much or more",
        of_a_unit=True,
        many=(
            "Units many times their usual size ({count}): {listed}.",
            "Unités bien plus grandes que d’habitude ({count}) : {listed}.",
        ),
        each=("{unit} {size} {what}", "{unit} {size} {what}"),
    ),
    "C408": Rule(
        FLAG,
        "{unit} and {other} have exactly the same counts, {valid} valid votes.",
        "{unit} et {other} ont exactement le même décompte, {valid} exprimés.",
        "Two stations with the same eleven numbers.",
        limit=0.01,
        limit_is="chance that any two units of the contest agree so, less than it",
        of_a_unit=True,
        many=(
            "Units with exactly the counts of another ({count}): {listed}.",
            "Unités au décompte exactement égal à celui d’une autre ({count}) : {listed}.",
        ),
        each=("{unit} = {other}", "{unit} = {other}"),
    ),
    "C409": Rule(
        FLAG,
        "{unit}: {options} have exactly the same number of votes, {votes}.",
        "{unit} : {options} ont exactement le même nombre de voix, {votes}.",
        "1,612 votes for Hamon and 1,612 for Valls.",
        limit=1000,
        limit_is="votes, so many or more",
        of_a_unit=True,
        many=(
            "Units with the same number of votes for two options ({count}): {listed}.",
            "Unités au même nombre de voix pour deux options ({count}) : {listed}.",
        ),
        each=("{unit} {votes}", "{unit} {votes}"),
    ),
    "C410": Rule(
        FLAG,
        "{unit}: valid votes rise from {before} to {after} and hardly a share moves, which may be"
        " chance.",
        "{unit} : les exprimés passent de {before} à {after} et les parts ne bougent guère, ce qui"
        " peut être un hasard.",
        "A duel at 60.00 to 40.00 with 12,500 votes and with 16,000.",
        limit=0.05,
        limit_is="share of the valid votes, the least rise; each share the same to a tenth of a"
        " point, to a hundredth of two options",
        of_a_unit=True,
        many=(
            "Units whose votes rise while hardly a share moves ({count}): {listed}.",
            "Unités dont les voix augmentent sans que les parts bougent ({count}) : {listed}.",
        ),
        each=("{unit} {before} to {after}", "{unit} de {before} à {after}"),
    ),
    "C411": Rule(
        FLAG,
        "The valid votes of the units counted before rise from {before} to {after} in all and"
        " hardly a share moves, which may be chance.",
        "Au total, les exprimés des unités déjà dépouillées passent de {before} à {after} et les"
        " parts ne bougent guère, ce qui peut être un hasard.",
        "The same duel in every unit of a table, each too small to tell.",
        limit=0.05,
        limit_is="share of the valid votes, the least rise",
    ),
}
