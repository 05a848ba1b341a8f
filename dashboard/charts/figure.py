"""What every figure shares: no decoration, nothing that moves by itself, small JSON."""

from typing import Any, TypeAlias

# A Plotly figure as JSON, without ``null`` members (they would mean "remove" in a patch).
# ``plotly.graph_objects`` would copy and check each value of it several times, which was most of
# the time of a version; the tests give every figure to it instead.
Figure: TypeAlias = dict[str, Any]

TRANSPARENT = "rgba(0,0,0,0)"
FONT = "Public Sans, system-ui, sans-serif"


def bare_figure(traces: list[dict[str, Any]], **layout: Any) -> Figure:
    """A figure without template, margins, legend, mode bar or gestures.

    ``uirevision`` never changes: a new version must not undo what a reader did to the figure.
    """
    return {
        "data": traces,
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "showlegend": False,
            "dragmode": False,
            "autosize": True,
            "uirevision": "constant",
            **layout,
        },
    }


def escape(text: str) -> str:
    """Plotly reads a little HTML in its texts; names and posts are never that."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
