"""Every finding a reader or the feed can make: code, severity, sentence in both languages.

In the sentences ``{unit}``, ``{line}`` and ``{column}`` are the finding's own; whatever else is in
braces is given by the caller. R1 the file, R2 its table, R3 its rows, R4 its cells, R5 the feed,
R6 what an official file says of itself.
"""

from collections.abc import Mapping

from .catalogue_official import OFFICIAL_CODES
from .rule import FLAG, HOLD, REFUSE, Rule

_OF_ALL: Mapping[str, Rule] = {
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
        "Line {line}: {column} says {found} where yes or no was expected; taken as no.",
        "Ligne {line} : {column} dit {found} au lieu de oui ou non ; compris comme non.",
    ),
    "R509": Rule(
        FLAG,
        "Line {line}: the post is longer than {limit} characters and is shortened.",
        "Ligne {line} : la publication dépasse {limit} caractères et est raccourcie.",
    ),
}
CODES: Mapping[str, Rule] = {**_OF_ALL, **OFFICIAL_CODES}
