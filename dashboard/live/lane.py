"""One thread that does one thing at a time, so that whoever hangs there hangs alone."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Lane(Generic[T]):
    """Give it work when it is idle, take the outcome when it has one; neither call waits.

    A daemon thread: work that never ends does not keep the process from ending.
    """

    def __init__(self, name: str, wake: Callable[[], None]) -> None:
        """``wake`` is called, in the lane's thread, when there is an outcome."""
        self._name = name
        self._wake = wake
        self._work: SimpleQueue[Callable[[], T]] = SimpleQueue()
        self._outcomes: SimpleQueue[T | Exception] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self.is_busy = False  # from the start of some work until its outcome is taken

    def start(self, work: Callable[[], T]) -> None:
        """The lane must be idle."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self.is_busy = True
        self._work.put(work)

    def take(self) -> tuple[T | Exception, ...]:
        """The outcome, alone in a tuple, or an empty one: the work has not ended."""
        if self._outcomes.empty():
            return ()
        self.is_busy = False
        return (self._outcomes.get(),)

    def _run(self) -> None:
        while True:
            work = self._work.get()
            try:
                outcome: T | Exception = work()
            except Exception as error:
                outcome = error
            self._outcomes.put(outcome)
            self._wake()
