"""JSON to a grid: the records that the election file points at, one row each.

``records`` is the way to them from the top: keys joined by dots, "races.wards". A list on the way
is walked through, and so are, at a "*", the values of an object; "." is a list at the top. Columns
are called by their ways from the top as well: "races.wards.votes" of a record,
"races.wards.results.yes" of an object in it, "races.title" of what it lies in. The key that a "*"
stands for is the column of that way: "counties.*".
"""

from collections.abc import Iterator, Mapping, Sequence

from .codes import refuse
from .grid import MOST_COLUMNS, Grid, locate, reject_excess
from .json_tree import cell

NO_LINE = 0  # JSON has none worth naming: it may be all in one


def parse_records(value: object, records: str, wanted: Sequence[str]) -> Grid:
    """The grid of the ``wanted`` columns; "" where a record lacks one.

    Raises ReadError: no such way (R612), a column that no record has (R201), beyond a cap.
    """
    steps = [step for step in records.split(".") if step]
    ways = ["", *(".".join(steps[:end]) + "." for end in range(1, len(steps) + 1))]
    names = list(dict.fromkeys(wanted))
    columns = [
        {name: name.removeprefix(way) for name in names if name.startswith(way)} for way in ways
    ]
    found = list(_walk(value, steps, columns, {}))
    if not found and not _leads(value, steps):
        raise refuse("R612", element=records)
    if found and not set().union(*found).issuperset(names):
        known = dict.fromkeys([*set().union(*found), *_known(value, steps, "")])
        locate(Grid(tuple(known)[:MOST_COLUMNS], NO_LINE, [], []), names)
    rows = [[said.get(name, "") for name in names] for said in found]
    reject_excess(len(rows), len(names), max((len(c) for row in rows for c in row), default=0))
    return Grid(tuple(names), NO_LINE, rows, [NO_LINE] * len(rows))


def _walk(
    value: object,
    steps: Sequence[str],
    columns: Sequence[Mapping[str, str]],
    outer: Mapping[str, str],
) -> Iterator[dict[str, str]]:
    """What each record says, with what it lies in (``outer``).

    ``columns`` of each level left: name -> the way to it from there.
    """
    for each in _objects(value):
        said = {**outer, **_cells(each, columns[0])}
        if not steps:
            yield said
            continue
        step, *rest = steps
        star = next((name for name, own in columns[0].items() if own == "*"), "")
        for key, inner in each.items() if step == "*" else [("", each.get(step))]:
            yield from _walk(inner, rest, columns[1:], {**said, star: key} if star else said)


def _objects(value: object) -> list[Mapping[str, object]]:
    """The objects of a list, or the one that a value is."""
    return [each for each in (value if isinstance(value, list) else [value])
            if isinstance(each, Mapping)]  # fmt: skip


def _cells(value: Mapping[str, object], names: Mapping[str, str]) -> dict[str, str]:
    found = {name: _find(value, own) for name, own in names.items()}
    return {name: said for name, said in found.items() if said is not None}


def _find(value: Mapping[str, object], name: str) -> str | None:
    """The cell of that name; a dot leads into an object or is part of a key ("J. Martin")."""
    if name in value:
        found = value[name]
        return None if isinstance(found, list | Mapping) else cell(found)
    for place, character in enumerate(name):
        inner = value.get(name[:place]) if character == "." else None
        if isinstance(inner, Mapping) and (said := _find(inner, name[place + 1 :])) is not None:
            return said
    return None


def _leads(value: object, steps: Sequence[str]) -> bool:
    """Whether the way exists, though no record lie at its end."""
    if not steps or value == []:
        return isinstance(value, list | Mapping)
    return any(
        _leads(inner, steps[1:])
        for each in _objects(value)
        for inner in (each.values() if steps[0] == "*" else [each.get(steps[0])])
    )


def _known(value: object, steps: Sequence[str], way: str) -> Iterator[str]:
    """Names of columns that a first record, and what it lies in, would answer to."""
    for first in _objects(value)[:1]:
        for key, each in first.items():
            if isinstance(each, Mapping):
                yield from (f"{way}{key}.{inner}" for inner in each)
            elif not isinstance(each, list):
                yield f"{way}{key}"
        if steps:
            step = steps[0]
            inner = next(iter(first.values()), None) if step == "*" else first.get(step)
            yield from _known(inner, steps[1:], f"{way}{step}.")
