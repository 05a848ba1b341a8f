"""Which official format a file is in, before anyone has described it."""

from dataclasses import dataclass

from ..model import SourceFile
from . import formats, not_results
from .codes import refuse
from .content import Content
from .official import Format, OfficialFile


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file in an official format."""

    format: Format
    evidence: str  # what gives it away, as written in the file
    content: Content

    def parse(self) -> OfficialFile:
        """All that the file says. Raises ReadError when it cannot be trusted."""
        return self.format.parse(self.content)


def recognise(file: SourceFile) -> Recognised | None:
    """The official format a file is in; ``None`` of one that no format knows. Never raises."""
    return _recognise(Content(file.content))


def identify(file: SourceFile) -> Recognised | None:
    """As ``recognise``, for a file that nobody has described; ``None`` of what may be a table.

    Raises ReadError of a file that holds no counts (R605), and (R604) of a structure that no
    format knows and no table is.
    """
    content = Content(file.content)
    found = _recognise(content)
    if found is None:
        not_results.reject(content)
    if found is None and content.kind in {"xml", "json"}:
        formats.reject_malformed(content)
        raise refuse("R604", known=", ".join(formats.BY_NAME))
    return found


def _recognise(content: Content) -> Recognised | None:
    found = formats.recognise(content)
    return Recognised(*found, content) if found is not None else None
