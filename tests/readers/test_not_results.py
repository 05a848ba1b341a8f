"""What is often taken for results is told what it is."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.readers import ReadError, identify, not_results, read
from dashboard.readers.content import Content
from tests.builders import make_file

from .formats.official import FILES, SHARED
from .tables import WIDE

HERE = FILES / "not-results"
WHAT: Mapping[str, not_results.What] = {
    "web_page.html": not_results.PAGE,
    "report.pdf": not_results.PDF,
    "archive.zip": not_results.ZIP,
    "archive.csv.gz": not_results.GZIP,
    "map.geojson": not_results.MAP,
    "map.topojson": not_results.MAP,
    "news.rss": not_results.NEWS,
    "news.atom": not_results.NEWS,
    "posts.csv": not_results.POSTS,
    "posts.jsonl": not_results.POSTS,
    "posts.json": not_results.POSTS,
    "liveblog.json": not_results.POSTS,
    "requests.json": not_results.REQUESTS,
    "turnout_ministry.csv": not_results.TURNOUT,
    "turnout_2024.csv": not_results.TURNOUT,
    "turnout.csv": not_results.TURNOUT,
    "turnout.xlsx": not_results.TURNOUT,
    "turnout_italian.csv": not_results.TURNOUT,
    "candidates.csv": not_results.CANDIDATES,
    "candidates.xml": not_results.CANDIDATES,
    "index.xml": not_results.INDEX,
    "seats.csv": not_results.SEATS,
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in HERE.iterdir()} == set(WHAT)


@pytest.mark.parametrize("name", WHAT)
def test_a_file_without_counts_is_told_what_it_is(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        identify(make_file((HERE / name).read_bytes()))
    finding, (what, what_fr) = caught.value.finding, WHAT[name]
    assert finding.code == "R605"
    assert finding.message == f"The file holds no counts: it is {what}."
    assert finding.message_fr == f"Le fichier ne contient pas de décompte : c’est {what_fr}."


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("table/wide", "table/long")
        for path in sorted((FILES / folder).iterdir())
        if path.name not in {"web_page.csv"}
    ],
    ids=lambda path: path.name,
)
def test_no_table_of_results_is_taken_for_something_else(path: Path) -> None:
    assert not_results.what(Content(path.read_bytes())) is None


def test_a_table_whose_votes_are_still_to_come_is_no_turnout() -> None:
    header = "code;registered;cast;valid;hamon;valls\n"
    assert not_results.what(Content((header + "34001;1306;;;;\n").encode())) is None
    assert not_results.what(Content(header.encode())) is None


def test_an_error_page_instead_of_results_is_named() -> None:
    contest = replace(WIDE, source=replace(WIDE.source, format="french-ministry-2024"))
    with pytest.raises(ReadError, match="it is a web page"):
        read(make_file((HERE / "web_page.html").read_bytes()), contest)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("fr_pres2022_csv/resultats-par-dpt-france-entiere.csv", not_results.TURNOUT),
        ("fr_pres2022_csv/resultats-par-dpt-t2-france-entiere.csv", not_results.TURNOUT),
        ("ts_it2022/camera-italia_info/2022-09-25T23-33-30.csv", not_results.TURNOUT),
        (
            "ch_onegov/canton_zg_internal_proporz/nationalratswahlen-2015-parteien.csv",
            not_results.SEATS,
        ),
        ("ch_onegov/mapdata_be_2026.json", not_results.MAP),
        ("geo_cartopres_34/34.topojson", not_results.MAP),
        ("geo_france_geojson/cantons-version-simplifiee.geojson", not_results.MAP),
        ("liveblog_dpa/posts.json", not_results.POSTS),
        ("rss_ifop2017/rss.xml", not_results.NEWS),
        ("us_clarity/GA_2020.json", not_results.REQUESTS),
        ("fr_pres2022_csv/resultats-par-dpt-candidats.csv", None),
        ("fr_leg_cartelegislatives/resultats.csv", None),
        ("us_wpr/election.json", None),
        ("de_kerg/btw2021_kerg2.csv", None),
    ],
)
def test_real_files(path: str, what: not_results.What | None) -> None:
    assert not_results.what(Content((SHARED / path).read_bytes())) == what
