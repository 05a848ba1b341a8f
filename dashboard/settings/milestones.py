"""What the feed tells of the count by itself: ``[contest.milestones]`` of the election file."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from .. import tally
from ..model import Contest, MilestoneRules, ReportingUnit, WatchedRow
from .schema import MilestonesTable


def with_milestones(contest: Contest, table: MilestonesTable) -> Contest:
    """The contest with its rules, and the rows that are worth a post of their own."""
    rules = MilestoneRules(
        shares=tuple(sorted(set(table.shares))),
        rows=_weightiest(contest, table.rows),
        complete=table.complete,
        leads=table.leads,
        pause=timedelta(seconds=table.every_seconds),
        most=table.most,
    )
    return replace(contest, milestones=rules)


def _weightiest(contest: Contest, number: int) -> tuple[WatchedRow, ...]:
    """By voters where all are known, else by units, else those the map names.

    Fewer, or none, when nothing known before the night tells one row from another.
    """
    members: dict[str, list[ReportingUnit]] = defaultdict(list)
    for unit in contest.units:
        members[tally.row_key(contest, unit)].append(unit)
    parents = {parent.code: parent.name for parent in contest.parents}
    rows = [
        WatchedRow(key, parents.get(key) or _name(contest, units), tuple(u.code for u in units))
        for key, units in members.items()
    ]
    voters = {unit.code: unit.registered_voters for unit in contest.units}
    if None not in voters.values():
        return tuple(sorted(rows, key=lambda row: -_sum(voters, row))[:number])
    labels = [label.name for label in contest.geometry.labels] if contest.geometry else []
    rank = {name: place for place, name in enumerate(labels)}
    known = [row for row in rows if len(row.units) > 1 or row.name in rank]
    known.sort(key=lambda row: (-len(row.units), rank.get(row.name, len(rank))))
    return tuple(known[:number])


def _name(contest: Contest, units: list[ReportingUnit]) -> str:
    first = units[0]
    return first.parent if contest.rows == "parent" and first.parent else first.name


def _sum(voters: dict[str, int | None], row: WatchedRow) -> int:
    return sum(voters[code] or 0 for code in row.units)
