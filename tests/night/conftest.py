"""A folder and a server for it, per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .folder import Folder, make_folder
from .server import Server


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "night").mkdir()
    return make_folder(tmp_path / "night")


@pytest.fixture
def server(folder: Folder, tmp_path: Path) -> Iterator[Server]:
    with Server(folder.election, tmp_path / "state") as running:
        yield running
