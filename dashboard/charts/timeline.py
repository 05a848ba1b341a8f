"""The night over time: the leader's share step by step, the progress, and what stands out."""

from collections.abc import Mapping
from typing import Any

from .figure import Figure, bare_figure
from .theme import Hue, Theme

# Room for half of the scrubber's thumb on either side, so that it stands on its moment.
THUMB, AXIS = 10, 22  # px
MARKS = ("key", "lead", "correction")


def timeline(hues: Mapping[str, Hue], theme: Theme) -> Figure:
    """The drawing without its data, which only a replay has: constant all night.

    A browser (assets/timeline.js) fills each trace by its ``name``: "share:ID" with the share of
    that option while it led, "counted" with the progress, both of one; "post", "key", "lead" and
    "correction" with when there was one. x is in ms since the replay's start.
    """
    traces = [_share(option, hue) for option, hue in hues.items()]
    traces.append(_line("counted", theme.ink_3, width=1.5, dash="dot"))
    colours = {"key": theme.ink, "lead": theme.ink, "correction": theme.ink_2}
    traces.append(_marks("post", "line-ns-open", 7, theme.ink_3))
    symbols = {"key": "line-ns-open", "lead": "diamond", "correction": "x"}
    traces += [
        _marks(kind, symbols[kind], 15 if kind == "key" else 9, colours[kind]) for kind in MARKS
    ]
    axis = {"fixedrange": True, "zeroline": False, "showgrid": False}
    return bare_figure(
        traces,
        margin={"l": THUMB, "r": THUMB, "t": 4, "b": AXIS, "pad": 0},
        font={"color": theme.ink_2, "size": 12},
        xaxis={**axis, "ticks": "outside", "tickcolor": theme.line, "linecolor": theme.ink_3},
        yaxis={**axis, "visible": False, "range": [0, 1]},
        shapes=[_half(theme)],
    )


def _share(option: str, hue: Hue) -> dict[str, Any]:
    line = _line(f"share:{option}", hue.fill, width=2)
    return {**line, "fill": "tozeroy", "fillcolor": f"{hue.fill}38", "connectgaps": False}


def _line(name: str, colour: str, **line: Any) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": [], "y": [], "hoverinfo": "skip",
        "line": {"shape": "hv", "color": colour, **line},
    }  # fmt: skip


def _marks(name: str, symbol: str, size: int, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": [], "y": [], "hoverinfo": "skip",
        "marker": {
            "symbol": symbol, "size": size, "color": colour,
            "line": {"width": 2 if "line" in symbol else 0, "color": colour},
        },
    }  # fmt: skip


def _half(theme: Theme) -> dict[str, Any]:
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5,
        "line": {"width": 1, "color": theme.ink_3, "dash": "dash"}, "layer": "above",
    }  # fmt: skip
