"""Every page has one path, and every path one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.addresses import Address, parse

names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
ADDRESSES = st.builds(
    Address,
    lang=st.sampled_from(["", "fr", "en"]),
    contest=st.just("") | names,
    place=st.just("") | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,4}", fullmatch=True),
    screen=st.booleans(),
) | st.builds(Address, lang=st.sampled_from(["", "en"]), embed=st.sampled_from(["bars", "map"]))


@given(ADDRESSES)
def test_a_link_leads_where_it_was_meant_to(address: Address) -> None:
    assert parse(address.path, {}) == address
    if address.path != "/":
        assert parse(address.path.rstrip("/"), {}) == address


@pytest.mark.parametrize(
    ("target", "query", "expected"),
    [
        ("/", {"lang": "en"}, Address(lang="en")),
        ("/ecran", {"lang": "en", "contest": "b"}, Address(lang="en", contest="b", screen=True)),
        ("/en/", {"lang": "fr"}, Address(lang="en")),  # the path is what was shared
        ("/", {"lang": "de", "utm_source": "x"}, Address()),
    ],
)
def test_a_query_by_hand_is_understood(
    target: str, query: dict[str, str], expected: Address
) -> None:
    assert parse(target, query) == expected


@pytest.mark.parametrize(
    "path",
    ["", "//", "/de/", "/ecran/en/", "/ecran/x", "/contest/", "/contest/Ä/", "/lieu/../",
     "/lieu/a b/", "/contest/a/contest/b/", "/enecran", "/embed/", "/embed/feed/",
     "/embed/bars/ecran/",
     "/lieu/34/lieu/30/", "/en//ecran/"],
)  # fmt: skip
def test_anything_else_is_no_page(path: str) -> None:
    assert parse(path, {}) is None
