"""Bytes to results: one file per format, and the strict cell and table readers they share.

``read`` is the door. A file that cannot be trusted is a ``ReadError``; anything less is a finding
of the ``Reading``. ``codes.CODES`` lists them all. Whether the numbers add up is not asked here.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..model import Contest, ContestResult, SourceFile
from . import table
from .codes import refuse
from .guess import guess_contest
from .reading import ReadError, Reading

__all__ = ["FORMATS", "ReadError", "Reading", "guess_contest", "read"]

Reader: TypeAlias = Callable[[SourceFile, Contest, ContestResult | None], Reading]
FORMATS: Mapping[str, Reader] = {"table": table.read}


def read(file: SourceFile, contest: Contest, previous: ContestResult | None = None) -> Reading:
    """What a results file says, read as the contest's source describes it.

    ``previous``, what was published of an earlier file, spares work and changes nothing: a unit
    that says the same is the same object.
    Raises ReadError, and nothing else, when the file as a whole cannot be trusted.
    """
    name = contest.source.format
    if name not in FORMATS:
        raise refuse("R208", format=name, known=", ".join(FORMATS))
    return FORMATS[name](file, contest, previous)
