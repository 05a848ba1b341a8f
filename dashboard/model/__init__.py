"""The nouns of an election night: frozen dataclasses, standard library only.

Nothing here reads a clock, a disk, a network or the environment. What the source gave is a
field; what follows from it is a property. Missing is ``None``, zero is ``0``.
"""

from .arrival import Arrival
from .contest import Contest, Option, Parent
from .correction import Correction, NumberChange
from .counts import COUNT_FIELDS, Counts
from .election import Election
from .finding import Finding, Severity
from .geometry import Area, Geometry, Label
from .milestone import Milestone, MilestoneKind, MilestoneRules, WatchedRow
from .post import Post, PostKind
from .previous import Previous
from .results import ContestResult, CountStatus, SoundLines, UnitResult
from .rules import RuleSetting
from .snapshot import Snapshot
from .source import FIRST_FEED, FeedSource, ResultsSource, SourceFile, StatusRule, TableColumns
from .unit import ReportingUnit

__all__ = [
    "COUNT_FIELDS",
    "FIRST_FEED",
    "Area",
    "Arrival",
    "Contest",
    "ContestResult",
    "Correction",
    "CountStatus",
    "Counts",
    "Election",
    "FeedSource",
    "Finding",
    "Geometry",
    "Label",
    "Milestone",
    "MilestoneKind",
    "MilestoneRules",
    "NumberChange",
    "Option",
    "Parent",
    "Post",
    "PostKind",
    "Previous",
    "ReportingUnit",
    "ResultsSource",
    "RuleSetting",
    "Severity",
    "Snapshot",
    "SoundLines",
    "SourceFile",
    "StatusRule",
    "TableColumns",
    "UnitResult",
    "WatchedRow",
]
