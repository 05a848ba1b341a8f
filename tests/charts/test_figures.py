"""Figures: small plain JSON, the right bars, the right classes."""

import json
from math import isclose, log, pi, radians, tan
from typing import Any

from dashboard import charts
from dashboard.charts import DARK, LIGHT
from dashboard.charts.figure import escape
from dashboard.charts.map import Cells, area_map, option_class, place_labels
from dashboard.model import Area, Geometry, Label
from tests.builders import make_contest


def as_json(figure: Any) -> Any:
    """Through text, as it travels: no NaN, no typed array."""
    return json.loads(json.dumps(figure, allow_nan=False))


def test_duel_is_one_bar_of_a_hundred() -> None:
    figure = as_json(charts.duel([0.594, 0.406], ["#111111", "#222222"], LIGHT, early=False))
    assert [trace["x"] for trace in figure["data"]] == [[0.594], [0.406]]
    assert figure["layout"]["barmode"] == "stack"
    assert figure["layout"]["xaxis"]["range"] == [0, 1]
    assert figure["layout"]["shapes"][0]["x0"] == 0.5


def test_nothing_counted_is_a_hatch() -> None:
    duel = as_json(charts.duel([None, None], ["#111111", "#222222"], LIGHT, early=False))
    single = as_json(charts.single(None, "#111111", DARK, early=False))
    for figure in (duel, single):
        assert [t["marker"]["pattern"]["shape"] for t in figure["data"]] == ["/"]


def test_too_early_is_lighter() -> None:
    figure = as_json(charts.single(0.6, "#111111", DARK, early=True))
    assert figure["data"][0]["marker"]["opacity"] == 0.45


def test_ranking_starts_at_zero_and_leaves_room() -> None:
    fills = ["#111111", "#222222", "#333333"]
    figure = as_json(charts.ranking([0.4, 0.2, None], fills, LIGHT, early=False))
    assert figure["data"][0]["x"] == [0.4, 0.2, 0]
    start, end = figure["layout"]["xaxis"]["range"]
    assert start == 0
    assert abs(0.4 / end - 0.88) < 1e-9
    assert len(figure["layout"]["shapes"]) == 3


def test_ranking_bars_lie_in_their_band() -> None:
    fills = ["#111111", "#222222"]
    figure = as_json(charts.ranking([0.4, 0.2], fills, LIGHT, early=False, band=(0.7, 0.9)))
    bar = figure["data"][0]
    assert [round(y - row + 0.5, 6) for row, y in enumerate(bar["y"])] == [0.8, 0.8]
    assert round(bar["width"], 6) == 0.2


def test_figures_are_small_and_hold_no_null() -> None:
    figure = charts.duel([0.5, 0.5], ["#111111", "#222222"], LIGHT, early=False)
    written = json.dumps(figure)
    assert len(written) < 1500
    assert "null" not in written
    assert "template" not in written


def make_map(cells: Cells) -> Any:
    contest = make_contest()
    assert contest.geometry is not None
    hues = charts.hues(contest, LIGHT)
    return as_json(
        area_map(contest, contest.geometry, cells, LIGHT, hues, label_size=12, label_limit=3)
    )


def test_map_holds_no_coordinates_and_constant_classes() -> None:
    figure = make_map(Cells(["A", "B"], [0, option_class(1, 3)], [None, 1], ["A", "B"], ["a", "b"]))
    areas, stripes = figure["data"]
    assert areas["geojson"] == "/geo/0.json"
    assert areas["locations"] == ["A", "B"]
    assert areas["z"] == [0, 10]
    assert (areas["zmin"], areas["zmax"]) == (-0.5, 10.5)
    assert stripes["locations"] == ["A", "B"]
    assert stripes["z"] == [None, 1]
    assert figure["layout"]["uirevision"] == "constant"


def test_a_map_without_tips_says_nothing_to_a_pointer() -> None:
    areas = make_map(Cells(["A"], [0], [None], [], []))["data"][0]
    assert areas["hoverinfo"] == "skip"
    assert not areas.keys() & {"text", "customdata", "hovertemplate"}


def test_each_class_has_its_own_step_of_the_scale() -> None:
    scale = make_map(Cells(["A"], [0], [None], [], []))["data"][0]["colorscale"]
    assert scale[0] == [0, LIGHT.hatch_ground]
    assert scale[-1] == [1, charts.ramp("#B86E00", LIGHT)[3]]
    assert len(scale) == 2 * 11
    assert [stop for stop, _ in scale] == sorted(stop for stop, _ in scale)


def test_names_reach_plotly_escaped() -> None:
    assert escape('<a href="x">&') == '&lt;a href="x"&gt;&amp;'


def test_labels_do_not_meet() -> None:
    near = tuple(Label(f"Saint-Nom-{i}", 3.3 + i / 1000, 43.6) for i in range(12))
    geometry = Geometry("/g", "id", (Area("A", "A"),), (2.5, 4.2), (43.2, 44.0), labels=near)
    placed = place_labels(geometry, size=12, limit=12)
    assert 1 <= len(placed) < 12
    assert placed[0].label is near[0], "the most important name is always there"
    assert len(place_labels(geometry, size=12, limit=0)) == 0


def test_a_tall_map_is_drawn_around_the_middle_of_its_drawing() -> None:
    """Not around the mean of its latitudes: France would lose 13 pixels of its north."""
    france = Geometry("/geo/0.json", "id", (Area("A", "A"),), (-5.1, 9.6), (41.33, 51.09))
    contest = make_contest()
    hues = charts.hues(contest, LIGHT)
    figure = area_map(
        contest,
        france,
        Cells(["A"], [0], [None], [], []),
        LIGHT,
        hues,
        label_size=12,
        label_limit=0,
    )
    north, middle, south = (
        log(tan(pi / 4 + radians(latitude) / 2))
        for latitude in (51.09, figure["layout"]["geo"]["center"]["lat"], 41.33)
    )
    assert isclose(north - middle, middle - south, rel_tol=1e-9)
