"""The big screen ``/ecran``."""

from dash import html
from dash.development.base_component import Component

from ...model import Contest, Election
from ..parts import data, figure, part, role
from .home import shape


def layout(_election: Election, contest: Contest) -> Component:
    """One scene that fills the screen, whatever its size."""
    return html.Main(
        [
            html.Header(
                [part("strip", className="grow"), role("clock", html.P, className="clk")],
                className="ts",
            ),
            role("notice", className="notice"),
            html.Div(
                [
                    html.Section(
                        [*_bars(contest), part("progress")], className=f"result {shape(contest)}"
                    ),
                    html.Section([figure("map", "map-box"), part("legend")], className="mapbox"),
                ],
                className="t1",
            ),
            html.Footer([part("post", className="grow"), part("follow")], className="tf"),
            part("simulated"),
            role("announcer", className="sr", role="status"),
        ],
        id="live",
        className="tv" if contest.geometry else "tv no-map",
        **data(page="screen"),
    )


def _bars(contest: Contest) -> list[Component]:
    if len(contest.options) == 2:
        return [
            part("scores"), figure("bars-0", "bar-box"),
            part("scores-1"), figure("bars-1", "bar-box"),
        ]  # fmt: skip
    return [html.Div([part("scores"), figure("bars", "bars-box")], className="scorebox")]
