"""A wrong setting, in one sentence."""

from pathlib import Path


class SettingsError(Exception):
    """Names the file, the key, the value found and what was expected."""

    def __init__(self, file: Path | str, key: str, found: object, expected: str) -> None:
        where = f"{file}, {key}" if key else str(file)
        super().__init__(f"{where}: found {found!r}, expected {expected}.")
