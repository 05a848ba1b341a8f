"""gunicorn's configuration: ``gunicorn --config python:dashboard.web.gunicorn_config``."""

import sys
from pathlib import Path

from ..settings import Settings, SettingsError

try:
    _settings = Settings.from_environment()
except SettingsError as error:
    print(f"soiree: {error}", file=sys.stderr)
    raise SystemExit(2) from error

wsgi_app = "dashboard.asgi:app"
bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
worker_class = "dashboard.web.worker.Worker"
# Dash, its bundles and their compression once, before the workers share them.
preload_app = True
# Longer than a poll, so that a polling page keeps its connection.
keepalive = 15
# Event streams end as soon as a worker is told to; nothing else takes long.
graceful_timeout = 5
timeout = 30
# The heartbeat of a worker is a file: on a disk that hangs, a healthy one would be killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
accesslog = None
loglevel = "warning"
# Its default is a socket in the home folder, shared by every gunicorn of this user.
control_socket_disable = True
