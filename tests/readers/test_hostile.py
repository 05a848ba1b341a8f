"""Files made to hurt: refused, in one sentence, without the memory they ask for.

How long each takes is measured by ``bench.fuzz``: no test depends on the machine's speed.
"""

import tracemalloc
from collections.abc import Callable

import pytest

from dashboard.model import Severity
from dashboard.readers import ReadError, identify, xml_tree
from dashboard.readers.content import Content
from dashboard.readers.json_text import parse_json
from dashboard.readers.json_tree import as_element, cell
from dashboard.readers.xml_tree import LONGEST_TEXT, MOST_ATTRIBUTES, parse_xml
from tests.builders import make_file

from . import hostile

MOST_MEMORY = 64 * 2**20  # bytes
XML = [pytest.param(make, id=name) for name, make in hostile.XML.items()]
JSON = [pytest.param(make, id=name) for name, make in hostile.JSON.items()]


def refused(content: bytes, kind: str) -> ReadError:
    """Why a file is refused; ``AssertionError`` if it is read, or takes more memory than is fair
    on top of itself."""
    tracemalloc.start()
    try:
        with pytest.raises(ReadError) as caught:
            getattr(Content(content), kind)
        with pytest.raises(ReadError):
            identify(make_file(content))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert caught.value.finding.severity is Severity.REFUSE
    return caught.value


@pytest.mark.parametrize("make", XML)
def test_F17_hostile_xml(make: Callable[[], bytes]) -> None:
    error = refused(make(), "xml")
    assert error.finding.code in {"R106", "R601", "R602"}
    assert error.finding.message_fr != error.finding.message


@pytest.mark.parametrize("make", JSON)
def test_F17_hostile_json(make: Callable[[], bytes]) -> None:
    error = refused(make(), "json")
    assert error.finding.code in {"R103", "R104", "R106", "R602", "R603", "R646"}
    assert error.finding.message_fr != error.finding.message


def test_utf_16_is_xml_as_well() -> None:
    root = parse_xml('<r n="é">Hérault</r>'.encode("utf-16"))
    assert (root.text, root.attributes) == ("Hérault", {"n": "é"})
    content = Content('<?xml version="1.0"?><ElectionResult></ElectionResult>'.encode("utf-16"))
    assert (content.kind, content.root) == ("xml", "ElectionResult")


def test_what_is_allowed_to_the_last() -> None:
    attributes = " ".join(f'a{n}=""' for n in range(MOST_ATTRIBUTES))
    assert len(parse_xml(f"<r {attributes}/>".encode()).attributes) == MOST_ATTRIBUTES
    assert len(parse_xml(f"<r>{'a' * LONGEST_TEXT}</r>".encode()).text) == LONGEST_TEXT
    assert parse_json('[{"a": {}}, {"a": {}}]') == [{"a": {}}, {"a": {}}]
    assert parse_json(r'"\ud83d\ude00 \\ud800"') == r"😀 \ud800"


@pytest.mark.parametrize(("cap", "limit"), [("LARGEST_FILE", 19), ("MOST_ELEMENTS", 4)])
def test_F17_a_large_document(monkeypatch: pytest.MonkeyPatch, cap: str, limit: int) -> None:
    document = b"<r><a/><a/><a/></r>"
    monkeypatch.setattr(xml_tree, cap, limit)
    assert len(parse_xml(document).children) == 3
    monkeypatch.setattr(xml_tree, cap, limit - 1)
    with pytest.raises(ReadError) as caught:
        parse_xml(document)
    assert caught.value.finding.code == "R106"


def test_an_element_knows_its_line_and_namespace() -> None:
    root = parse_xml(b'<r xmlns="u" xmlns:x="v">\n<a x:type="no" type="yes">1 </a>\n\n<x:b/></r>')
    first, second = root.children
    assert (root.line, first.line, second.line) == (1, 2, 4)
    assert [e.namespace for e in (root, first, second)] == ["u", "u", "v"]
    assert (first.text, first.attributes, second.children) == ("1", {"type": "yes"}, ())


def test_text_is_whole_where_the_file_is_fed_in_pieces() -> None:
    padding = "<a/>" * 16_380  # the text stands across the end of the first 64 KiB
    root = parse_xml(f"<r>{padding}<b>Anne &amp; Zoé{' ' * 40}Martin</b></r>".encode())
    assert root.said("b") == f"Anne & Zoé{' ' * 40}Martin"


def test_json_numbers_are_what_was_written() -> None:
    value = parse_json('{"a": 820, "b": 820.0, "c": 1e3, "d": -0.5, "e": true, "f": null}')
    assert list(map(cell, value.values())) == ["820", "820.0", "1e3", "-0.5", "true", ""]
    assert value["b"] == 820


def test_json_as_the_xml_it_would_be() -> None:
    value = parse_json('{"@id": "a", "@type": "X.Y", "n": 1, "l": [{"t": "u"}, "v"], "e": []}')
    root = as_element("r", value)
    assert root.attributes == {"ObjectId": "a", "type": "Y"}
    assert [(e.name, e.text) for e in root.children] == [("n", "1"), ("l", ""), ("l", "v")]
    assert root.said("l", "t") == "u"
    with pytest.raises(ReadError):
        as_element("r", parse_json('{"a":' * 70 + "1" + "}" * 70))
