"""A contest with parents: the whole by parent, each part as a contest of its own would be."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard import tally
from dashboard.model import (
    Area,
    Contest,
    ContestResult,
    Correction,
    CountStatus,
    Geometry,
    NumberChange,
    Parent,
    Post,
    PostKind,
    Snapshot,
    UnitResult,
)
from dashboard.views import Documents, documents
from dashboard.views.markup import to_html
from tests.builders import (
    EVENING,
    make_contest,
    make_election,
    make_file,
    make_reading,
    make_result,
    make_unit,
)

NO_ONE: frozenset[str] = frozenset()
POSTS = (Post("p1", EVENING, PostKind.KEY, "Un temps fort"),)


def geometry(url: str, *areas: str) -> Geometry:
    shapes = tuple(Area(area, f"Aire {area}") for area in areas)
    return Geometry(url, "id", shapes, (2.5, 4.2), (43.2, 44.0))


def country() -> Contest:
    """Units u1 to u3 (areas A, B, C) are of Hérault, u4 to u8 (area D) of Lozère."""
    contest = make_contest(units=8)
    units = tuple(
        replace(unit, parent="34" if n < 3 else "48") for n, unit in enumerate(contest.units)
    )
    return replace(
        contest,
        place="France",
        units=units,
        rows="parent",
        row_word="departement",
        geometry=geometry("/geo/1.json", "34", "48", "2A"),
        parents=(
            Parent("34", "Hérault", geometry("/geo/34.json", "A", "B", "C")),
            Parent("48", "Lozère", geometry("/geo/48.json", "D")),
        ),
    )


WHOLE = country()
COUNTED = (make_unit("u1", 600, 400), make_unit("u3", 90, 110), make_unit("u5", 7, 13))


def night(*counted: UnitResult, contest: Contest = WHOLE) -> dict[str, Any]:
    snapshot = Snapshot((make_result(contest, *counted),), POSTS)
    return documents(make_election(contest), snapshot, NO_ONE)


def test_names_of_documents() -> None:
    assert list(night()) == [
        "home.fr", "screen.fr", "home.en", "screen.en",
        "home.@34.fr", "home.@34.en", "home.@48.fr", "home.@48.en",
    ]  # fmt: skip
    other = replace(make_contest(), id="mayor")
    election = replace(make_election(other), contests=(other, WHOLE))
    assert "home.second-round.@34.fr" in documents(election, Snapshot((), ()), NO_ONE)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("counted", [(), COUNTED[:1], COUNTED])
def test_a_part_is_drawn_as_the_same_contest_alone(
    counted: tuple[UnitResult, ...], lang: str
) -> None:
    alone = WHOLE.parts()["34"]
    own = [unit for unit in counted if unit.code in {"u1", "u2", "u3"}]
    expected = night(*own, contest=alone)[f"home.{lang}"]
    drawn = night(*counted)[f"home.@34.{lang}"]
    for member in ("figures", "dark", "search", "areas", "state", "title", "data_at"):
        assert drawn.get(member) == expected.get(member), member
    same = drawn["parts"].keys() - {"headline", "footer", "more"}
    assert {"scores", "progress", "meter", "table", "legend", "map-head", "map-note"} <= same
    for part in same:
        assert drawn["parts"][part] == expected["parts"][part], part
    # The feed is told of the whole, so is the night again, and findings while there are none.
    of_the_whole = {"feed", "feed-head", "findings", "replay", "replay-key"}
    assert expected["parts"].keys() - drawn["parts"].keys() <= of_the_whole
    assert not drawn["parts"].keys() & {"feed", "feed-head"}


def test_the_whole_is_the_sum_of_its_parts() -> None:
    pages = night(*COUNTED)
    home = pages["home.fr"]
    page = to_html(home["parts"]["table"])
    assert page.count('data-key="') == 2, "one row for each parent"
    assert '<a href="/lieu/34/">Hérault</a>' in page
    assert '<a href="/en/lieu/48/">Lozère</a>' in to_html(pages["home.en"]["parts"]["table"])
    assert "2/3" in page and "1/5" in page
    scores = to_html(home["parts"]["scores"])
    assert '<data value="697" data-field="votes">697</data>' in scores
    assert '<data value="523" data-field="votes">523</data>' in scores
    progress = to_html(home["parts"]["progress"])
    assert '<data value="3" data-field="counted-units">3</data>' in progress
    assert '<data value="8" data-field="total-units">8</data>' in progress
    assert home["areas"] == {"34": "34", "48": "48"}, "nobody is expected in 2A"
    assert "Carte par département" in to_html(home["parts"]["map-note"])
    assert pages["screen.fr"]["figures"]["map"]["data"][0]["geojson"] == "/geo/1.json"


def test_whatever_way_it_is_added_up() -> None:
    result = make_result(WHOLE, *COUNTED, held=["u4"])
    whole = tally.Gatherer(WHOLE)(result)
    parts = WHOLE.parts()
    gathered = {
        code: tally.Gatherer(parts[code])(each) for code, each in tally.split(parts, result).items()
    }
    by_parent = tally.gather_parents(WHOLE, gathered)
    assert by_parent.counts == whole.counts == tally.total(result.units.values())
    assert by_parent.progress == whole.progress == tally.progress(WHOLE, result)
    for code, row in whole.rows.items():
        found = by_parent.rows[code]
        assert (found.counts, found.standings, found.leader) == (
            row.counts, row.standings, row.leader,
        )  # fmt: skip
        assert (found.status, found.units, found.complete_units, found.held_units) == (
            row.status, row.units, row.complete_units, row.held_units,
        )  # fmt: skip


STATES = {
    "waiting": (),
    "early": COUNTED[:1],
    "partial": (*COUNTED[:1], make_unit("u2", 8, 5)),
    "complete": tuple(make_unit(f"u{n}", 6, 4) for n in range(1, 9)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_part_says_whose_result_it_is(state: str, lang: str) -> None:
    contest = replace(WHOLE, early_below=0.5)
    page = night(*STATES[state], contest=contest)[f"home.@34.{lang}"]
    assert page["state"] == state
    heading = to_html(page["parts"]["headline"]).split("<h1>")[1].split("</h1>")[0]
    assert "Hérault" in heading and "France" not in heading
    back = "/" if lang == "fr" else "/en/"
    assert f'<a href="{back}">France</a>' in to_html(page["parts"]["headline"])
    assert "Hérault" in page["title"]
    other = "/en/lieu/34/" if lang == "fr" else "/lieu/34/"
    assert f'href="{other}"' in to_html(page["parts"]["footer"])


def test_what_did_not_change_is_not_drawn_again() -> None:
    election, drawing = make_election(WHOLE), Documents()

    def draw(*counted: UnitResult) -> dict[str, Any]:
        # Every object is a new one, as when the whole file has been read again.
        return drawing(election, Snapshot((make_result(WHOLE, *counted),), POSTS), NO_ONE)

    first = draw(make_unit("u1", 600, 400))
    second = draw(make_unit("u1", 600, 400), make_unit("u5", 7, 13))
    same = {name for name, page in second.items() if page is first[name]}
    assert same == {"home.@34.fr", "home.@34.en"}
    assert second == night(make_unit("u1", 600, 400), make_unit("u5", 7, 13)), "nothing is stale"
    corrected = draw(make_unit("u1", 601, 399), make_unit("u5", 7, 13))
    assert corrected["home.@34.fr"] is not second["home.@34.fr"]
    assert corrected == night(make_unit("u1", 601, 399), make_unit("u5", 7, 13))


SCATTERED = make_contest(units=8)  # a row's units are in several areas, an area's in several rows
SCATTERED = replace(
    SCATTERED,
    units=tuple(replace(u, areas=("ABCDE"[n % 5],)) for n, u in enumerate(SCATTERED.units)),
)


@pytest.mark.parametrize("registered", [None, 2_000])
@pytest.mark.parametrize("contest", [WHOLE, make_contest(units=8), SCATTERED])
def test_a_version_is_drawn_as_if_it_were_the_first(
    contest: Contest, registered: int | None
) -> None:
    """Units that say the same are the very objects they were, as a watcher's are."""
    units = tuple(replace(unit, registered_voters=registered) for unit in contest.units)
    election = make_election(replace(contest, units=units))
    drawing, result = Documents(), make_result(contest)
    steps: list[dict[str, Any]] = [
        {"u1": make_unit("u1", 600, 400, registered_voters=2_000)},
        {"u5": make_unit("u5", 7, 13, registered_voters=60, status=CountStatus.PARTIAL)},
        {"u1": make_unit("u1", 500, 500, registered_voters=2_000)},
        {"u1": UnitResult("u1", CountStatus.WAITING)},
        # In the end the order by voters is another than the one by units.
        *({f"u{n}": make_unit(f"u{n}", n, 5, registered_voters=1_000 // n)} for n in range(1, 9)),
    ]
    correction = Correction(EVENING, "u3", (NumberChange("votes:hamon", 2, 3),))
    for corrections in ((), (correction,)):
        for step in steps:
            result = replace(result, units={**result.units, **step}, corrections=corrections)
            snapshot = Snapshot((result,), POSTS)
            drawn = drawing.summary(election.contests[0], result)
            assert drawn == tally.summary(election.contests[0], result), "of what was not drawn"
            assert drawing(election, snapshot, NO_ONE) == documents(election, snapshot, NO_ONE)
            drawn = drawing.summary(election.contests[0], result)
            assert drawn == tally.summary(election.contests[0], result)


def test_another_election_is_drawn_anew() -> None:
    drawing, snapshot = Documents(), Snapshot((make_result(WHOLE, *COUNTED),), ())
    drawing(make_election(WHOLE), snapshot, NO_ONE)
    english = replace(make_election(WHOLE), language="en")
    assert drawing(english, snapshot, NO_ONE) == documents(english, snapshot, NO_ONE)


def settled(previous: ContestResult | None, at: datetime, *counted: UnitResult) -> ContestResult:
    units = make_result(WHOLE, *counted).units
    return tally.settle(WHOLE, previous, make_file(b"", at=at), make_reading(*counted), units, ())


def test_a_part_is_as_old_as_its_own_last_change() -> None:
    later = EVENING + timedelta(minutes=20)
    village = make_unit("u1", 6, 4)
    first = settled(None, EVENING, village)
    second = settled(first, later, village, make_unit("u5", 7, 13))
    pages: Any = documents(make_election(WHOLE), Snapshot((second,), ()), NO_ONE)
    assert pages["home.fr"]["data_at"] == pages["home.@48.fr"]["data_at"] == "2017-01-29T20:07:00Z"
    assert pages["home.@34.fr"]["data_at"] == "2017-01-29T19:47:00Z"


def test_a_sealed_part_leaks_no_figure() -> None:
    contest = replace(WHOLE, embargo=datetime(2017, 1, 29, 19, 0, tzinfo=UTC))
    election = make_election(contest)
    snapshot = Snapshot((make_result(contest, make_unit("u1", 7_654_321, 8_765_432)),), ())
    drawing = Documents()
    opened = drawing(election, snapshot, NO_ONE)
    sealed: Any = drawing(election, snapshot, frozenset({contest.id}))

    def written(page: Any) -> str:
        return re.sub(r"[\u202f\u00a0, .]", "", json.dumps(page, ensure_ascii=False))

    assert "7654321" in written(opened["home.@34.fr"]), "the control would find it"
    for name, page in sealed.items():
        assert "7654321" not in written(page) and "8765432" not in written(page), name
        assert page["state"] == "embargo", name
    assert drawing(election, snapshot, NO_ONE) == opened
