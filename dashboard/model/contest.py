"""A contest (scrutin) and its options."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .geometry import Geometry
from .milestone import MilestoneRules
from .previous import Previous
from .rules import RuleSetting
from .source import ResultsSource
from .unit import ReportingUnit


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate, a list or an answer. Identity is ``id``; the place in the file never is."""

    id: str
    name: str  # as on the ballot paper: "Benoît Hamon"
    short_name: str  # what a headline says: "Hamon"
    list_name: str = ""
    colour: str | None = None  # "#rrggbb"; None takes the next of the palette
    remainder: bool = False  # its votes are valid votes minus all the other options'

    @property
    def given_name(self) -> str:
        """What precedes the short name in the full one, or nothing."""
        head, found, tail = self.name.rpartition(self.short_name)
        return head.strip() if found and not tail else ""


@dataclass(frozen=True, slots=True)
class Parent:
    """What many units belong to, with pages of its own: a département."""

    code: str  # what ``ReportingUnit.parent`` says, and its address: "34"
    name: str
    geometry: Geometry | None = None  # of its units


@dataclass(frozen=True, slots=True)
class Contest:
    """One question put to voters on one day; the round is part of it."""

    id: str
    title: str  # "Primaire de la gauche"
    round: str  # "2d tour", may be empty
    place: str  # "Hérault", what the whole is called
    date: date
    timezone: str  # IANA name
    options: tuple[Option, ...]  # in the order of the ballot paper
    units: tuple[ReportingUnit, ...]
    source: ResultsSource
    geometry: Geometry | None = None
    rows: str = "unit"  # "unit" or "parent": what one row of the table shows
    unit_word: str = "bureau"  # key of text.UNIT_WORDS: bureau, commune, district, ward, county …
    row_word: str = "commune"  # same, for what a row and a map area are called
    embargo: datetime | None = None  # aware; no figure leaves before it
    votes_per_ballot: int = 1  # more where voters tick several names, or as many as there are seats
    early_below: float = 0.10  # share of units counted under which it is too early to tell
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)  # by code, where not as usual
    milestones: MilestoneRules = field(default_factory=MilestoneRules)
    # When there are any, the whole shows one row and one area for each, and each shows its own
    # units: nobody has to download 35,000 rows.
    parents: tuple[Parent, ...] = ()
    previous: Previous | None = None  # an earlier vote to compare with

    def option(self, option_id: str) -> Option:
        """The option of that id; ``KeyError`` when there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def parts(self) -> "dict[str, Contest]":
        """The contest as each parent counts it, by the parent's code: its units, rows and map."""
        members: dict[str, list[ReportingUnit]] = defaultdict(list)
        for unit in self.units:
            members[unit.parent].append(unit)
        return {
            parent.code: replace(
                self,
                place=parent.name,
                units=tuple(members[parent.code]),
                geometry=parent.geometry,
                rows="unit",
                row_word=self.unit_word,
                milestones=MilestoneRules(),  # told of the whole
                parents=(),
            )
            for parent in self.parents
        }
