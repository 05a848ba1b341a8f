"""How one source is doing: a state, and one log line when it changes."""

from dataclasses import dataclass
from datetime import datetime

from ..store import iso
from ..wire import JSON
from .log import Log

# A file is away, empty or half-written for a moment whenever it is replaced: that is no trouble.
GRACE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Trouble:
    code: str
    since: datetime  # wall clock, for people
    began: float  # monotonic seconds, for us
    told: bool = False  # it has lasted: the log and the screens know
    detail: str = ""  # for the desk


class Health:
    """``bad`` and ``good`` are called at every look; the log hears of a change only."""

    def __init__(self, name: str, log: Log) -> None:
        self._name = name
        self._log = log
        self._trouble: Trouble | None = None

    def bad(
        self, code: str, detail: str, now: datetime, clock: float, at_once: bool = False
    ) -> None:
        """The source cannot be used. ``since`` is when that began, whatever the code was then."""
        trouble = self._trouble or Trouble(code, now, clock)
        told = trouble.told or at_once or clock - trouble.began >= GRACE_SECONDS
        if told and not trouble.told:
            self._log("trouble", source=self._name, code=code, since=iso(trouble.since),
                      detail=detail)  # fmt: skip
        self._trouble = Trouble(code, trouble.since, trouble.began, told, detail)

    def good(self, now: datetime) -> None:
        """The source was read and nothing is wrong with it."""
        if self._trouble is not None and self._trouble.told:
            self._log("recovered", source=self._name, code=self._trouble.code,
                      since=iso(self._trouble.since), until=iso(now))  # fmt: skip
        self._trouble = None

    @property
    def code(self) -> str:
        """The code of the trouble, "" when there is none worth telling."""
        return self._trouble.code if self._trouble is not None and self._trouble.told else ""

    @property
    def detail(self) -> str:
        """What the desk should know of the trouble, "" when there is none worth telling."""
        return self._trouble.detail if self._trouble is not None and self._trouble.told else ""

    def status(self) -> dict[str, JSON]:
        """``state``, ``code`` and ``since`` as in status.json."""
        if self._trouble is None or not self._trouble.told:
            return {"state": "ok", "code": "", "since": None}
        return {
            "state": "trouble",
            "code": self._trouble.code,
            "since": iso(self._trouble.since),
        }
