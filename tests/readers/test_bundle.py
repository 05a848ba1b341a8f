"""Many files as one archive, and archives that mean harm."""

import io
import warnings
import zipfile
from collections.abc import Sequence

import pytest

from dashboard.readers import ReadError, bundle

PARTS = {"b.xml": b"<b/>", "a.xml": b"<a/>", "read.me": b"no XML"}
GOOD = bundle.make_bundle(PARTS)


def refusal(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        list(bundle.parts_of(content))
    return caught.value.finding.code


def archive(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, content in members:
            made.writestr(name, content)
    return stream.getvalue()


def test_the_same_parts_are_the_same_bytes() -> None:
    assert bundle.make_bundle(dict(reversed(PARTS.items()))) == GOOD
    assert list(bundle.parts_of(GOOD)) == [("a.xml", b"<a/>"), ("b.xml", b"<b/>")]


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (["a.xml"], True),
        (["PR2022/INDEX.XML", "read.me"], True),
        (["results.csv"], False),
        (["[Content_Types].xml", "xl/workbook.xml"], False),
        (["mimetype", "content.xml"], False),
        ([], False),
    ],
    ids=["XML", "in a folder", "no XML", "a workbook", "an OpenDocument", "nothing"],
)
def test_what_is_a_bundle(names: Sequence[str], is_one: bool) -> None:
    assert bundle.is_bundle(archive(*((name, b"<a/>") for name in names))) is is_one
    assert not bundle.is_bundle(b"PK\x03\x04" + bytes(100))
    assert not bundle.is_bundle(b"<a/>")


def test_a_torn_archive_is_refused() -> None:
    assert {refusal(GOOD[:end]) for end in range(0, len(GOOD) - 1, 7)} == {"R618"}


def test_a_part_with_another_checksum_is_refused() -> None:
    place = GOOD.index(b"a.xml") + len("a.xml") + 2  # in what is packed
    assert refusal(GOOD[:place] + bytes([GOOD[place] ^ 255]) + GOOD[place + 1 :]) == "R618"


def test_a_name_that_is_there_twice_is_refused() -> None:
    assert refusal(archive(("a.xml", b"<a/>"), ("a.xml", b"<b/>"))) == "R618"


@pytest.mark.parametrize(
    ("cap", "limit"),
    [("LARGEST_FILE", len(GOOD) - 1), ("LARGEST_INFLATED", 7), ("MOST_PARTS", 1)],
)
def test_an_archive_beyond_a_cap_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, cap: str, limit: int
) -> None:
    monkeypatch.setattr(bundle, cap, limit)
    assert refusal(GOOD) == "R106"


def test_a_part_beyond_the_cap_of_a_file_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = bundle.make_bundle({"a.xml": b" " * 1_000_000})
    monkeypatch.setattr(bundle, "LARGEST_FILE", 999_999)
    assert refusal(bomb) == "R106"
