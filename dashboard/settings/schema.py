"""The election file's grammar. A key that is not here is refused by name, so a typing error in
an optional key cannot pass for its absence."""

from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?$")]
Columns = str | list[str]


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("a time zone such as Europe/Paris") from error
    return name


TimeZone = Annotated[str, AfterValidator(_time_zone)]
Seconds = Annotated[float, Field(ge=0.05, le=3600)]


class Table(BaseModel):
    """Base of every table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class OptionTable(Table):
    id: Identifier
    name: Name
    short_name: Name | None = None
    list: str = ""
    colour: Colour | None = None
    remainder: bool = False


class UnitsTable(Table):
    path: str
    code: Columns = "code"
    name: Columns = "name"
    parent: str = ""
    registered_voters: str = ""
    areas: Columns = ""
    areas_separator: str = ""  # "" = spaces
    areas_strip_zeros: bool = False
    delimiter: str = ""
    pad_code: int = Field(default=0, ge=0, le=32)
    ignore: list[str] = []
    where: dict[str, str] = {}


class GeometryTable(Table):
    path: str
    id: Columns = "id"
    name: str = "name"
    labels: str = ""
    credit: str = ""
    only_served: bool = False  # leave out the areas that no unit serves


class ParentsTable(Table):
    path: str
    code: str = "code"
    name: str = "name"
    delimiter: str = ""
    geometry: GeometryTable | None = None


class ColumnsTable(Table):
    unit: Columns = ""
    options: dict[Identifier, str] = {}
    option: str = ""
    votes: str = ""
    split: str = ""
    absent: Literal["", "zero"] = ""
    option_values: dict[str, Identifier] = {}
    registered_voters: str = ""
    ballots_cast: str = ""
    blank_ballots: str = ""
    invalid_ballots: str = ""
    blank_or_invalid_ballots: str = ""
    valid_votes: str = ""


class StatusTable(Table):
    by: Literal["column", "progress", "presence", "nonzero", "all"] = "presence"
    column: str = ""
    total: str = ""
    values: dict[str, Literal["waiting", "partial", "complete"]] = {}


class ResultsTable(Table):
    path: str = ""
    url: str = ""
    format: str = "table"
    contest: str = ""
    level: str = ""
    accept_test: bool = False
    columns: ColumnsTable = ColumnsTable()
    status: StatusTable = StatusTable()
    delimiter: Literal["", ";", ",", "\t", "|"] = ""
    encoding: str = ""
    thousands: Literal["", ",", ".", "'"] = ""
    sheet: str = ""
    header_row: int = Field(default=1, ge=1, le=1000)
    records: str = ""
    where: dict[str, str] = {}
    ignore_units: list[str] = []
    pad_unit: int = Field(default=0, ge=0, le=32)
    poll_seconds: Seconds = 1.0
    patience_seconds: Annotated[float, Field(ge=1, le=86_400)] = 120.0
    quiet_seconds: Annotated[float, Field(ge=5, le=86_400)] = 900.0


class PreviousTable(Table):
    label: Name
    label_en: Name | None = None
    date: date
    credit: str = ""
    first_round: bool = False
    names: dict[Identifier, Name] = {}  # of the options of then only
    shares: dict[Identifier, Annotated[float, Field(ge=0, le=100)]] = {}
    results: ResultsTable | None = None


class CheckTable(Table):
    severity: Literal["refuse", "wait", "hold", "flag", "off"] | None = None
    limit: Annotated[float, Field(ge=0)] | None = None


class MilestonesTable(Table):
    shares: list[Annotated[float, Field(gt=0, lt=1)]] = [0.25, 0.5, 0.75]
    rows: int = Field(default=10, ge=0, le=100)
    complete: bool = True
    leads: bool = True
    every_seconds: float = Field(default=60.0, ge=60, le=86_400)
    most: int = Field(default=60, ge=0, le=500)


class ContestTable(Table):
    id: Identifier
    title: Name | None = None
    round: str = ""
    place: str = ""
    date: date
    timezone: TimeZone
    embargo: datetime | None = None
    rows: Literal["unit", "parent"] = "unit"
    unit_word: str = "bureau"
    row_word: str = ""
    votes_per_ballot: int = Field(default=1, ge=1, le=1000)
    early_below: Annotated[float, Field(ge=0, le=1)] = 0.10
    option: Annotated[list[OptionTable], Field(min_length=1)]
    units: UnitsTable
    geometry: GeometryTable | None = None
    parents: ParentsTable | None = None
    results: ResultsTable
    previous: PreviousTable | None = None
    checks: dict[str, CheckTable] = {}
    milestones: MilestonesTable = MilestonesTable()


class FeedTable(Table):
    name: Identifier | Literal[""] = ""
    path: str = ""
    url: str = ""
    poll_seconds: Seconds = 1.0
    kind: Literal["note", "reaction", "key"] = "note"
    source: Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)] = ""
    image_hosts: list[Host] = []


def _one_or_many(given: object) -> object:
    """[feed] is as good as one [[feed]]."""
    return [given] if isinstance(given, dict) else given


class ElectionTable(Table):
    id: Identifier
    title: Name
    language: Literal["fr", "en"] = "fr"
    simulated: str = ""
    simulated_en: str = ""
    credit: str = ""
    public_url: str = ""
    store: str = ""
    feed: Annotated[list[FeedTable], BeforeValidator(_one_or_many)] = []
    contest: Annotated[list[ContestTable], Field(min_length=1)]
