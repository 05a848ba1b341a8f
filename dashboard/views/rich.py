"""Small pieces of page shared by the parts."""

from string import Formatter
from typing import Any

from ..charts import Hue
from .markup import Node, el

BULLET = " · "


def fill(template: str, **nodes: Node) -> list[Node]:
    """The children a phrase gives when its placeholders are nodes."""
    children: list[Node] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            children.append(literal)
        if name is not None:
            children.append(nodes[name])
    return children


def data(shown: str, value: object, field: str | None = None) -> Node:
    """A number as people read it, with the number itself beside it for machines."""
    return el("data", shown, value=str(value), data_field=field)


def raw_share(share: float) -> str:
    return f"{share:.6f}"


def colours(light: Hue, dark: Hue) -> str:
    """An option's colours in both themes at once; the style sheet takes the right ones."""
    return f"--l:{light.fill};--lt:{light.text};--d:{dark.fill};--dt:{dark.text}"


def swatch(light: str, dark: str) -> Node:
    return el("span", class_="sw", style=f"--l:{light};--d:{dark}")


def hidden(*children: Node | None, **attributes: Any) -> Node:
    """For screen readers only."""
    return el("span", *children, class_="sr", **attributes)


def expander(more: str, less: str) -> Node:
    """Shows the rest of a long list: a box to tick, which works before any script has come.

    The style sheet hides the rest until it is ticked, and swaps the two labels.
    """
    return el(
        "label",
        el("input", type="checkbox", class_="sr"),
        el("span", more, class_="more"),
        el("span", less, class_="less"),
        class_="all",
    )
