"""The card of a moment of the count."""

from dataclasses import replace

import pytest

from dashboard import feed, views
from dashboard.model import Milestone, MilestoneKind, Snapshot
from dashboard.wire import encode
from tests.builders import EVENING, make_contest, make_election, make_result

CARD = Milestone(
    EVENING, MilestoneKind.COMPLETE, "A", "Lunel", {"hamon": 6, "valls": 4}, 10, 1, 1, "hamon"
)


@pytest.mark.parametrize(
    ("units", "french", "english"),
    [((1, 1), "1 bureau sur 1 ·", "1 of 1 station ·"),
     ((1, 3), "1 bureau sur 3 ·", "1 of 3 stations ·"),
     ((3, 3), "3 bureaux sur 3 ·", "3 of 3 stations ·")],
)  # fmt: skip
def test_its_note_counts_in_words_that_agree(
    units: tuple[int, int], french: str, english: str
) -> None:
    contest = make_contest()
    card = replace(CARD, complete_units=units[0], units=units[1])
    result = replace(make_result(contest), milestones=(card,))
    snapshot = Snapshot((result,), feed.with_ours((), [contest], [result]))
    documents = views.documents(make_election(contest), snapshot, frozenset())
    assert french in encode(documents["home.fr"]).decode()
    assert english in encode(documents["home.en"]).decode()
