"""A row of the table that has been counted to the last unit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a row became complete, by the source's own time."""

    row: str  # key of the row: a unit's code, or what its parent is called there
    at: datetime  # aware, UTC
