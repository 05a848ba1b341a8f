"""One unit that is odd among its neighbours: each rule alone, and how rarely it speaks."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import tally
from dashboard.model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    Finding,
    Parent,
    ReportingUnit,
    RuleSetting,
    Severity,
    UnitResult,
)
from tests.builders import make_contest, make_result, make_unit

from .said import check, codes, in_words

PLACE = [ReportingUnit(f"b{n}", f"Bureau {n}", "Montpellier") for n in range(1, 41)]
VILLAGES = [ReportingUnit(f"v{n}", f"Village {n}", f"Canton {n}") for n in range(1, 6)]
CONTEST = replace(make_contest(options=("hamon", "valls", "third")), units=(*PLACE, *VILLAGES))


def ordinary(code: str, chance: random.Random) -> UnitResult:
    """About a thousand registered, 70 % of them voting, 2 % of those for nobody, 40 % for Hamon."""
    registered = round(chance.gauss(1000, 80))
    cast = round(registered * chance.gauss(0.7, 0.03))
    blank, invalid = (
        round(cast * chance.gauss(0.012, 0.002)),
        round(cast * chance.gauss(0.01, 0.002)),
    )
    valid = cast - blank - invalid
    hamon, valls = (round(valid * chance.gauss(mean, 0.04)) for mean in (0.4, 0.35))
    votes = {"hamon": hamon, "valls": valls, "third": valid - hamon - valls}
    counts = Counts(votes, valid, blank, invalid, None, cast, registered)
    return UnitResult(code, CountStatus.COMPLETE, counts)


CHANCE = random.Random(2017)
ORDINARY = {unit.code: ordinary(unit.code, CHANCE) for unit in CONTEST.units}


def odd(code: str, **changes: Any) -> UnitResult:
    """A unit of the ordinary night with other numbers."""
    counts = ORDINARY[code].counts
    assert counts is not None
    return replace(ORDINARY[code], counts=replace(counts, **changes))


def night(
    *units: UnitResult, contest: Contest = CONTEST, previous: ContestResult | None = None
) -> tuple[Finding, ...]:
    now = ORDINARY | {unit.code: unit for unit in units}
    return check(*now.values(), contest=contest, previous=previous)


def rejected(code: str, blank: int, invalid: int) -> UnitResult:
    """As many voters, of whom so many for nobody; the rest as before, in proportion."""
    counts = ORDINARY[code].counts
    assert counts is not None and counts.ballots_cast is not None
    valid = counts.ballots_cast - blank - invalid
    hamon, valls = round(valid * 0.4), round(valid * 0.35)
    votes = {"hamon": hamon, "valls": valls, "third": valid - hamon - valls}
    return odd(code, votes=votes, valid_votes=valid, blank_ballots=blank, invalid_ballots=invalid)


def of_size(code: str, registered: int, turnout: float, hamon: float = 0.4) -> UnitResult:
    cast = round(registered * turnout)
    blank, invalid = round(cast * 0.012), round(cast * 0.01)
    valid = cast - blank - invalid
    first, second = round(valid * hamon), round(valid * (1 - hamon) * 0.58)
    votes = {"hamon": first, "valls": second, "third": valid - first - second}
    counts = Counts(votes, valid, blank, invalid, None, cast, registered)
    return UnitResult(code, CountStatus.COMPLETE, counts)


def test_nothing_is_said_of_an_ordinary_night() -> None:
    assert night() == ()


def test_many_blank_and_invalid_ballots() -> None:
    (finding,) = night(rejected("b7", 60, 40))
    assert codes([finding]) == ["C403 flag b7"]
    english, french = in_words(finding)
    assert english.startswith("Bureau 7 (b7): 1") and english.endswith("% is usual.")
    assert "% of the ballots are blank or invalid; 2." in english
    assert "% de blancs et nuls ; 2," in french and french.endswith(" % est habituel.")
    assert night(rejected("b7", 14, 12)) == (), "three per cent and in line"


def test_many_blank_and_invalid_ballots_where_nobody_knows_what_is_usual() -> None:
    three = replace(CONTEST, units=tuple(PLACE[:3]))
    units = [ORDINARY["b1"], ORDINARY["b2"], rejected("b3", 80, 60)]
    (finding,) = check(*units, contest=three)
    assert codes([finding]) == ["C403 flag b3"]
    assert "less than 15.0% is usual." in finding.message
    assert "moins de 15,0" in finding.message_fr
    assert check(*units[:2], rejected("b3", 40, 30), contest=three) == ()
    blank, registered = make_unit("b3", 20, 20, blank=50), 200
    assert blank.counts is not None
    few = replace(blank, counts=replace(blank.counts, registered_voters=registered))
    assert check(*units[:2], few, contest=three) == (), "fewer than a hundred ballots"


def test_a_turnout_out_of_line() -> None:
    (finding,) = night(of_size("b7", 1000, 0.35))
    assert codes([finding]) == ["C404 flag b7"]
    english, french = in_words(finding)
    assert english.startswith("Bureau 7 (b7): a turnout of 35.0%, where ")
    assert english.endswith("% is usual around it.")
    assert french.startswith("Bureau 7 (b7) : une participation de 35,0 %, alors que ")
    assert french.endswith(" % est habituel alentour.")
    assert night(of_size("b7", 1000, 0.62)) == ()


@pytest.mark.parametrize("turnout", [0.35, 1.0])
def test_a_tail_is_not_out_of_line(turnout: float) -> None:
    """Overseas, or a village of one family: who is as far as others is not alone."""
    found = night(*(of_size(f"b{n}", 1000 + n, turnout) for n in (7, 8, 9)))
    assert "C404" not in {finding.code for finding in found}
    found = night(of_size("b7", 1000, turnout))
    assert "C404 flag b7" in codes(found)


def test_units_of_small_parents_are_neighbours() -> None:
    villages = [ReportingUnit(f"b{n}", f"Village {n}", f"Canton {n}") for n in range(1, 13)]
    now = ORDINARY | {"b7": of_size("b7", 1000, 0.35)}
    contest = replace(CONTEST, units=tuple(villages))
    found = check(*(now[unit.code] for unit in villages), contest=contest)
    assert codes(found) == ["C404 flag b7"]


def test_F29_a_turnout_near_all() -> None:
    (finding,) = [f for f in night(of_size("b7", 1000, 0.96)) if f.code == "C405"]
    assert in_words(finding) == (
        "Bureau 7 (b7): a turnout of 96.0%.",
        "Bureau 7 (b7) : une participation de 96,0 %.",
    )
    compulsory = [of_size(unit.code, 1000, 0.94 + n % 7 / 200) for n, unit in enumerate(PLACE)]
    contest = replace(CONTEST, units=tuple(PLACE))
    assert "C405" not in {f.code for f in check(*compulsory, contest=contest)}
    alone = replace(CONTEST, units=tuple(PLACE[:1]))
    assert codes(check(of_size("b1", 1000, 0.995), contest=alone)) == ["C405 flag b1"]
    assert check(of_size("b1", 1000, 0.96), contest=alone) == ()
    assert check(of_size("b1", 90, 1.0), contest=alone) == (), "a village may all have voted"


def test_shares_out_of_line() -> None:
    found = night(of_size("b7", 1000, 0.7, hamon=0.85))
    (finding,) = [f for f in found if "Hamon" in f.message]
    assert codes([finding]) == ["C406 flag b7"]
    english, french = in_words(finding)
    assert english.startswith("Bureau 7 (b7): 85.0% for Hamon, where ")
    assert english.endswith("% is usual around it.")
    assert french.startswith("Bureau 7 (b7) : 85,0 % pour Hamon, alors que ")
    assert night(of_size("b7", 1000, 0.7, hamon=0.55)) == ()


def test_F29_a_unit_ten_times_its_usual_size() -> None:
    (finding,) = night(of_size("b7", 10_500, 0.7))
    assert codes([finding]) == ["C407 flag b7"]
    english, french = in_words(finding)
    assert english.startswith("Bureau 7 (b7): 7,188 valid votes, where ")
    assert english.endswith(" is usual.")
    assert french.startswith("Bureau 7 (b7) : 7 188 exprimés, alors que ")
    assert night(of_size("b7", 4000, 0.7)) == ()


def test_a_unit_ten_times_its_register() -> None:
    known = tuple(replace(unit, registered_voters=1000) for unit in CONTEST.units)
    contest = replace(CONTEST, units=known)
    (finding,) = night(of_size("b7", 10_500, 0.07), of_size("b8", 1000, 0.7), contest=contest)[-1:]
    assert codes([finding]) == ["C407 flag b7"]
    assert in_words(finding) == (
        "Bureau 7 (b7): 10,500 registered voters, where 1,000 is usual.",
        "Bureau 7 (b7) : 10 500 inscrits, alors que 1 000 est habituel.",
    )


def test_two_units_with_the_same_counts() -> None:
    (finding,) = night(replace(ORDINARY["b3"], code="b9"))
    assert codes([finding]) == ["C408 flag b9"]
    counts = ORDINARY["b3"].counts
    assert counts is not None
    assert in_words(finding) == (
        f"Bureau 9 (b9) and Bureau 3 (b3) have exactly the same counts, {counts.valid_votes} valid "
        "votes.",
        f"Bureau 9 (b9) et Bureau 3 (b3) ont exactement le même décompte, {counts.valid_votes} "
        "exprimés.",
    )
    held = Finding("R402", Severity.HOLD, "x", "x", unit="b9")
    twins = ORDINARY | {"b9": replace(ORDINARY["b3"], code="b9")}
    assert check(*twins.values(), contest=CONTEST, findings=(held,)) == ()
    loose = replace(CONTEST, rules={"C408": RuleSetting(limit=0.0)})
    assert night(replace(ORDINARY["b3"], code="b9"), contest=loose) == ()


def test_small_units_with_the_same_counts_are_chance() -> None:
    small = make_contest(units=30)
    alike = [make_unit(f"u{n}", 60 + n // 2, 45 + n // 2) for n in range(1, 31)]
    assert check(*alike, contest=small) == ()


def test_F29_two_options_with_the_same_votes() -> None:
    alone = replace(CONTEST, units=tuple(PLACE[:1]))
    votes = {"hamon": 1612, "valls": 1612, "third": 11}
    (finding,) = check(UnitResult("b1", CountStatus.COMPLETE, Counts(votes, 3235)), contest=alone)
    assert codes([finding]) == ["C409 flag b1"]
    assert in_words(finding) == (
        "Bureau 1 (b1): Hamon and Valls have exactly the same number of votes, 1,612.",
        "Bureau 1 (b1) : Hamon et Valls ont exactement le même nombre de voix, 1 612.",
    )
    votes = {"hamon": 512, "valls": 512, "third": 11}
    assert check(UnitResult("b1", CountStatus.COMPLETE, Counts(votes, 1035)), contest=alone) == ()


MANY = {
    "C403": [rejected(f"b{n}", 60, 40) for n in range(1, 5)],
    "C404": [of_size(f"b{n}", 1000 + n, 0.35) for n in range(1, 5)],
    "C405": [of_size(f"b{n}", 1000 + n, 0.96) for n in range(1, 5)],
    "C406": [of_size(f"b{n}", 1000 + n, 0.7, hamon=0.85) for n in range(1, 5)],
    "C407": [of_size(f"b{n}", 10_500 + n, 0.7) for n in range(1, 5)],
    "C408": [replace(ORDINARY["b20"], code=f"b{n}") for n in range(1, 5)],
    "C409": [of_size(f"b{n}", 10_000 + n, 0.7) for n in range(1, 5)],
}
IN_ONE = {
    "C403": (
        "Units with unusually many blank and invalid ballots",
        "Unités aux blancs et nuls inhabituellement nombreux",
    ),
    "C404": (
        "Units whose turnout is out of line with their neighbours",
        "Unités dont la participation est sans rapport avec leurs voisines",
    ),
    "C405": (
        "Units with an unusually high turnout",
        "Unités à la participation inhabituellement forte",
    ),
    "C406": (
        "Units whose shares are out of line with their neighbours",
        "Unités dont les parts sont sans rapport avec leurs voisines",
    ),
    "C407": ("Units many times their usual size", "Unités bien plus grandes que d’habitude"),
    "C408": (
        "Units with exactly the counts of another",
        "Unités au décompte exactement égal à celui d’une autre",
    ),
    "C409": (
        "Units with the same number of votes for two options",
        "Unités au même nombre de voix pour deux options",
    ),
}


@pytest.mark.parametrize("code", MANY)
def test_many_units_share_a_sentence(code: str) -> None:
    """In a département of 400: of forty units four are its tail."""
    units = tuple(replace(PLACE[0], code=f"b{n}", name=f"Bureau {n}") for n in range(1, 401))
    chance = random.Random(5)
    now = {unit.code: ordinary(unit.code, chance) for unit in units}
    odds = MANY[code]
    if code == "C409":
        level = {"hamon": 2400, "valls": 2400, "third": 2046}
        odds = [replace(u, counts=replace(u.counts, votes=level, valid_votes=6846)) for u in odds
                if u.counts]  # fmt: skip
        odds = [_made_sound(unit) for unit in odds]
    now |= {unit.code: unit for unit in odds}
    if code == "C408":
        now["b20"] = ORDINARY["b20"]
    found = check(*now.values(), contest=replace(CONTEST, units=units))
    (finding,) = [each for each in found if each.code == code and each.units]
    assert finding.units[:4] in {("b1", "b2", "b3", "b4"), ("b2", "b3", "b4", "b20")}
    assert (finding.severity, finding.unit) == (Severity.FLAG, "")
    for said, expected in zip(in_words(finding), IN_ONE[code], strict=True):
        assert said.startswith(f"{expected} (4)") and "Bureau 2 (b2)" in said


def test_a_sentence_about_many_is_narrowed_to_each_parent() -> None:
    """Of the parts of a contest each shows its own."""
    parents = (
        Parent("Montpellier", "Montpellier"),
        Parent("Sète", "Sète"),
        Parent("Lodève", "Lodève"),
    )
    where = ["Montpellier", "Montpellier", "Montpellier", "Sète", "Lodève"]
    units = [replace(unit, parent=parent) for unit, parent in zip(PLACE, where, strict=False)]
    contest = replace(CONTEST, units=tuple(units), parents=parents)
    finding = Finding("C403", Severity.FLAG, "x", "x", units=("b1", "b2", "b3", "b4"))
    now = (ORDINARY[unit.code] for unit in units)
    whole = replace(make_result(contest, *now), findings=(finding,))
    parts = tally.split(contest.parts(), whole)
    assert [in_words(found) for found in parts["Montpellier"].findings] == [(
        "Units with unusually many blank and invalid ballots (3): Bureau 1 (b1), Bureau 2 (b2), "
        "Bureau 3 (b3).",
        "Unités aux blancs et nuls inhabituellement nombreux (3) : Bureau 1 (b1), Bureau 2 (b2), "
        "Bureau 3 (b3).",
    )]  # fmt: skip
    (of_sete,) = parts["Sète"].findings
    assert (of_sete.units, of_sete.code) == (("b4",), "C403")
    assert parts["Lodève"].findings == ()


def _made_sound(unit: UnitResult) -> UnitResult:
    counts = unit.counts
    assert counts is not None
    cast = counts.valid_votes + (counts.rejected_ballots or 0)
    return replace(unit, counts=replace(counts, ballots_cast=cast))


def test_a_unit_that_is_held_or_partial_is_not_compared() -> None:
    partial = replace(of_size("b7", 1000, 0.35), status=CountStatus.PARTIAL)
    assert night(partial) == ()
    held = odd("b7", ballots_cast=17)
    assert {finding.severity for finding in night(held)} == {Severity.HOLD}


def result(*units: UnitResult, findings: Sequence[Finding] = ()) -> ContestResult:
    return replace(make_result(CONTEST, *units), findings=tuple(findings))


def test_what_is_odd_is_said_again_as_long_as_it_is() -> None:
    strange = of_size("b7", 1000, 0.35)
    first = night(strange)
    published = result(*(ORDINARY | {"b7": strange}).values(), findings=first)
    assert night(strange, previous=published) == first
    assert codes(night(of_size("b7", 1000, 0.7), previous=published)) == []


def test_the_first_to_report_are_compared_when_there_are_neighbours() -> None:
    """It was alone when it came, and nothing of it has changed since."""
    strange = of_size("b7", 1000, 0.35)
    waiting = [UnitResult(unit.code, CountStatus.WAITING) for unit in CONTEST.units]
    first = {unit.code: unit for unit in waiting} | {"b7": strange}
    assert check(*first.values(), contest=CONTEST) == ()
    published = result(strange)
    now = first | {unit.code: ORDINARY[unit.code] for unit in PLACE[:20] if unit.code != "b7"}
    assert codes(check(*now.values(), contest=CONTEST, previous=published)) == ["C404 flag b7"]


def test_all_are_compared_once_all_are_in() -> None:
    """Two were alike, so neither was alone; one is corrected when the last come in."""
    strange = {"b7": of_size("b7", 1000, 0.35), "b8": of_size("b8", 1020, 0.35)}
    contest = replace(CONTEST, units=tuple(PLACE))
    waiting = {unit.code: UnitResult(unit.code, CountStatus.WAITING) for unit in PLACE}
    early = waiting | {unit.code: ORDINARY[unit.code] for unit in PLACE[:34]} | strange
    assert check(*early.values(), contest=contest) == ()
    published = make_result(contest, *(unit for unit in early.values() if unit.counts))
    late = {unit.code: ORDINARY[unit.code] for unit in PLACE} | {"b7": strange["b7"]}
    assert codes(check(*late.values(), contest=contest, previous=published)) == ["C404 flag b7"]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 12), min_size=2, max_size=8))
def test_a_night_in_pieces_ends_as_one_read_at_once(
    chance: random.Random, steps: list[int]
) -> None:
    """Whatever comes first: once all are complete the same is said as of the whole file."""
    units = [of_size(f"b{n}", 1000 + n, 0.35 if n % 13 == 0 else 0.7 + n % 5 / 100)
             for n in range(1, 41)]  # fmt: skip
    contest = replace(CONTEST, units=tuple(PLACE))
    order = chance.sample(units, len(units))
    previous: ContestResult | None = None
    done = 0
    while done < len(order):
        done = min(len(order), done + steps[done % len(steps)])
        now = {unit.code: UnitResult(unit.code, CountStatus.WAITING) for unit in PLACE}
        now |= {unit.code: unit for unit in order[:done]}
        found = check(*now.values(), contest=contest, previous=previous)
        previous = replace(make_result(contest, *order[:done]), findings=found)
    assert previous is not None
    assert previous.findings == check(*units, contest=contest)


@pytest.mark.parametrize(
    ("code", "limit", "unit"),
    [
        ("C403", 0.2, rejected("b7", 60, 40)),
        ("C404", 0.4, of_size("b7", 1000, 0.35)),
        ("C405", 0.97, of_size("b7", 1000, 0.96)),
        ("C406", 0.5, of_size("b7", 1000, 0.7, hamon=0.85)),
        ("C407", 11.0, of_size("b7", 10_500, 0.7)),
    ],
)
def test_the_limits_are_for_the_election_file_to_say(
    code: str, limit: float, unit: UnitResult
) -> None:
    loose = replace(CONTEST, rules={code: RuleSetting(limit=limit)})
    assert code in {finding.code for finding in night(unit)}
    assert code not in {finding.code for finding in night(unit, contest=loose)}
