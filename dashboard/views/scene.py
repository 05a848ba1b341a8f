"""One contest at one moment, in one language: everything the parts of a page draw from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeAlias, TypeVar

from .. import charts, tally, text
from ..model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Election,
    Option,
    Post,
    UnitResult,
)
from ..tally import AreaResult, Comparison, Gathered, Progress, RowResult, Standing, by_votes
from ..text import UnitWord
from .classes import area_class
from .place import Place

SHOWN_OPTIONS = 6  # of eight or more; the others are one grey bar and a list that opens
MANY_OPTIONS = 8
SETTLED = ("partial", "complete")  # states in which one may say who is ahead
# By what it is, with all that it was written from.
Written: TypeAlias = dict[str, tuple[tuple[object, ...], Any]]
P = ParamSpec("P")
T = TypeVar("T")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """What was derived once, so that no part counts for itself."""

    place: Place
    contest: Contest  # of a part: its own units, rows and map
    result: ContestResult
    posts: tuple[Post, ...]
    lang: str
    state: str  # embargo, waiting, early, partial, complete
    data_at: datetime | None
    counts: Counts | None
    standings: tuple[Standing, ...]  # ballot order
    leader: Option | None
    progress: Progress
    rows: Mapping[str, RowResult]
    areas: Mapping[str, AreaResult]
    classes: Mapping[str, int]  # of the map, by area id
    compared: Comparison  # with an earlier vote; empty where there is none
    unit: UnitWord
    row: UnitWord
    light: Mapping[str, charts.Hue]
    dark: Mapping[str, charts.Hue]
    written: Written

    @property
    def election(self) -> Election:
        return self.place.election

    @property
    def sealed(self) -> bool:
        """Under embargo: no figure may be drawn."""
        return self.state == "embargo"

    @property
    def settled(self) -> bool:
        """Whether one may say who is ahead."""
        return self.state in SETTLED

    @property
    def is_duel(self) -> bool:
        return len(self.contest.options) == 2

    def remembered(
        self,
        what: str,
        inputs: tuple[object, ...],
        write: Callable[P, T],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> T:
        """What ``write`` gives, or gave in a version before with the same ``inputs``; without any,
        what the night does not change.

        What did not change is the very object it was, so that a version and its patch are several
        times cheaper.
        """
        before = self.written.get(what)
        if before is None or before[0] != inputs:
            before = self.written[what] = (inputs, write(*arguments, **options))
        found: T = before[1]
        return found

    def say(self, key: str, **values: str) -> str:
        """A phrase in the language of the page."""
        return text.phrase(key, self.lang, **values)

    def say_units(self, key: str, **values: str) -> str:
        """A phrase that agrees with what a reporting unit is called."""
        return text.phrase_of(self.unit, key, self.lang, **values)

    def say_rows(self, key: str, **values: str) -> str:
        """A phrase that agrees with what a row and a map area are called."""
        return text.phrase_of(self.row, key, self.lang, **values)

    def number(self, value: int | None) -> str:
        return text.fmt_int(value, self.lang)

    def share(self, value: float | None) -> str:
        return text.fmt_share(value, self.lang)

    def time(self, at: datetime) -> str:
        return text.fmt_time(at, self.contest.timezone, self.lang)

    def units(self, number: int, *, brief: bool = False) -> str:
        """ "bureau de vote" or "bureaux de vote", by number."""
        word = self.unit
        one, many = (word.brief, word.brief_many) if brief else (word.one, word.many)
        return text.plural(number, one, many, self.lang)


def scenes(
    place: Place,
    contest: Contest,
    result: ContestResult,
    gathered: Gathered,
    posts: tuple[Post, ...],
    written: Mapping[str, Written],
    *,
    sealed: bool,
) -> dict[str, Scene]:
    """The scene of a contest, or of a part of one, by language.

    Of a sealed one the result is ``nothing_yet``.
    """
    state = tally.state_of(contest, gathered.progress, counted=gathered.counts is not None)
    standings = tally.standing(contest, gathered.counts)
    settled = state in SETTLED and not sealed
    first = Scene(
        place=place,
        contest=contest,
        result=result,
        posts=posts,
        lang=text.LANGUAGES[0],
        state="embargo" if sealed else state,
        data_at=None if result.data_at == _NEVER else result.data_at,
        counts=gathered.counts,
        standings=standings,
        leader=tally.leader(tally.by_votes(standings)),
        progress=gathered.progress,
        rows=gathered.rows,
        areas=gathered.areas,
        classes={
            area.id: area_class(contest, gathered.rows, area, settled=settled)
            for area in gathered.areas.values()
        },
        compared=gathered.compared,
        unit=text.unit_word(contest.unit_word, text.LANGUAGES[0]),
        row=text.unit_word(contest.row_word, text.LANGUAGES[0]),
        light=charts.hues(contest, charts.LIGHT),
        dark=charts.hues(contest, charts.DARK),
        written=written[text.LANGUAGES[0]],
    )
    return {
        lang: replace(
            first,
            lang=lang,
            unit=text.unit_word(contest.unit_word, lang),
            row=text.unit_word(contest.row_word, lang),
            written=written[lang],
        )
        for lang in text.LANGUAGES
    }


def display_order(seen: Scene) -> tuple[Standing, ...]:
    """Ballot order until half of the units are counted, then by votes; what is left over is last.

    Equal votes keep the order of the ballot paper.
    """
    if seen.progress.share < 0.5 or not seen.settled:
        return tuple(sorted(seen.standings, key=lambda s: s.option.remainder))
    return by_votes(seen.standings)


def shown_and_rest(seen: Scene) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Those with a bar of their own, and those summed up as "others" (eight options and more)."""
    ordered = display_order(seen)
    if len(ordered) < MANY_OPTIONS:
        return ordered, ()
    first = {s.option.id for s in by_votes(seen.standings)[:SHOWN_OPTIONS]}
    shown = tuple(s for s in ordered if s.option.id in first)
    return shown, tuple(s for s in ordered if s.option.id not in first)


def summed(standings: tuple[Standing, ...]) -> tuple[int, float | None]:
    """Votes and share of several options together."""
    shares = [s.share for s in standings if s.share is not None]
    return sum(s.votes for s in standings), sum(shares) if shares else None


def nothing_yet(contest: Contest) -> ContestResult:
    """The result of a contest of which nothing may be said, or nothing is known."""
    return ContestResult(
        contest_id=contest.id,
        units={unit.code: UnitResult(unit.code, CountStatus.WAITING) for unit in contest.units},
        findings=(),
        changed=(),
        source_digest="",
        data_at=_NEVER,
        row_count=0,
    )
