"""Empty places that the browser fills: texts by part name, figures by id, live notes by role."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

HIDDEN: dict[str, Any] = {"aria-hidden": "true"}  # from assistive technology

# Nothing to focus or drag inside a figure: its numbers are in the page as text.
_STATIC: Any = {"staticPlot": True, "displayModeBar": False, "responsive": True}
_HOVERING: Any = {
    "displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False,
}  # fmt: skip


def data(**values: str) -> dict[str, Any]:
    """``data(action="pause")`` as props: ``data-action``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def part(name: str, tag: type[Component] = html.Div, **props: Any) -> Component:
    """The place of a document's part; React leaves its content alone because it gives none."""
    return tag(**data(part=name), **props)


def role(name: str, tag: type[Component] = html.Div, **props: Any) -> Component:
    """A place the browser fills by itself: notice, age, clock, card, announcer."""
    return tag(**data(role=name), **props)


def figure(figure_id: str, class_name: str, *, hover: bool = False) -> Component:
    """A Plotly figure in a box that disappears when the document has no such figure.

    Hidden from assistive technology: every number of it is text beside it.
    """
    graph = dcc.Graph(id=figure_id, config=_HOVERING if hover else _STATIC)
    return html.Div(graph, className=class_name, **data(figure_box=""), **HIDDEN)
