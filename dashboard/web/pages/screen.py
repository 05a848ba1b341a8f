"""The big screen ``/ecran``: every scene at once, of which the browser shows one."""

from dash import html
from dash.development.base_component import Component

from ...model import Contest, Election
from ..parts import data, figure, part, role
from .home import shape

FOCUSES = ("0", "1", "2")


def layout(_election: Election, contest: Contest) -> Component:
    """Fills the screen, whatever its size: the strip stays, below it one scene at a time."""
    return html.Main(
        [
            html.Header(
                [part("strip", className="grow"), role("clock", html.P, className="clk")],
                className="ts",
            ),
            role("notice", className="notice"),
            html.Div(
                [
                    _overview(contest),
                    *([_atlas()] if contest.geometry else []),
                    _quote("quote", "reaction"),
                    _quote("moment", "moment"),
                    _scene("qr", part("invitation")),
                    _scene("large", part("large")),
                ],
                className="scenes",
            ),
            part("simulated"),
            role("announcer", className="sr", role="status"),
        ],
        id="live",
        className="tv" if contest.geometry else "tv no-map",
        **data(page="screen"),
    )


def _scene(name: str, *children: Component) -> Component:
    return html.Div(list(children), className=f"scene {name}")


def _overview(contest: Contest) -> Component:
    return _scene(
        "overview",
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
    )


def _atlas() -> Component:
    """One map for three scenes, each of which lays something on it and says something beside."""
    on_it = [figure(f"outline-{n}", f"over outline slot-{n}") for n in FOCUSES]
    beside = [part(f"focus-{n}", className=f"of-focus slot-{n}") for n in FOCUSES]
    return _scene(
        "atlas",
        html.Section(
            [
                html.Div(
                    [figure("map-large", "map-box"), *on_it, figure("circles", "over circles-box")],
                    className="maps",
                ),
                html.Div(
                    [
                        part("legend-map", className="of-map"),
                        part("legend-circles", className="of-circles"),
                    ],
                    className="legends",
                ),
            ],
            className="mapbox",
        ),
        html.Section(
            [
                html.Div(
                    [
                        part("latest", className="of-latest"),
                        *beside,
                        part("weight", className="of-circles"),
                    ],
                    className="beside",
                ),
                part("short-map"),
            ],
            className="side",
        ),
    )


def _quote(name: str, words: str) -> Component:
    return _scene(name, part(words, className="grow"), part(f"short-{name}", className="foot"))


def _bars(contest: Contest) -> list[Component]:
    if len(contest.options) == 2:
        return [
            part("scores"), figure("bars-0", "bar-box"),
            part("scores-1"), figure("bars-1", "bar-box"),
        ]  # fmt: skip
    return [html.Div([part("scores"), figure("bars", "bars-box")], className="scorebox")]
