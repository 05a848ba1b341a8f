"""The process-wide settings, from the environment (the command line writes it, see __main__)."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import SettingsError
from .shared_store import shared_store

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
DEFAULT_WORKERS = 2
SHORTEST_TOKEN = 16  # characters


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the election file and the state are, and where to listen."""

    election: Path
    state: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    workers: int = DEFAULT_WORKERS
    public_url: str = ""
    desk_token: str = field(default="", repr=False)
    rehearsal: Path | None = None  # where the files of another night come

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """SOIREE_ELECTION (required), SOIREE_STATE, SOIREE_HOST, SOIREE_PUBLIC_URL, PORT,
        WEB_CONCURRENCY, SOIREE_DESK_TOKEN, SOIREE_REHEARSAL; SOIREE_STORE is checked but not kept.

        Raises ``SettingsError``.
        """
        election = environment.get("SOIREE_ELECTION", "")
        if not election:
            raise SettingsError("environment", "SOIREE_ELECTION", "", "the path of a TOML file")
        path = Path(election).resolve()
        shared_store(environment)  # the companion reads it, this process refuses a wrong one
        host = environment.get("SOIREE_HOST", DEFAULT_HOST)
        port = _integer(environment, "PORT", DEFAULT_PORT, 1, 65_535)
        return cls(
            election=path,
            state=Path(environment.get("SOIREE_STATE") or default_state(path)).resolve(),
            host=host,
            port=port,
            workers=_integer(environment, "WEB_CONCURRENCY", DEFAULT_WORKERS, 1, 64),
            public_url=environment.get("SOIREE_PUBLIC_URL", ""),
            desk_token=_token(environment),
            rehearsal=Path(folder).resolve()
            if (folder := environment.get("SOIREE_REHEARSAL"))
            else None,
        )

    def to_environment(self) -> dict[str, str]:
        """What ``from_environment`` reads back in another process."""
        return {
            "SOIREE_ELECTION": str(self.election),
            "SOIREE_STATE": str(self.state),
            "SOIREE_HOST": self.host,
            "SOIREE_PUBLIC_URL": self.public_url,
            "SOIREE_DESK_TOKEN": self.desk_token,
            "SOIREE_REHEARSAL": str(self.rehearsal or ""),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(self.workers),
        }


def _token(environment: Mapping[str, str]) -> str:
    """Long enough not to be guessed, and sent as it is by every browser: ASCII."""
    token = environment.get("SOIREE_DESK_TOKEN", "")
    if token and not (len(token) >= SHORTEST_TOKEN and token.isascii() and token.isprintable()):
        expected = f"at least {SHORTEST_TOKEN} printable ASCII characters"
        raise SettingsError("environment", "SOIREE_DESK_TOKEN", "…", expected)
    return token


def default_state(election: Path) -> Path:
    """Beside the election file where that can be written, else in the temporary folder."""
    beside = election.parent / ".soiree" / election.stem
    if os.access(election.parent, os.W_OK):
        return beside
    return Path(tempfile.gettempdir()) / "soiree" / election.stem


def _integer(environment: Mapping[str, str], key: str, default: int, low: int, high: int) -> int:
    text = environment.get(key, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingsError("environment", key, text, f"a whole number from {low} to {high}")
    return int(text)
