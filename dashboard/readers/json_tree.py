"""What JSON says, as the cells of a table: nothing is guessed, nothing fails."""

from collections.abc import Mapping

from .codes import refuse
from .decode import too_many
from .xml_tree import DEEPEST, Element


def cell(value: object) -> str:
    """A value as it would stand in a table; of lists and objects nothing that is a count."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else "[…]"


def said(value: Mapping[str, object], *keys: str) -> str:
    """What the first of these keys that says anything says, without surrounding spaces."""
    return next(filter(None, (cell(value.get(key)).strip() for key in keys)), "")


def objects(value: object, key: str) -> list[Mapping[str, object]]:
    """The objects of the list under a key. ReadError (R612): there is no list of objects."""
    found = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise refuse("R612", element=key)
    return found


def as_element(name: str, value: object, depth: int = 1) -> Element:
    """A value as the tree that its XML would be, where a standard has both: a member is an element,
    one of a list each; ``@id`` is the attribute ObjectId, ``@type`` without its package ``type``.

    ReadError (R106): nested deeper than XML may be.
    """
    if depth > DEEPEST:
        raise too_many("nested elements", "éléments imbriqués", depth, DEEPEST)
    if not isinstance(value, Mapping):
        return Element(name, "", {}, None, text=cell(value).strip())
    attributes = {}
    if "@id" in value:
        attributes["ObjectId"] = cell(value["@id"])
    if "@type" in value:
        attributes["type"] = cell(value["@type"]).rpartition(".")[2]
    children = [
        as_element(key, each, depth + 1)
        for key, found in value.items()
        if key not in {"@id", "@type"}
        for each in (found if isinstance(found, list) else [found])
    ]
    return Element(name, "", attributes, None, children)
