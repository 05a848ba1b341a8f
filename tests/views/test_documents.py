"""Documents: complete in both languages, small patches, every number as text, nothing sealed."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard import wire
from dashboard.model import (
    ContestResult,
    CountStatus,
    Election,
    Finding,
    Option,
    Post,
    PostKind,
    ReportingUnit,
    Severity,
    Snapshot,
)
from dashboard.views import documents
from dashboard.views.markup import Node, to_html
from tests.builders import (
    EVENING,
    make_contest,
    make_counts,
    make_election,
    make_result,
    make_unit,
)

NO_ONE: frozenset[str] = frozenset()
POSTS = (
    Post("p2", EVENING, PostKind.REACTION, "<b>Une</b> réaction & rien d’autre", "Une élue"),
    Post("p1", EVENING, PostKind.KEY, "Un temps fort"),
)


def night(*counted: Any, posts: tuple[Post, ...] = POSTS, **changes: Any) -> dict[str, Any]:
    contest = make_contest(**changes)
    result = make_result(contest, *counted)
    return documents(make_election(contest), Snapshot((result,), posts), NO_ONE)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value:
        if isinstance(child, dict | list):
            yield from objects(child)


def words_of(node: Node) -> str:
    return re.sub(r"<[^>]*>", " ", to_html(node))


PARTIAL = night(make_unit("u1", 600, 400), make_unit("u3", 90, 110))
STATES = {
    "waiting": night(),
    "early": night(make_unit("u1", 60, 40), units=20),
    "partial": PARTIAL,
    "complete": night(*(make_unit(f"u{n}", 60, 40) for n in range(1, 5))),
}


def test_names_of_documents() -> None:
    assert list(PARTIAL) == ["home.fr", "screen.fr", "home.en", "screen.en"]
    first, second = make_contest(), replace(make_contest(), id="mayor")
    election = replace(make_election(first), contests=(first, second))
    names = documents(election, Snapshot((), ()), NO_ONE)
    assert {"home.fr", "home.mayor.fr", "screen.mayor.en"} < names.keys()


@pytest.mark.parametrize("state", STATES)
def test_documents_survive_a_patch_and_hold_no_null(state: str) -> None:
    for name, document in STATES[state].items():
        assert document["state"] == state
        assert json.loads(wire.encode(document)) == document
        for each in objects(document):
            assert None not in each.values(), name
        for each in objects({k: v for k, v in document.items() if k != "dark"}):
            assert wire.INDEX not in each, name
        for other in STATES.values():
            assert wire.merge(document, wire.diff(document, other[name])) == other[name]


@pytest.mark.parametrize("state", STATES)
def test_both_languages_have_the_same_parts_and_figures(state: str) -> None:
    for screen in ("home", "screen"):
        french, english = (STATES[state][f"{screen}.{lang}"] for lang in ("fr", "en"))
        assert french["parts"].keys() == english["parts"].keys()
        assert french["figures"].keys() == english["figures"].keys()
        assert french["words"].keys() == english["words"].keys()
        assert french["words"]["trouble"].keys() == english["words"]["trouble"].keys()


def test_headline_numbers_are_text_with_their_raw_value() -> None:
    for name in ("home.fr", "screen.fr"):
        page = "".join(to_html(part) for part in PARTIAL[name]["parts"].values())
        hamon = page.split('data-option="hamon"')[1]
        assert '<data value="690" data-field="votes">690</data>' in hamon
        assert '<data value="0.575000" data-field="share">57,5</data>' in hamon
        assert '<data value="2" data-field="counted-units">2</data>' in page
        assert '<data value="1210" data-field="ballots-cast">1\u202f210</data>' in page


def test_every_number_of_the_bars_is_text() -> None:
    for name, ids in (("home.fr", ["bars"]), ("screen.fr", ["bars-0", "bars-1"])):
        page = "".join(to_html(part) for part in PARTIAL[name]["parts"].values())
        shares = [t["x"][0] for i in ids for t in PARTIAL[name]["figures"][i]["data"]]
        assert len(shares) == 2
        for share in shares:
            assert f'value="{share:.6f}"' in page


def test_every_number_of_the_map_is_in_the_table() -> None:
    document = PARTIAL["home.fr"]
    table = words_of(document["parts"]["table"])
    tips = document["figures"]["map"]["data"][0]["customdata"]
    numbers = {n for tip in tips for n in re.findall(r"\d+,\d\u202f%", tip)}
    assert numbers == {"60,0\u202f%", "40,0\u202f%", "45,0\u202f%", "55,0\u202f%"}
    for number in numbers:
        assert number in table


def test_map_classes() -> None:
    """Waiting, a partial town of two stations, a shared station, an area without any station."""
    areas = PARTIAL["home.fr"]["figures"]["map"]["data"]
    drawn = dict(zip(areas[0]["locations"], areas[0]["z"], strict=True))
    assert drawn == {"A": 5, "B": 8, "C": 8, "D": 0, "E": 1}  # Hamon 15–30, Valls 5–15
    assert areas[1]["z"] == [1, None, None, None, None]
    assert PARTIAL["home.fr"]["areas"] == {
        "A": "Montpellier", "B": "Olonzac", "C": "Olonzac", "D": "Sète",
    }  # fmt: skip


def test_too_early_to_tell_says_nobody_leads() -> None:
    for name, document in STATES["early"].items():
        page = "".join(to_html(part) for part in document["parts"].values())
        assert 'class="tag"' not in page, name
        assert set(document["figures"]["map"]["data"][0]["z"]) <= {0, 1}, name
    assert "Trop tôt pour conclure" in words_of(STATES["early"]["home.fr"]["parts"]["headline"])


def test_nothing_counted_shows_dashes() -> None:
    page = to_html(STATES["waiting"]["home.fr"]["parts"]["scores"])
    assert page.count(">–<") == 2
    assert "data-field" not in page


def test_a_result_that_is_not_there_waits() -> None:
    contest = make_contest()
    document: Any = documents(make_election(contest), Snapshot((), ()), NO_ONE)["home.fr"]
    assert document["state"] == "waiting"
    assert "data_at" not in document


def test_a_tie_has_no_leader() -> None:
    page = night(make_unit("u1", 50, 50), make_unit("u3", 1, 1))["home.fr"]["parts"]
    assert "égalité parfaite" in words_of(page["headline"])
    assert 'class="tag"' not in to_html(page["scores"])
    assert "Égalité" in words_of(page["scores"])


def test_posts_are_text() -> None:
    for name in ("home.fr", "screen.fr"):
        part = PARTIAL[name]["parts"]["feed" if name == "home.fr" else "post"]
        assert "&lt;b&gt;Une&lt;/b&gt; réaction &amp; rien" in to_html(part)
        assert "«" not in to_html(part), "reported speech is not a quotation"


def test_a_new_post_on_top_patches_only_itself() -> None:
    newer = Post("p3", EVENING, PostKind.NOTE, "Encore")
    before = night(make_unit("u1", 6, 4))["home.fr"]["parts"]["feed"]
    after = night(make_unit("u1", 6, 4), posts=(newer, *POSTS))["home.fr"]["parts"]["feed"]
    patch = json.dumps(wire.diff(before, after))
    assert "Encore" in patch
    assert "Un temps fort" not in patch
    assert '"p1"' not in patch


def test_names_on_the_map_are_escaped() -> None:
    contest = make_contest()
    assert contest.geometry is not None
    areas = (replace(contest.geometry.areas[0], name="<a href=x>A&B</a>"),)
    contest = replace(contest, geometry=replace(contest.geometry, areas=areas))
    snapshot = Snapshot((make_result(contest, make_unit("u1", 6, 4)),), ())
    document: Any = documents(make_election(contest), snapshot, NO_ONE)["home.fr"]
    assert "&lt;a href=x&gt;A&amp;B" in document["figures"]["map"]["data"][0]["text"][0]


def test_held_units_and_findings_are_said() -> None:
    contest = make_contest()
    finding = Finding("C201", Severity.HOLD, "Sum is off.", "La somme est fausse.", unit="u1")
    result = replace(
        make_result(contest, make_unit("u1", 6, 4), make_unit("u2", 6, 4), held=["u1"]),
        findings=(finding,),
    )
    pages: Any = documents(make_election(contest), Snapshot((result,), ()), NO_ONE)
    parts = pages["home.fr"]["parts"]
    assert "1 bureau en vérification" in words_of(parts["progress"])
    assert "La somme est fausse." in words_of(parts["findings"])
    assert "Sum is off." in words_of(pages["home.en"]["parts"]["findings"])
    assert "en vérification" in words_of(parts["table"])


def test_twelve_options_show_six_and_the_others_by_name() -> None:
    options = tuple(Option(f"o{n}", f"Option {n}", f"Opt{n}") for n in range(12))
    contest = replace(make_contest(), options=options)
    votes = {option.id: 100 - n for n, option in enumerate(options)}
    counts = replace(make_counts(1, 1), votes=votes, valid_votes=sum(votes.values()))
    units = [replace(make_unit(f"u{n}", 1, 1), counts=counts) for n in (1, 2, 3)]
    snapshot = Snapshot((make_result(contest, *units),), ())
    document: Any = documents(make_election(contest), snapshot, NO_ONE)["home.fr"]
    page = to_html(document["parts"]["scores"])
    assert len(document["figures"]["bars"]["data"][0]["x"]) == 7
    assert "Autres (6)" in page
    for option in options:
        assert page.count(f'data-option="{option.id}"') == 1, "each number once"


def sealed_night() -> tuple[Election, Snapshot]:
    """A result and a post whose numbers are nowhere else."""
    contest = make_contest(embargo=datetime(2017, 1, 29, 19, 0, tzinfo=UTC))
    counts = make_counts(7_654_321, 8_765_432, blank=6_543_210, invalid=5_432_109)
    unit = replace(make_unit("u1", 1, 1), counts=counts)
    posts = (Post("p", EVENING, PostKind.KEY, "Sortie des urnes : 7654321"),)
    return make_election(contest), Snapshot((make_result(contest, unit),), posts)


def test_a_sealed_contest_leaks_no_figure() -> None:
    election, snapshot = sealed_night()
    sealed = documents(election, snapshot, frozenset({"second-round"}))
    opened = documents(election, snapshot, NO_ONE)
    recognisable = ("7654321", "8765432", "6543210", "5432109", "16419753")
    for name, document in sealed.items():
        written, control = (
            re.sub(r"[\u202f\u00a0, .]", "", json.dumps(d, ensure_ascii=False))
            for d in (document, opened[name])
        )
        assert recognisable[0] in control, "the control would find them"
        for number in recognisable:
            assert number not in written, name
        assert isinstance(document, dict)
        assert document["state"] == "embargo"
        assert document["figures"] == {}
        assert document["opens_at"] == "2017-01-29T19:00:00Z"
        assert "data_at" not in document


def test_a_post_may_tell_what_another_contest_keeps_sealed() -> None:
    first, second = make_contest(), replace(make_contest(), id="mayor", embargo=EVENING)
    election = replace(make_election(first), contests=(first, second))
    pages: Any = documents(election, Snapshot((), POSTS), frozenset({"mayor"}))
    assert "temps fort" not in json.dumps(pages, ensure_ascii=False).replace("Temps forts", "")


def big_night(changed: int) -> dict[str, Any]:
    """95 rows of three stations and 343 areas, as in Hérault; ``changed`` rows had one more."""
    contest = make_contest()
    assert contest.geometry is not None
    areas = tuple(replace(contest.geometry.areas[0], id=f"a{n}", name=f"Commune {n}")
                  for n in range(343))  # fmt: skip
    units = tuple(
        ReportingUnit(f"u{n}", f"Bureau {n}", f"Commune {n // 3}",
                      areas=tuple(a.id for a in areas[n // 3 :: 95]))
        for n in range(285)
    )  # fmt: skip
    contest = replace(contest, units=units, geometry=replace(contest.geometry, areas=areas))
    late = {f"u{3 * row + 2}" for row in range(changed, 95)}
    counted = [
        make_unit(u.code, 150 + 7 * n % 90, 130 + 11 * n % 70)
        for n, u in enumerate(units)
        if u.code not in late
    ]
    result: ContestResult = make_result(contest, *counted)
    assert all(result.units[u].status is CountStatus.WAITING for u in late)
    return documents(make_election(contest), Snapshot((result,), POSTS), NO_ONE)


def test_a_patch_of_five_rows_is_small() -> None:
    before, after = big_night(10), big_night(15)
    for name, limit in (("home.fr", 1500), ("screen.fr", 1000)):
        patch = wire.encode({"from": 41, "to": 42, "patch": wire.diff(before[name], after[name])})
        assert len(gzip.compress(patch, 9, mtime=0)) <= limit, name
