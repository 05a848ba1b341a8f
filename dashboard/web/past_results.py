"""The open results of every version there was, below ``/api/versions``."""

import re
from collections.abc import Mapping
from typing import Any

from ..wire import JSON, encode
from .follower import Follower
from .responses import IMMUTABLE, JSON_TYPE, MOMENT, OPEN_DATA, Ready, ready

_LIST = "/api/versions.json"
_FILE = re.compile(r"/api/versions/([0-9]{1,15})/([a-z.]{1,32})")
_CSV = "text/csv; charset=utf-8"


class PastResults:
    """Their list, and each at an address that never says anything else."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._listed: tuple[int, Ready] | None = None

    def answer(self, path: str) -> Ready | None:
        """``None`` where there is nothing, or nothing any more."""
        if path == _LIST:
            return self._list()
        asked = _FILE.fullmatch(path)
        return self._file(int(asked[1]), asked[2]) if asked else None

    def _list(self) -> Ready:
        version = self._follower.view.version
        if self._listed is None or self._listed[0] != version:
            body = encode({"versions": [_said(entry) for entry in self._follower.past()]})
            answer = ready(body, JSON_TYPE, MOMENT, extra=OPEN_DATA)
            self._listed = version, answer
        return self._listed[1]

    def _file(self, version: int, name: str) -> Ready | None:
        """Compressed anew for whoever asks: few do."""
        for entry in self._follower.past():
            if entry["version"] == version and name in entry["files"]:
                content = self._follower.read(entry["files"][name])
                kind = _CSV if name.endswith(".csv") else JSON_TYPE
                return ready(content, kind, IMMUTABLE, extra=OPEN_DATA) if content else None
        return None


def _said(entry: Mapping[str, Any]) -> JSON:
    """What a version is known by, and where its files are."""
    addresses = {name: f"/api/versions/{entry['version']}/{name}" for name in entry["files"]}
    said = {name: entry[name] for name in ("version", "generated_at", "state", "sources")}
    return {**said, "files": addresses}
