"""The counts of a NIST SP 1500-100 report: one thing in one unit may be counted in many parts.

``total`` says it all; without it the types of vote are added up, and of a type its devices, unless
it has a count for all of them. Of a ranked contest the first round is read. A count that is
suppressed for privacy is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ..cells import sum_cells
from ..xml_tree import NOTHING, Element

TRUE = {"true", "1"}
FIRST_ROUND = {"", "1"}


class Cell(NamedTuple):
    text: str
    line: int | None


Cells: TypeAlias = Mapping[str, Cell]  # of one unit by option, or of one option by unit
NO_VOTE = Cell("0", None)


def counted(counts: Iterable[Element], name: str) -> dict[str, Cell]:
    """What is counted of one thing, by unit."""
    by_unit: dict[str, list[Element]] = defaultdict(list)
    for count in counts:
        if count.first(name) is not None and count.said("Round") in FIRST_ROUND:
            by_unit[count.need("GpUnitId").text].append(count)
    return {unit: Cell(_count(found, name), found[0].line) for unit, found in by_unit.items()}


def _count(parts: Sequence[Element], name: str) -> str:
    """The cell of one unit. Two counts of the same kind make no sum: together they are no count."""
    kinds: dict[str, list[Element]] = defaultdict(list)
    for part in [part for part in parts if part.said("Type") == "total"] or parts:
        kinds[part.said("OtherType") or part.said("Type")].append(part)
    cells = []
    for of_kind in kinds.values():
        whole = [part for part in of_kind if part.first("DeviceClass") is None] or of_kind
        said = ["" if part.said("IsSuppressedForPrivacy") in TRUE else part.cell(name)
                for part in whole]  # fmt: skip
        devices = {_device(part) for part in whole}
        cells += said if len(devices) == len(whole) else [" + ".join(said)]
    return sum_cells(cells)


def _device(count: Element) -> tuple[tuple[str, str], ...]:
    device = count.first("DeviceClass") or NOTHING
    return tuple((child.name, child.text) for child in device.children)
