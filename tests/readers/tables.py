"""The two contests that the files under tests/files/table are read with."""

from dataclasses import replace
from pathlib import Path

from dashboard.model import Contest, ReportingUnit, ResultsSource, StatusRule, TableColumns
from tests.builders import make_contest

FILES = Path(__file__).parents[1] / "files" / "table"
SHARED = Path(__file__).parents[3] / "shared" / "data"  # real files, where they are at hand

_UNITS = tuple(ReportingUnit(code, code) for code in ("34001", "34002", "2A004"))

WIDE: Contest = replace(
    make_contest(),
    units=_UNITS,
    source=ResultsSource(
        location="/nowhere/results.csv",
        columns=TableColumns(
            unit=("code",),
            options={"hamon": "hamon", "valls": "valls"},
            registered_voters="registered",
            ballots_cast="cast",
            blank_ballots="blank",
            invalid_ballots="invalid",
            valid_votes="valid",
        ),
    ),
)
LONG: Contest = replace(
    WIDE,
    source=ResultsSource(
        location="/nowhere/results.csv",
        columns=TableColumns(
            unit=("unit",),
            option="candidate",
            votes="votes",
            option_values={"HAMON Benoît": "hamon", "VALLS Manuel": "valls"},
            registered_voters="registered",
            valid_votes="valid",
            status="status",
        ),
        status=StatusRule(
            by="column", values={"none": "waiting", "some": "partial", "final": "complete"}
        ),
    ),
)
