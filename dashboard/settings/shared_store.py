"""The address of the database that several machines share. It may hold a password."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from .errors import SettingsError

_EXPECTED = "redis://host:6379/0, rediss://host:6379/0 or unix:///path/of/the/socket"


def shared_store(environment: Mapping[str, str] = os.environ) -> str:
    """SOIREE_STORE, which goes before ``store`` in the election file; "" when there is none.
    Raises ``SettingsError``."""
    return checked_store("environment", "SOIREE_STORE", environment.get("SOIREE_STORE", ""))


def checked_store(file: Path | str, key: str, url: str) -> str:
    """The address, if it is one or empty. Raises ``SettingsError``."""
    if url and not _is_address(url):
        raise SettingsError(file, key, url, _EXPECTED)
    return url


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that does not close
        return False
    if parts.fragment or parse_qs(parts.query).keys() - {"db", "password", "ssl_ca_certs"}:
        return False
    if parts.scheme == "unix":
        return parts.path.startswith("/") and not parts.hostname
    database = parts.path.removeprefix("/")
    is_number = database.isascii() and database.isdigit()
    return (
        parts.scheme in {"redis", "rediss"}
        and bool(parts.hostname)
        and port != 0
        and (is_number or not database)
    )
