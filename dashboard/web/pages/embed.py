"""One chart alone, for the frame of another site's page: ``/embed/bars/`` and ``/embed/map/``.

They show documents of the dashboard, and nothing that a page around them says already.
"""

from dash import html
from dash.development.base_component import Component

from ...model import Contest, Election
from ...views.scores import shape
from ..parts import data, figure, part, role
from .home import scorebox


def bars(_election: Election, contest: Contest) -> Component:
    """Scores and how far the count is."""
    result = html.Section(
        [scorebox(), part("compare"), part("progress")], className=f"result {shape(contest)}"
    )
    return _page("embed-bars", result)


def map_(_election: Election, _contest: Contest) -> Component:
    """The map with its legend."""
    section = html.Section(
        [
            part("map-text", className="sr"),
            figure("map", "map-box", hover=True),
            part("legend"),
        ],
        className="mapbox",
    )
    return _page("embed-map", section)


def _page(name: str, chart: Component) -> Component:
    return html.Main(
        [
            part("simulated"),
            html.Header([part("strip", className="grow"), role("age", html.P, className="age")]),
            role("notice", className="notice"),
            chart,
            part("more", html.Footer),
            role("announcer", className="sr", role="status"),
        ],
        id="live",
        className="home embed",
        **data(page=name),
    )
