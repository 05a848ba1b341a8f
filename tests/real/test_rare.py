"""What is merely unlikely is rarely said of true and complete files. Skips where those are not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from dashboard import pipeline, readers
from dashboard.model import ContestResult, ReportingUnit, TableColumns
from tests.builders import make_file
from tests.readers.formats.official import SHARED, all_results
from tests.readers.real import WHEN_AT_HAND, content, contest, lines

pytestmark = WHEN_AT_HAND

OFFICIAL = [
    *(f"fr_brest2024/circos23-tour{round}.csv" for round in (1, 2)),
    *(f"fr_pres2022_xlsx/resultats-par-niveau-{level}-france-entiere.xlsx"
      for level in ("cirlg-t1", "cirlg-t2", "dpt-t1", "dpt-t2", "fe-t1", "reg-t1")),
    "de_kerg/btw2021_kerg2.csv",
    "us_openelections/20201103__tx__general__denton__precinct.csv",
    "us_clarity/ga_counties_11-3.xml",
    "us_ap_elex/20160301_super_tuesday.json",
    "ch_onegov/canton_sg_internal_vote/energiegesetz-eng.csv",
    "ch_onegov/canton_zg_internal_proporz/nationalratswahlen-2015.csv",
]  # fmt: skip
# Table, unit, parent, options, and the columns of registered voters, ballots and valid votes.
TABLES = {
    "France 2017, first round": (
        "fr2017_communes_t1_t2.csv.gz", "com", "dep",
        ["t1_melenchon", "t1_lepen", "t1_macron", "t1_fillon", "t1_hamon", "t1_dupontaignan"],
        {"registered_voters": "t1_inscrits", "ballots_cast": "t1_votants",
         "valid_votes": "t1_exprimes"},
    ),
    "France 2017, second round": (
        "fr2017_communes_t1_t2.csv.gz", "com", "dep", ["t2_macron", "t2_lepen"],
        {"registered_voters": "t2_inscrits", "ballots_cast": "t2_votants",
         "valid_votes": "t2_exprimes"},
    ),
    "Europe 2024": (
        "fr2024_europeennes_vs_2017.csv.gz", "com", "dep",
        ["eu_rn", "eu_ens", "eu_ps", "eu_lr", "eu_eelv", "eu_pcf", "eu_lfi", "eu_rec"],
        {"registered_voters": "inscrits", "ballots_cast": "votants", "valid_votes": "exprimes"},
    ),
    "USA 2024": (
        "us_counties_2008_2024.csv.gz", "fips", "state_name", ["dem2024", "gop2024"],
        {"valid_votes": "tot2024"},
    ),
    "USA 2016": (
        "us_counties_2008_2024.csv.gz", "fips", "state_name", ["dem2016", "gop2016"],
        {"valid_votes": "tot2016"},
    ),
    "Virginia 2017": (
        "va2017_gov_precincts_elexfixture.csv.gz", "geographic_unit_fips", "county_fips",
        ["results_dem", "results_gop"], {"valid_votes": "results_turnout"},
    ),
}  # fmt: skip


def odd(result: ContestResult) -> Counter[str]:
    """How many units are odd, by code."""
    found: Counter[str] = Counter()
    for finding in result.findings:
        if finding.code.startswith("C4"):
            found[finding.code] += len(finding.units) or 1
    return found


def assert_rare(result: ContestResult) -> None:
    """Of each rule at most one unit in a hundred, or one."""
    most = max(1, len(result.units) / 100)
    assert {code: count for code, count in odd(result).items() if count > most} == {}


def results(path: str) -> Iterator[ContestResult]:
    for _, result in all_results(SHARED / path):
        yield result


@pytest.mark.parametrize("path", OFFICIAL)
def test_official_files(path: str) -> None:
    seen = list(results(path))
    assert seen
    for result in seen:
        assert_rare(result)


def read_table(name: str) -> ContestResult:
    """Wide, the other options as one; units with their parents."""
    path, unit, parent, options, sides = TABLES[name]
    columns = TableColumns(unit=(unit,), options={o: o for o in options}, **sides)
    described = contest(options, columns, rest="rest")
    units: Mapping[str, str] = {line[unit]: line[parent] for line in lines(f"backtest/{path}")}
    described = replace(
        described, units=tuple(ReportingUnit(code, code, where) for code, where in units.items())
    )
    file = make_file(content(f"backtest/{path}"))
    return pipeline.result_of(readers.read(file, described), file, described, None)


@pytest.mark.parametrize("name", TABLES)
def test_whole_countries(name: str) -> None:
    result = read_table(name)
    assert len(result.units) > 2_000
    assert_rare(result)
