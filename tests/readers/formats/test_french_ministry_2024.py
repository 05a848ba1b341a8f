"""The ministry's table since 2024."""

from collections.abc import Mapping

import pytest

from dashboard import pipeline
from tests.builders import make_file

from .official import FILES, SHARED, counts, night, parse

HERE = FILES / "french-ministry-2024"
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "good_quoted_crlf.csv": [],
    "good_cp1252.csv": [],
    "cell_letters.csv": ["R402 34172-0001"],
    "cell_negative.csv": ["R403 34172-0001"],
    "cell_decimal.csv": ["R404 34172-0001"],
    "cell_empty.csv": ["R401 34172-0001"],
    "votes_above_valid.csv": ["C201 34172-0001"],
    "blank_does_not_add_up.csv": ["C202 34172-0001"],
    "more_cast_than_registered.csv": ["C203 34172-0001"],
    "unknown_station.csv": ["C204 34172-0003"],
    "repeated_station_same.csv": ["R302 34172-0001"],
    "repeated_station_different.csv": ["R303 34172-0001"],
    "row_cut.csv": ["R204 34172-0002"],
    "panel_number_changed.csv": ["R611"],
    "panel_number_twice.csv": ["R614 34172-0001"],
    "second_candidate_renamed_in_a_row.csv": ["R609"],
    "no_valid_votes_column.csv": ["R201"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
}
OTHERS = {"good_european_2024.csv", "good_municipal_2026.csv", "good_circonscriptions.csv",
          "good_nuances.csv", "good_senate.xlsx"}  # fmt: skip


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == {*FOUND, *OTHERS}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.csv").findings(HERE / name) == FOUND[name]


def test_a_unit_with_a_wrong_cell_is_not_said_to_be_gone() -> None:
    lunel = night(HERE / "good.csv")
    before = lunel.read(HERE / "good.csv")
    file = make_file((HERE / "cell_letters.csv").read_bytes())
    result = pipeline.read_contest(file, lunel.contest, before)
    assert [finding.code for finding in result.findings] == ["R402"]
    (code,) = (finding.unit for finding in result.findings)
    assert result.units[code].held and result.units[code].counts == before.units[code].counts


def test_candidates_tell_constituencies_apart() -> None:
    name, official = parse(HERE / "good.csv")
    assert name == "french-ministry-2024"
    assert [(c.id, len(c.rows)) for c in official.contests] == [("34 Martin", 2), ("34 Petit", 2)]
    lattes = night(HERE / "good.csv", "34 Petit")
    assert [o.name for o in lattes.contest.options] == ["Anne Petit", "Hugo Leroy", "Léa Moreau"]
    assert [u.code for u in lattes.contest.units] == ["34129-0001", "34129-0010"]


def test_a_station_with_nothing_in_it_waits() -> None:
    lattes = night(HERE / "good.csv", "34 Petit")
    result = lattes.read(HERE / "good.csv")
    assert [unit.status.value for unit in result.units.values()] == ["complete", "waiting"]
    assert counts(result).valid_votes == 880


def test_european_2024() -> None:
    _, official = parse(HERE / "good_european_2024.csv")
    [contest] = official.contests
    assert [(o.id, o.name, o.short_name, o.group) for o in contest.options] == [
        ("1", "DEMAIN EN EUROPE", "DEMAIN", "LDVG"),
        ("2", "AUTREMENT, ENSEMBLE", "AUTREMENT", "LDIV"),
        ("3", "ICI ET MAINTENANT", "ICI", "LDVD"),
    ]
    result = night(HERE / "good_european_2024.csv").read(HERE / "good_european_2024.csv")
    assert (result.findings, list(result.units)) == ((), ["34172-0001", "34172-0002"])
    assert counts(result).votes == {"demain": 550, "autrement": 380, "ici": 220}


def test_municipal_2026() -> None:
    """Each commune is a contest; a list is known by who leads it."""
    _, official = parse(HERE / "good_municipal_2026.csv")
    assert [(c.id, c.level, c.rows[0].code) for c in official.contests] == [
        ("34 Martin", "commune", "34172"), ("34 Roux", "commune", "34129"),
    ]  # fmt: skip
    [martin, _] = official.contests[0].options
    assert (martin.name, martin.group) == ("Élise Martin", "LA VILLE AUTREMENT")
    city = night(HERE / "good_municipal_2026.csv", "34 Martin")
    assert counts(city.read(HERE / "good_municipal_2026.csv")).votes == {
        "martin": 3000, "petit": 2500,
    }  # fmt: skip


def test_constituencies_that_begin_with_one_name_have_all_of_them() -> None:
    _, official = parse(HERE / "good_circonscriptions.csv")
    assert [(c.id, c.rows[0].code, c.rows[0].name) for c in official.contests] == [
        ("34 Élise Martin, Paul Durand", "3401", "Hérault, 1ère circonscription"),
        ("34 Anne Martin, Hugo Leroy", "3402", "Hérault, 2ème circonscription"),
        ("ZZ Noël", "ZZ01", "Français établis hors de France, 1ère circonscription"),
    ]


def test_of_nuances_a_place_that_lacks_one_has_no_vote_for_it() -> None:
    result = night(HERE / "good_nuances.csv").read(HERE / "good_nuances.csv")
    assert result.findings == ()
    assert counts(result).votes == {"dvg": 420, "dvd": 450, "eco": 100, "exg": 180}


def test_senate_without_panel_numbers() -> None:
    _, official = parse(HERE / "good_senate.xlsx")
    [contest] = official.contests
    assert [(o.id, o.name, o.group) for o in contest.options] == [
        ("MARTIN Marie", "Marie Martin", "UDI"), ("PETIT Luc", "Luc Petit", "DVG"),
    ]  # fmt: skip
    result = night(HERE / "good_senate.xlsx").read(HERE / "good_senate.xlsx")
    assert (result.findings, counts(result).valid_votes) == ((), 958)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("file", "contest", "units", "valid", "votes"),
    [
        ("circos23-tour1.csv", "29 Bréhier", 95, 53_426, 18_850),
        ("circos23-tour1.csv", "29 Colinet", 106, 67_160, 26_139),
        ("circos23-tour2.csv", "29 Larsonneur", 95, 53_916, 22_110),
        ("circos23-tour2.csv", "29 Le Gac", 106, 64_297, 44_449),
    ],
)
def test_brest_2024(file: str, contest: str, units: int, valid: int, votes: int) -> None:
    path = SHARED / "fr_brest2024" / file
    brest = night(path, contest)
    result = brest.read(path)
    assert (result.findings, len(result.units)) == ((), units)
    assert (counts(result).valid_votes, max(counts(result).votes.values())) == (valid, votes)
