"""What gunicorn serves: the web side of the election that the environment names.

Read here and handed down: the settings, the store, and the companion process that every worker
starts (one of them watches the source, the others stand by).
"""

from dataclasses import replace

from .live.spawn import spawn
from .settings import Settings, load_election, rehearsed
from .store import DirectoryStore
from .web.app import create_app

_settings = Settings.from_environment()
_loaded = load_election(_settings.election, previous=False)
_election = _loaded.election
if _settings.rehearsal:
    _election = rehearsed(_election, _settings.rehearsal)

if not _election.public_url:
    _election = replace(_election, public_url=_settings.public_url)

_store = DirectoryStore(_settings.state)

app = create_app(
    _election,
    _store,
    _loaded.geometry,
    companion=lambda: spawn(_settings.election, _settings.state).stop,
    desk=_store,
    desk_token=_settings.desk_token,
)
