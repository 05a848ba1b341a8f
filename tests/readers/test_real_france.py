"""Real French tables read through a description alone, without the reader of their format."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dashboard import pipeline
from dashboard.model import Contest, ReportingUnit, TableColumns
from tests.builders import make_file

from .real import WHEN_AT_HAND, content, contest, lines, read_real, totals

pytestmark = WHEN_AT_HAND

NAMED = "fr_herault_communes_csv/herault_pres2017_t1_named.csv"
HERAULT = (
    "LE PEN",
    "MÉLENCHON",
    "MACRON",
    "FILLON",
    "DUPONT-AIGNAN",
    "LASSALLE",
    "HAMON",
    "ASSELINEAU",
    "POUTOU",
    "ARTHAUD",
    "CHEMINADE",
)
BREST = TableColumns(
    unit=("Code commune", "Code BV"),
    registered_voters="Inscrits",
    ballots_cast="Votants",
    blank_ballots="Blancs",
    invalid_ballots="Nuls",
    valid_votes="Exprimés",
)


def test_herault_2017_presidential_by_commune() -> None:
    described = contest(
        HERAULT,
        TableColumns(
            unit=("insee",),
            options={name: name for name in HERAULT},
            registered_voters="inscrits",
            ballots_cast="votants",
            valid_votes="exprimes",
        ),
    )
    reading = read_real(NAMED, described)
    sums = totals(reading, described)
    assert (sums["units"], sums["valid"]) == (343, 626_844)
    assert (sums["LE PEN"], sums["MÉLENCHON"], sums["HAMON"]) == (161_119, 143_996, 36_180)
    for result in reading.results.values():
        assert result.counts is not None
        assert sum(result.counts.votes.values()) == result.counts.valid_votes


def test_herault_2017_with_numbered_columns() -> None:
    """The same table as it was published: candidates by number, then abstentions and invalid."""
    described = contest(
        HERAULT,
        TableColumns(
            unit=("insee",),
            options={name: f"nb_voix{n}" for n, name in enumerate(HERAULT, start=1)},
            registered_voters="nb_inscrits",
            ballots_cast="nb_votants",
            invalid_ballots="nb_voix14",
            valid_votes="nb_exprimes",
        ),
    )
    reading = read_real("fr_herault_communes_csv/34.csv", described)
    named = {line["insee"]: line for line in lines(NAMED, ";")}
    assert len(reading.results) == 343
    for code, result in reading.results.items():
        assert result.counts is not None
        assert {name: int(named[code][name]) for name in HERAULT} == result.counts.votes


def test_france_2022_by_departement_and_candidate() -> None:
    """Every département's votes are the valid votes that the table of turnout has for it."""
    path = "fr_pres2022_csv/resultats-par-dpt-candidats.csv"
    names = list(dict.fromkeys(line["Nom"] for line in lines(path, ";")))
    described = contest(
        names,
        TableColumns(
            unit=("Code du département",),
            option="Nom",
            votes="Voix",
            option_values={name: name for name in names},
        ),
    )
    reading = read_real(path, described)
    turnout = {
        line["Code du département"]: int(line["Exprimés"])
        for line in lines("fr_pres2022_csv/resultats-par-dpt-france-entiere.csv", ";")
    }
    valid = {
        code: result.counts.valid_votes if result.counts else None
        for code, result in reading.results.items()
    }
    assert valid == turnout
    sums = totals(reading, described)
    assert (sums["units"], sums["valid"]) == (106, 34_643_571)
    assert (sums["MACRON"], sums["LE PEN"], sums["MÉLENCHON"]) == (9_560_547, 8_109_834, 7_605_474)


LEGISLATIVES = TableColumns(
    unit=("circo_id",),
    option="nuance_candidat_e",
    votes="voix",
    split="numero_panneau",
    absent="zero",
    registered_voters="inscriptions",
    ballots_cast="votes",
    blank_ballots="votes_blancs",
    invalid_ballots="votes_nuls",
    valid_votes="votes_exprimes",
)


def test_france_2024_legislatives_by_constituency_and_nuance() -> None:
    """Several candidates may share a nuance, and none has candidates everywhere. The provisional
    numbers of four constituencies do not add up, by one or two votes, and they are held."""
    path = "fr_leg2024/resultats_provisoires_par_candidat-e.csv"
    votes = Counter[str]()
    for line in lines(path):
        votes[line["nuance_candidat_e"]] += int(line["voix"])
    columns = replace(LEGISLATIVES, option_values={name: name for name in votes})
    described = contest(list(votes), columns)
    reading = read_real(path, described)
    sums = totals(reading, described)
    assert (sums["units"], sums["valid"]) == (558, 31_254_420)
    assert {name: sums[name] for name in votes} == votes
    assert sum(votes.values()) == 31_254_418
    night = replace(described, units=tuple(ReportingUnit(code, code) for code in reading.results))
    result = pipeline.read_contest(make_file(content(path)), night, None)
    assert [(f.code, f.unit) for f in result.findings] == [
        ("C201", "1602"), ("C201", "2704"), ("C201", "3404"), ("C201", "7502"),
    ]  # fmt: skip


def test_a_made_up_legislative_election_by_constituency_and_nuance() -> None:
    path = "fr_leg_cartelegislatives/resultats.csv"
    votes = Counter[str]()
    for line in lines(path):
        votes[line["nuanceCode"]] += int(line["voix"])
    described = contest(
        list(votes),
        TableColumns(
            unit=("dep2", "circo"),
            option="nuanceCode",
            votes="voix",
            option_values={name: name for name in votes},
            split="pano",
            absent="zero",
        ),
    )
    sums = totals(read_real(path, described), described)
    assert {name: sums[name] for name in votes} == votes
    assert (sums["units"], sums["valid"], sums["REM"]) == (574, 16_001_940, 8_523_346)


def brest(names: Sequence[str]) -> Contest:
    """One constituency: its candidates' places are checked by the names beside the votes."""
    return contest(
        names,
        replace(BREST, options={name: f"Voix {n}" for n, name in enumerate(names, start=1)}),
        where={f"Nom candidat {n}": name for n, name in enumerate(names, start=1)},
        pad_unit=4,
    )


@pytest.mark.parametrize(
    ("path", "names", "units", "valid", "first"),
    [
        ("circos23-tour2.csv", ("LARSONNEUR", "CADALEN", "KERVELLA"), 95, 53_916, 19_239),
        ("circos23-tour2.csv", ("LE GAC", "DONVAL"), 106, 64_297, 44_449),
        ("circos23-tour1.csv", ("BRÉHIER", "HENRY", "LARSONNEUR"), 95, 53_426, 9_105),
    ],
)
def test_brest_2024_by_polling_station(
    path: str, names: Sequence[str], units: int, valid: int, first: int
) -> None:
    described = brest(names)
    reading = read_real(f"fr_brest2024/{path}", described)
    sums = totals(reading, described)
    assert (sums["units"], sums["valid"], sums[names[0]]) == (units, valid, first)
    assert all(len(code) == len("29019-0027") for code in reading.results)
