"""The words of ``soiree post``."""

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "add": "Ajouté : {id}, à {time}. La vigie le publie à son prochain passage.",
        "edit": "Modifié : {id}. Les écrans le diront.",
        "pin": "Épinglé : {id}.",
        "unpin": "Désépinglé : {id}.",
        "retract": "Retiré : {id}. Son texte ne reste que dans {history}.",
        "unknown": "{file} n’a pas de publication {id} ; « soiree post {election} list » les donne "
        "toutes.",
        "taken": "{file} a déjà une publication {id} ; un autre identifiant était attendu.",
        "unchanged": "{id} dit déjà cela : rien n’est modifié.",
        "refused": "Rien n’est écrit. {sentence}",
        "none": "{file} ne contient aucune publication.",
        "pinned": "épinglée",
        "edited": "modifiée",
        "unwritable": "{file} ne peut pas être écrit : {why}.",
        "unreadable": "{file} ne peut pas être modifié. {sentence}",
        "of_others": "{file} est un fil que d’autres écrivent ; un fichier CSV ou JSON Lines était "
        "attendu.",
    },
    "en": {
        "add": "Added: {id}, at {time}. The watcher publishes it at its next look.",
        "edit": "Edited: {id}. The screens will say so.",
        "pin": "Pinned: {id}.",
        "unpin": "Unpinned: {id}.",
        "retract": "Retracted: {id}. Its text only stays in {history}.",
        "unknown": "{file} has no post {id}; “soiree post {election} list” gives them all.",
        "taken": "{file} already has a post {id}; another id was expected.",
        "unchanged": "{id} already says so: nothing is changed.",
        "refused": "Nothing is written. {sentence}",
        "none": "{file} holds no post.",
        "pinned": "pinned",
        "edited": "edited",
        "unwritable": "{file} cannot be written: {why}.",
        "unreadable": "{file} cannot be changed. {sentence}",
        "of_others": "{file} is a feed that others write; a CSV or JSON Lines file was expected.",
    },
}
