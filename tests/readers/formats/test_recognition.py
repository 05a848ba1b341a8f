"""Every good file is of the format its folder is named after, and of no other."""

from pathlib import Path

import pytest

from dashboard.readers import formats
from dashboard.readers.content import Content

from .official import FILES

GOOD = sorted(path for name in formats.BY_NAME for path in (FILES / name).glob("good*"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_good_file_is_recognised_once(path: Path) -> None:
    content = Content(path.read_bytes())
    assert [form.name for form in formats.ALL if form.recognise(content)] == [path.parent.name]


def test_every_format_has_a_good_file() -> None:
    assert {path.parent.name for path in GOOD} == set(formats.BY_NAME)
