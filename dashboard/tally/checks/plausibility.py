"""What is possible and not likely: complete units beside their neighbours. All of it is published.

The first file is looked at whole. Later, only what changed is, and what is in doubt; but a group
of neighbours is looked at again whenever it has doubled and when it is complete, because the
first to report had nobody to be compared with.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ...model import Contest, ContestResult, CountStatus, Option, ReportingUnit, UnitResult
from .catalogue_plausibility import PLAUSIBILITY
from .neighbours import Group, Member, group_of, neighbourhoods
from .odd import odd_rules
from .report import Report, Words, name
from .twins import twins

_LEADING = 3  # options whose shares are compared
_ASKED = 400  # units that tell which those are


class Doubt(NamedTuple):
    """A unit, and what is odd about it."""

    unit: ReportingUnit
    words: Words


def check_plausibility(
    changed: Iterable[UnitResult],
    results: Mapping[str, UnitResult],
    known: Mapping[str, ReportingUnit],
    contest: Contest,
    previous: ContestResult | None,
    say: Report,
) -> None:
    """Everything odd about a complete unit that is not held (C403 to C409)."""
    fresh = ({unit.code for unit in changed} & known.keys()) | _in_doubt(previous)
    options = _leading(results, contest) if fresh else ()
    doubts: dict[str, dict[str, Doubt]] = defaultdict(dict)
    asked: list[Member] = []
    for units in neighbourhoods(contest.units) if fresh else ():
        if fresh.isdisjoint([unit.code for unit in units]):
            continue
        group = group_of(units, results, say.held)
        subjects = _subjects(group, fresh, previous)
        asked += subjects
        for code, odd in odd_rules(group, options, say) if subjects else ():
            for unit, words in odd(subjects):
                doubts[code].setdefault(unit.code, Doubt(unit, words))
    for one, other, valid in twins(results.values(), asked, say.limit("C408")) if asked else ():
        if say.held.isdisjoint((one, other)) and one in known and other in known:
            pair: Words = {"other": name(known[other]), "valid": valid}
            doubts["C408"][one] = Doubt(known[one], pair)
    for code in sorted(doubts):
        say.add_units(code, list(doubts[code].values()), lambda doubt: doubt.words)


def _in_doubt(previous: ContestResult | None) -> set[str]:
    """Units of which something odd is said of what is published."""
    return {
        unit
        for finding in (previous.findings if previous is not None else ())
        if finding.code in PLAUSIBILITY
        for unit in finding.units or (finding.unit,)
    }


def _leading(results: Mapping[str, UnitResult], contest: Contest) -> list[Option]:
    """The options with most votes, as far as some of the units tell."""
    votes: Counter[str] = Counter()
    for unit in list(results.values())[:: max(1, len(results) // _ASKED)]:
        votes.update(unit.counts.votes if unit.counts is not None else {})
    first = {option for option, _ in votes.most_common(_LEADING)}
    return [option for option in contest.options if option.id in first]


def _subjects(group: Group, fresh: Collection[str], previous: ContestResult | None) -> list[Member]:
    """Who is looked at: the fresh, or all if the complete units have doubled or are all now."""
    subjects = [unit for unit in group.complete if unit.code in fresh]
    now = len(group.complete)
    new = sum([not _was_complete(unit, previous) for unit in subjects])
    has_grown = now == group.size or now.bit_length() > (now - new).bit_length()
    return group.members(group.complete if new and has_grown else subjects)


def _was_complete(unit: ReportingUnit, previous: ContestResult | None) -> bool:
    before = previous.units.get(unit.code) if previous is not None else None
    return before is not None and before.status is CountStatus.COMPLETE
