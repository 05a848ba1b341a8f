"""The browser's three lines of arithmetic agree with Python's: merge, build, change."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from dashboard.views.markup import TAGS, VOID_TAGS, el, keyed, to_html
from dashboard.web.static import ASSETS
from dashboard.wire import diff, merge
from tests.web.fakes import Night
from tests.web.serving import Server

pytestmark = pytest.mark.browser
THOROUGH = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6)
KEY = st.sampled_from(["a", "b", "c", "__proto__", "constructor", "1", "10", "2"])

scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1, width=16) | TEXT
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(KEY, inner.filter(lambda value: value is not None), max_size=5)
    ),
    max_leaves=15,
)
documents = st.dictionaries(KEY, values.filter(lambda value: value is not None), max_size=6)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    night = Night(tmp_path_factory.mktemp("state"))
    with Server(night.store.root) as server:
        opened = browser.new_page()
        opened.goto(server.origin)
        yield opened
        opened.close()


@given(documents, documents)
@THOROUGH
def test_merge_is_the_merge_of_python(page: Page, old: Any, new: Any) -> None:
    patch = diff(old, new)
    assert merge(old, patch) == new
    texts = [json.dumps(old), json.dumps(patch)]
    merged = page.evaluate(
        "([a, b]) => JSON.stringify(soiree.merge(JSON.parse(a), JSON.parse(b)))", texts
    )
    assert json.loads(merged) == new


@st.composite
def nodes(draw: st.DrawFn, depth: int = 3) -> Any:
    """Nodes of every kind that HTML parsing leaves as they are."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(TEXT)
    tag = draw(st.sampled_from(["div", "section", "span", "b", "data"]))
    attributes = draw(
        st.dictionaries(
            st.sampled_from(["class", "title", "data-value", "aria-label", "hidden"]),
            TEXT,
            max_size=2,
        )
    )
    if draw(st.booleans()):
        keys = draw(st.lists(KEY, unique=True, max_size=5))
        inner = st.sampled_from(["div", "section", "span"])
        rows = [(key, el(draw(inner), draw(nodes(depth - 1)))) for key in keys]
        children: list[Any] = [keyed(rows)]
    else:
        children = draw(st.lists(nodes(depth - 1), max_size=3))
    return [tag, attributes, *children]


# Puts the server's HTML in, takes it over, changes it; gives what is there and what should be.
CHANGE = """(text) => {
  const [html, nodes, expected] = JSON.parse(text);
  const container = document.createElement('div');
  container.dataset.part = 'x';
  const template = document.createElement('template');
  template.innerHTML = html;
  container.append(template.content);
  document.body.append(container);
  soiree.render.adopt(container, nodes[0]);
  for (let i = 1; i < nodes.length; i++) soiree.render.part(container, nodes[i - 1], nodes[i]);
  container.querySelectorAll('[data-changed]').forEach((e) => delete e.dataset.changed);
  const wanted = document.createElement('div');
  wanted.innerHTML = expected;
  container.remove();
  const flat = (parent) => {
    parent.normalize();
    const all = [];
    for (const node of parent.childNodes) {
      if (node.nodeType === 3) all.push(node.data);
      else all.push([node.localName,
        [...node.attributes].map((a) => [a.name, a.value]).sort(), flat(node)]);
    }
    return all;
  };
  return JSON.stringify([flat(container), flat(wanted)]);
}"""


@given(st.lists(nodes(), min_size=2, max_size=4))
@THOROUGH
def test_a_change_gives_the_html_that_python_would_write(page: Page, steps: Any) -> None:
    text = json.dumps([to_html(steps[0]), steps, to_html(steps[-1])])
    got = page.evaluate(CHANGE, text)
    found, wanted = json.loads(got)
    assert found == wanted


def test_both_sides_allow_the_same_tags() -> None:
    text = (ASSETS / "render.js").read_text(encoding="utf-8")
    listed = text.split("const TAGS = new Set(")[1].split(".split")[0]
    assert set(listed.replace('"', "").replace("+", "").strip(" \n()").split()) == TAGS
    assert {"img"} >= VOID_TAGS - TAGS


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("onclick", "window.xss=1", False), ("srcdoc", "<b>", False), ("src", "x", False),
        ("formaction", "javascript:1", False), ("href", "javascript:alert(1)", False),
        ("href", " javascript:alert(1)", False), ("href", "data:text/html,x", False),
        ("href", "//evil.example", False), ("href", "https://example.org/", True),
        ("href", "/ecran", True), ("href", "?lang=en", True), ("href", "#post-1", True),
        ("style", "background:url(//evil.example)", False), ("style", "--share: 59.4%", True),
        ("style", "--a: url(x)", False), ("data-key", "x", True), ("aria-label", "x", True),
    ],
)  # fmt: skip
def test_F32_only_harmless_attributes_are_set(
    page: Page, name: str, value: str, kept: bool
) -> None:
    node = ["a", {name: value}, "x"]
    script = """(node) => {
      const part = document.createElement('div');
      soiree.render.part(part, undefined, node);
      return part.firstChild.getAttributeNames();
    }"""
    assert page.evaluate(script, node) == ([name] if kept else [])
    # The same by way of a change.
    script = script.replace(
        "node);", "['a', {}, 'x']); soiree.render.part(part, ['a', {}, 'x'], node);"
    )
    assert page.evaluate(script, node) == ([name] if kept else [])


def test_F32_an_unknown_tag_is_left_out(page: Page) -> None:
    script = """(node) => {
      const part = document.createElement('div');
      soiree.render.part(part, undefined, node);
      return part.innerHTML;
    }"""
    for tag in ("script", "iframe", "video", "form", "style", "object", "template"):
        assert page.evaluate(script, ["p", {}, "a", [tag, {}, "b"]]) == "<p>a</p>"


def test_F32_an_image_is_of_an_https_address_or_of_none(page: Page) -> None:
    script = """(src) => {
      const part = document.createElement('div');
      soiree.render.part(part, undefined, ['img', {src, alt: 'a', onerror: 'x', srcset: 'x'}]);
      return part.innerHTML;
    }"""
    assert page.evaluate(script, "https://images.example/a.jpg") == (
        '<img src="https://images.example/a.jpg" alt="a">'
    )
    for src in ("http://a.example/", "//a.example/", "/a.jpg", "data:image/png,", "javascript:1"):
        assert page.evaluate(script, src) == '<img alt="a">'


def test_elements_a_reader_looks_at_are_kept(page: Page) -> None:
    rows = keyed((key, el("p", f"row {key}")) for key in "abcd")
    turned = keyed((key, el("p", f"row {key}!" if key == "b" else f"row {key}")) for key in "dbxa")
    script = """([before, after]) => {
      const part = document.createElement('div');
      soiree.render.part(part, undefined, before);
      const of = (key) => part.querySelector(`[data-key=${key}]`);
      const [a, b, d] = ['a', 'b', 'd'].map(of);
      soiree.render.part(part, before, after);
      return [a === of('a'), b === of('b'), d === of('d'), of('c') === null, part.innerText];
    }"""
    kept = page.evaluate(script, [el("div", rows), el("div", turned)])
    assert kept[:4] == [True, True, True, True]
