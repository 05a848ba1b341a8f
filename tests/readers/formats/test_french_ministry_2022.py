"""The ministry's table up to 2022, as text and as workbooks."""

from collections.abc import Mapping

import pytest

from dashboard.model import CountStatus

from .official import FILES, SHARED, counts, night, parse, wrong

HERE = FILES / "french-ministry-2022"
# What a file says when it is read as the night of good.csv.
FOUND: Mapping[str, list[str]] = {
    "good.csv": [],
    "good_cp1252_crlf.txt": [],
    "candidates_in_another_order.csv": [],
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
    "cell_lost.csv": ["R204 34172-0002"],
    "row_without_a_place.csv": ["R205"],
    "panel_number_twice.csv": ["R614 34172-0001"],
    "panel_number_changed.csv": ["R611"],
    "candidate_renamed_in_a_row.csv": ["R615 34172-0001"],
    "second_candidate_renamed_in_a_row.csv": ["R615 34172-0001"],
    "no_valid_votes_column.csv": ["R606"],
    "candidate_column_renamed.csv": ["R201"],
    "votes_column_before_the_candidates.csv": ["R201"],
    "place_behind_the_candidates.csv": ["R201"],
    "garbled_candidate.csv": ["R609"],
    "garbled_commune.csv": ["R109"],
    "header_only.csv": ["R613"],
    "torn.csv": ["R105"],
}
# And as the night of good_by_departement.csv.
FOUND_BY_DEPARTEMENT: Mapping[str, list[str]] = {
    "good_by_departement.csv": [],
    "good.xlsx": [],
    "good_prose.xls": [],
    "state_unknown.csv": ["R307 34"],
    "torn.xls": ["R606"],
}
OTHERS = {"good_municipal_2014.txt", "good_european_2019.csv", "good_departmental.csv",
          "good_nuances.csv"}  # fmt: skip


def test_every_file_is_listed() -> None:
    listed = {*FOUND, *FOUND_BY_DEPARTEMENT, *OTHERS}
    assert {path.name for path in HERE.iterdir()} == listed


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_in_a_file(name: str) -> None:
    assert night(HERE / "good.csv").findings(HERE / name) == FOUND[name]


@pytest.mark.parametrize("name", FOUND_BY_DEPARTEMENT)
def test_all_that_is_found_in_a_file_by_departement(name: str) -> None:
    found = night(HERE / "good_by_departement.csv").findings(HERE / name)
    assert found == FOUND_BY_DEPARTEMENT[name]


def test_the_state_of_a_row_is_its_status() -> None:
    """A row with nothing in it waits, unless it says that it is complete."""
    result = night(HERE / "good_by_departement.csv").read(HERE / "good_by_departement.csv")
    assert {code: unit.status.value for code, unit in result.units.items()} == {
        "01": "complete", "34": "partial", "2A": "waiting", "ZA": "complete",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["good.xlsx", "good_prose.xls"])
def test_a_workbook_says_what_the_text_says(name: str) -> None:
    text = night(HERE / "good_by_departement.csv")
    of_text = text.read(HERE / "good_by_departement.csv")
    assert text.read(HERE / name).units == of_text.units


def test_a_unit_among_other_candidates_does_not_wait_in_silence() -> None:
    """One name differs in one row: what the file then calls another contest is said."""
    _, official = parse(HERE / "second_candidate_renamed_in_a_row.csv")
    assert [(c.id, len(c.rows)) for c in official.contests] == [
        ("34 Élise Martin, Paul De Vile, Anne Lefèvre", 1), ("34 Martin", 3),
    ]  # fmt: skip
    result = night(HERE / "good.csv").read(HERE / "second_candidate_renamed_in_a_row.csv")
    held = result.units["34172-0001"]
    assert (held.held, held.status, held.counts) == (True, CountStatus.WAITING, None)


def test_municipal_2014() -> None:
    """Blank and invalid ballots are one number; zeros stand before the figures."""
    name, official = parse(HERE / "good_municipal_2014.txt")
    assert name == "french-ministry-2022"
    assert official.generated_at is not None
    assert official.generated_at.isoformat() == "2014-03-31T09:33:41+02:00"
    assert [c.id for c in official.contests] == ["01 Martin", "01 Roux"]
    [martin, _] = official.contests[0].options
    assert (martin.name, martin.group) == ("Josiane Martin", "VILLENEUVE AMBITION")
    city = night(HERE / "good_municipal_2014.txt", "01 Martin")
    result = city.read(HERE / "good_municipal_2014.txt")
    assert (result.findings, list(result.units)) == ((), ["01004"])
    assert (counts(result).blank_or_invalid_ballots, counts(result).valid_votes) == (211, 2149)


def test_european_2019() -> None:
    _, official = parse(HERE / "good_european_2019.csv")
    [contest] = official.contests
    assert [(o.id, o.name, o.short_name) for o in contest.options] == [
        ("1", "DEMAIN EN EUROPE", "DEMAIN"),
        ("2", "AUTREMENT, ENSEMBLE", "AUTREMENT"),
        ("3", "ICI ET MAINTENANT", "ICI"),
    ]


def test_departmental() -> None:
    _, official = parse(HERE / "good_departmental.csv")
    assert [(c.level, c.rows[0].code, c.options[0].name, c.options[0].group)
            for c in official.contests] == [
        ("canton", "3412", "Mme Élise MARTIN et M. Paul DURAND", "BC-DVG"),
        ("canton", "3413", "Mme Zoé NOËL et M. Jean ABEL", "BC-DIV"),
    ]  # fmt: skip


def test_of_nuances_a_place_that_lacks_one_has_no_vote_for_it() -> None:
    result = night(HERE / "good_nuances.csv").read(HERE / "good_nuances.csv")
    assert result.findings == ()
    assert counts(result).votes == {"dvg": 420, "dvd": 450, "eco": 100, "exg": 180}
    aisne = result.units["02"].counts
    assert aisne is not None
    assert aisne.votes["eco"] == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("level", "units", "registered", "valid", "votes"),
    [
        # The declared result of the first round: 35,132,947 valid votes, 9,783,058 for Macron.
        ("cirlg-t1", 577, 48_747_876, 35_132_947, {"macron": 9_783_058, "le-pen": 8_133_828}),
        ("dpt-t1", 107, 48_747_876, 35_132_947, {"macron": 9_783_058, "le-pen": 8_133_828}),
        # Of the evening, before the declared one; the regions leave out what is in none.
        ("fe-t1", 1, 48_747_826, 35_143_011, {"macron": 9_785_601, "le-pen": 8_136_322}),
        ("reg-t1", 18, 46_848_794, 34_487_038, {"macron": 9_500_715, "le-pen": 8_079_987}),
        ("cirlg-t2", 577, 48_752_211, 32_077_527, {"macron": 18_779_666, "le-pen": 13_297_861}),
        ("dpt-t2", 107, 48_752_427, 32_077_524, {"macron": 18_779_663, "le-pen": 13_297_861}),
    ],
)
def test_presidential_2022(
    level: str, units: int, registered: int, valid: int, votes: Mapping[str, int]
) -> None:
    path = SHARED / "fr_pres2022_xlsx" / f"resultats-par-niveau-{level}-france-entiere.xlsx"
    result = night(path).read(path)
    total = counts(result)
    assert (wrong(result), len(result.units)) == ([], units)
    assert (total.registered_voters, total.valid_votes) == (registered, valid)
    assert total.votes.items() >= votes.items()
    assert sum(total.votes.values()) == valid
