"""The big screen ``/ecran``: every scene at once, of which the browser shows one."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from ...model import Contest, Election
from ...views.scores import shape
from ..parts import data, figure, part, role

FOCUSES = ("0", "1", "2")


def layout(election: Election, contest: Contest) -> Component:
    """Fills the screen, whatever its size: the strip stays, below it one scene at a time.

    The first contest's wall shows all of the election in turn, so it has the places of each.
    """
    in_turn = election.contests if contest is election.contests[0] else (contest,)
    has_atlas = any(each.geometry for each in in_turn)
    turn = {"contests": " ".join(each.id for each in in_turn)} if len(in_turn) > 1 else {}
    return html.Main(
        [
            html.Header(
                [
                    role("past", html.P, className="past"),
                    part("strip", className="grow"),
                    role("clock", html.P, className="clk"),
                ],
                className="ts",
            ),
            role("notice", className="notice"),
            html.Div(
                [
                    _overview(contest, in_turn),
                    *([_atlas()] if has_atlas else []),
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
        **data(page="screen", **turn),
    )


def _scene(name: str, *children: Component) -> Component:
    return html.Div(list(children), className=f"scene {name}")


def _overview(contest: Contest, in_turn: Sequence[Contest]) -> Component:
    return _scene(
        "overview",
        html.Div(
            [
                html.Section(
                    [*_bars(in_turn), part("progress")], className=f"result {shape(contest)}"
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


def _bars(in_turn: Sequence[Contest]) -> list[Component]:
    """Of a duel, of a ranking, or of both, one of which the style sheet hides."""
    duels = {len(contest.options) == 2 for contest in in_turn}
    duel = [
        part("scores"), figure("bars-0", "bar-box"), part("scores-1"), figure("bars-1", "bar-box")
    ]  # fmt: skip
    ranking = [html.Div([part("ranking"), figure("bars", "bars-box")], className="scorebox")]
    return [*(duel if True in duels else []), *(ranking if False in duels else [])]
