"""Every finding a reader or the feed can make: code, severity, sentence in both languages.

In the sentences ``{unit}``, ``{line}`` and ``{column}`` are the finding's own; whatever else is in
braces is given by the caller. R1 the file, R2 its table, R3 its rows, R4 its cells, R5 the feed,
R6 what an official file says of itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Severity

REFUSE, HOLD, FLAG = Severity.REFUSE, Severity.HOLD, Severity.FLAG


@dataclass(frozen=True, slots=True)
class Rule:
    severity: Severity
    en: str
    fr: str


CODES: Mapping[str, Rule] = {
    "R101": Rule(
        REFUSE,
        "The file is empty; a table with a header was expected.",
        "Le fichier est vide ; un tableau avec un en-tête était attendu.",
    ),
    "R102": Rule(
        REFUSE,
        "The file is {what}; a CSV, TSV or XLSX table was expected.",
        "Le fichier est {what_fr} ; un tableau CSV, TSV ou XLSX était attendu.",
    ),
    "R103": Rule(
        REFUSE,
        "Line {line}: the bytes are not {encoding} text.",
        "Ligne {line} : les octets ne sont pas du texte {encoding}.",
    ),
    "R104": Rule(
        REFUSE,
        "Line {line}: a NUL character, which no text file contains.",
        "Ligne {line} : un caractère nul, qu’aucun fichier texte ne contient.",
    ),
    "R105": Rule(
        REFUSE,
        "Line {line}: the file stops in the middle of its last row.",
        "Ligne {line} : le fichier s’arrête au milieu de sa dernière ligne.",
    ),
    "R106": Rule(
        REFUSE,
        "The file has {found} {what}; at most {limit} are read.",
        "Le fichier compte {found} {what_fr} ; au plus {limit} sont lus.",
    ),
    "R107": Rule(
        REFUSE,
        "The workbook cannot be read: {why}.",
        "Le classeur ne peut pas être lu : {why_fr}.",
    ),
    "R108": Rule(
        REFUSE,
        "Line {line}: a quotation mark is opened or closed in the wrong place.",
        "Ligne {line} : un guillemet est ouvert ou fermé au mauvais endroit.",
    ),
    "R109": Rule(
        FLAG,
        "Line {line}: garbled accents ({found}); the file mixes or mislabels its encoding.",
        "Ligne {line} : accents abîmés ({found}) ; l’encodage du fichier est mêlé ou mal annoncé.",
    ),
    "R110": Rule(
        FLAG,
        "Line {line}: a hidden line separator (U+2028 or U+2029) inside a row.",
        "Ligne {line} : un séparateur de ligne caché (U+2028 ou U+2029) dans une ligne.",
    ),
    "R111": Rule(
        REFUSE,
        "The election file asks for the encoding {encoding}, which is not known.",
        "Le fichier de l’élection demande l’encodage {encoding}, qui n’est pas connu.",
    ),
    "R112": Rule(
        FLAG,
        "The file is in CP850, the encoding of DOS, and is read so.",
        "Le fichier est en CP850, l’encodage de DOS, et lu comme tel.",
    ),
    "R201": Rule(
        REFUSE,
        "Line {line}: missing in the header: {missing}.",
        "Ligne {line} : manque dans l’en-tête : {missing_fr}.",
    ),
    "R202": Rule(
        REFUSE,
        "Line {line}: the header names column {column} {count} times; once was expected.",
        "Ligne {line} : l’en-tête nomme {count} fois la colonne {column} ; une seule attendue.",
    ),
    "R203": Rule(
        REFUSE,
        "Every row has a number of cells other than the {expected} of the header; line {line} has"
        " {found}.",
        "Aucune ligne n’a les {expected} cellules de l’en-tête ; la ligne {line} en a {found}.",
    ),
    "R204": Rule(
        HOLD,
        "Line {line}, unit {unit}: {found} cells where the header has {expected}.",
        "Ligne {line}, unité {unit} : {found} cellules alors que l’en-tête en a {expected}.",
    ),
    "R205": Rule(
        FLAG,
        "Line {line}: {found} cells where the header has {expected}; no known unit is named, the"
        " row is left out.",
        "Ligne {line} : {found} cellules alors que l’en-tête en a {expected} ; aucune unité connue"
        " n’y est nommée, la ligne est laissée de côté.",
    ),
    "R206": Rule(
        REFUSE,
        "The file has a header but no row of results{filtered}.",
        "Le fichier a un en-tête mais aucune ligne de résultats{filtered_fr}.",
    ),
    "R207": Rule(
        REFUSE,
        "The election file does not describe this table: {why}.",
        "Le fichier de l’élection ne décrit pas ce tableau : {why_fr}.",
    ),
    "R208": Rule(
        REFUSE,
        "The election file asks for the format {format}; known: {known}.",
        "Le fichier de l’élection demande le format {format} ; connus : {known}.",
    ),
    "R209": Rule(
        FLAG,
        "Every row ends with {found} empty cells more than the header; they are ignored.",
        "Chaque ligne finit par {found} cellules vides de plus que l’en-tête ; ignorées.",
    ),
    "R210": Rule(
        REFUSE,
        "Line {line}: no header looks like {what}; an election file must say. Found: {header}.",
        "Ligne {line} : aucun en-tête ne ressemble à {what_fr} ; un fichier d’élection doit le"
        " dire. Trouvé : {header}.",
    ),
    "R301": Rule(
        FLAG,
        "Line {line}, column {column}: no readable unit code ({found}); the row is left out.",
        "Ligne {line}, colonne {column} : pas de code d’unité lisible ({found}) ; ligne laissée"
        " de côté.",
    ),
    "R302": Rule(
        FLAG,
        "Line {line}: unit {unit} is repeated with the same values; counted once.",
        "Ligne {line} : l’unité {unit} est répétée avec les mêmes valeurs ; comptée une fois.",
    ),
    "R303": Rule(
        HOLD,
        "Line {line}: unit {unit} is repeated with other values; one row was expected.",
        "Ligne {line} : l’unité {unit} est répétée avec d’autres valeurs ; une seule ligne"
        " attendue.",
    ),
    "R304": Rule(
        FLAG,
        "Line {line}, column {column}: {found} is not in the election file; it has no vote.",
        "Ligne {line}, colonne {column} : {found} n’est pas dans le fichier de l’élection ; aucune"
        " voix.",
    ),
    "R305": Rule(
        HOLD,
        "Line {line}, unit {unit}: {found} is not in the election file, yet has {votes} votes.",
        "Ligne {line}, unité {unit} : {found} n’est pas dans le fichier de l’élection mais a"
        " {votes} voix.",
    ),
    "R306": Rule(
        HOLD,
        "Unit {unit} has no row for {option}; one was expected.",
        "L’unité {unit} n’a pas de ligne pour {option} ; une était attendue.",
    ),
    "R307": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: the status {found} is not described in the"
        " election file.",
        "Ligne {line}, unité {unit}, colonne {column} : le statut {found} n’est pas décrit dans le"
        " fichier de l’élection.",
    ),
    "R308": Rule(
        HOLD,
        "Unit {unit}: its rows, from line {line} on, disagree in column {column}.",
        "Unité {unit} : ses lignes, à partir de la ligne {line}, diffèrent dans la colonne"
        " {column}.",
    ),
    "R401": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: empty; a whole number was expected.",
        "Ligne {line}, unité {unit}, colonne {column} : vide ; un nombre entier était attendu.",
    ),
    "R402": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: found {found}; a whole number was expected.",
        "Ligne {line}, unité {unit}, colonne {column} : {found} au lieu d’un nombre entier.",
    ),
    "R403": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: found {found}; a count is never negative.",
        "Ligne {line}, unité {unit}, colonne {column} : {found} ; un décompte n’est jamais"
        " négatif.",
    ),
    "R404": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: found {found}; a count has no decimals.",
        "Ligne {line}, unité {unit}, colonne {column} : {found} ; un décompte n’a pas de"
        " décimales.",
    ),
    "R405": Rule(
        HOLD,
        "Line {line}, unit {unit}, column {column}: found {found}; more than a hundred million"
        " cannot be a count.",
        "Ligne {line}, unité {unit}, colonne {column} : {found} ; plus de cent millions ne peut"
        " être un décompte.",
    ),
    "R406": Rule(
        HOLD,
        "Line {line}, unit {unit}: {votes} votes for the named options exceed the {valid} valid"
        " votes.",
        "Ligne {line}, unité {unit} : {votes} voix nommées dépassent les {valid} exprimés.",
    ),
    "R501": Rule(
        FLAG,
        "Line {line}: the post has no text and is left out.",
        "Ligne {line} : la publication n’a pas de texte et est laissée de côté.",
    ),
    "R502": Rule(
        FLAG,
        "Line {line}: the time {found} is neither HH:MM[:SS] nor an ISO date and time; the post is"
        " left out.",
        "Ligne {line} : l’heure {found} n’est ni HH:MM[:SS] ni une date et heure ISO ; la"
        " publication est laissée de côté.",
    ),
    "R503": Rule(
        FLAG,
        "Line {line}: the kind {found} is not known; shown as a note.",
        "Ligne {line} : le genre {found} n’est pas connu ; publié comme note.",
    ),
    "R504": Rule(
        FLAG,
        "Line {line}: the address {found} is not http or https; shown without a link.",
        "Ligne {line} : l’adresse {found} n’est ni http ni https ; publiée sans lien.",
    ),
    "R505": Rule(
        FLAG,
        "Line {line}: not a JSON object; the post is left out.",
        "Ligne {line} : ce n’est pas un objet JSON ; la publication est laissée de côté.",
    ),
    "R506": Rule(
        FLAG,
        "Line {line}: {found} cells where the header has {expected}; the post is left out.",
        "Ligne {line} : {found} cellules alors que l’en-tête en a {expected} ; la publication est"
        " laissée de côté.",
    ),
    "R507": Rule(
        FLAG,
        "Line {line}: a second post with the id {found}; only the last one is shown.",
        "Ligne {line} : une deuxième publication d’identifiant {found} ; seule la dernière est"
        " publiée.",
    ),
    "R508": Rule(
        FLAG,
        "Line {line}: pinned says {found} where yes or no was expected; shown unpinned.",
        "Ligne {line} : l’épinglage dit {found} au lieu de oui ou non ; publiée sans épingle.",
    ),
    "R509": Rule(
        FLAG,
        "Line {line}: the post is longer than {limit} characters and is shortened.",
        "Ligne {line} : la publication dépasse {limit} caractères et est raccourcie.",
    ),
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
