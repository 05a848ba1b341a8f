import pytest


@pytest.fixture
def default_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command gives SIGPIPE back its default, which would end the test's own process."""
    monkeypatch.setattr("signal.signal", lambda *_: None)
