"""Twenty hundred hours: everybody opens the page at once, and nothing has been asked before."""

import pytest

from .conftest import Night
from .proxy import asked_too_often
from .stampede import stampede
from .viewers import run

pytestmark = pytest.mark.slow

VIEWERS = 10_000


def test_F48_everybody_at_once_costs_the_origin_nothing(night: Night) -> None:
    votes = {1: (60, 40), 2: (30, 50), 3: (5, 5)}
    crowd = run(stampede(night.proxy.port, VIEWERS, halfway=lambda: night.folder.publish(votes)))
    assert crowd.errors == []
    assert crowd.arrived == VIEWERS

    reached = night.proxy.reached()
    assert "/" in reached and any(path.startswith("/live/latest/") for path in reached)
    assert asked_too_often(reached) == {}
