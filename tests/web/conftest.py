"""A published night and the application that serves it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dashboard.web.events import Events
from dashboard.web.follower import Follower
from dashboard.web.front import Front
from dashboard.web.lifespan import Lifespan
from dashboard.web.site import Site, assemble

from .fakes import GEOMETRY, Night, election


@cache
def site() -> Site:
    return assemble(election("second-round", "first-round"), GEOMETRY)


@pytest.fixture
def night(tmp_path: Path) -> Night:
    night = Night(tmp_path / "state")
    night.report()
    return night


@pytest.fixture
def serve(night: Night) -> Callable[..., Front]:
    """Makes applications that follow the same night: workers. ``beat_seconds`` is the interval."""

    def make(beat_seconds: float = 5.0) -> Front:
        follower = Follower(night.store, site().build)
        events = Events(follower)
        front = Front(site(), follower, events, Lifespan(follower, events, None, beat_seconds))
        follower.refresh()
        return front

    return make
