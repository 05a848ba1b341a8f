"""A wrong setting, in one sentence."""

import re
from pathlib import Path

_SECRET = re.compile(r"(?<=://)\S*@|(?<=password=)[^&'\"\s]+")


class SettingsError(Exception):
    """Names the file, the key, the value found (of an address, not the password) and what was
    expected."""

    def __init__(self, file: Path | str, key: str, found: object, expected: str) -> None:
        where = f"{file}, {key}" if key else str(file)
        shown = _SECRET.sub("…", repr(found))
        super().__init__(f"{where}: found {shown}, expected {expected}.")
