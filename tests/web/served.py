"""What ``serving.Server`` serves."""

import os
from pathlib import Path

from dashboard.store import DirectoryStore
from dashboard.web.app import create_app

from .fakes import GEOMETRY, election

app = create_app(
    election(),
    DirectoryStore(Path(os.environ["SOIREE_STATE"])),
    GEOMETRY,
    beat_seconds=float(os.environ["BEAT_SECONDS"]),
)
