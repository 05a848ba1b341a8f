"""Twenty hundred hours: everybody opens the page at once, and nothing has been asked before."""

import re

import pytest

from .conftest import Night
from .proxy import are_few
from .stampede import stampede
from .viewers import run

pytestmark = pytest.mark.slow

# The three codings browsers ask for: scripts, styles and outlines, once in a night.
VARIANTS_OF_FILES = 3
LASTING = re.compile(r"/(assets|geo|_dash-component-suites)/")
VIEWERS = 10_000


def test_F48_everybody_at_once_costs_the_origin_nothing(night: Night) -> None:
    votes = {1: (60, 40), 2: (30, 50), 3: (5, 5)}
    crowd = run(stampede(night.proxy.port, VIEWERS, halfway=lambda: night.folder.publish(votes)))
    assert crowd.errors == []
    assert crowd.arrived == VIEWERS

    reached = night.proxy.reached()
    assert "/" in reached and any(path.startswith("/live/latest/") for path in reached)
    for path, moments in reached.items():
        if LASTING.match(path):
            assert len(moments) <= VARIANTS_OF_FILES, path
    for document, moments in night.proxy.reached_in_codings().items():
        assert are_few(moments), document
