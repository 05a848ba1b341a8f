"""``soiree check``: what it says of official files and tables, to people and to machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main

FILES = Path(__file__).parent / "files"
MINISTRY = FILES / "french-ministry-2024"
HERAULT = FILES.parents[1] / "data" / "nights" / "herault-2017" / "final.csv"
ELECTION = """
id = "night"
title = "Night"
[[contest]]
id = "first"
date = 2024-06-30
timezone = "Europe/Paris"
[[contest.option]]
id = "martin"
name = "Élise Martin"
[[contest.option]]
id = "durand"
name = "Paul Durand"
[contest.units]
path = "units.csv"
[contest.results]
path = "results.csv"
format = "french-ministry-2024"
contest = "34 Martin"
columns = { options = { martin = "4", durand = "7" } }
"""

pytestmark = pytest.mark.usefixtures("default_signals")


@pytest.fixture
def default_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command gives SIGPIPE back its default, which would end the test's own process."""
    monkeypatch.setattr("signal.signal", lambda *_: None)


def check(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = main(["check", *map(str, arguments)])
    return code, with_plain_spaces(capsys.readouterr().out)


def with_plain_spaces(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    code, out = check(capsys, *arguments, "--json")
    return code, json.loads(out)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_line_names_the_format_in_both_languages(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    code, out = check(capsys, MINISTRY / "good.csv", "--lang", lang)
    assert code == 0
    assert out.splitlines()[0] == "Format: french-ministry-2024"
    assert "Numéro de panneau 1, Voix 1, Inscrits" in out.splitlines()[1]


def test_every_contest_with_its_options_units_and_totals(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out = check(capsys, MINISTRY / "good.csv", "--lang", "fr")
    assert out.splitlines()[1:] == [
        "Reconnu à : Numéro de panneau 1, Voix 1, Inscrits"
        " (Ministère de l’Intérieur, 2024 et après)",
        "",
        "Scrutin 34 Martin (bureau) : Martin, Durand",
        "Options (2) : Élise Martin, Paul Durand",
        "Unités : 2 sur 2 au complet, 0 en partie, 0 en vérification",
        "Totaux : inscrits 1 900, votants 1 300, blancs 18, nuls 7, exprimés 1 275",
        "  Élise Martin : 675 (52,9 %)",
        "  Paul Durand : 600 (47,1 %)",
        "",
        "Scrutin 34 Petit (bureau) : Petit, Leroy, Moreau",
        "Options (3) : Anne Petit, Hugo Leroy, Léa Moreau",
        "Unités : 1 sur 2 au complet, 0 en partie, 0 en vérification",
        "Totaux : inscrits 1 200, votants 900, blancs 12, nuls 8, exprimés 880",
        "  Anne Petit : 300 (34,1 %)",
        "  Hugo Leroy : 280 (31,8 %)",
        "  Léa Moreau : 300 (34,1 %)",
        "Aucune anomalie.",
    ]


def test_a_wrong_cell_is_said_with_its_place_and_ends_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = check(capsys, MINISTRY / "cell_letters.csv", "--lang", "en")
    assert code == 1
    assert out.splitlines()[-2:] == [
        "Findings (1):",
        "  R402: Line 2, unit 34172-0001, column 'Voix 1': found '3B5'; a whole number was"
        " expected.",
    ]


def test_an_official_file_that_cannot_be_read_still_says_its_format(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = check(capsys, MINISTRY / "torn.csv", "--lang", "en")
    assert code == 2
    assert out.splitlines()[0] == "Format: french-ministry-2024"
    assert "R105" in out


def test_a_structure_no_format_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = tmp_path / "results.json"
    strange.write_text('{"hello": []}', encoding="utf-8")
    code, out = check(capsys, strange, "--lang", "en")
    assert (code, "R604" in out) == (2, True)
    assert not out.startswith("Format")
    code, said = as_json(capsys, strange)
    assert (code, said["format"], said["contests"]) == (2, "", [])
    assert [(f["code"], f["severity"]) for f in said["findings"]] == [("R604", "refuse")]


def test_a_plain_table_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = check(capsys, HERAULT, "--lang", "en")
    assert code == 0
    assert out.splitlines()[:2] == [
        "Format: table",
        "Without an election file the columns are guessed from their headers.",
    ]


def test_one_contest_alone(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = as_json(capsys, MINISTRY / "good.csv", "--contest", "34 Petit")
    assert (code, [contest["id"] for contest in said["contests"]]) == (0, ["34 Petit"])
    code, out = check(capsys, MINISTRY / "good.csv", "--contest", "34 Grand", "--lang", "en")
    assert (code, "R609: The file has no contest '34 Grand'" in out) == (2, True)


def test_what_machines_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = as_json(capsys, MINISTRY / "cell_letters.csv")
    assert code == 1
    first, second = said["contests"]
    assert {key: said[key] for key in ("format", "title", "generated_at", "findings")} == {
        "format": "french-ministry-2024", "title": "", "generated_at": None, "findings": [],
    }  # fmt: skip
    assert first["units"] == {"counted": 1, "partial": 0, "waiting": 1, "held": 1, "expected": 2}
    assert first["options"][0] == {
        "id": "4", "name": "Élise Martin", "short_name": "Martin", "list": "ENS", "votes": 290,
    }  # fmt: skip
    assert first["totals"]["valid_votes"] == 590
    assert first["findings"] == [
        {
            "code": "R402",
            "severity": "hold",
            "message_fr": "Ligne 2, unité 34172-0001, colonne « Voix 1 » : « 3B5 » au lieu d’un"
            " nombre entier.",
            "message_en": "Line 2, unit 34172-0001, column 'Voix 1': found '3B5'; a whole number"
            " was expected.",
            "unit": "34172-0001",
            "line": 2,
            "column": "Voix 1",
        }
    ]
    assert second["findings"] == []


def test_what_is_wrong_with_the_file_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = as_json(capsys, MINISTRY / "row_cut.csv")
    everywhere = [f["code"] for part in (said, *said["contests"]) for f in part["findings"]]
    assert (code, everywhere) == (1, ["R204"])


def test_what_is_wrong_with_a_unit_is_said_of_its_contest_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (MINISTRY / "good.csv").read_text(encoding="utf-8")
    again = tmp_path / "again.csv"
    again.write_text(f"{text}34;Hérault;34172;Montpellier;1;1000\n", encoding="utf-8")
    code, said = as_json(capsys, again)
    codes = [[f["code"] for f in part["findings"]] for part in (said, *said["contests"])]
    assert (code, codes) == (1, [[], ["R204"], []])


def test_hundreds_of_contests_are_summed_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header, row, *_ = (MINISTRY / "good.csv").read_text(encoding="utf-8").splitlines()
    many = tmp_path / "many.csv"
    rows = [row.replace("MARTIN", f"MARTIN{n}").replace(";34172;", f";{n};") for n in range(100)]
    many.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    code, out = check(capsys, many, "--lang", "en")
    assert (code, len(out.splitlines())) == (0, 31)
    assert "Contests (100):" in out
    assert "  34 Martin0 (bureau): 2 options, 1 of 1 units complete, 685 valid votes" in out
    assert "  … and 75 more" in out
    _, said = as_json(capsys, many)
    assert len(said["contests"]) == 100


def test_with_an_election_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    election = tmp_path / "night.toml"
    election.write_text(ELECTION, encoding="utf-8")
    units = "code;name\n34172-0001;Montpellier 1\n34172-0002;Montpellier 2\n34172-0009;Other\n"
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    code, out = check(capsys, MINISTRY / "good.csv", "--election", election, "--lang", "en")
    assert code == 0
    assert out.splitlines()[0] == "Format: french-ministry-2024"
    assert "Contest first: Night" in out
    assert "Units: 2 of 3 complete, 0 partial, 0 in verification" in out


def test_a_contest_the_election_file_does_not_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    election = tmp_path / "night.toml"
    election.write_text(ELECTION, encoding="utf-8")
    (tmp_path / "units.csv").write_text("code;name\n34172-0001;A\n", encoding="utf-8")
    arguments = [str(MINISTRY / "good.csv"), "--election", str(election), "--contest", "second"]
    assert main(["check", *arguments]) == 2
    assert "found 'second', expected one of first." in capsys.readouterr().err
