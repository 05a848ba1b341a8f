"""Moments of the count as posts."""

from dataclasses import replace

import pytest

from dashboard import feed
from dashboard.model import (
    Contest,
    ContestResult,
    Milestone,
    MilestoneKind,
    PostKind,
)
from tests.builders import EVENING, make_contest, make_result

NB, NN = "\u00a0", "\u202f"
WHOLE = Milestone(
    EVENING, MilestoneKind.COMPLETE, "", "", {"hamon": 600, "valls": 400}, 1000, 3, 4, "hamon"
)
LUNEL = replace(WHOLE, row="Lunel", place="Lunel")


def texts(milestone: Milestone, *others: Contest, **changes: object) -> tuple[str, str]:
    contest = replace(make_contest(), **changes)  # type: ignore[arg-type]
    result = replace(make_result(contest), milestones=(milestone,))
    (post,) = feed.with_ours((), [contest, *others], [result])
    assert (post.kind, post.at) == (PostKind.RESULT, EVENING)
    return post.text, post.text_en


@pytest.mark.parametrize(
    ("milestone", "french", "english"),
    [
        (WHOLE, f"Résultat complet{NB}: Hamon 60,0{NN}%, Valls 40,0{NN}%.",
         "Complete result: Hamon 60.0%, Valls 40.0%."),
        (LUNEL, f"Lunel, résultat complet{NB}: Hamon 60,0{NN}%, Valls 40,0{NN}%.",
         "Lunel, complete result: Hamon 60.0%, Valls 40.0%."),
        (replace(LUNEL, kind=MilestoneKind.LEAD, ahead_before="valls"),
         f"Lunel bascule, Hamon passe devant Valls{NB}: Hamon 60,0{NN}%, Valls 40,0{NN}%.",
         "Lunel changes sides, Hamon moves ahead of Valls: Hamon 60.0%, Valls 40.0%."),
        (replace(WHOLE, kind=MilestoneKind.LEAD, ahead_before="valls"),
         f"Hamon passe en tête devant Valls avec 75,0{NN}% des bureaux dépouillés{NB}: "
         f"Hamon 60,0{NN}%, Valls 40,0{NN}%.",
         "Hamon moves ahead of Valls with 75.0% of stations counted: Hamon 60.0%, Valls 40.0%."),
        (replace(WHOLE, kind=MilestoneKind.SHARE, share=0.75),
         f"75,0{NN}% des bureaux dépouillés, 3 sur 4{NB}: Hamon 60,0{NN}%, Valls 40,0{NN}%.",
         "75.0% of stations counted, 3 of 4: Hamon 60.0%, Valls 40.0%."),
    ],
)  # fmt: skip
def test_what_they_say(milestone: Milestone, french: str, english: str) -> None:
    assert texts(milestone) == (french, english)


def test_early_there_are_no_scores() -> None:
    share = replace(WHOLE, kind=MilestoneKind.SHARE, share=0.05, complete_units=5, units=100)
    assert texts(share)[0] == f"5,0{NN}% des bureaux dépouillés, 5 sur 100."


def test_feminine_words_agree() -> None:
    share = replace(WHOLE, kind=MilestoneKind.SHARE, share=0.75)
    assert "des communes dépouillées, 3 sur 4" in texts(share, unit_word="commune")[0]


def test_with_several_contests_each_says_of_which_it_is() -> None:
    other = replace(make_contest(), id="first-round", round="1er tour")
    assert texts(LUNEL, other)[0].startswith(f"Primaire de la gauche 2d tour{NB}: Lunel, ")


def test_it_stands_among_the_others_and_only_once() -> None:
    contest = make_contest()
    result: ContestResult = replace(make_result(contest), milestones=(WHOLE, replace(LUNEL)))
    once = feed.with_ours((), [contest], [result])
    assert len(once) == 2
    assert feed.with_ours(once, [contest], [result]) == once, "a snapshot holds ours as well"
