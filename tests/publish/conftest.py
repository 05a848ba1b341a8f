"""A published night, and what keeps a destination in step with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from playwright.sync_api import Browser

from dashboard.publish.contents import Contents
from dashboard.publish.destination import Destination
from dashboard.publish.publisher import Publisher
from dashboard.web.follower import Follower
from dashboard.web.site import Site
from tests.chromium import launched
from tests.web.conftest import site
from tests.web.fakes import Night


@pytest.fixture
def night(tmp_path: Path) -> Night:
    night = Night(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """An empty one: it lives as long as the process."""
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


class Said(list[tuple[str, dict[str, Any]]]):
    """What was logged."""

    def __call__(self, event: str, **facts: Any) -> None:
        self.append((event, facts))


Publish = Callable[..., Publisher]


@pytest.fixture
def publish(night: Night) -> Publish:
    """Makes publishers of the night that know what their destination holds, as after a start."""

    def make(
        destination: Destination,
        of: Site | None = None,
        every: float = 5.0,
        log: Said | None = None,
        clock: Callable[[], float] = lambda: 0.0,
        night_of: Night | None = None,
    ) -> Publisher:
        shown = of or site()
        follower = Follower((night_of or night).store, shown.build)
        contents = Contents(shown, follower, every)
        said = log if log is not None else Said()
        publisher = Publisher(contents, follower, destination, every, said, clock)
        publisher.prepare()
        return publisher

    return make


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium
