"""R6: what is wrong with an official file, as the other codes in ``catalogue``."""

from collections.abc import Mapping

from .rule import FLAG, HOLD, REFUSE, Rule

OFFICIAL_CODES: Mapping[str, Rule] = {
    "R601": Rule(
        REFUSE,
        "Line {line}: the XML cannot be read ({why}).",
        "Ligne {line} : le XML ne peut pas être lu ({why_fr}).",
    ),
    "R602": Rule(
        REFUSE,
        "The file stops at line {line}, before its end.",
        "Le fichier s’arrête à la ligne {line}, avant sa fin.",
    ),
    "R603": Rule(
        REFUSE,
        "Line {line}: the JSON cannot be read ({why}).",
        "Ligne {line} : le JSON ne peut pas être lu ({why_fr}).",
    ),
    "R604": Rule(
        REFUSE,
        "The file is in none of the known formats; known: {known}.",
        "Le fichier n’est d’aucun des formats connus ; connus : {known}.",
    ),
    "R605": Rule(
        REFUSE,
        "The file holds no counts: it is {what}.",
        "Le fichier ne contient pas de décompte : c’est {what_fr}.",
    ),
    "R606": Rule(
        REFUSE,
        "The election file announces the format {expected}; the file is {actual}.",
        "Le fichier de l’élection annonce le format {expected} ; le fichier est {actual}.",
    ),
    "R607": Rule(
        REFUSE,
        "The file says that it is a test; the election file must allow that (accept_test = true).",
        "Le fichier se dit un essai ; le fichier de l’élection doit l’admettre"
        " (accept_test = true).",
    ),
    "R608": Rule(
        REFUSE,
        "The file is of the election of {day}; that of {expected} was expected.",
        "Le fichier est celui de l’élection du {day} ; on attendait celle du {expected}.",
    ),
    "R609": Rule(
        REFUSE,
        "The file has no contest {contest}; it has: {known}.",
        "Le fichier n’a pas de scrutin {contest} ; il a : {known}.",
    ),
    "R610": Rule(
        REFUSE,
        "The file has {count} contests and the election file names none (contest = …): {known}.",
        "Le fichier a {count} scrutins et le fichier de l’élection n’en nomme aucun"
        " (contest = …) : {known}.",
    ),
    "R611": Rule(
        REFUSE,
        "The file has no option {option}; it has: {known}.",
        "Le fichier n’a pas d’option {option} ; il a : {known}.",
    ),
    "R612": Rule(
        REFUSE,
        "Line {line}: {element} was expected and is missing.",
        "Ligne {line} : {element} était attendu et manque.",
    ),
    "R613": Rule(
        REFUSE,
        "The contest {contest} holds no reporting unit.",
        "Le scrutin {contest} ne contient aucune unité.",
    ),
    "R614": Rule(
        HOLD,
        "Line {line}, unit {unit}: two candidates or lists have the number {found}.",
        "Ligne {line}, unité {unit} : deux candidats ou listes ont le numéro {found}.",
    ),
    "R615": Rule(
        HOLD,
        "Line {line}, unit {unit}: the file has it in another contest, {contest}: with other"
        " candidates.",
        "Ligne {line}, unité {unit} : le fichier la donne dans un autre scrutin, {contest} : avec"
        " d’autres candidats.",
    ),
    "R616": Rule(
        REFUSE,
        "The name {found} is garbled: the file mixes or mislabels its encoding.",
        "Le nom {found} est abîmé : l’encodage du fichier est mêlé ou mal annoncé.",
    ),
    "R617": Rule(
        HOLD,
        "Line {line}, unit {unit}: number {found} is another candidate or list than elsewhere in"
        " the file.",
        "Ligne {line}, unité {unit} : le numéro {found} est un autre candidat ou une autre liste"
        " qu’ailleurs dans le fichier.",
    ),
    "R618": Rule(
        REFUSE,
        "The archive of files cannot be read: it is torn, locked or names a file twice.",
        "L’archive de fichiers ne peut pas être lue : elle est tronquée, verrouillée ou nomme deux"
        " fois un fichier.",
    ),
    "R641": Rule(
        REFUSE,
        "The contest {contest} has the option {option} more than once.",
        "Le scrutin {contest} a plusieurs fois l’option {option}.",
    ),
    "R642": Rule(
        REFUSE,
        "The file has {count} contests {contest}; one was expected.",
        "Le fichier a {count} scrutins {contest} ; un seul était attendu.",
    ),
    "R643": Rule(
        FLAG,
        "Line {line}: the file says that it corrects an earlier one; what it replaces is not read.",
        "Ligne {line} : le fichier dit en corriger un autre ; ce qu’il remplace n’est pas lu.",
    ),
    "R644": Rule(
        REFUSE,
        "The file is part {part} of {count}; the whole in one file was expected.",
        "Le fichier est la partie {part} sur {count} ; le tout dans un seul fichier était attendu.",
    ),
    "R645": Rule(
        REFUSE,
        "Line {line}: a second unit has the id {found}.",
        "Ligne {line} : une deuxième unité a l’identifiant {found}.",
    ),
    "R646": Rule(
        REFUSE,
        "The JSON says {found} twice in one object; which of the two is meant cannot be known.",
        "Le JSON dit deux fois {found} dans un même objet ; on ne peut savoir lequel vaut.",
    ),
    "R647": Rule(
        REFUSE,
        "Line {line}: {element} stands there a second time; once was expected.",
        "Ligne {line} : {element} y figure une deuxième fois ; une seule était attendue.",
    ),
    "R661": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: the status {found} is none that this format"
        " knows.",
        "Ligne {line}, unité {unit}, colonne {column} : le statut {found} n’est pas de ce format.",
    ),
}
