"""A counted night, its server, and nginx in front of it."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import launched
from tests.night.folder import Folder, make_folder
from tests.night.server import Server, eventually

from .proxy import Proxy, listening_port, nginx


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A viewer's address is one of 127/8, which only Linux gives without asking."""
    if sys.platform != "linux":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs Linux's 127.0.0.0/8"))


@dataclass(frozen=True, slots=True)
class Night:
    folder: Folder
    server: Server
    proxy: Proxy


def a_night(place: Path) -> Iterator[Night]:
    """Two units counted and published; nobody has asked anything yet."""
    nginx()
    (place / "night").mkdir()
    folder = make_folder(place / "night", units=60)
    folder.publish({1: (60, 40), 2: (30, 50)})
    server = Server(folder.election, place / "state")
    server.port = listening_port()
    with server, Proxy(server.port, place / "nginx", tapped=True) as proxy:
        eventually("published", lambda: server.votes() == {"hamon": 90, "valls": 90})
        yield Night(folder, server, proxy)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    yield from a_night(tmp_path)


@pytest.fixture(scope="module")
def shared_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """One for all of a module, in which nobody dies."""
    place = tmp_path_factory.mktemp("shared")
    yield from a_night(place)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium
