"""What every test of an official format asks of a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard import pipeline, tally
from dashboard.model import Contest, ContestResult, Counts
from dashboard.readers import ReadError, described, formats
from dashboard.readers.content import Content
from dashboard.readers.official import OfficialContest, OfficialFile, results_of
from tests.builders import make_file

FILES = Path(__file__).parents[2] / "files"
SHARED = Path(__file__).parents[4] / "shared" / "data"  # real files, where they are at hand
RECEIVED = datetime(2030, 1, 1, tzinfo=UTC)  # after each was made


@dataclass(frozen=True)
class Night:
    """A good file, and the contest that it describes itself."""

    format: str
    contest: Contest

    def read(self, path: Path) -> ContestResult:
        """The result of another file of the same night."""
        file = make_file(path.read_bytes(), at=RECEIVED)
        return pipeline.read_contest(file, self.contest, None)

    def findings(self, path: Path) -> list[str]:
        """Codes of everything found in a file, and of what refuses it: "R402", or "R402 34001"
        where it is of one unit."""
        try:
            found = self.read(path).findings
        except ReadError as error:
            found = (error.finding,)
        return [f"{finding.code} {finding.unit}".strip() for finding in found]


def parse(path: Path) -> tuple[str, OfficialFile]:
    """The format that is recognised in a file, and all that the file says."""
    content = Content(path.read_bytes())
    found = formats.recognise(content)
    assert found is not None, f"{path.name} is in no known format"
    return found[0].name, found[0].parse(content)


def night(good: Path, contest: str = "", level: str = "") -> Night:
    """The night that a good file describes: of its contests the one named, or the only one."""
    name, official = parse(good)
    chosen = _chosen(official, contest, level)
    made = described.contest_of(official, chosen, name, good.name)
    return Night(name, replace(made, votes_per_ballot=chosen.votes_per_ballot))


def all_results(path: Path) -> Iterator[tuple[OfficialContest, ContestResult]]:
    """Every contest of a file at every level, and what the night makes of it."""
    name, official = parse(path)
    file = make_file(path.read_bytes(), at=RECEIVED)
    for chosen in official.contests:
        made = described.contest_of(official, chosen, name, path.name)
        reading = results_of(official, made)
        yield chosen, pipeline.result_of(reading, file, made, None)


def _chosen(official: OfficialFile, contest: str, level: str) -> OfficialContest:
    if not contest and not level:
        return official.contests[0]
    found = [c for c in official.contests if contest in {"", c.id} and level in {"", c.level}]
    return found[0]


def wrong(result: ContestResult) -> list[str]:
    """What is found but for what is merely unlikely, which happens in true files."""
    return [finding.message for finding in result.findings if not finding.code.startswith("C4")]


def counts(result: ContestResult) -> Counts:
    """The sum of all that is counted."""
    total = tally.total(result.units.values())
    assert total is not None
    return total
