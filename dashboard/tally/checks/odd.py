"""When a complete unit is odd among its neighbours, rule by rule."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from ...model import Counts, Option, ReportingUnit
from ...text import fmt_share, join_names
from .neighbours import Fence, Group, Member, fence
from .report import Report, Words

Found: TypeAlias = Iterator[tuple[ReportingUnit, Words]]  # a unit and the words of its sentence
Odd: TypeAlias = Callable[[Sequence[Member]], Found]  # those of some members that are odd
Share: TypeAlias = Callable[[Counts], tuple[int, int]]  # part and whole; 0 where nothing is known

_FEW_VOTERS = 100  # who may well have voted, all of them
_FEW_BALLOTS = 100  # of which a share says little
_GREAT = 5.0  # times the limit: so odd that no neighbour is needed to tell
_TOWNS = 2.0  # isolation of a size: a town is many times its villages
_NOTHING = 0, 0
_REGISTERED, _VALID = ("registered voters", "inscrits"), ("valid votes", "exprimés")


def odd_rules(group: Group, options: Sequence[Option], say: Report) -> Iterator[tuple[str, Odd]]:
    """Code and rule, for each; ``options`` are those whose shares are compared."""
    sample = group.sample()
    turnout = fence(_shares(sample, _turnout), say.limit("C404"))
    yield "C403", _many_rejected(fence(_shares(sample, _rejected), 0.0), say.limit("C403"))
    if turnout is not None:
        yield "C404", _out_of_line(turnout)
    yield "C405", _high_turnout(turnout, say.limit("C405"))
    fences = [(o, fence(_shares(sample, _share_of(o.id)), say.limit("C406"))) for o in options]
    yield "C406", _shares_out_of_line([(o, usual) for o, usual in fences if usual is not None])
    sizes = [math.log(counts.valid_votes) for counts in sample if counts.valid_votes]
    times = say.limit("C407")
    yield "C407", _large(fence(sizes, math.log(max(1.0, times)), _TOWNS), times)
    yield "C409", _level(say.limit("C409"), options)


def _shares(sample: Sequence[Counts], share: Share) -> list[float]:
    return [part / whole for part, whole in map(share, sample) if whole]


def _turnout(counts: Counts) -> tuple[int, int]:
    cast, registered = counts.ballots_cast, counts.registered_voters
    return _NOTHING if cast is None or not registered else (cast, registered)


def _rejected(counts: Counts) -> tuple[int, int]:
    rejected, cast = counts.rejected_ballots, counts.ballots_cast
    return _NOTHING if rejected is None or not cast else (rejected, cast)


def _share_of(option: str) -> Share:
    return lambda counts: (counts.votes.get(option, 0), counts.valid_votes)


def _out_of_line(usual: Fence) -> Odd:
    low, high = usual.low, usual.high

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            part, whole = _turnout(counts)
            if whole and not low <= part / whole <= high and usual.excludes(part, whole):
                yield unit, {"share": part / whole, "usual": usual.usual}

    return odd


def _shares_out_of_line(usual: Sequence[tuple[Option, Fence]]) -> Odd:
    """All options at once: to come by 70,000 units takes longer than to ask one something."""
    bounds = [(option, option.id, found, found.low, found.high) for option, found in usual]

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            votes, whole = counts.votes, counts.valid_votes
            for option, key, found, low, high in bounds:
                part = votes.get(key, 0)
                is_far = whole and not low * whole <= part <= high * whole
                if is_far and found.excludes(part, whole):
                    words: Words = {"option": option.short_name}
                    yield unit, {"share": part / whole, "usual": found.usual, **words}

    return odd


def _many_rejected(usual: Fence | None, limit: float) -> Odd:
    """Without neighbours, where nobody knows what is usual, only of a great many."""
    most = _GREAT * limit
    less = f"less than {fmt_share(most, 'en')}", f"moins de {fmt_share(most, 'fr')}"
    least = max(limit, usual.high) if usual is not None else most

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            part, whole = _rejected(counts)
            if not whole or part < least * whole:
                continue
            if usual is not None and usual.excludes(part, whole):
                yield unit, {"share": part / whole, "usual": usual.usual}
            elif usual is None and whole >= _FEW_BALLOTS:
                yield unit, {"share": part / whole, "usual": less}

    return odd


def _high_turnout(usual: Fence | None, limit: float) -> Odd:
    """Where it is not usual around the unit; without neighbours only of nearly all."""
    least = limit if usual is not None else 1 - (1 - limit) / _GREAT

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            cast, registered = _turnout(counts)
            if registered >= _FEW_VOTERS and cast >= least * registered:
                if usual is None or usual.is_unusual(cast, registered):
                    yield unit, {"share": cast / registered}

    return odd


def _large(usual: Fence | None, times: float) -> Odd:
    """By the election file's register where it has the unit, else by the neighbours."""
    most = math.exp(usual.high) if usual is not None else math.inf

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            register, said = unit.registered_voters, counts.registered_voters
            if register is not None:
                if said is not None and said >= max(1, times * register):
                    yield unit, {"size": said, "usual": register, "what": _REGISTERED}
            elif counts.valid_votes > most and usual is not None:
                size = round(math.exp(usual.usual))
                yield unit, {"size": counts.valid_votes, "usual": size, "what": _VALID}

    return odd


def _level(limit: float, options: Sequence[Option]) -> Odd:
    """Two of the options have the same number of votes, and many."""
    ids = [option.id for option in options]
    names = {option.id: option.short_name for option in options}

    def odd(members: Sequence[Member]) -> Found:
        for unit, counts in members:
            if counts.valid_votes < 2 * limit:
                continue
            numbers = [n for each in ids if (n := counts.votes.get(each, 0)) >= limit]
            if len(numbers) > 1 and len(numbers) > len(set(numbers)):
                same = max(number for number in numbers if numbers.count(number) > 1)
                level = [names[each] for each in ids if counts.votes.get(each) == same]
                options = join_names(level, "en"), join_names(level, "fr")
                yield unit, {"options": options, "votes": same}

    return odd
