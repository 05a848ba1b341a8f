"""Figures are built without Plotly's validation; here it looks at every one of them."""

import plotly.graph_objects as go
import pytest

from dashboard import views, wire
from dashboard.model import Contest, ContestResult, Snapshot
from tests.builders import make_contest, make_election, make_result, make_unit

DUEL = make_contest()
RANKING = make_contest(options=("hamon", "valls", "third"))


@pytest.mark.parametrize(
    ("contest", "result"),
    [
        (DUEL, make_result(DUEL)),
        (DUEL, make_result(DUEL, make_unit("u1", 60, 40), make_unit("u3", 7, 7))),
        (RANKING, make_result(RANKING, make_unit("u1", 60, 40, 20))),
    ],
)
def test_plotly_finds_nothing_wrong(contest: Contest, result: ContestResult) -> None:
    documents = views.documents(make_election(contest), Snapshot((result,), ()), frozenset())
    seen = 0
    for document in documents.values():
        assert isinstance(document, dict)
        light = document["figures"]
        dark = wire.merge({"figures": light}, document["dark"])
        assert isinstance(light, dict) and isinstance(dark, dict)
        dark_figures = dark["figures"]
        assert isinstance(dark_figures, dict)
        for figure in [*light.values(), *dark_figures.values()]:
            go.Figure(figure)  # ValueError for a property or a value that is none
            seen += 1
    assert seen >= 16


def test_plotly_would_find_a_mistake() -> None:
    with pytest.raises(ValueError, match="orientation"):
        go.Figure({"data": [{"type": "bar", "orientation": "sideways"}]})
