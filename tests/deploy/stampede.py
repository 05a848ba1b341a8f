"""Everybody comes at once: the crowd of `test_stampede` and of `bench.stampede`."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .viewers import visit

AT_ONCE = 400  # connections: a batch that every machine's limits allow
FILES_EVERY = 100  # viewers: one in so many fetches scripts, styles, fonts and outlines too


@dataclass
class Crowd:
    """What became of those who came."""

    arrived: int = 0
    answered: int = 0  # requests
    errors: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # s from the first byte asked to the last had
    seconds: float = 0.0


async def stampede(
    port: int, viewers: int, within: float = 0.0, halfway: Callable[[], object] = lambda: None
) -> Crowd:
    """``viewers`` open the page, evenly over ``within`` seconds or as fast as they can.

    ``halfway`` is called once, in a thread, when half of them have come.
    """
    crowd = Crowd()
    seats = asyncio.Semaphore(AT_ONCE)
    began = time.perf_counter()

    async def come(viewer: int) -> None:
        async with seats:
            asked = time.perf_counter()
            try:
                answered = await visit(port, viewer, viewer % FILES_EVERY == 0)
                crowd.answered += answered
            except (OSError, EOFError) as error:
                crowd.errors.append(f"viewer {viewer}: {error!r}")
            crowd.waits.append(time.perf_counter() - asked)
            crowd.arrived += 1
            if crowd.arrived == viewers // 2:
                await asyncio.to_thread(halfway)

    async with asyncio.TaskGroup() as group:
        for viewer in range(viewers):
            if within:
                await asyncio.sleep(began + within * viewer / viewers - time.perf_counter())
            group.create_task(come(viewer))
    crowd.seconds = time.perf_counter() - began
    return crowd
