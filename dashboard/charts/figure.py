"""What every figure shares: no decoration, nothing that moves by itself, small JSON."""

from typing import Any

import plotly.graph_objects as go

TRANSPARENT = "rgba(0,0,0,0)"
UNCHECKED = {"_validate": False}  # what plotly.express passes for the same reason
FONT = "Public Sans, system-ui, sans-serif"


def bare_figure(traces: list[Any], **layout: Any) -> go.Figure:
    """A figure without template, margins, legend, mode bar or gestures.

    ``uirevision`` never changes: a new version must not undo what a reader did to the figure.

    Built unchecked, as are the traces (``UNCHECKED``): Plotly's validation of every value took
    three quarters of a version's time. The tests rebuild each figure with it.
    """
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}
    figure = go.Figure(
        data=traces,
        layout={
            "template": "none",
            "margin": margin,
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "showlegend": False,
            "dragmode": False,
            "autosize": True,
            "uirevision": "constant",
            **layout,
        },
        **UNCHECKED,
    )
    figure.layout.template = None  # only now: a constructor takes None for the default one
    return figure


def to_json(figure: go.Figure) -> Any:
    """The figure as JSON without ``null`` members (they would mean "remove" in a patch)."""
    return _without_none(figure.to_plotly_json())


def escape(text: str) -> str:
    """Plotly reads a little HTML in its texts; names and posts are never that."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
