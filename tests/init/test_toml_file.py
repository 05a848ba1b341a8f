"""Whatever a file calls its candidates, the election file says it back."""

import tomllib
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.clean import NAME_LIMIT, clean_text
from dashboard.init import units_table
from dashboard.init.drafting import Drafted
from dashboard.init.sources import Found
from dashboard.init.toml_file import ElectionFile, toml
from dashboard.model import Option, ReportingUnit
from dashboard.readers.described import identifiers
from tests.builders import make_contest

NAMES = st.text(min_size=1, max_size=40).map(lambda n: clean_text(n, NAME_LIMIT)).filter(bool)
PATH = Path("results.csv")


def drafted(names: list[str], keys: list[str]) -> Drafted:
    ids = identifiers(names)
    contest = make_contest()
    options = tuple(
        Option(i, name, name, colour="#6B3FB8") for i, name in zip(ids, names, strict=True)
    )
    columns = replace(contest.source.columns, options=dict(zip(ids, keys, strict=True)))
    source = replace(contest.source, format="clarity", contest="1", columns=columns)
    units = tuple(ReportingUnit(f"u{n}", name) for n, name in enumerate(names))
    contest = replace(contest, options=options, source=source, units=units, title=names[0])
    return Drafted(Found(PATH, contest, "clarity", "<x>"), contest)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6), st.sampled_from(["fr", "en"]))
def test_the_file_says_what_was_drafted(pairs: list[tuple[str, str]], lang: str) -> None:
    names, keys = [name for name, _ in pairs], [key for _, key in pairs]
    one = drafted(names, keys)
    file = ElectionFile("night", "Night", lang, "night.toml", "", {PATH: "results.csv"})
    said = tomllib.loads(toml(file, [one]))
    [contest] = said["contest"]
    assert [option["name"] for option in contest["option"]] == names
    assert list(contest["results"]["columns"]["options"].values()) == keys
    assert contest["title"] == names[0] if names[0] != "Night" else "title" not in contest


@given(st.lists(st.text(max_size=12), max_size=20))
def test_identifiers_are_all_different_and_of_the_alphabet(names: list[str]) -> None:
    found = identifiers(names)
    assert len(set(found)) == len(found) == len(names)
    assert all(i and set(i) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for i in found)
    assert not any(i.startswith("-") or len(i) > 63 for i in found)


def test_a_number_given_to_a_name_is_not_given_twice() -> None:
    assert identifiers(["a", "a", "a-2", "a"]) == ["a", "a-2", "a-2-2", "a-3"]


def test_only_the_columns_there_is_something_to_say_in() -> None:
    one = drafted(["A", "B"], ["1", "2"])
    assert units_table.columns([one]) == ("code", "name")
    assert units_table.columns([one, one]) == ("contest", "code", "name")
    assert units_table.table([one]) == b"code;name\nu0;A\nu1;B\n"
