"""A Dash layout as HTML, with its parts filled: what is on screen before any script has run."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

from ..views.markup import VOID_TAGS, to_html

# Dash's prop names that are not the attribute's name.
_ATTRIBUTES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
_TAGS = {"MapEl": "map", "ObjectEl": "object"}
_IGNORED = frozenset({"children", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "key"})


def write(component: Any, document: Mapping[str, Any], attributes: Mapping[str, str]) -> str:
    """``component`` and everything under it as HTML.

    An element with a ``data-part`` holds that part of ``document``; one with a ``data-figure-box``
    is hidden when the document has no such figure. ``attributes`` are added to the root element.
    Raises ``TypeError`` for a component that is neither of ``html`` nor a graph.
    """
    if component is None:
        return ""
    if isinstance(component, str | int | float):
        return escape(str(component), quote=False)
    if not isinstance(component, Component):
        raise TypeError(f"a skeleton holds html components and graphs, not {component!r}")
    if component._type == "Graph":
        return _graph(component)
    if component._namespace != "dash_html_components":
        raise TypeError(f"a skeleton holds html components and graphs, not {component!r}")
    return _element(component, document, attributes)


def _element(component: Component, document: Mapping[str, Any], extra: Mapping[str, str]) -> str:
    props = {**_props(component), **extra}
    if "data-figure-box" in props and not set(graphs(component)) <= set(document["figures"]):
        props["hidden"] = True
    tag = _TAGS.get(component._type, component._type.lower())
    opening = f"<{tag}{_attributes(props)}>"
    if tag in VOID_TAGS:
        return opening
    part = document["parts"].get(props.get("data-part"))
    inner = (
        to_html(part)
        if part is not None
        else "".join(write(child, document, {}) for child in _children(props.get("children")))
    )
    return f"{opening}{inner}</{tag}>"


def _graph(component: Component) -> str:
    """The place a figure will take: same id, same class, nothing in it."""
    props = _props(component)
    name = " ".join(filter(None, ["dash-graph", props.get("className")]))
    return f"<div{_attributes({'id': props['id'], 'className': name})}></div>"


def _props(component: Component) -> dict[str, Any]:
    return dict(component.to_plotly_json()["props"])  # type: ignore[no-untyped-call]


def _children(children: Any) -> Iterable[Any]:
    return children if isinstance(children, list | tuple) else [children]


def _attributes(props: Mapping[str, Any]) -> str:
    written = ""
    for name, value in sorted(props.items()):  # Dash keeps them in another order each time
        if name in _IGNORED or value is None or value is False:
            continue
        name = _ATTRIBUTES.get(name, name)
        written += f" {name}" if value is True else f' {name}="{escape(str(value))}"'
    return written


def graphs(component: Any) -> list[str]:
    """The ids of every graph in a layout."""
    found = [component.id] if getattr(component, "_type", "") == "Graph" else []
    for child in _children(getattr(component, "children", None)):
        if isinstance(child, Component):
            found += graphs(child)
    return found
