"""The dashboard ``/``."""

from dash import html
from dash.development.base_component import Component

from ...model import Contest, Election
from ...views.scores import shape
from ..parts import HIDDEN, data, figure, part, role


def layout(_election: Election, contest: Contest) -> Component:
    """Constant all night: what is in it comes from the document."""
    return html.Main(
        [
            part("simulated"),
            _top(),
            html.Div([_results(contest), _feed()], className="grid"),
            part("footer"),
        ],
        id="live",
        className="home",
        **data(page="home"),
    )


def _top() -> Component:
    return html.Header(
        [
            html.Div(
                [
                    part("strip", className="grow"),
                    role("age", html.P, className="age"),
                    html.Button(type="button", className="tool tool-pause", **data(action="pause")),
                    html.Button(type="button", className="tool tool-theme", **data(action="theme")),
                ],
                className="in",
            ),
            part("meter", html.Div, className="meter", **HIDDEN),
            role("notice", className="notice"),
            role("replay-band", hidden=True),
        ],
        className="top",
    )


def _replay() -> Component:
    """Places for what comes when somebody asks for it (assets/replay.js)."""
    return html.Section(
        [
            part("replay"),
            html.Div(
                [
                    html.Div(id="timeline", className="rdrawing", **HIDDEN),
                    role("replay-range", className="rrange"),
                ],
                className="rtrack",
                hidden=True,
                **data(role="replay-track"),
            ),
            role("replay-legend", className="rlegend"),
            role("replay-moments", className="rmoments"),
        ],
        className="replay",
    )


def _results(contest: Contest) -> Component:
    return html.Div(
        [
            part("headline"),
            html.Section(
                [
                    scorebox(),
                    part("compare"),
                    part("progress"),
                    part("figures"),
                    _take("bars"),
                ],
                className=f"result {shape(contest)}",
            ),
            _map(),
            _replay(),
            part("table", html.Section, className="tables"),
            part("findings", html.Section, className="findings-box"),
            role("announcer", className="sr", role="status"),
        ],
        className="colm",
    )


def scorebox() -> Component:
    """Scores as text, and the figure that lies over them."""
    return html.Div([part("scores"), figure("bars", "bars-box")], className="scorebox")


def _take(figure: str) -> Component:
    """The place of the buttons that paper.js brings: a picture needs a script anyway."""
    return role("take", html.P, className="take", hidden=True, **data(figure=figure))


def _map() -> Component:
    return html.Section(
        [
            part("map-head"),
            role("card", className="card", hidden=True),
            part("map-text", className="sr"),
            figure("map", "map-box", hover=True),
            part("legend"),
            _take("map"),
            part("map-note"),
        ],
        className="mapbox",
    )


def _feed() -> Component:
    return html.Aside(
        [
            part("feed-head"),
            html.Button(type="button", className="newp", hidden=True, **data(action="show-new")),
            part("feed"),
        ],
        className="feed",
    )
