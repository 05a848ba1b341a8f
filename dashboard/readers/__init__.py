"""Bytes to results: one file per format, and the strict cell and table readers they share.

``read`` is the door. A file that cannot be trusted is a ``ReadError``; anything less is a finding
of the ``Reading``. ``codes.CODES`` lists them all. Whether the numbers add up is not asked here.
"""

from collections.abc import Callable, Mapping

from ..model import Contest, SourceFile
from . import table
from .codes import refuse
from .guess import guess_contest
from .reading import ReadError, Reading

__all__ = ["FORMATS", "ReadError", "Reading", "guess_contest", "read"]

FORMATS: Mapping[str, Callable[[SourceFile, Contest], Reading]] = {"table": table.read}


def read(file: SourceFile, contest: Contest) -> Reading:
    """What a results file says, read as the contest's source describes it.

    Raises ReadError, and nothing else, when the file as a whole cannot be trusted.
    """
    name = contest.source.format
    if name not in FORMATS:
        raise refuse("R208", format=name, known=", ".join(FORMATS))
    return FORMATS[name](file, contest)
