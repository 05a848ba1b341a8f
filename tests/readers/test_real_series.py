"""Counts as they went on: every state of a file, in the order of the night."""

import json
from dataclasses import replace

import pytest

from dashboard.model import Contest, StatusRule, TableColumns

from .real import WHEN_AT_HAND, content, contest, lines, of_one_unit, read_real, totals
from .tables import SHARED

pytestmark = WHEN_AT_HAND


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


ITALY = "ts_it2022"
LISTS = [
    line["desc_lis"] for line in lines(f"{ITALY}/camera-italia/2022-09-26T21-26-52.csv")
] if SHARED.is_dir() else []  # fmt: skip


def states(folder: str) -> list[str]:
    """The files of a folder in the order of the night."""
    paths = sorted((SHARED / folder).glob("*"))
    return [f"{folder}/{path.name}" for path in paths if path.suffix in {".csv", ".json"}]


def italy(unit: str = "") -> Contest:
    """The lists of the Chamber, by a column of units or for the whole country. A list that does
    not stand in a district has no line there."""
    described = contest(
        LISTS,
        TableColumns(
            unit=(unit,) if unit else (),
            option="desc_lis",
            votes="voti",
            option_values={name: name for name in LISTS},
            absent="zero",
        ),
        status=StatusRule("nonzero"),
    )
    return described if unit else of_one_unit(described)


def test_italy_2022_the_country_state_after_state() -> None:
    """The other file of each state, which has no list, says what all of them got."""
    sums = []
    for path in states(f"{ITALY}/camera-italia"):
        described = italy()
        votes = totals(read_real(path, described), described)
        (said,) = lines(path.replace("camera-italia/", "camera-italia_info/"))
        assert votes["valid"] == int(said["tot_vot_prop"])
        sums.append(votes["valid"])
    assert sums == [
        0, 50, 183, 450, 1_144, 5_756, 22_926, 57_104, 26_127_055, 27_026_003, 27_784_786,
        28_086_553,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "unit", "units", "sums"),
    [
        ("camera-italia-circoscrizione", "CR", 27,
         [0, 50, 183, 450, 1_208, 6_173, 22_926, 57_104, 26_127_727, 27_026_003, 27_784_786,
          28_086_553]),
        ("camera-italia-plurinominale", "CR_CP", 49,
         [7_454, 24_534, 63_573, 26_140_295, 27_045_973, 27_785_627, 28_086_553]),
    ],
)  # fmt: skip
def test_italy_2022_by_district(folder: str, unit: str, units: int, sums: list[int]) -> None:
    """Files of one moment were made minutes apart: only the last ones agree at every level."""
    described = italy(unit)
    readings = [read_real(path, described) for path in states(f"{ITALY}/{folder}")]
    assert [totals(reading, described)["valid"] for reading in readings] == sums
    assert {len(reading.results) for reading in readings} == {units}
    country = totals(read_real(states(f"{ITALY}/camera-italia")[-1], italy()), italy())
    assert totals(readings[-1], described) == {**country, "units": units}


def test_italy_2022_the_senate_state_after_state() -> None:
    paths = states(f"{ITALY}/senato-italia")
    names = [line["desc_lis"] for line in lines(paths[-1])]
    columns = replace(italy().source.columns, option_values={name: name for name in names})
    described = of_one_unit(contest(names, columns, status=StatusRule("nonzero")))
    assert [totals(read_real(path, described), described)["valid"] for path in paths] == [
        0, 269, 1_019, 3_705, 9_139, 83_559, 204_329, 530_498, 1_081_210, 25_993_162, 26_568_765,
        27_210_339, 27_554_310,
    ]  # fmt: skip


LOS_ANGELES = "ts_la2018_4steps"


def los_angeles(title: str, names: list[str], status: StatusRule) -> Contest:
    """One contest of the county, which is its only unit."""
    described = contest(
        names,
        TableColumns(
            unit=(),
            option="results.name",
            votes="results.votes",
            option_values={name: name for name in names},
            status="precincts_reporting",
            status_total="precincts_total",
        ),
        records="results",
        where={"title": title},
        status=status,
    )
    return of_one_unit(described)


@pytest.mark.parametrize(
    ("state", "status", "votes"),
    [
        ("zero", "waiting", []),
        ("start", "partial", [48_171, 43_931]),
        ("mid", "partial", [78_687, 72_687]),
        ("end", "complete", [121_404, 113_834]),
    ],
)
def test_los_angeles_2018_counts_precincts(state: str, status: str, votes: list[int]) -> None:
    described = los_angeles("SHERIFF", ["ALEX VILLANUEVA", "JIM MCDONNELL"], StatusRule("progress"))
    reading = read_real(f"{LOS_ANGELES}/0018nov18-{state}.json", described)
    (result,) = reading.results.values()
    assert result.status.value == status
    assert (list(result.counts.votes.values()) if result.counts else []) == votes


@pytest.mark.parametrize("path", states(LOS_ANGELES))
def test_los_angeles_every_twelfth_contest(path: str) -> None:
    for each in json.loads(content(path))[::12]:
        votes = {said["name"]: said["votes"] for said in each["results"]}
        described = los_angeles(each["title"], list(votes), StatusRule("nonzero"))
        sums = totals(read_real(path, described), described)
        expected = {**votes, "valid": sum(votes.values()), "units": int(sum(votes.values()) > 0)}
        assert sums == expected


@pytest.mark.parametrize(
    ("round", "versions", "official"),
    [
        ("t1", 76, {"Emmanuel MACRON": 9_783_058, "Marine LE PEN": 8_133_828,
                    "Jean-Luc MÉLENCHON": 7_712_520, "Valérie PÉCRESSE": 1_679_001}),
        ("t2", 45, {"Emmanuel MACRON": 18_768_639, "Marine LE PEN": 13_288_686}),
    ],
)  # fmt: skip
def test_france_2022_every_moment_of_the_country(
    round: str, versions: int, official: dict[str, int]
) -> None:
    """The last line is the result as the constitutional council declared it."""
    path = f"backtest/fr2022_presidentielle_{round}_national_timeseries.csv"
    moments = list(lines(path))
    names = [name for name in moments[0] if name != "datetime"]
    columns = TableColumns(unit=(), options={name: name for name in names})
    for moment in moments:
        described = of_one_unit(contest(names, columns, where={"datetime": moment["datetime"]}))
        sums = totals(read_real(path, described), described)
        assert sums["valid"] == sum(int(moment[name]) for name in names)
    assert len(moments) == versions
    assert {name: sums[name] for name in official} == official
