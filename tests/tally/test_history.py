"""Rules about a file and the one before it: what one unit takes back, and what many do."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from dashboard import tally
from dashboard.model import (
    Contest,
    ContestResult,
    CountStatus,
    Finding,
    Option,
    RuleSetting,
    Severity,
    UnitResult,
)
from tests.builders import make_contest, make_result, make_unit

from .said import check, codes, in_words

CONTEST = make_contest(units=200)
WAITING, PARTIAL = CountStatus.WAITING, CountStatus.PARTIAL
BEFORE = {unit.code: make_unit(unit.code, 60, 40) for unit in CONTEST.units}


def night(
    *now: UnitResult, without: Sequence[str] = (), contest: Contest = CONTEST, **before: UnitResult
) -> tuple[Finding, ...]:
    """What is found in a file that says of these units something else than the one before."""
    old = {unit.code: BEFORE[unit.code] for unit in contest.units} | before
    new = old | {unit.code: unit for unit in now}
    for code in without:
        del new[code]
    return check(*new.values(), contest=contest, previous=make_result(contest, *old.values()))


def waits(code: str) -> UnitResult:
    return UnitResult(code, WAITING)


def test_nothing_is_said_of_a_file_that_only_grows() -> None:
    assert night(make_unit("u1", 61, 40), u2=waits("u2")) == ()
    assert night(make_unit("u2", 6, 4), u2=waits("u2")) == ()


def test_F27_a_unit_that_falls_is_said() -> None:
    (finding,) = night(make_unit("u1", 60, 38))
    assert codes([finding]) == ["C303 flag u1"]
    assert in_words(finding) == (
        "Bureau 1 (u1): valid votes fall from 100 to 98.",
        "Bureau 1 (u1) : les exprimés passent de 100 à 98.",
    )
    (finding,) = night(make_unit("u1", 58, 42))
    assert in_words(finding) == (
        "Bureau 1 (u1): votes for Hamon fall from 60 to 58.",
        "Bureau 1 (u1) : les voix pour Hamon passent de 60 à 58.",
    )


def test_several_units_that_fall_share_a_sentence() -> None:
    big = make_contest(units=1000)
    old = make_result(big, *(make_unit(unit.code, 60, 40) for unit in big.units))
    new = [make_unit(f"u{n}", 60, 39 if n <= 7 else 40) for n in range(1, 1001)]
    (finding,) = check(*new, contest=big, previous=old)
    assert codes([finding]) == ["C303 flag"]
    assert finding.units == ("u1", "u2", "u3", "u4", "u5", "u6", "u7")
    assert in_words(finding) == (
        "Units with fewer votes than in the file before (7): Bureau 1 (u1) 100 → 99, "
        "Bureau 2 (u2) 100 → 99, Bureau 3 (u3) 100 → 99, Bureau 4 (u4) 100 → 99, "
        "Bureau 5 (u5) 100 → 99 and 2 more.",
        "Unités qui ont moins de voix que dans le fichier précédent (7) : Bureau 1 (u1) 100 → 99, "
        "Bureau 2 (u2) 100 → 99, Bureau 3 (u3) 100 → 99, Bureau 4 (u4) 100 → 99, "
        "Bureau 5 (u5) 100 → 99 et 2 autres.",
    )


def test_F27_many_units_that_fall_make_the_file_wait() -> None:
    (finding,) = night(*(make_unit(f"u{n}", 60, 39) for n in (1, 2, 3)))
    assert codes([finding]) == ["C302 wait"]
    assert in_words(finding) == (
        "3 of 200 counted units have fewer valid votes than in the file before: "
        "Bureau 1 (u1) 100 → 99, Bureau 2 (u2) 100 → 99, Bureau 3 (u3) 100 → 99.",
        "3 des 200 unités dépouillées ont moins d’exprimés que dans le fichier précédent : "
        "Bureau 1 (u1) 100 → 99, Bureau 2 (u2) 100 → 99, Bureau 3 (u3) 100 → 99.",
    )


def test_votes_that_pass_to_another_option_are_corrections_however_many() -> None:
    (finding,) = night(*(make_unit(f"u{n}", 59, 41) for n in range(1, 9)))
    assert codes([finding]) == ["C303 flag"]
    assert finding.message.endswith("Bureau 5 (u5) 60 → 59 and 3 more.")
    found = night(*(make_unit(f"u{n}", 60, 39) for n in (1, 2, 3)), make_unit("u4", 59, 41))
    assert codes(found) == ["C302 wait", "C303 flag u4"]


def test_F27_a_total_that_falls_makes_the_file_wait() -> None:
    flag, wait = night(make_unit("u1", 10, 10), u1=make_unit("u1", 1000, 400))
    assert codes([flag, wait]) == ["C303 flag u1", "C301 wait"]
    assert in_words(wait) == (
        "The valid votes of the units counted before fall from 21,300 to 19,920, by 6.5%.",
        "Les exprimés des unités déjà dépouillées passent de 21 300 à 19 920, soit 6,5 % de moins.",
    )
    assert codes(night(make_unit("u1", 60, 40), u1=make_unit("u1", 150, 150))) == [
        "C303 flag u1"
    ], "less than one per cent"


def test_F27_the_total_of_a_country_alone() -> None:
    alone = make_contest(units=1)
    old = make_unit("u1", 800_000, 537_820)
    found = night(make_unit("u1", 750_000, 499_126), contest=alone, u1=old)
    assert codes(found) == ["C303 flag u1", "C301 wait"]


def test_a_unit_of_zeros_keeps_its_last_good_values() -> None:
    found = night(make_unit("u1", 0, 0))
    assert codes(found) == ["C304 hold u1"]
    assert in_words(found[0]) == (
        "Bureau 1 (u1): no vote, where the file before had 100 valid votes.",
        "Bureau 1 (u1) : aucune voix, alors que le fichier précédent comptait 100 exprimés.",
    )
    previous = make_result(CONTEST, *BEFORE.values())
    shown = tally.hold(BEFORE | {"u1": make_unit("u1", 0, 0)}, found, CONTEST, previous)
    assert shown["u1"] == replace(BEFORE["u1"], held=True)
    empty = make_unit("u1", 0, 0)
    assert night(empty, u1=replace(empty, status=PARTIAL)) == (), "there was no vote before"


def test_many_units_of_zeros_make_the_file_wait() -> None:
    (finding,) = night(*(make_unit(f"u{n}", 0, 0) for n in (1, 2, 3)))
    assert codes([finding]) == ["C305 wait"]
    assert in_words(finding) == (
        "3 of 200 counted units have no vote any more: Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3).",
        "3 des 200 unités dépouillées n’ont plus aucune voix : Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3).",
    )


def test_a_file_of_zeros_waits_however_few_its_units() -> None:
    alone = make_contest(units=1)
    assert codes(night(make_unit("u1", 0, 0), contest=alone)) == ["C305 wait"]
    assert codes(night(waits("u1"), contest=alone)) == ["C307 wait"]


def test_F28_a_unit_that_waits_again_keeps_its_last_good_values() -> None:
    (finding,) = night(waits("u1"))
    assert codes([finding]) == ["C306 hold u1"]
    assert in_words(finding) == (
        "Bureau 1 (u1): waiting again, where the file before had 100 valid votes.",
        "Bureau 1 (u1) : de nouveau en attente, alors que le fichier précédent comptait 100 "
        "exprimés.",
    )


def test_F28_many_units_that_wait_again_make_the_file_wait() -> None:
    (finding,) = night(*(waits(f"u{n}") for n in (1, 2, 3)))
    assert codes([finding]) == ["C307 wait"]
    assert in_words(finding) == (
        "3 of 200 counted units wait again: Bureau 1 (u1), Bureau 2 (u2), Bureau 3 (u3).",
        "3 des 200 unités dépouillées sont de nouveau en attente : Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3).",
    )


def test_F28_a_complete_unit_that_is_partial_again_is_said() -> None:
    (finding,) = night(make_unit("u1", 60, 40, status=PARTIAL))
    assert codes([finding]) == ["C308 flag u1"]
    assert in_words(finding) == (
        "Bureau 1 (u1): the count was complete and is partial again.",
        "Bureau 1 (u1) : le dépouillement était complet et redevient partiel.",
    )
    partial = make_unit("u1", 60, 40, status=PARTIAL)
    assert night(make_unit("u1", 61, 40, status=PARTIAL), u1=partial) == ()


def test_several_units_that_are_partial_again_share_a_sentence() -> None:
    loose = replace(CONTEST, rules={"C309": RuleSetting(limit=0.5)})
    units = [make_unit(f"u{n}", 60, 40, status=PARTIAL) for n in range(1, 5)]
    (finding,) = night(*units, contest=loose)
    assert codes([finding]) == ["C308 flag"]
    assert in_words(finding) == (
        "Units that were complete and are partial again (4): Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3), Bureau 4 (u4).",
        "Unités complètes qui redeviennent partielles (4) : Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3), Bureau 4 (u4).",
    )


def test_F28_many_units_that_are_partial_again_make_the_file_wait() -> None:
    (finding,) = night(*(make_unit(f"u{n}", 60, 40, status=PARTIAL) for n in (1, 2, 3)))
    assert codes([finding]) == ["C309 wait"]
    assert in_words(finding) == (
        "3 of 200 counted units were complete and are partial again: Bureau 1 (u1), "
        "Bureau 2 (u2), Bureau 3 (u3).",
        "3 des 200 unités dépouillées étaient complètes et redeviennent partielles : "
        "Bureau 1 (u1), Bureau 2 (u2), Bureau 3 (u3).",
    )


def test_many_units_that_are_gone_make_the_file_wait_and_are_held() -> None:
    found = night(without=["u1", "u2", "u3"])
    assert codes(found) == ["C205 hold u1", "C205 hold u2", "C205 hold u3", "C310 wait"]
    assert in_words(found[-1]) == (
        "3 of 200 counted units are no longer in the file: Bureau 1 (u1), Bureau 2 (u2), "
        "Bureau 3 (u3).",
        "3 des 200 unités dépouillées ne figurent plus dans le fichier : Bureau 1 (u1), "
        "Bureau 2 (u2), Bureau 3 (u3).",
    )
    assert codes(night(without=["u1"], u2=waits("u2"))) == ["C205 hold u1"]
    assert night(without=["u2"], u2=waits("u2")) == (), "nothing of it was known"


def test_F30_units_under_new_codes_make_the_file_wait() -> None:
    new = [make_unit(f"v{n}", 60, 40) for n in range(1, 4)]
    found = night(*new, without=["u1", "u2", "u3"])
    assert codes(found)[-1] == "C291 wait"
    assert {"C205 hold u1", "C204 hold v1"} <= set(codes(found))
    assert in_words(found[-1]) == (
        "3 units of the file (v1, v2, v3) are not of this contest and 3 that were counted are no "
        "longer in it: their codes may have changed.",
        "3 unités du fichier (v1, v2, v3) ne sont pas de ce scrutin et 3 qui étaient dépouillées "
        "n’y figurent plus : leurs codes ont peut-être changé.",
    )


def exchanged(*units: int) -> list[UnitResult]:
    return [make_unit(f"u{n}", 40, 60) for n in units]


def test_F31_columns_that_changed_places_make_the_file_wait() -> None:
    (finding,) = night(*exchanged(1, 2, 3))
    assert codes([finding]) == ["C311 wait"]
    assert in_words(finding) == (
        "In 3 units the votes of Hamon and Valls have changed places: Bureau 1 (u1), "
        "Bureau 2 (u2), Bureau 3 (u3).",
        "Dans 3 unités, les voix de Hamon et Valls ont changé de place : Bureau 1 (u1), "
        "Bureau 2 (u2), Bureau 3 (u3).",
    )
    assert codes(night(*exchanged(1))) == ["C303 flag u1"], "one unit is a correction"
    assert codes(night(*exchanged(1), contest=make_contest(units=1))) == ["C311 wait"]


def test_F31_three_columns_that_went_round() -> None:
    names = ("hamon", "valls", "third")
    contest = make_contest(units=3, options=names)
    old = make_result(contest, *(make_unit(f"u{n}", 60, 40, 10 * n) for n in (1, 2, 3)))
    new = [make_unit(f"u{n}", 10 * n, 60, 40) for n in (1, 2, 3)]
    (finding,) = check(*new, contest=contest, previous=old)
    assert codes([finding]) == ["C311 wait"]
    assert "Hamon, Valls and Third" in finding.message


def test_what_falls_beside_an_exchange_is_said_too() -> None:
    found = night(*exchanged(1, 2, 3), make_unit("u4", 60, 39))
    assert codes(found) == ["C311 wait", "C303 flag u4"]


def test_F31_an_option_that_disappears_makes_the_file_wait() -> None:
    contest = make_contest(units=2)
    (finding,) = night(make_unit("u1", 60, 0), make_unit("u2", 60, 0), contest=contest)
    assert codes([finding]) == ["C312 wait"]
    assert in_words(finding) == (
        "Valls had 80 votes and has none any more.",
        "Valls avait 80 voix et n’en a plus aucune.",
    )
    few = {f"u{n}": make_unit(f"u{n}", 60, 4) for n in (1, 2)}
    assert codes(night(make_unit("u1", 60, 0), make_unit("u2", 60, 0), contest=contest, **few)) == [
        "C302 wait", "C301 wait",
    ]  # fmt: skip
    assert codes(night(make_unit("u1", 60, 0))) == ["C303 flag u1"], "elsewhere it has votes"


def test_a_unit_that_is_held_anyway_takes_nothing_back() -> None:
    broken = make_unit("u1", 0, 0, valid_votes=3)
    assert codes(night(broken)) == ["C201 hold u1", "C202 hold u1"]


@pytest.mark.parametrize(
    ("code", "limit", "units"),
    [
        ("C302", 0.02, [make_unit(f"u{n}", 60, 39) for n in (1, 2, 3)]),
        ("C305", 0.02, [make_unit(f"u{n}", 0, 0) for n in (1, 2, 3)]),
        ("C307", 0.02, [waits(f"u{n}") for n in (1, 2, 3)]),
        ("C309", 0.02, [make_unit(f"u{n}", 60, 40, status=PARTIAL) for n in (1, 2, 3)]),
        ("C311", 0.02, exchanged(1, 2, 3)),
        ("C301", 0.1, [make_unit("u1", 60, 40)]),
        ("C312", 50_000, [make_unit(unit.code, 60, 0) for unit in CONTEST.units]),
    ],
)
def test_how_many_are_many_is_for_the_election_file_to_say(
    code: str, limit: float, units: list[UnitResult]
) -> None:
    before: dict[str, Any] = {"u1": make_unit("u1", 1000, 400)} if code == "C301" else {}
    loose = replace(CONTEST, rules={code: RuleSetting(limit=limit)})
    assert f"{code} wait" in codes(night(*units, **before))
    assert f"{code} wait" not in codes(night(*units, contest=loose, **before))


def test_units_that_are_held_are_named_one_by_one() -> None:
    loose = replace(CONTEST, rules={"C307": RuleSetting(limit=0.5)})
    found = night(*(waits(f"u{n}") for n in range(1, 6)), contest=loose)
    assert codes(found) == [f"C306 hold u{n}" for n in range(1, 6)]


def test_a_severity_too() -> None:
    strict = replace(CONTEST, rules={"C303": RuleSetting(Severity.HOLD)})
    found = night(*(make_unit(f"u{n}", 60, 39) for n in (1, 2)), contest=strict)
    assert codes(found) == ["C303 hold u1", "C303 hold u2"]


def test_an_option_of_the_night_is_named_as_in_the_election_file() -> None:
    options = (Option("hamon", "Benoît Hamon", "Hamon"), Option("valls", "Manuel Valls", "Valls"))
    contest = replace(make_contest(units=1), options=options)
    (finding,) = night(make_unit("u1", 60, 0), contest=contest)
    assert finding.message == "Manuel Valls had 40 votes and has none any more."


def test_what_was_published_is_what_counts() -> None:
    """Not what the file before said of a unit that was held."""
    held = replace(BEFORE["u1"], held=True)
    previous: ContestResult = make_result(CONTEST, *(BEFORE | {"u1": held}).values())
    now = BEFORE | {"u1": make_unit("u1", 60, 41)}
    assert check(*now.values(), contest=CONTEST, previous=previous) == ()
