"""A folder and a server for it, per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import launched

from .folder import Folder, make_folder
from .server import Server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "night").mkdir()
    return make_folder(tmp_path / "night")


@pytest.fixture
def server(folder: Folder, tmp_path: Path) -> Iterator[Server]:
    with Server(folder.election, tmp_path / "state") as running:
        yield running
