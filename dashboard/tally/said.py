"""What a reader says of a file, as far as the arithmetic needs it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from ..model import Finding, SoundLines, UnitResult


class Said(Protocol):
    """``readers.Reading``, which tells what each is."""

    @property
    def results(self) -> Mapping[str, UnitResult]:
        """A unit that says what is published of it is that very object."""

    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def row_count(self) -> int: ...
    @property
    def lines(self) -> Mapping[str, int]: ...
    @property
    def sound(self) -> SoundLines | None: ...
    @property
    def totals(self) -> Mapping[str, int]: ...
    @property
    def generated_at(self) -> datetime | None: ...
