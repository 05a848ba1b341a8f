"""Where a set of files lies: a folder of this machine, or below an address.

Each file is read as a single source would be: with the same deadline, caps and rules (``fetch``,
``url``). A failure is the outcome of one file, not of all.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from .fetch import LOCAL_DEADLINE, FetchError, LocalFile, Look

Outcome: TypeAlias = Look | FetchError | None  # None: nothing changed since it was last read

AT_ONCE = 8  # requests
PART_SECONDS, ALL_SECONDS = 15.0, 45.0


class Shelf(Protocol):
    """Called in the thread of a lane, one call at a time."""

    deadline: float  # seconds after which a whole look, index and parts, is given up

    def fetch(self, names: Sequence[str], again: bool) -> Mapping[str, Outcome]:
        """Each file by its name, relative to the index. With ``again`` it is read whatever the
        signs say. Never raises."""


class Folder:
    """Files below a folder."""

    deadline = 3 * LOCAL_DEADLINE

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, LocalFile] = {}

    def fetch(self, names: Sequence[str], again: bool) -> Mapping[str, Outcome]:
        return {name: self._look(name, again) for name in names}

    def _look(self, name: str, again: bool) -> Outcome:
        file = self._files.setdefault(name, LocalFile(self._folder / name))
        try:
            return file.look(again)
        except FetchError as error:
            return error


class Site:
    """Files below an address, several at a time over the same connections."""

    deadline = PART_SECONDS + 2 * ALL_SECONDS + 5.0

    def __init__(self, address: str) -> None:
        """``address`` ends with a slash."""
        from . import url  # httpx, which a night with files on disk does not need

        self._url = url
        self._address = address
        self._pages: dict[str, url.Page] = {}
        self._runner: asyncio.Runner | None = None  # made in the thread that looks

    def fetch(self, names: Sequence[str], again: bool) -> Mapping[str, Outcome]:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(self._fetch(names, again))

    async def _fetch(self, names: Sequence[str], again: bool) -> Mapping[str, Outcome]:
        if not names:
            return {}
        turns = asyncio.Semaphore(AT_ONCE)
        async with self._url.make_client(PART_SECONDS) as client:

            async def look(name: str) -> Outcome:
                page = self._pages.setdefault(name, self._url.Page(self._address + name))
                try:
                    async with turns:
                        return await page.look(client, PART_SECONDS, again)
                except FetchError as error:
                    return error

            tasks = {name: asyncio.create_task(look(name)) for name in names}
            done, late = await asyncio.wait(tasks.values(), timeout=ALL_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        given_up = FetchError("timeout", f"no whole answer in {ALL_SECONDS:g} s")
        return {name: task.result() if task in done else given_up for name, task in tasks.items()}
