"""What an operator decides before the night: one TOML file and a few environment variables.

Only the entry points read this package; everything else receives values.
"""

from .election_file import LoadedElection, load_election
from .errors import SettingsError
from .rehearsal import rehearsed, source_names
from .settings import Settings
from .shared_store import shared_store

__all__ = [
    "LoadedElection",
    "Settings",
    "SettingsError",
    "load_election",
    "rehearsed",
    "shared_store",
    "source_names",
]
