"""Open results in the common format of election offices: NIST SP 1500-100, revision 2, as JSON.

Classes and members are those of the published schema (https://doi.org/10.6028/NIST.SP.1500-100r2):
one ``ReportingUnit`` per unit and one for the whole of each contest, one ``CandidateContest`` per
contest, counts of type "total". Ids are made of our own: "second-round.34172".

Every option in every unit would be 90 MB for 70,000 units, so beyond ``MOST_UNITS`` the report is
a "summary-contest": the whole of each contest alone.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from .. import __version__, wire
from ..model import (
    Contest,
    Counts,
    CountStatus,
    Election,
    ReportingUnit,
    UnitResult,
)
from ..tally import Summary

MOST_UNITS = 2_000
# What the schema has a word for; a commune is a municipality wherever it is.
_TYPES = {
    "bureau": "precinct", "precinct": "precinct", "commune": "municipality", "county": "county",
    "state": "state", "ward": "ward",
}  # fmt: skip
_DONE = {
    CountStatus.COMPLETE: "completed",
    CountStatus.PARTIAL: "in-process",
    CountStatus.WAITING: "not-processed",
}
_BEFORE = datetime(1970, 1, 1, tzinfo=UTC)


def nist_report(election: Election, summaries: Mapping[str, Summary]) -> bytes:
    """The report of one version. ``summaries``, by contest: of those that have a result and are
    open; the others are in it without any count."""
    contests = [_Contest(election, contest, summaries.get(contest.id)) for contest in
                election.contests]  # fmt: skip
    data_at = max((each.result.data_at for each in summaries.values()), default=_BEFORE)
    held = sum(contest.held for contest in contests)
    by_day = groupby(sorted(contests, key=lambda c: c.day), key=lambda c: c.day)
    detailed = all(contest.is_detailed for contest in contests)
    report: dict[str, Any] = {
        "Format": "precinct-level" if detailed else "summary-contest",
        "GeneratedDate": data_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Issuer": election.credit or election.title,
        "IssuerAbbreviation": election.id,
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": _status(contests),
        "VendorApplicationId": f"soiree/{__version__}",
        "IsTest": bool(election.simulated),
        **({"Notes": f"{held} reporting units are being checked: their last sound counts are given"}
           if held else {}),
        "GpUnit": [unit for contest in contests for unit in contest.gp_units()],
        "Election": [_election(election, day, list(of_day)) for day, of_day in by_day],
    }  # fmt: skip
    return wire.encode(_typed("ElectionReport", **report))


def _election(election: Election, day: str, contests: "list[_Contest]") -> dict[str, Any]:
    return _typed(
        "Election",
        ElectionScopeId=contests[0].whole,
        StartDate=day,
        EndDate=day,
        Name=_text(election.title, election.language),
        Type="other",
        Candidate=[candidate for contest in contests for candidate in contest.candidates()],
        Contest=[contest.contest() for contest in contests],
        BallotCounts=[counts for contest in contests for counts in contest.ballot_counts()],
    )


def _status(contests: "list[_Contest]") -> str:
    """Of the report as a whole; nothing we show is ever certified."""
    states = {contest.state for contest in contests}
    if states <= {"waiting"}:
        return "pre-election"
    if any(contest.is_corrected for contest in contests):
        return "correction"
    return "unofficial-complete" if states == {"complete"} else "unofficial-partial"


class _Contest:
    """One contest, and the units that the report speaks of."""

    def __init__(self, election: Election, contest: Contest, summary: Summary | None) -> None:
        self._language = election.language
        self._contest = contest
        self.day = contest.date.isoformat()
        self.whole = f"{contest.id}."
        self.is_detailed = len(contest.units) <= MOST_UNITS
        self.state, self.held, self._done = "waiting", 0, 0
        self.is_corrected = False
        self._units: Mapping[str, UnitResult] = {}
        self._counts: dict[str, Counts] = {}  # by unit code; "" is the whole
        if summary is not None:
            self._take(summary)

    def _take(self, summary: Summary) -> None:
        result = summary.result
        self.state, self.held = summary.state, summary.progress.held
        self._done = summary.progress.complete
        self.is_corrected = bool(result.corrections) and result.corrections[-1].at == result.data_at
        if summary.counts is not None:
            self._counts[""] = summary.counts
        if self.is_detailed:
            self._units = result.units
            self._counts |= {c: u.counts for c, u in self._units.items() if u.counts and u.counted}

    def _id(self, code: str) -> str:
        return f"{self.whole}{code}"

    def gp_units(self) -> Iterator[dict[str, Any]]:
        """The whole, then its units."""
        contest = self._contest
        units = contest.units if self.is_detailed else ()
        yield _typed(
            "ReportingUnit",
            **{"@id": self.whole},
            Type="other",
            OtherType="contest",
            Name=_text(contest.place or contest.title, self._language),
            SubUnitsReported=self._done,
            TotalSubUnits=len(contest.units),
            ComposingGpUnitIds=[self._id(unit.code) for unit in units],
            **_voters(self._counts.get("")),
        )
        for unit in units:
            yield self._gp_unit(unit)

    def _gp_unit(self, unit: ReportingUnit) -> dict[str, Any]:
        word, result = self._contest.unit_word, self._units.get(unit.code)
        status = result.status if result is not None else CountStatus.WAITING
        voters = _voters(self._counts.get(unit.code))
        if unit.registered_voters is not None:
            voters.setdefault("VotersRegistered", unit.registered_voters)
        return _typed(
            "ReportingUnit",
            **{"@id": self._id(unit.code)},
            Type=_TYPES.get(word, "other"),
            **({} if word in _TYPES else {"OtherType": word}),
            Name=_text(unit.name, self._language),
            ExternalIdentifier=[_typed("ExternalIdentifier", Type="local-level", Value=unit.code)],
            CountStatus=[_typed("CountStatus", Type="total", Status=_DONE[status])],
            **voters,
        )

    def candidates(self) -> Iterator[dict[str, Any]]:
        for option in self._contest.options:
            name = _text(option.name, self._language)
            yield _typed("Candidate", **{"@id": f"{self.whole}option.{option.id}"}, BallotName=name)

    def contest(self) -> dict[str, Any]:
        contest = self._contest
        name = " ".join(filter(None, (contest.title, contest.round)))
        return _typed(
            "CandidateContest",
            **{"@id": f"{self.whole}contest"},
            ElectionDistrictId=self.whole,
            Name=name,
            VotesAllowed=contest.votes_per_ballot,
            ContestSelection=[self._selection(option.id) for option in contest.options],
        )

    def _selection(self, option: str) -> dict[str, Any]:
        return _typed(
            "CandidateSelection",
            **{"@id": f"{self.whole}selection.{option}"},
            CandidateIds=[f"{self.whole}option.{option}"],
            VoteCounts=[
                _typed("VoteCounts", GpUnitId=self._id(code), Type="total",
                       Count=counts.votes.get(option, 0))
                for code, counts in self._counts.items()
            ],
        )  # fmt: skip

    def ballot_counts(self) -> Iterator[dict[str, Any]]:
        for code, counts in self._counts.items():
            if counts.ballots_cast is None:
                continue
            rejected = counts.rejected_ballots
            yield _typed(
                "BallotCounts",
                GpUnitId=self._id(code),
                Type="total",
                BallotsCast=counts.ballots_cast,
                **({} if rejected is None else {"BallotsRejected": rejected}),
            )


def _voters(counts: Counts | None) -> dict[str, int]:
    """Registered and cast, where the source says them."""
    if counts is None:
        return {}
    said: Mapping[str, int | None] = {
        "VotersRegistered": counts.registered_voters,
        "VotersParticipated": counts.ballots_cast,
    }
    return {name: number for name, number in said.items() if number is not None}


def _text(content: str, language: str) -> dict[str, Any]:
    string = _typed("LanguageString", Content=content, Language=language)
    return _typed("InternationalizedText", Text=[string])


def _typed(name: str, **members: Any) -> dict[str, Any]:
    return {"@type": f"ElectionResults.{name}", **members}
