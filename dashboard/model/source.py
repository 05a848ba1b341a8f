"""Where results and posts come from, and how to read the plain table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

FIRST_FEED = "feed"  # the name of one that is not given another


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Header names of the plain table; an empty name means the table has no such column.

    Wide: ``options`` maps option id -> header. Long: ``option`` and ``votes`` name the two
    columns, and ``option_values`` maps what the option column says -> option id.
    """

    # One header, or several whose cells are joined by "-"; none in a table of the only unit.
    unit: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    option: str = ""
    votes: str = ""
    option_values: Mapping[str, str] = field(default_factory=dict)
    # Of a long table: an option's votes are spread over rows that differ here (early and election
    # day votes, the candidates of a list), and added.
    split: str = ""
    # "zero": in a unit that has numbers, an option without a row or with an empty cell has no vote,
    # as where a party does not stand. Otherwise both are mistakes.
    absent: str = ""
    registered_voters: str = ""
    ballots_cast: str = ""
    blank_ballots: str = ""
    invalid_ballots: str = ""
    blank_or_invalid_ballots: str = ""
    valid_votes: str = ""
    status: str = ""
    status_total: str = ""  # what the status column counts up to, when status is "progress"

    @property
    def is_long(self) -> bool:
        return bool(self.option)


@dataclass(frozen=True, slots=True)
class StatusRule:
    """How a unit's count status is known.

    ``by`` is "column" (cells translated by ``values``), "progress" (two columns: how many stations
    are counted, and of how many), "presence" (a row that holds numbers is complete), "nonzero" (as
    presence, but a row whose votes are all zero still waits) or "all" (every row of the file is
    complete).
    """

    by: str = "presence"
    values: Mapping[str, str] = field(default_factory=dict)  # cell -> waiting|partial|complete


@dataclass(frozen=True, slots=True)
class ResultsSource:
    """One results file, polled all evening."""

    location: str  # absolute path, or http(s) URL
    columns: TableColumns
    format: str = "table"  # or the name of an official format, which needs no columns
    contest: str = ""  # of an official file: the id it gives the contest; "" = its only one
    level: str = ""  # of an official file: which of its levels of units; "" = the finest
    accept_test: bool = False  # whether a file that calls itself a test may be published
    delimiter: str = ""  # "" = found from the header among ; , tab |
    encoding: str = ""  # "" = utf-8-sig, then cp1252, both strict
    thousands: str = ""  # e.g. "," ; spaces between digit triplets are always accepted
    sheet: str = ""  # of an .xlsx; "" = the first
    header_row: int = 1  # 1-based line of the header
    records: str = ""  # of JSON: the way to the records, "races.wards" (readers/records.py)
    where: Mapping[str, str] = field(default_factory=dict)  # keep only rows with these cells
    ignore_units: tuple[str, ...] = ()  # codes of rows that are no unit (totals)
    pad_unit: int = 0  # zeros to the left up to this length (the last part of a joined code)
    status: StatusRule = field(default_factory=StatusRule)
    poll_seconds: float = 1.0
    patience_seconds: float = 120.0  # how long a shrunken file must stay unchanged to be believed
    quiet_seconds: float = 900.0  # after this without a change the screens say so

    @property
    def is_url(self) -> bool:
        return self.location.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class FeedSource:
    """One source of posts, polled like the results."""

    location: str
    poll_seconds: float = 1.0
    name: str = FIRST_FEED  # unique in an election
    kind: str = "note"  # of posts that do not say theirs: note, reaction or key
    source: str = ""  # who is named as the source of posts that name nobody
    image_hosts: tuple[str, ...] = ()  # from which readers' browsers may fetch images

    @property
    def is_url(self) -> bool:
        return self.location.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received, before anyone has read it."""

    name: str
    content: bytes
    digest: str  # sha256, hex
    modified_at: datetime  # aware, UTC: what the source says of its own age
