"""Which scenes the wall has at a version, and what they say."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dashboard.model import Arrival, ContestResult, CountStatus, Post, PostKind, Previous, Snapshot
from dashboard.views.drawing import documents
from dashboard.views.markup import to_html
from tests.builders import EVENING, make_contest, make_election, make_result, make_unit

CONTEST = replace(make_contest(units=6), early_below=0.4)
ALL = tuple(make_unit(f"u{n}", 60 + n, 40) for n in range(1, 7))
REACTION = Post("p1", EVENING, PostKind.REACTION, "On attend Béziers.", author="Claire Vidal")
KEY = Post("k1", EVENING, PostKind.KEY, "Montpellier est complet.")


def wall(
    *counted: Any, posts: tuple[Post, ...] = (), arrivals: tuple[Arrival, ...] = (), **options: Any
) -> dict[str, Any]:
    contest = options.get("contest", CONTEST)
    result: ContestResult = replace(make_result(contest, *counted), arrivals=arrivals)
    election = replace(make_election(contest), public_url=options.get("url", ""))
    sealed = frozenset({contest.id}) if options.get("sealed") else frozenset()
    page: Any = documents(election, Snapshot((result,), posts), sealed)["screen.fr"]
    return page  # type: ignore[no-any-return]


def names(page: dict[str, Any]) -> list[str]:
    return [entry["scene"] for entry in page["scenes"]["rotation"]]


CAME = tuple(Arrival(row, EVENING) for row in ("Montpellier", "Olonzac", "Sète"))


def test_the_scenes_of_a_full_evening_in_their_order() -> None:
    page = wall(*ALL, posts=(REACTION, KEY), arrivals=CAME, url="https://live.exemple.fr/34/")
    assert names(page) == ["overview", "map", *["focus"] * 3, "circles", "quote", "qr", "replay"]
    rotation = page["scenes"]["rotation"]
    assert [entry["hold"] for entry in rotation[:2]] == [25_000, 15_000]
    assert rotation[-3]["hold"] == 12_000 + 60 * len(REACTION.text)
    assert [e["scene"] for e in rotation if e.get("every") == 3] == ["circles", "qr", "replay"]
    assert rotation[-1]["title"] == "Relecture · {time}"
    assert page["scenes"]["moment"] == {"scene": "moment", "hold": 20_000, "once": "k1"}
    assert "live.exemple.fr/34" in to_html(page["parts"]["invitation"])


def test_what_fills_the_wall_is_what_the_desk_marked_once_it_marks() -> None:
    later = replace(REACTION, id="p2", at=EVENING + timedelta(minutes=1), text="Béziers est là.")

    def quoted(*posts: Post) -> str:
        return to_html(wall(*ALL, posts=posts)["parts"]["reaction"])

    assert later.text in quoted(REACTION, later)
    assert REACTION.text in quoted(REACTION, replace(later, on_screen=False))
    assert REACTION.text in quoted(replace(REACTION, on_screen=True), later)
    assert "quote" not in names(wall(*ALL, posts=(replace(REACTION, on_screen=False),)))


@pytest.mark.parametrize("counted", [(), ALL[:1]])
def test_nothing_is_drawn_of_nothing(counted: tuple[Any, ...]) -> None:
    page = wall(*counted, arrivals=CAME, url="https://live.exemple.fr")
    assert page["state"] in ("waiting", "early")
    assert names(page) == ["overview", "qr"]
    assert not {"latest", "focus-0", "weight"} & page["parts"].keys()


def test_an_embargo_leaves_the_countdown_and_the_code() -> None:
    page = wall(*ALL, posts=(REACTION, KEY), arrivals=CAME, url="https://x.fr", sealed=True,
                contest=replace(CONTEST, embargo=EVENING))  # fmt: skip
    assert names(page) == ["overview", "qr"]
    assert "moment" not in page["scenes"]
    assert not {n for n in page["parts"] if n.startswith(("short", "large", "legend"))}
    assert page["figures"] == {}


def test_without_a_map_there_is_no_scene_of_it() -> None:
    page = wall(*ALL, arrivals=CAME, contest=replace(CONTEST, geometry=None))
    assert names(page) == ["overview", "replay"]


def test_focus_is_on_the_largest_that_have_just_come_in() -> None:
    early = Arrival("Sète", EVENING - timedelta(minutes=11))
    page = wall(*ALL, arrivals=(early, *CAME[:2]))
    focuses = [e["once"] for e in page["scenes"]["rotation"] if e["scene"] == "focus"]
    assert focuses == ["Montpellier", "Olonzac"]
    assert "Montpellier" in to_html(page["parts"]["focus-0"])
    assert page["figures"]["outline-0"]["data"][0]["locations"] == ["A"]
    assert page["figures"]["outline-1"]["data"][0]["locations"] == ["B", "C"]
    assert page["figures"]["outline-2"]["data"][0]["locations"] == []
    listed = to_html(page["parts"]["latest"])
    assert listed.index("Olonzac") < listed.index("Montpellier") < listed.index("Sète")


def test_a_row_that_was_withdrawn_is_not_listed() -> None:
    partial = replace(ALL[2], status=CountStatus.PARTIAL)
    page = wall(*ALL[:2], partial, *ALL[3:], arrivals=CAME)
    assert "Olonzac" not in to_html(page["parts"]["latest"])


def test_a_long_reaction_is_not_for_the_whole_screen() -> None:
    page = wall(*ALL, posts=(replace(REACTION, text="x" * 141),))
    assert "quote" not in names(page) and "reaction" not in page["parts"]


def test_circles_are_areas_by_votes_one_for_each_row() -> None:
    page = wall(*ALL[:3], posts=())
    dashed, filled = page["figures"]["circles"]["data"][:2]
    size = dict(zip(filled["locations"], filled["marker"]["size"], strict=True))
    assert set(size) == {"A", "B", "D"}, "Olonzac votes once, for B and C"
    assert size["A"] == 170 and size["D"] == 0
    assert size["B"] == round(170 * ((63 + 40) / (61 + 62 + 80)) ** 0.5)
    waiting = dict(zip(dashed["locations"], dashed["marker"]["size"], strict=True))
    assert waiting["D"] > 0 and waiting["A"] == 0
    assert "Montpellier" in to_html(page["parts"]["weight"])


def test_the_night_is_seen_again_when_it_is_over() -> None:
    assert "replay" not in names(wall(*ALL[:-1], arrivals=CAME))
    assert "replay" in names(wall(*ALL, arrivals=CAME))


def test_an_earlier_vote_is_a_tick_on_both_bars_with_its_name() -> None:
    shares = {"hamon": 0.3726, "valls": 0.3242}
    then = Previous("1er tour", "Round 1", "", frozenset(shares), shares)
    page = wall(*ALL, contest=replace(CONTEST, previous=then))
    for place, share in enumerate(shares.values()):
        shapes = page["figures"][f"bars-{place}"]["layout"]["shapes"]
        assert [shape["x0"] for shape in shapes] == [0.5, share, share]
    assert "1er tour" in to_html(page["parts"]["progress"])
    assert "tick" not in to_html(wall(*ALL)["parts"]["progress"])
