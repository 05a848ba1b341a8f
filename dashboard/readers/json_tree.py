"""What JSON says, as the cells of a table: nothing is guessed, nothing fails."""

from collections.abc import Mapping

from .codes import refuse


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
