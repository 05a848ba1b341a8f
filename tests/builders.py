"""Small elections and results for tests, built from the model."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dashboard.model import (
    Area,
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Election,
    Geometry,
    Option,
    ReportingUnit,
    ResultsSource,
    SourceFile,
    TableColumns,
    UnitResult,
)
from dashboard.readers import Reading
from dashboard.wire import digest

EVENING = datetime(2017, 1, 29, 19, 47, tzinfo=UTC)


def make_contest(
    units: int = 4,
    options: Sequence[str] = ("hamon", "valls"),
    registered: int | None = None,
    embargo: datetime | None = None,
) -> Contest:
    """Units "u1"…; u1 and u2 belong to "Montpellier" (area A), u3 serves B and C, the rest D."""
    areas = [("A",), ("A",), ("B", "C")] + [("D",)] * max(0, units - 3)
    parents = ["Montpellier", "Montpellier", "Olonzac"] + ["Sète"] * max(0, units - 3)
    return Contest(
        id="second-round",
        title="Primaire de la gauche",
        round="2d tour",
        place="Hérault",
        date=date(2017, 1, 29),
        timezone="Europe/Paris",
        options=tuple(Option(id=o, name=o.title(), short_name=o.title()) for o in options),
        units=tuple(
            ReportingUnit(
                code=f"u{n + 1}",
                name=f"Bureau {n + 1}",
                parent=parents[n],
                registered_voters=registered,
                areas=areas[n],
            )
            for n in range(units)
        ),
        source=ResultsSource(
            location="/nowhere/results.csv",
            columns=TableColumns(
                unit=("code",),
                options={o: o for o in options},
                ballots_cast="cast",
                blank_ballots="blank",
                invalid_ballots="invalid",
                valid_votes="valid",
            ),
        ),
        geometry=Geometry(
            url="/geo/0.json",
            feature_id="id",
            areas=tuple(Area(i, f"Commune {i}") for i in "ABCDE"),
            longitudes=(2.5, 4.2),
            latitudes=(43.2, 44.0),
        ),
        rows="parent",
        embargo=embargo,
    )


def make_election(contest: Contest) -> Election:
    return Election(id="test", title="Primaire de la gauche", contests=(contest,))


def make_counts(*votes: int, blank: int = 3, invalid: int = 2, **changes: Any) -> Counts:
    """Counts of options hamon, valls, third… that obey every identity."""
    valid = sum(votes)
    counts = Counts(
        votes=dict(zip(("hamon", "valls", "third"), votes, strict=False)),
        valid_votes=valid,
        blank_ballots=blank,
        invalid_ballots=invalid,
        ballots_cast=valid + blank + invalid,
    )
    return replace(counts, **changes)


def make_unit(
    code: str, *votes: int, status: CountStatus = CountStatus.COMPLETE, **changes: Any
) -> UnitResult:
    return UnitResult(code, status, make_counts(*votes, **changes))


def make_result(contest: Contest, *counted: UnitResult, held: Sequence[str] = ()) -> ContestResult:
    """A result in which the given units are counted and the others wait."""
    units = {u.code: UnitResult(u.code, CountStatus.WAITING) for u in contest.units}
    units |= {u.code: u for u in counted}
    units |= {code: replace(units[code], held=True) for code in held}
    return ContestResult(contest.id, units, (), (), "0" * 64, EVENING, len(counted))


def make_reading(*units: UnitResult, **said: Any) -> Reading:
    """What a reader gives of a file of these units, one to a line below the header."""
    given: dict[str, Any] = {
        "format": "table",
        "results": {unit.code: unit for unit in units},
        "findings": (),
        "row_count": len(units),
        "lines": {unit.code: line for line, unit in enumerate(units, start=2)},
    }
    return Reading(**given | said)


def make_file(content: bytes, name: str = "results.csv", at: datetime = EVENING) -> SourceFile:
    return SourceFile(name, content, digest(content), at)
