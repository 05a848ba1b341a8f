"""Real files read through a description alone; skipped where ../shared/data is not at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model import Contest, Option, StatusRule, TableColumns
from dashboard.readers import Reading, read
from tests.builders import make_file

from .tables import SHARED, WIDE

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")

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


def contest(
    options: Sequence[str], columns: TableColumns, rest: str = "", **source: Any
) -> Contest:
    ballot = [Option(option, option, option) for option in options]
    if rest:
        ballot.append(Option(rest, rest, rest, remainder=True))
    return replace(
        WIDE, options=tuple(ballot), source=replace(WIDE.source, columns=columns, **source)
    )


def read_real(path: str, described: Contest) -> Reading:
    reading = read(make_file((SHARED / path).read_bytes()), described)
    assert reading.findings == ()
    return reading


def totals(reading: Reading, described: Contest) -> Mapping[str, int]:
    """Votes by option, "valid" and "units": what is counted in all."""
    counted = [result.counts for result in reading.results.values() if result.counts]
    votes = {
        option.id: sum(counts.votes[option.id] for counts in counted)
        for option in described.options
    }
    return votes | {"valid": sum(counts.valid_votes for counts in counted), "units": len(counted)}


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
    reading = read_real("fr_herault_communes_csv/herault_pres2017_t1_named.csv", described)
    sums = totals(reading, described)
    assert (sums["units"], sums["valid"]) == (343, 626_844)
    assert (sums["LE PEN"], sums["MÉLENCHON"], sums["HAMON"]) == (161_119, 143_996, 36_180)
    for result in reading.results.values():
        assert result.counts is not None
        assert sum(result.counts.votes.values()) == result.counts.valid_votes


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


def test_us_counties_2024_with_the_others_as_remainder() -> None:
    described = contest(
        ("trump", "harris"),
        TableColumns(
            unit=("county_fips",),
            options={"trump": "votes_gop", "harris": "votes_dem"},
            valid_votes="total_votes",
        ),
        rest="others",
        pad_unit=5,
    )
    path = "us_county_pres/2024_US_County_Level_Presidential_Results.csv"
    assert totals(read_real(path, described), described) == {
        "trump": 77_294_799,
        "harris": 75_006_739,
        "others": 2_562_201,
        "valid": 154_863_739,
        "units": 3_160,
    }


def test_us_counties_2016_written_as_floats() -> None:
    described = contest(
        ("trump", "clinton"),
        TableColumns(
            unit=("combined_fips",),
            options={"trump": "votes_gop_2016", "clinton": "votes_dem_2016"},
            valid_votes="total_votes_2016",
        ),
        rest="others",
        pad_unit=5,
    )
    path = "us_county_pres/US_County_Level_Presidential_Results_12-16.csv"
    reading = read_real(path, described)
    assert totals(reading, described)["clinton"] == 65_125_819
    assert "02013" in reading.results


def test_waukesha_2024_state_after_state() -> None:
    described = contest(
        ("harris", "trump"),
        TableColumns(
            unit=("reporting_unit",),
            option="candidate",
            votes="votes",
            option_values={
                "DEM KAMALA D. HARRIS / TIM WALZ": "harris",
                "REP DONALD J. TRUMP / JD VANCE": "trump",
            },
        ),
        rest="others",
        thousands=",",
        status=StatusRule("nonzero"),
    )
    paths = sorted((SHARED / "ts_waukesha2024").glob("*.csv"))
    readings = [read_real(f"ts_waukesha2024/{path.name}", described) for path in paths]
    sums = [totals(reading, described) for reading in readings]
    assert [each["units"] for each in sums] == [
        2, 37, 114, 129, 149, 160, 171, 176, 182, 182, 182,
    ]  # fmt: skip
    assert sums[0]["valid"] == 649
    assert sums[-1] == {
        "harris": 108_460,
        "trump": 162_751,
        "others": 4_541,
        "valid": 275_752,
        "units": 182,
    }
    assert {len(reading.results) for reading in readings} == {183}


def test_montreal_2013_by_district() -> None:
    names = ("Coderre", "Bergeron", "Joly")
    described = contest(
        [name.lower() for name in names],
        TableColumns(
            unit=("district_id",),
            options={name.lower(): name for name in names},
            valid_votes="total",
        ),
    )
    sums = totals(read_real("geo_montreal_plotly/election.csv", described), described)
    assert sums == {
        "coderre": 149_467,
        "bergeron": 118_637,
        "joly": 123_062,
        "valid": 391_166,
        "units": 58,
    }


def test_germany_2021_kerg2_below_its_preamble() -> None:
    """Nine lines of preamble, totals of Land and Bund and both votes in the same column."""
    described = contest(
        ("spd", "union"),
        TableColumns(
            unit=("Gebietsnummer",),
            option="Gruppenname",
            votes="Anzahl",
            option_values={"SPD": "spd", "CDU": "union", "CSU": "union"},
        ),
        rest="others",
        where={"Gebietsart": "Wahlkreis", "Stimme": "2", "Gruppenart": "Partei"},
        header_row=10,
    )
    reading = read_real("de_kerg/btw2021_kerg2.csv", described)
    sums = totals(reading, described)
    assert (sums["units"], sums["spd"], sums["union"]) == (299, 11_955_434, 11_178_298)
    assert sums["valid"] == 46_442_023
