"""Which scene is visible: the scheduler by itself, under a clock of ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "assets" / "scenes.js"
OVERVIEW = {"scene": "overview", "hold": 25}
MAP = {"scene": "map", "hold": 15, "once": "Sète"}
FOCUS = {"scene": "focus", "slot": 0, "hold": 10, "once": "Sète"}
CIRCLES = {"scene": "circles", "hold": 12, "every": 3}
QUOTE = {"scene": "quote", "hold": 16}
QR = {"scene": "qr", "hold": 10, "every": 3}
REPLAY = {"scene": "replay", "hold": 60, "title": "Relecture · {time}"}
ALL = [OVERVIEW, MAP, FOCUS, CIRCLES, QUOTE, QR]
# Plays a list of [what, argument] and says what is visible after each; "wait" moves the clock.
PLAY = """([options, moves]) => {
  if (options.scenes) options.scenes = new Set(options.scenes);
  if (options.turns) options.turn = () => options.turns-- > 0;
  const scheduler = soiree.scheduler(options);
  let now = 0;
  return moves.map(([what, value]) => {
    if (what === 'wait') now += value;
    else if (what === 'offer') scheduler.offer(value, now);
    else scheduler[what](now);
    return scheduler.at(now).scene;
  });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def play(page: Page, *moves: tuple[str, Any], **options: Any) -> list[str]:
    seen: list[str] = page.evaluate(PLAY, [options, moves])
    return seen


def offer(*rotation: dict[str, Any], moment: str = "", contest: str = "") -> tuple[str, Any]:
    said: dict[str, Any] = {"rotation": list(rotation), "contest": contest}
    if moment:
        said["moment"] = {"scene": "moment", "hold": 20, "once": moment}
    return "offer", said


NEXT = ("next", None)


def test_the_overview_returns_after_every_other_and_what_is_shown_once_is(page: Page) -> None:
    seen = play(page, offer(*ALL), *[NEXT] * 13)
    assert seen[1::2] == ["map", "focus", "quote", "quote", "circles", "quote", "qr"]
    assert set(seen[0::2]) == {"overview"}


def test_each_scene_holds_as_long_as_python_says(page: Page) -> None:
    waits = [("wait", 24), ("wait", 1), ("wait", 14), ("wait", 1), ("wait", 25), ("wait", 9)]
    seen = play(page, offer(*ALL), *waits)
    assert seen == ["overview", "overview", "map", "map", "overview", "focus", "focus"]
    waits = [("wait", 4), ("wait", 1), ("wait", 5)]
    assert play(page, offer(*ALL), *waits, hold=5) == ["overview", "overview", "map", "overview"]


def test_a_row_that_came_in_later_is_shown_and_the_same_one_never_twice(page: Page) -> None:
    again = {**FOCUS, "once": "Lodève"}
    seen = play(page, offer(OVERVIEW, FOCUS), NEXT, NEXT, NEXT, offer(OVERVIEW, again), NEXT, NEXT)
    assert seen == ["overview", "focus", "overview", "overview", "overview", "focus", "overview"]


def test_a_key_moment_interrupts_once_and_only_when_it_is_new(page: Page) -> None:
    old, new = offer(OVERVIEW, QUOTE, moment="a"), offer(OVERVIEW, QUOTE, moment="b")
    seen = play(page, old, NEXT, new, ("wait", 19), ("wait", 1), new, NEXT)
    assert seen == ["overview", "quote", "moment", "moment", "overview", "overview", "quote"]
    first = play(page, offer(OVERVIEW), offer(OVERVIEW, moment="a"))
    assert first == ["overview", "moment"], "the night's first moment is news too"


def test_a_scene_that_is_no_more_leaves_at_once(page: Page) -> None:
    assert play(page, offer(*ALL), NEXT, offer(OVERVIEW)) == ["overview", "map", "overview"]


def test_keys_hold_and_go_back(page: Page) -> None:
    seen = play(
        page, offer(*ALL), NEXT, ("toggle", None), ("wait", 500), ("toggle", None), ("wait", 14),
        ("wait", 1), ("back", None), ("back", None), ("back", None),
    )  # fmt: skip
    assert seen == ["overview", *["map"] * 5, "overview", "map", "overview", "overview"]


def test_only_the_scenes_asked_for(page: Page) -> None:
    seen = play(page, offer(*ALL), NEXT, NEXT, NEXT, NEXT, scenes=["overview", "quote"])
    assert seen == ["overview", "quote", "overview", "quote", "overview"]
    alone = play(page, offer(*ALL), NEXT, NEXT, scenes=["qr"])
    assert alone == ["qr", "qr", "qr"]
    assert play(page, offer(OVERVIEW), NEXT, scenes=["map"]) == ["overview", "overview"]


def test_the_present_follows_the_past_whatever_was_asked_for(page: Page) -> None:
    alone = play(page, offer(*ALL, REPLAY), NEXT, NEXT, NEXT, scenes=["replay"])
    assert alone == ["overview", "replay", "overview", "replay"]
    held = play(page, offer(OVERVIEW, REPLAY), NEXT, ("wait", 59), ("wait", 1), hold=5)
    assert held == ["overview", "replay", "replay", "overview"], "as long as the night takes"


def test_a_key_moment_interrupts_the_past_too(page: Page) -> None:
    seen = play(page, offer(OVERVIEW, REPLAY), NEXT, offer(OVERVIEW, REPLAY, moment="a"))
    assert seen == ["overview", "replay", "moment"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", [None, 0, "5", False]),
        ("?scenes=relecture", [["replay"], 0, "5", False]),
        ("?scenes=overview,carte,nonsense&duree=20&marge=3&taille=grande",
         [["overview", "map"], 20_000, "3", True]),
        ("?scenes=nonsense&duree=x&marge=4&taille=huge", [None, 0, "5", False]),
        ("?scenes=&duree=0&marge=0&taille=", [None, 0, "0", False]),
    ],
)  # fmt: skip
def test_what_an_address_asks_for(search: str, expected: list[Any], page: Page) -> None:
    read = """(search) => {
      const { scenes, hold, margin, isLarge } = soiree.presets(search);
      return [scenes && [...scenes], hold, margin, isLarge];
    }"""
    assert page.evaluate(read, search) == expected


def test_another_contest_comes_when_a_round_is_over(page: Page) -> None:
    mayor, council = offer(OVERVIEW, MAP), offer(OVERVIEW, MAP, QUOTE, contest="council")
    seen = play(page, mayor, NEXT, NEXT, NEXT, council, NEXT, NEXT, NEXT, NEXT, turns=1)
    # The third step ends the mayor's round: the overview waits for the council's document.
    assert seen[:4] == ["overview", "map", "overview", "overview"]
    assert seen[4:] == ["overview", "map", "overview", "quote", "overview"], "shown once of each"


def test_each_contest_has_rounds_of_its_own(page: Page) -> None:
    """Of three contests in turn none is always the one whose rare scenes are due."""
    walls = [offer(OVERVIEW, QUOTE, QR, contest=name) for name in ("a", "b", "c")]
    moves = [move for _ in range(3) for wall in walls for move in (wall, *[NEXT] * 4)]
    seen = play(page, *moves, turns=100)
    assert seen.count("qr") == 3 and seen.count("quote") == 9


def test_a_contest_that_does_not_come_lets_the_others_go_on(page: Page) -> None:
    wall = offer(OVERVIEW, QUOTE)
    seen = play(page, wall, NEXT, NEXT, ("wait", 25), ("wait", 25), turns=1)
    assert seen == ["overview", "quote", "overview", "overview", "quote"]


def test_a_round_without_the_overview_ends_as_well(page: Page) -> None:
    wall, other = offer(OVERVIEW, QUOTE), offer(OVERVIEW, QUOTE, contest="b")
    seen = play(page, wall, NEXT, other, NEXT, scenes=["quote"], turns=1)
    assert seen == ["quote"] * 4
