"""The origin dies, or freezes, while people watch (`test_origin_down`, `bench.origin_down`)."""

import asyncio
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import psutil

from tests.night.server import Server

from .viewers import CODINGS, Answer, connected, pointer_of, visit

PAUSE = 0.02  # s between two polls of one watcher: a hundred and more times what a page asks
ARRIVAL_EVERY = 25  # polls: then somebody new opens the page
FILES_EVERY = 30  # arrivals: then one in each coding fetches scripts, styles and outlines too


def kill(server: Server) -> None:
    """SIGKILL to all of it at once, the watcher too."""
    _send(server, signal.SIGKILL)
    assert server.process is not None
    server.process.wait(20)


def freeze(server: Server) -> None:
    """Its sockets stay open, take what is sent, and say nothing: the classic."""
    _send(server, signal.SIGSTOP)


def thaw(server: Server) -> None:
    _send(server, signal.SIGCONT)


def _send(server: Server, number: signal.Signals) -> None:
    assert server.process is not None
    master = psutil.Process(server.process.pid)
    for process in (master, *master.children(recursive=True)):
        process.send_signal(number)


def told_age(answer: Answer) -> float:
    """How long ago (s) the source was last looked at, by what the answer alone says: as a page
    reckons it."""
    checked = answer.headers["x-checked-at"]
    return (
        parsedate_to_datetime(answer.headers["date"]) - datetime.fromisoformat(checked)
    ).total_seconds()


@dataclass
class Watch:
    """What all watchers were answered, so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    newest: int = 0  # version
    age: float = 0.0  # s, as last told
    arrivals: int = 0
    over: bool = False

    @property
    def answered(self) -> int:
        return self.statuses.total()

    def hear(self, answer: Answer, version: int) -> int:
        """What a poll by somebody who had seen ``version`` was answered; the version now seen."""
        self.statuses[answer.status] += 1
        if answer.status not in {200, 304}:
            self.errors.append(f"{answer.status} for the pointer")
            return version
        self.age = told_age(answer)
        told = version if answer.status == 304 else answer.json["version"]
        if told < version:
            self.errors.append(f"back from version {version} to {told}")
        self.newest = max(self.newest, told)
        return int(told)


async def watch(port: int, watch: Watch, watchers: int, document: str = "home.fr") -> None:
    """Poll as ``watchers`` pages do, and let new ones arrive, until ``watch.over``."""
    async with asyncio.TaskGroup() as group:
        for viewer in range(watchers):
            group.create_task(_poll(port, viewer, watch, document))


async def _poll(port: int, viewer: int, watch: Watch, document: str) -> None:
    coding, held, version = CODINGS[viewer % len(CODINGS)], "", 0
    while not watch.over:
        try:
            everything = watch.arrivals % FILES_EVERY < len(CODINGS)
            answered = await visit(port, viewer, everything)
            watch.statuses[200] += answered
            watch.arrivals += 1
            async with connected(port, viewer) as connection:
                for _ in range(ARRIVAL_EVERY):
                    answer = await connection.get(
                        pointer_of(document), accept_encoding=coding, if_none_match=held
                    )
                    version = watch.hear(answer, version)
                    held = answer.headers.get("etag", held)
                    await asyncio.sleep(PAUSE)
        except (OSError, EOFError) as error:
            watch.errors.append(repr(error))
