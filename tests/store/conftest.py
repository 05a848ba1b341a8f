"""One database for all tests of the package, empty for each."""

from collections.abc import Iterator

import pytest

from tests.redis_server import RedisServer


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def server(running: RedisServer, monkeypatch: pytest.MonkeyPatch) -> RedisServer:
    """Empty, and known to be: nobody waits for what may be brought back."""
    running.client.flushall()
    monkeypatch.setattr("dashboard.live.lease.EMPTY_SECONDS", 0)
    return running
