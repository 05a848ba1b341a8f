"""Real files read through a description alone; skipped where ../shared/data is not at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import dashboard
from dashboard.model import TableColumns
from dashboard.readers.content import Content
from dashboard.readers.workbook import parse_workbook

from .real import WHEN_AT_HAND, content, contest, lines, read_real, totals
from .tables import SHARED

pytestmark = WHEN_AT_HAND


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


def test_us_counties_2012_and_2016_written_as_floats() -> None:
    """Each of Alaska's 29 districts carries the state's own number of 2016, and none of 2012."""
    path = "us_county_pres/US_County_Level_Presidential_Results_12-16.csv"
    alaska = [line["FIPS"] for line in lines(path) if line["state_abbr"] == "AK"]
    columns = TableColumns(
        unit=("combined_fips",),
        options={"democrats": "votes_dem_2016", "republicans": "votes_gop_2016"},
        valid_votes="total_votes_2016",
    )
    described = contest(("democrats", "republicans"), columns, rest="others", pad_unit=5)
    assert totals(read_real(path, described), described)["democrats"] == 65_125_819
    once = replace(described, source=replace(described.source, ignore_units=tuple(alaska[1:])))
    assert totals(read_real(path, once), once) == {
        "democrats": 62_521_735,
        "republicans": 61_195_256,
        "others": 6_441_178,
        "valid": 130_158_169,
        "units": 3_113,
    }
    columns = replace(
        columns,
        options={"democrats": "votes_dem_2012", "republicans": "votes_gop_2012"},
        valid_votes="total_votes_2012",
    )
    described = contest(("democrats", "republicans"), columns, rest="others", pad_unit=5)
    reading = read_real(path, described)
    assert [code for code, unit in reading.results.items() if not unit.counted] == alaska
    assert totals(reading, described) == {
        "democrats": 62_209_008,
        "republicans": 58_786_901,
        "others": 1_945_404,
        "valid": 122_941_313,
        "units": 3_112,
    }


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


def test_marathon_county_2026_every_race_by_ward() -> None:
    """A newsroom's JSON: wards in races, candidates by name in wards. In some wards the next
    heading was taken for a candidate; it is on no ballot."""
    path = "us_wpr/election.json"
    races = Content(content(path)).json
    assert isinstance(races, dict)
    for race in races["races"]:
        names = [candidate["name"] for candidate in race["candidates"]]
        way = "races.wardData"
        described = contest(
            names,
            TableColumns(
                unit=(f"{way}.ward",),
                options={name: f"{way}.candidates.{name}" for name in names},
                ballots_cast=f"{way}.ballotsCast",
                registered_voters=f"{way}.registered",
            ),
            records=way,
            where={"races.id": race["id"]},
        )
        sums = totals(read_real(path, described), described)
        assert {name: sums[name] for name in names} == {
            candidate["name"]: candidate["votes"] for candidate in race["candidates"]
        }
    assert len(races["races"]) == 99


def test_workbooks_of_two_cells() -> None:
    """What OneGov tests its own reader of workbooks with: no results, yet they are read."""
    for name in ("wb_v1.xls", "wb_v1.xlsx"):
        grid = parse_workbook(content(f"ch_onegov/{name}"))
        assert (grid.header, grid.rows) == (("A", "B"), [["1", "2"]])
    three = content("ch_onegov/wb_v3.xlsx")
    rows = [parse_workbook(three, sheet=name).rows for name in ("Sheet1", "Resultate", "Sheet2")]
    assert rows == [[["3", "4"]], [["1", "2"]], [["5", "6"]]]


@pytest.mark.parametrize(
    ("path", "unit", "options", "valid", "units", "votes", "found"),
    [
        ("fr2017_communes_t1_t2.csv.gz", "com",
         {"macron": "t2_macron", "le pen": "t2_lepen"}, "t2_exprimes",
         35_514, {"macron": 20_252_313, "le pen": 10_583_063, "rest": 0, "valid": 30_835_376}, []),
        ("fr2017_communes_t1_t2.csv.gz", "com",
         {"macron": "t1_macron", "hamon": "t1_hamon"}, "t1_exprimes",
         35_514, {"macron": 8_431_577, "hamon": 2_252_136, "valid": 35_498_474}, []),
        ("fr2024_europeennes_vs_2017.csv.gz", "com",
         {"rn": "eu_rn", "ps": "eu_ps"}, "exprimes",
         34_924, {"rn": 7_660_540, "ps": 3_185_937, "valid": 23_614_974}, []),
        ("us_counties_2008_2024.csv.gz", "fips",
         {"dem": "dem2024", "gop": "gop2024"}, "tot2024",
         3_103, {"dem": 73_615_126, "gop": 76_354_048, "valid": 152_492_745}, []),
        ("us_counties_2008_2024.csv.gz", "fips",
         {"dem": "dem2016", "gop": "gop2016"}, "tot2016",
         3_112, {"dem": 60_873_946, "gop": 60_197_788, "valid": 127_269_327}, []),
        # Two precincts have more votes for the two parties than ballots.
        ("va2017_gov_precincts_elexfixture.csv.gz", "geographic_unit_fips",
         {"dem": "results_dem", "gop": "results_gop"}, "results_turnout",
         2_358, {}, ["R406", "R406"]),
    ],
)  # fmt: skip
def test_tables_kept_to_test_projections(
    path: str, unit: str, options: Mapping[str, str], valid: str, units: int,
    votes: Mapping[str, int], found: Sequence[str],
) -> None:  # fmt: skip
    columns = TableColumns(unit=(unit,), options=options, valid_votes=valid)
    described = contest(list(options), columns, rest="rest", pad_unit=5)
    sums = totals(read_real(f"backtest/{path}", described, found), described)
    assert {name: sums[name] for name in votes} == votes
    assert sums["units"] == units


def test_the_table_of_real_files_names_every_folder() -> None:
    readme = (Path(dashboard.__file__).parent / "readers" / "README.md").read_text("utf-8")
    folders = {path.name for path in SHARED.iterdir() if path.is_dir()}
    assert folders
    assert [name for name in sorted(folders) if f"`{name}`" not in readme] == []
