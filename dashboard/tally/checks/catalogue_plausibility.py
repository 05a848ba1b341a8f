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
        limit_is="of the valid votes: the least rise",
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
        limit_is="of the valid votes: the least rise",
    ),
    "C403": Rule(
        FLAG,
        "{unit}: {share} of the ballots are blank or invalid; {usual} is usual.",
        "{unit} : {share} de blancs et nuls ; {usual} est habituel.",
        "Blank and invalid 15% of the ballots, 2% in the neighbouring stations.",
        limit=0.03,
        limit_is="of the ballots; so much or more, and out of line with the neighbours; five times"
        " as much where a unit has fewer than ten",
        of_a_unit=True,
        many=(
            "{count} units have unusually many blank and invalid ballots: {listed}.",
            "{count} unités ont des blancs et nuls inhabituellement nombreux : {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C404": Rule(
        FLAG,
        "{unit}: a turnout of {share}, where {usual} is usual around it.",
        "{unit} : une participation de {share}, alors que {usual} est habituel alentour.",
        "A turnout of 35% among stations that have 70%.",
        limit=0.15,
        limit_is="the least difference from the neighbours",
        of_a_unit=True,
        many=(
            "{count} units have a turnout out of line with their neighbours: {listed}.",
            "{count} unités ont une participation sans rapport avec leurs voisines : {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C405": Rule(
        FLAG,
        "{unit}: a turnout of {share}.",
        "{unit} : une participation de {share}.",
        "971 ballots cast of 1,000 registered voters.",
        limit=0.95,
        limit_is="the turnout; so much or more where it is not usual, 99% where a unit has fewer"
        " than ten neighbours",
        of_a_unit=True,
        many=(
            "{count} units have an unusually high turnout: {listed}.",
            "{count} unités ont une participation inhabituellement forte : {listed}.",
        ),
        each=("{unit} {share}", "{unit} {share}"),
    ),
    "C406": Rule(
        FLAG,
        "{unit}: {share} for {option}, where {usual} is usual around it.",
        "{unit} : {share} pour {option}, alors que {usual} est habituel alentour.",
        "Hamon 85% in one of thirty stations that give him 35 to 55%.",
        limit=0.25,
        limit_is="the least difference from the neighbours",
        of_a_unit=True,
        many=(
            "{count} units have shares out of line with their neighbours: {listed}.",
            "{count} unités ont des parts sans rapport avec leurs voisines : {listed}.",
        ),
        each=("{unit} {option} {share}", "{unit} {option} {share}"),
    ),
    "C407": Rule(
        FLAG,
        "{unit}: {size} {what}, where {usual} is usual.",
        "{unit} : {size} {what}, alors que {usual} est habituel.",
        "9,870 registered voters where the election file has 987.",
        limit=10,
        limit_is="times the usual; so much or more",
        of_a_unit=True,
        many=(
            "{count} units are many times their usual size: {listed}.",
            "{count} unités sont bien plus grandes que d’habitude : {listed}.",
        ),
        each=("{unit} {size} {what}", "{unit} {size} {what}"),
    ),
    "C408": Rule(
        FLAG,
        "{unit} and {other} have exactly the same counts, {valid} valid votes.",
        "{unit} et {other} ont exactement le même décompte, {valid} exprimés.",
        "Two stations with the same eleven numbers.",
        limit=0.01,
        limit_is="the chance that any two units of the contest agree so; less than it",
        of_a_unit=True,
        many=(
            "{count} units have exactly the counts of another one: {listed}.",
            "{count} unités ont exactement le décompte d’une autre : {listed}.",
        ),
        each=("{unit} = {other}", "{unit} = {other}"),
    ),
    "C409": Rule(
        FLAG,
        "{unit}: {options} have exactly the same number of votes, {votes}.",
        "{unit} : {options} ont exactement le même nombre de voix, {votes}.",
        "1,612 votes for Hamon and 1,612 for Valls.",
        limit=1000,
        limit_is="votes; so many or more",
        of_a_unit=True,
        many=(
            "{count} units have the same number of votes for two options: {listed}.",
            "{count} unités ont le même nombre de voix pour deux options : {listed}.",
        ),
        each=("{unit} {votes}", "{unit} {votes}"),
    ),
}
