"""Bytes to results: one file per official format in ``formats``, the plain table for the rest.

``read`` is the door. A file that cannot be trusted is a ``ReadError``; anything less is a finding
of the ``Reading``; ``catalogue.CODES`` lists them all. Whether numbers add up is not asked here.
"""

from ..model import Contest, ContestResult, SourceFile
from . import formats, official, table
from .codes import refuse
from .content import Content
from .guess import guess_contest
from .identify import Recognised, identify, recognise
from .reading import ReadError, Reading, with_same_objects

__all__ = [
    "FORMATS",
    "ReadError",
    "Reading",
    "Recognised",
    "guess_contest",
    "identify",
    "read",
    "recognise",
]

FORMATS = ("table", *formats.BY_NAME)  # what an election file may name


def read(file: SourceFile, contest: Contest, previous: ContestResult | None = None) -> Reading:
    """What a results file says, read as the contest's source describes it.

    ``previous``, what was published of an earlier file, spares work and changes nothing: a unit
    that says the same is the same object.
    Raises ReadError, and nothing else, when the file as a whole cannot be trusted.
    """
    source = contest.source
    if source.format == "table":
        return table.read(file, contest, previous)
    if source.format not in FORMATS:
        raise refuse("R208", format=source.format, known=", ".join(FORMATS))
    content = Content(file.content, source.encoding, source.sheet)
    reading = official.results_of(formats.need(source.format, content).parse(content), contest)
    return with_same_objects(reading, previous.units) if previous is not None else reading
