"""Rules about one file: the count that breaks each alone, and what the unit then shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import tally
from dashboard.model import (
    Contest,
    Counts,
    CountStatus,
    Finding,
    RuleSetting,
    Severity,
    UnitResult,
)
from tests.builders import (
    EVENING,
    make_contest,
    make_counts,
    make_file,
    make_reading,
    make_result,
    make_unit,
)

from .said import check as said_check
from .said import in_words

CONTEST = make_contest(registered=500)
SEVERAL = replace(CONTEST, votes_per_ballot=3)


def check(*units: UnitResult, contest: Contest = CONTEST, **said: Any) -> tuple[Finding, ...]:
    return said_check(*units, contest=contest, **said)


def codes(*units: UnitResult, contest: Contest = CONTEST) -> list[str]:
    """Of what cannot be; not of what is only unlikely."""
    found = check(*units, contest=contest)
    return [finding.code for finding in found if finding.severity is not Severity.FLAG]


def counted(counts: Counts) -> UnitResult:
    return UnitResult("u1", CountStatus.COMPLETE, counts)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda c: c, []),
        (lambda c: replace(c, votes={"hamon": 101, "valls": 50}), ["C201"]),
        (lambda c: replace(c, ballots_cast=154), ["C202"]),
        (lambda c: replace(c, blank_ballots=None, ballots_cast=151), ["C206"]),
        (lambda c: replace(c, registered_voters=154), ["C203"]),
        (lambda c: replace(c, ballots_cast=None, registered_voters=149), ["C203"]),
        (lambda c: replace(c, blank_ballots=None, invalid_ballots=None), []),
        (
            lambda c: replace(
                c, blank_ballots=None, invalid_ballots=None, blank_or_invalid_ballots=4
            ),
            ["C202"],
        ),
    ],
)
def test_F25_each_identity_alone(change: Callable[[Counts], Counts], expected: list[str]) -> None:
    assert codes(counted(change(make_counts(100, 50)))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda c: c, []),
        (lambda c: replace(c, ballots_cast=51), []),  # 150 votes of at most three a ballot
        (lambda c: replace(c, ballots_cast=49), ["C206"]),
        (lambda c: replace(c, votes={"hamon": 101, "valls": 50}), ["C201"]),
        (lambda c: replace(c, blank_ballots=99, ballots_cast=101), []),
        (lambda c: replace(c, blank_ballots=99, ballots_cast=100), ["C207"]),
        (lambda c: replace(c, ballots_cast=None, registered_voters=60), []),
        (lambda c: replace(c, ballots_cast=60, registered_voters=59), ["C203"]),
    ],
)
def test_F25_where_a_ballot_holds_several_votes(
    change: Callable[[Counts], Counts], expected: list[str]
) -> None:
    assert codes(counted(change(make_counts(100, 50))), contest=SEVERAL) == expected


@pytest.mark.parametrize(
    ("counts", "contest", "english", "french"),
    [
        (
            make_counts(1000, 50, valid_votes=1051, ballots_cast=1056),
            make_contest(),
            "Bureau 1 (u1): the votes of all options add up to 1,050; 1,051 were expected, the "
            "valid votes.",
            "Bureau 1 (u1) : le total des voix est 1 050 ; 1 051 étaient attendues, "
            "autant que d’exprimés.",
        ),
        (
            make_counts(100, 50, ballots_cast=154),
            CONTEST,
            "Bureau 1 (u1): valid, blank and invalid add up to 155; 154 were expected, the ballots "
            "cast.",
            "Bureau 1 (u1) : exprimés, blancs et nuls font 155 ; 154 étaient attendus, autant que "
            "de votants.",
        ),
        (
            make_counts(400, 200),
            CONTEST,
            "Bureau 1 (u1): 605 ballots cast; at most 500 were expected, the registered voters.",
            "Bureau 1 (u1) : 605 votants ; au plus 500 étaient attendus, autant que d’inscrits.",
        ),
        (
            make_counts(100, 50, ballots_cast=49),
            SEVERAL,
            "Bureau 1 (u1): 150 valid votes; at most 147 were expected for 49 ballots cast.",
            "Bureau 1 (u1) : 150 exprimés ; au plus 147 étaient attendus pour 49 votants.",
        ),
        (
            make_counts(100, 50, blank=99, ballots_cast=100),
            SEVERAL,
            "Bureau 1 (u1): 101 blank and invalid ballots; at most 100 were expected, the ballots "
            "cast.",
            "Bureau 1 (u1) : 101 bulletins blancs et nuls ; au plus 100 étaient attendus, autant "
            "que de votants.",
        ),
    ],
)
def test_a_broken_identity_in_words(
    counts: Counts, contest: Contest, english: str, french: str
) -> None:
    (finding,) = check(counted(counts), contest=contest)
    assert in_words(finding) == (english, french)
    assert (finding.unit, finding.line, finding.severity) == ("u1", 2, Severity.HOLD)


def test_register_of_the_election_file_bounds_the_ballots() -> None:
    assert codes(make_unit("u1", 400, 200)) == ["C203"]


def test_F30_unknown_unit_is_held_and_named() -> None:
    (finding,) = check(make_unit("u1", 10, 5), make_unit("1001", 3, 2))
    assert (finding.code, finding.unit, finding.line) == ("C204", "1001", 3)
    assert finding.message == "Unit '1001' is not one of the 4 units of this contest."
    assert finding.message_fr == "L’unité «\u00a01001\u00a0» n’est pas l’une des 4 de ce scrutin."


def test_file_of_another_election_is_refused() -> None:
    (finding,) = check(*(make_unit(f"x{n}", 1, 2) for n in range(5)))
    assert (finding.code, finding.severity) == ("C290", Severity.REFUSE)
    assert finding.message == (
        "None of the 5 units of the file (x0, x1, x2, …) is of this contest: codes such as "
        "u1, u2, u3 were expected."
    )
    assert finding.message_fr == (
        "Aucune des 5 unités du fichier (x0, x1, x2, …) n’est de ce scrutin\u00a0: on attendait "
        "des codes comme u1, u2, u3."
    )


def test_counted_unit_that_disappears_keeps_its_values() -> None:
    before = make_result(CONTEST, make_unit("u1", 10, 5), make_unit("u2", 20, 5))
    now = {"u1": make_unit("u1", 10, 5)}
    found = check(*now.values(), previous=before)
    units = tally.hold(now, found, CONTEST, before)
    assert [f.code for f in found] == ["C205"]
    assert found[0].message == "Unit 'u2' was counted and is no longer in the file."
    assert found[0].message_fr == (
        "L’unité «\u00a0u2\u00a0» était dépouillée et ne figure plus dans le fichier."
    )
    assert units["u2"] == replace(before.units["u2"], held=True)


def test_held_unit_shows_its_last_good_values_or_waits() -> None:
    before = make_result(CONTEST, make_unit("u1", 10, 5))
    bad = {
        "u1": make_unit("u1", 10, 5, valid_votes=99),
        "u2": make_unit("u2", 1, 1, valid_votes=99),
    }
    units = tally.hold(bad, check(*bad.values(), previous=before), CONTEST, before)
    assert units["u1"].counts == make_counts(10, 5) and units["u1"].held
    assert units["u2"] == UnitResult("u2", CountStatus.WAITING, None, held=True)
    assert list(units) == [unit.code for unit in CONTEST.units]


numbers = st.integers(0, 600)


@settings(deadline=None)
@given(st.tuples(numbers, numbers, numbers, numbers, numbers, numbers))
def test_I4_no_unit_that_breaks_an_identity_is_published(n: tuple[int, ...]) -> None:
    counts = Counts(
        votes={"hamon": n[0], "valls": n[1]},
        valid_votes=n[2],
        blank_ballots=n[3],
        invalid_ballots=n[4],
        ballots_cast=n[5],
    )
    unit = counted(counts)
    units = tally.hold({"u1": unit}, check(unit), CONTEST, None)
    sound = n[0] + n[1] == n[2] and n[2] + n[3] + n[4] == n[5] and n[5] <= 500
    assert units["u1"].counted == sound
    assert units["u1"].held == (not sound)


@settings(deadline=None)
@given(st.tuples(numbers, numbers, numbers, numbers, numbers, numbers), st.integers(2, 5))
def test_I4_nor_where_a_ballot_holds_several_votes(n: tuple[int, ...], each: int) -> None:
    counts = Counts(
        votes={"hamon": n[0], "valls": n[1]},
        valid_votes=n[2],
        blank_ballots=n[3],
        invalid_ballots=n[4],
        ballots_cast=n[5],
    )
    contest, unit = replace(CONTEST, votes_per_ballot=each), counted(counts)
    units = tally.hold({"u1": unit}, check(unit, contest=contest), contest, None)
    sound = n[0] + n[1] == n[2] <= each * n[5] and n[3] + n[4] <= n[5] <= 500
    assert units["u1"].counted == sound


# What the file says of itself


def test_F26_totals_of_the_file_that_are_not_the_sums_are_said() -> None:
    units = make_unit("u1", 10, 5), make_unit("u2", 20, 5)
    declared = {"valid_votes": 41, "votes:hamon": 30, "votes:valls": 11, "votes:nobody": 7}
    (finding,) = check(*units, totals=declared)
    assert (finding.code, finding.severity) == ("C208", Severity.FLAG)
    assert finding.message == (
        "The file’s own totals are not the sums of its units, which are published: valid votes 41 "
        "for 40, Valls 11 for 10."
    )
    assert finding.message_fr == (
        "Les totaux que donne le fichier ne sont pas les sommes de ses unités, seules "
        "publiées\u00a0: exprimés 41 au lieu de 40, Valls 11 au lieu de 10."
    )


def test_F26_totals_are_not_compared_where_they_cannot_agree() -> None:
    unit, waits = (
        make_unit("u1", 10, 5, registered_voters=50),
        UnitResult("u2", CountStatus.WAITING),
    )
    register = {"registered_voters": 400, "valid_votes": 15}
    assert check(unit, waits, totals=register) == ()  # the register of those that wait as well
    assert [f.code for f in check(unit, totals=register)] == ["C208"]
    unread = Finding("R402", Severity.HOLD, "x", "x", unit="u2")
    assert check(unit, totals={"valid_votes": 99}, findings=(unread,)) == ()
    assert check(waits, totals={"valid_votes": 99}) == ()
    held = make_unit("u3", 5, 5, ballots_cast=14)
    assert [f.code for f in check(unit, held, totals={"valid_votes": 99})] == ["C202"]


def aged(minutes: float, contest: Contest = CONTEST) -> tuple[Finding, ...]:
    """A file made so long after the one that is published, and received ten minutes after it."""
    unit = make_unit("u1", 10, 5)
    before = replace(make_result(contest, unit), generated_at=EVENING)
    said = make_reading(unit, generated_at=EVENING + timedelta(minutes=minutes))
    return tally.check(said, make_file(b"", at=EVENING + timedelta(minutes=10)), contest, before)


def test_F20_a_file_that_says_it_is_older_is_refused() -> None:
    (finding,) = aged(-3)
    assert (finding.code, finding.severity) == ("C292", Severity.REFUSE)
    assert finding.message == (
        "The file says that it is of 2017-01-29 20:44:00, older than the one that is published, of "
        "2017-01-29 20:47:00."
    )
    assert finding.message_fr == (
        "Le fichier se dit de 2017-01-29 20:44:00, plus ancien que celui qui est publié, de "
        "2017-01-29 20:47:00."
    )
    assert aged(0) == aged(3) == ()


def test_F36_a_file_from_the_future_is_said_and_silences_no_later_one() -> None:
    (finding,) = aged(25)
    assert (finding.code, finding.severity) == ("C209", Severity.FLAG)
    assert finding.message == "The file says that it was made 15 minutes after it was received."
    assert finding.message_fr == "Le fichier se dit produit 15 minutes après sa réception."
    assert aged(20) == ()
    unit = make_unit("u1", 10, 5)
    ahead = replace(make_result(CONTEST, unit), generated_at=EVENING + timedelta(hours=1))
    assert check(unit, previous=ahead, generated_at=EVENING) == ()


def test_F20_the_time_of_a_file_is_kept_with_its_result() -> None:
    unit = make_unit("u1", 10, 5)
    said = make_reading(unit, generated_at=EVENING)
    result = tally.settle(CONTEST, None, make_file(b""), said, make_result(CONTEST, unit).units, ())
    assert result.generated_at == EVENING


# What the election file says of a rule


def with_rule(code: str, **setting: Any) -> Contest:
    return replace(CONTEST, rules={code: RuleSetting(**setting)})


def test_a_rule_is_as_severe_as_the_election_file_says() -> None:
    unit = make_unit("u1", 400, 200)
    (finding,) = check(unit, contest=with_rule("C203", severity=Severity.FLAG))
    assert finding.severity is Severity.FLAG
    assert tally.hold({"u1": unit}, (finding,), CONTEST, None)["u1"] is unit
    assert check(unit, contest=with_rule("C203", is_off=True)) == ()


def test_a_limit_is_what_the_election_file_says() -> None:
    assert aged(25, with_rule("C209", limit=3600)) == ()
    assert [f.code for f in aged(12, with_rule("C209", limit=60))] == ["C209"]
