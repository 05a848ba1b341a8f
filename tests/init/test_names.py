"""Names from files that shout, with parties behind them, of people with a surname."""

import pytest

from dashboard.init.names import PERSONS, PLACES, calm, surnames, without_party
from dashboard.init.parties import AMERICAN


@pytest.mark.parametrize(
    ("shouted", "calmed"),
    [
        ("SAINT-JEAN-DE-VÉDAS", "Saint-Jean-de-Védas"),
        ("L'ISLE-ADAM", "L'Isle-Adam"),
        ("LE CRÈS", "Le Crès"),
        ("MONTPELLIER", "Montpellier"),
        ("CHÂLONS-EN-CHAMPAGNE", "Châlons-en-Champagne"),
        ("LA", "LA"),
    ],
)
def test_places(shouted: str, calmed: str) -> None:
    assert calm([shouted], PLACES) == [calmed]


def test_people_and_parties() -> None:
    names = ["MARINE LE PEN", "ANNE D'ARC", "GRÜNE", "DIE LINKE", "HENRY MARTIN III", "JO X (REP)"]
    assert calm(names, PERSONS, words=2) == [
        "Marine Le Pen", "Anne d'Arc", "GRÜNE", "Die Linke", "Henry Martin III", "Jo X (REP)",
    ]  # fmt: skip


def test_one_abbreviation_among_names_is_left_alone() -> None:
    names = ["Baden-Baden", "ASNOIS", "Berlin", "Köln"]
    assert calm(names, PLACES) == names
    assert calm([], PLACES) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jo Jorgensen (Lib)", ("Jo Jorgensen", "Lib")),
        ("Donald J. Trump (I) (Rep)", ("Donald J. Trump (I)", "Rep")),
        ("US Senate (Perdue)", ("US Senate (Perdue)", "")),
        ("(Rep)", ("(Rep)", "")),
    ],
)
def test_the_party_behind_a_name(name: str, expected: tuple[str, str]) -> None:
    assert without_party(name, AMERICAN) == expected


@pytest.mark.parametrize(
    ("full", "short"),
    [
        (["Donald J. Trump (I)", "Joseph R. Biden"], ["Trump", "Biden"]),
        (["Chris Van Hollen", "Cory Booker Jr."], ["Van Hollen", "Booker"]),
        (["No Preference", "Ted Cruz"], ["No Preference", "Cruz"]),
        (["Jo Martin", "Ann Martin", "Al Petit"], ["Jo Martin", "Ann Martin", "Petit"]),
        (["Yes", "No"], ["Yes", "No"]),
        (["Write-in votes", "Jo X"], ["Write-in votes", "X"]),
    ],
)
def test_what_a_headline_says(full: list[str], short: list[str]) -> None:
    assert surnames(full) == short
