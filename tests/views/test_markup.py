"""Nodes: text stays text."""

import pytest

from dashboard.views.markup import el, keyed, style_rules, to_html


def test_text_is_never_markup() -> None:
    node = el("p", "<script>alert('x')</script> & co", title='"><img src=x>')
    assert to_html(node) == (
        '<p title="&quot;&gt;&lt;img src=x&gt;">'
        "&lt;script&gt;alert('x')&lt;/script&gt; &amp; co</p>"
    )


def test_attributes_are_named_as_in_html() -> None:
    assert to_html(el("label", "n", class_="a", for_="b", data_field="c", hidden=True)) == (
        '<label class="a" for="b" data-field="c" hidden="">n</label>'
    )
    assert to_html(el("input", disabled=False, value=None)) == "<input>"


def test_keyed_children_come_in_their_order() -> None:
    rows = keyed([("z", el("li", "1")), ("a", el("li", "2"))])
    html = to_html(el("ol", dict(reversed(rows.items()))))
    assert html.index('data-key="z"') < html.index('data-key="a"')


@pytest.mark.parametrize("tag", ["script", "iframe", "style", "video", "object", "form", "P"])
def test_a_tag_that_loads_or_runs_does_not_exist(tag: str) -> None:
    with pytest.raises(ValueError, match=tag):
        el(tag)


def test_styles_are_rules_of_the_page_and_nothing_but_numbers_and_colours() -> None:
    html = "".join(
        to_html(el("i", style=style))
        for style in ("--w:53.60%", "--l:#6b3fb8; --d:#B86E00", "--w:53.60%", "--a:url(/x)",
                      "color:red", "--w:1}</style><script>", '--w:1"')
    )  # fmt: skip
    assert " style=" not in html
    assert style_rules(html) == (
        '[data-style="--w:53.60%"]{--w:53.60%}'
        '[data-style="--l:#6b3fb8; --d:#B86E00"]{--l:#6b3fb8; --d:#B86E00}'
    )
