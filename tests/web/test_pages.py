"""The skeletons: a place for every part and figure, and no word of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.model import Snapshot
from dashboard.views import documents
from dashboard.web.pages import embed, home, screen
from tests.builders import make_contest, make_election, make_result, make_unit

LAYOUTS = {"home": home.layout, "screen": screen.layout}


def components(root: Component) -> Iterator[dict[str, Any]]:
    """The props of the skeleton and of everything under it."""
    as_json: Any = root.to_plotly_json()  # type: ignore[no-untyped-call]
    props = as_json["props"]
    yield props
    children = props.get("children")  # a component without children is falsy
    for child in children if isinstance(children, list) else [children]:
        if isinstance(child, Component):
            yield from components(child)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("options", [("hamon", "valls"), ("hamon", "valls", "third")])
def test_every_part_and_figure_has_its_place(name: str, options: tuple[str, ...]) -> None:
    contest = make_contest(options=options)
    election = make_election(contest)
    result = make_result(contest, make_unit("u1", 6, 4), make_unit("u2", 6, 4))
    document: Any = documents(election, Snapshot((result,), ()), frozenset())[f"{name}.fr"]
    props = list(components(LAYOUTS[name](election, contest)))
    places = [p["data-part"] for p in props if "data-part" in p]
    assert len(places) == len(set(places))
    charts_alone = (embed.bars, embed.map_) if name == "home" else ()
    alone = [p for chart in charts_alone for p in components(chart(election, contest))]
    assert document["parts"].keys() <= {*places, *(p.get("data-part") for p in alone)}
    assert {p["id"] for p in alone if "config" in p} <= {"bars", "map"}
    graphs = {p["id"] for p in props if "config" in p}
    assert graphs == set(document["figures"])
    assert sum(p.get("role") == "status" for p in props) == 1, "one live region, no more"


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_skeleton_says_nothing(name: str) -> None:
    contest = make_contest()
    layout = LAYOUTS[name](make_election(contest), contest)
    for props in components(layout):
        assert not isinstance(props.get("children"), str)
        assert "Hamon" not in str(props)


def test_the_room_for_bars_is_known_beforehand() -> None:
    assert home.shape(make_contest()) == "duel"
    assert home.shape(make_contest(options=("a", "b", "c"))) == "ranking rows-3"
    assert home.shape(make_contest(options=tuple("abcdefghijkl"))) == "ranking rows-7"
