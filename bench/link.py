"""A network between a viewer and a server that can be lost: what is sent meanwhile goes nowhere."""

import asyncio
import threading
from contextlib import suppress

from tests.ports import free_port

_CHUNK = 2**16  # bytes


class Link:
    """Forwards a port of this machine to another until it is cut; a context manager.

    Cut, it closes nothing and answers nothing, as a cable pulled out. Mended, it takes new
    connections; the old ones stay silent for ever, as after a change of network.
    """

    def __init__(self, target: int) -> None:
        self._target, self.port = target, free_port()
        self._loop = asyncio.new_event_loop()
        self._up, self._age = asyncio.Event(), 0

    def __enter__(self) -> "Link":
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self) -> None:
        self._loop.call_soon_threadsafe(self._cut)

    def mend(self) -> None:
        self._loop.call_soon_threadsafe(self._up.set)

    def _cut(self) -> None:
        self._up.clear()
        self._age += 1

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", self.port))
        ready.set()
        self._loop.run_forever()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._up.wait()
        age = self._age
        try:
            there, away = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, away, age), self._pump(there, writer, age))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                    age: int) -> None:  # fmt: skip
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                if age != self._age:
                    return  # lost, and the sockets left as they are
                writer.write(data)
                await writer.drain()
            writer.close()
