"""What the given files hold: the contests one may make an election of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from .. import readers
from ..clean import NAME_LIMIT, TEXT_LIMIT, clean_text
from ..model import Contest, SourceFile
from ..readers import described, official
from ..readers.cells import parse_column
from ..readers.rows import VOTES
from .errors import InitError

MOST_CONTESTS = 8  # in one election file, unless they are named
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One contest of a file at one level, as the file itself describes it."""

    path: Path
    contest: Contest  # its source reads the file; registered voters are the file's
    format: str
    evidence: str = ""  # what gave the format away; "" of a plain table
    title: str = ""  # of the whole file
    day: date | None = None
    generated_at: datetime | None = None
    said_title: str = ""  # of the contest
    expected: int | None = None  # units that there are to be, where the file says
    votes: Mapping[str, int] = field(default_factory=dict)  # by option id, where there are any yet

    @property
    def file_id(self) -> str:
        """What the file calls the contest."""
        return self.contest.source.contest


def found_in(path: Path, file: SourceFile) -> list[Found]:
    """Every contest of a file, at every level. Raises ``readers.ReadError``."""
    recognised = readers.identify(file)
    if recognised is None:
        contest = readers.guess_contest(file)
        return [Found(path, contest, "table", votes=_votes_of_table(file, contest))]
    said = recognised.parse()
    return [
        _official(path, recognised, said, one)
        for one in official.matching(said)
        if one.rows and one.options
    ]


def _official(
    path: Path,
    recognised: readers.Recognised,
    said: official.OfficialFile,
    one: official.OfficialContest,
) -> Found:
    contest = described.contest_of(said, one, recognised.format.name, "")
    return Found(
        path=path,
        contest=_with_registered(contest, one),
        format=recognised.format.name,
        evidence=clean_text(recognised.evidence, TEXT_LIMIT),
        title=clean_text(said.title, NAME_LIMIT),
        day=said.day,
        generated_at=said.generated_at,
        said_title=clean_text(one.title, NAME_LIMIT),
        expected=one.expected_units,
        votes={
            own: sum(n or 0 for n in parse_column([r.cells.get(VOTES + theirs) for r in one.rows]))
            for own, theirs in contest.source.columns.options.items()
        },
    )


def chosen(found: Sequence[Found], wanted: Sequence[str], level: str) -> list[list[Found]]:
    """For each contest asked for, or for all of them, its levels, the finest first.

    Raises ``InitError`` when there is no such contest or level, or when there are too many.
    """
    contests: dict[tuple[Path, str], list[Found]] = {}
    for each in found:
        contests.setdefault((each.path, each.file_id), []).append(each)
    groups = [g for g in contests.values() if not wanted or g[0].file_id in wanted]
    missing = [name for name in wanted if name not in {g[0].file_id for g in groups}]
    if missing or not groups:
        raise _no_contest(", ".join(missing), list(contests.values()))
    if not wanted and len(groups) > MOST_CONTESTS:
        listed = _listed(groups)
        raise InitError(
            f"the file holds {len(groups)} contests: name those to show with --contest: {listed}.",
            f"le fichier contient {len(groups)} scrutins : nommez ceux à montrer avec --contest :"
            f" {listed}.",
        )
    if not level:
        return groups
    kept = [[each for each in group if each.contest.source.level == level] for group in groups]
    if not all(kept):
        known = ", ".join(dict.fromkeys(e.contest.source.level or "–" for g in groups for e in g))
        raise InitError(
            f"the file does not count by {level}; its levels are: {known}.",
            f"le fichier ne compte pas par {level} ; ses niveaux sont : {known}.",
        )
    return kept


def _no_contest(missing: str, groups: Sequence[Sequence[Found]]) -> InitError:
    if not groups:
        return InitError(
            "no contest in the file has both options and units.",
            "aucun scrutin du fichier n’a à la fois des options et des unités.",
        )
    listed = _listed(groups)
    return InitError(
        f"the file has no contest {missing}; it has: {listed}.",
        f"le fichier n’a pas de scrutin {missing} ; il a : {listed}.",
    )


def _listed(groups: Sequence[Sequence[Found]]) -> str:
    names = [
        f"{g[0].file_id} ({g[0].said_title})"
        if g[0].said_title not in {"", g[0].file_id}
        else g[0].file_id
        for g in groups
    ]
    return "; ".join(names[:_LISTED]) + ("; …" if len(names) > _LISTED else "")


def _with_registered(contest: Contest, one: official.OfficialContest) -> Contest:
    cells = {row.code: row.cells.get("registered_voters") for row in one.rows}
    numbers = dict(zip(cells, parse_column(list(cells.values())), strict=True))
    units = tuple(replace(u, registered_voters=numbers.get(u.code) or None) for u in contest.units)
    return replace(contest, units=units)


def _votes_of_table(file: SourceFile, contest: Contest) -> dict[str, int]:
    try:
        reading = readers.read(file, contest)
    except readers.ReadError:
        return {}
    counts = [unit.counts for unit in reading.results.values() if unit.counts is not None]
    return {o.id: sum(c.votes.get(o.id, 0) for c in counts) for o in contest.options}
