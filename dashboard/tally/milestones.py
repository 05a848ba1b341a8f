"""Which moments of the count are worth a post, decided from one published result to the next.

At most one per file, the weightiest, and a pause between two: what has to wait is told later if it
still holds. What was so at the first sight of a count, or before its hour, is no news.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..model import Contest, ContestResult, Counts, CountStatus, Milestone, MilestoneKind
from .progress import Progress, state_of
from .shares import by_votes, leader, standing
from .totals import total

COMPLETE, LEAD, SHARE = MilestoneKind.COMPLETE, MilestoneKind.LEAD, MilestoneKind.SHARE
HALF = 0.5  # of a row's units: before, who is ahead there says little


def with_milestones(
    contest: Contest, previous: ContestResult | None, result: ContestResult, done: Progress
) -> ContestResult:
    """The result, which is ``done`` so far, with all milestones of the night, the newest last."""
    rules = contest.milestones
    if not rules.most or (contest.embargo is not None and result.data_at < contest.embargo):
        return result
    past = previous.milestones if previous is not None else ()
    told = previous.told if previous is not None else None
    if past and (len(past) >= rules.most or result.data_at - past[-1].at < rules.pause):
        return replace(result, milestones=past, told=told)
    found = {milestone.key: milestone for milestone in _holding(contest, result, done)}
    if told is None:
        return replace(result, told={key: m.ahead for key, m in found.items()})
    # Who is ahead is known from its first sight on; it becomes news when it changes.
    told = {**{key: m.ahead for key, m in found.items() if m.kind is LEAD}, **told}
    news = next((m for m in found.values() if _is_news(m, told)), None)
    if news is None:
        return replace(result, milestones=past, told=told)
    if news.kind is LEAD:
        news = replace(news, ahead_before=told[news.key])
    else:  # with a half, a quarter is passed as well
        told |= {key: "" for key, m in found.items() if m.kind is SHARE}
    return replace(result, milestones=(*past, news), told={**told, news.key: news.ahead})


def _is_news(milestone: Milestone, told: Mapping[str, str]) -> bool:
    if milestone.kind is LEAD:
        return told[milestone.key] != milestone.ahead
    return milestone.key not in told


def _holding(contest: Contest, result: ContestResult, done: Progress) -> Iterator[Milestone]:
    """All that can be said of this result, the weightiest first."""
    rules, counts = contest.milestones, total(result.units.values())
    if counts is None:
        return
    state = state_of(contest, done, counted=True)
    whole = _milestone(contest, result, counts, done.complete, done.units)
    if rules.complete and state == "complete":
        yield whole
    if rules.leads and whole.ahead and state in {"partial", "complete"}:
        yield replace(whole, kind=LEAD)
    if state == "complete":
        return  # when all is told, its parts are no news
    for share in reversed(rules.shares):
        if share <= done.share:
            yield replace(whole, kind=SHARE, share=share)
    yield from _of_rows(contest, result)


def _of_rows(contest: Contest, result: ContestResult) -> Iterator[Milestone]:
    rules, leads = contest.milestones, []
    for row in rules.rows:
        units = [result.units[code] for code in row.units]
        counts = total(units)
        complete = sum(u.status is CountStatus.COMPLETE and not u.held for u in units)
        if counts is None or complete < HALF * len(units):
            continue
        said = _milestone(contest, result, counts, complete, len(units))
        said = replace(said, row=row.key, place=row.name)
        if rules.complete and complete == len(units):
            yield said
        if rules.leads and said.ahead:
            leads.append(replace(said, kind=LEAD))
    yield from leads


def _milestone(
    contest: Contest, result: ContestResult, counts: Counts, complete: int, units: int
) -> Milestone:
    """Of COMPLETE, of the whole."""
    first = leader(by_votes(standing(contest, counts)))
    return Milestone(
        at=result.data_at,
        kind=COMPLETE,
        row="",
        place="",
        votes=dict(counts.votes),
        valid_votes=counts.valid_votes,
        complete_units=complete,
        units=units,
        ahead=first.id if first is not None else "",
    )
