"""The first round of the primary of 2017: the total rose, and no share moved (HERAULT-2017)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import pipeline, tally
from dashboard.model import (
    Contest,
    ContestResult,
    Counts,
    CountStatus,
    RuleSetting,
    Severity,
    UnitResult,
)
from dashboard.tally.checks.frozen import is_alike, is_frozen
from tests.builders import EVENING, make_contest, make_file, make_result

from .said import check, codes, in_words

AT_0045, AT_1000, FINAL = 1_249_126, 1_601_139, 1_655_919  # votes shown at these hours of the night
SHARES = {"hamon": 37.26, "valls": 32.42, "montebourg": 17.57, "peillon": 6.19}  # per cent
OPTIONS = (*SHARES, "others")


def contest(units: int = 1, options: tuple[str, ...] = OPTIONS) -> Contest:
    made = make_contest(units=units, options=options)
    columns = replace(
        made.source.columns, ballots_cast="", blank_ballots="", invalid_ballots="", valid_votes=""
    )
    return replace(made, source=replace(made.source, columns=columns))


def counted(total: int, **moved: float) -> Counts:
    """These shares of a total, some of them moved by so many points."""
    votes = {o: round((s + moved.get(o, 0)) * total / 100) for o, s in SHARES.items()}
    votes["others"] = total - sum(votes.values())
    return Counts(votes, total)


def unit(code: str, counts: Counts) -> UnitResult:
    return UnitResult(code, CountStatus.PARTIAL, counts)


def table(counts: Counts) -> bytes:
    row = ";".join(map(str, counts.votes.values()))
    return f"code;{';'.join(OPTIONS)}\nu1;{row}\n".encode()


def read(counts: Counts, minute: int, before: ContestResult | None) -> ContestResult:
    file = make_file(table(counts), at=EVENING + timedelta(minutes=minute))
    return pipeline.read_contest(file, contest(), before)


def test_the_total_of_a_country_is_held_at_the_first_look() -> None:
    first = read(counted(AT_0045), 0, None)
    assert first.findings == ()
    second = read(counted(AT_1000), 555, first)
    (finding,) = second.findings
    assert codes([finding]) == ["C401 hold u1"]
    assert in_words(finding) == (
        "Bureau 1 (u1): valid votes rise from 1,249,126 to 1,601,139, yet every share is the same "
        "to the decimal.",
        "Bureau 1 (u1) : les exprimés passent de 1 249 126 à 1 601 139, mais toutes les parts "
        "restent les mêmes à la décimale près.",
    )
    assert second.units["u1"] == replace(first.units["u1"], held=True)
    third = read(counted(FINAL, hamon=-0.2, valls=0.1), 600, second)
    assert third.findings == () and third.units["u1"].counts == counted(
        FINAL, hamon=-0.2, valls=0.1
    )


def test_every_unit_of_a_table_is_held_by_itself() -> None:
    many = contest(units=4)
    before = make_result(many, *(unit(f"u{n}", counted(n * 10_000)) for n in range(1, 5)))
    now = [unit(f"u{n}", counted(n * 12_800)) for n in (1, 2, 3)]
    now.append(unit("u4", counted(51_200, hamon=0.5)))
    found = check(*now, contest=many, previous=before)
    assert codes(found) == ["C401 hold u1", "C401 hold u2", "C401 hold u3"]


def test_units_too_small_to_tell_are_told_together() -> None:
    many = contest(units=60)
    sizes = {f"u{n}": 300 + 7 * n for n in range(1, 61)}
    before = make_result(many, *(unit(code, counted(size)) for code, size in sizes.items()))
    now = [unit(code, counted(round(size * 1.28))) for code, size in sizes.items()]
    (finding,) = check(*now, contest=many, previous=before)
    assert codes([finding]) == ["C402 wait"]
    assert in_words(finding) == (
        "The valid votes of the units counted before rise from 30,810 to 39,439 in all, yet every "
        "share is the same to the decimal.",
        "Au total, les exprimés des unités déjà dépouillées passent de 30 810 à 39 439, mais "
        "toutes les parts restent les mêmes à la décimale près.",
    )
    loose = replace(many, rules={"C402": RuleSetting(limit=0.5)})
    assert codes(check(*now, contest=loose, previous=before)) == ["C411 flag"]


def test_units_that_are_new_may_vote_as_the_others() -> None:
    many = contest(units=4)
    before = make_result(many, unit("u1", counted(AT_0045)))
    now = [unit("u1", counted(AT_0045)), unit("u2", counted(AT_1000 - AT_0045))]
    assert check(*now, contest=many, previous=before) == ()


HELD, TOLD, NEITHER = (True, True), (False, True), (False, False)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (counted(AT_0045), counted(AT_1000), HELD),
        (counted(AT_0045), counted(AT_1000, hamon=0.009), HELD),  # two decimals alike
        (counted(AT_0045), counted(AT_1000, hamon=0.04), TOLD),  # one decimal alike
        (counted(AT_0045), counted(AT_1000, hamon=0.06), NEITHER),
        (counted(AT_0045), counted(round(AT_0045 * 1.04)), NEITHER),  # rises by too little to tell
        (counted(AT_1000), counted(AT_0045), NEITHER),
        (counted(7_000), counted(9_000), TOLD),  # a hundredth of a point is no vote
        (counted(700), counted(900), NEITHER),  # a share moves by a tenth of a point with each vote
        (Counts({"a": 0, "b": 0}, 0), Counts({"a": 900, "b": 900}, 1800), NEITHER),
        (Counts({"a": 6000, "b": 4000}, 10_000), Counts({"a": 7680, "b": 5120}, 12_800), TOLD),
        (Counts({"a": 6000, "b": 4000}, 10_000), Counts({"a": 7682, "b": 5118}, 12_800), NEITHER),
        (Counts({"a": 600, "b": 400}, 1000), Counts({"a": 768, "b": 512}, 1280), NEITHER),
        (Counts({"a": 1000, "b": 3}, 1003), Counts({"a": 12_000, "b": 36}, 12_036), NEITHER),
    ],
)
def test_when_shares_are_frozen(old: Counts, new: Counts, expected: tuple[bool, bool]) -> None:
    assert (is_frozen(old, new, 0.05), is_alike(old, new, 0.05)) == expected


@settings(deadline=None)
@given(
    st.integers(10_000, 5_000_000),
    st.floats(1.06, 3),
    st.lists(st.floats(5, 40), min_size=3, max_size=8),
)
def test_old_percentages_of_any_new_total_are_noticed(
    total: int, times: float, shares: list[float]
) -> None:
    """Whoever multiplies shares with one decimal and rounds."""
    rounded = [round(share / sum(shares), 3) for share in shares]

    def made(valid: int) -> Counts:
        votes = [round(share * valid) for share in rounded[:-1]]
        names = map(str, range(len(shares)))
        return Counts(dict(zip(names, [*votes, valid - sum(votes)], strict=True)), valid)

    before, after = made(total), made(round(total * times))
    assert is_alike(before, after, 0.05)
    assert is_frozen(before, after, 0.05) == (len(shares) > 3 and total >= 100_000) or (
        total < 100_000  # where a vote or two are a hundredth of a point
    )


def test_what_may_be_chance_is_published_and_told() -> None:
    duel = contest(units=2, options=("a", "b"))
    before = make_result(duel, unit("u1", Counts({"a": 6000, "b": 4000}, 10_000)))
    now = unit("u1", Counts({"a": 7680, "b": 5120}, 12_800))
    (finding,) = check(now, contest=duel, previous=before)
    assert codes([finding]) == ["C410 flag u1"]
    assert in_words(finding) == (
        "Bureau 1 (u1): valid votes rise from 10,000 to 12,800 and hardly a share moves, which may "
        "be chance.",
        "Bureau 1 (u1) : les exprimés passent de 10 000 à 12 800 et les parts ne bougent guère, ce "
        "qui peut être un hasard.",
    )
    strict = replace(duel, rules={"C410": RuleSetting(severity=Severity.HOLD)})
    assert codes(check(now, contest=strict, previous=before)) == ["C410 hold u1"]


def test_a_duel_in_units_too_small_to_tell_is_told_together() -> None:
    many = contest(units=60, options=("a", "b"))
    before = make_result(many, *(unit(f"u{n}", duel_of(300)) for n in range(1, 61)))
    found = check(
        *(unit(f"u{n}", duel_of(384)) for n in range(1, 61)), contest=many, previous=before
    )
    assert codes(found) == ["C411 flag"]
    assert in_words(found[0])[0].startswith("The valid votes of the units counted before rise from")
    loose = replace(many, rules={"C411": RuleSetting(limit=0.5)})
    assert check(*(unit(f"u{n}", duel_of(384)) for n in range(1, 61)), contest=loose,
                 previous=before) == ()  # fmt: skip


def duel_of(valid: int) -> Counts:
    return Counts({"a": valid * 2 // 3, "b": valid // 3}, valid)


def test_a_held_unit_adds_what_was_good() -> None:
    first = read(counted(AT_0045), 0, None)
    second = read(counted(AT_1000), 1, first)
    assert tally.total(second.units.values()) == tally.total(first.units.values())
