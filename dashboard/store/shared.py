"""What several machines have in common, in Valkey or Redis: one lease, one published version.

    soiree:{election}:lease      the token of the machine that watches; expires
                     :token      the last token given
                     :published  version, pointer, and the snapshot it was drawn from
                     :said       what the watcher last said of its sources, and which hours came
                     :stream     one entry per version: wakes whoever follows
                     :blob:DIGEST  as in the blobs' folder of a ``DirectoryStore``

Only what is published lies here: no web process, and nobody who may read the database, learns a
figure before its hour.

Why two machines never publish the same number with another content: a lease comes with a token, and
the token is the first version its holder may publish. Redis gives it, in one script: one more than
the last token, the published version, whatever the asker has seen, *and* its clock in milliseconds.
Each version is put up by a script that first finds the lease to be the writer's, and the present
version to be the one it continues from. So a watcher that was frozen beyond its lease is refused,
whatever it believes.

The clock is for the day when the database forgets: asynchronous replication loses the last writes
when a replica takes over, and a flush loses all. Tokens given afterwards are still higher than
every version of those before, unless the new clock is behind the old one by more than the last
watcher had been at work, in which case what the asker has seen decides.

What was forgotten is brought back by whoever has a higher version in its folder, without a lease:
it was published once under its number, and a number has one content. Nothing else is ever put up
without the lease.

The database must not evict (``maxmemory-policy noeviction``, which is its default).
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..wire import encode
from .edition import named
from .errors import Fenced, StoreError, Unreachable

LEASE_SECONDS = 5.0  # without a renewal; then another machine may watch
ANSWER_SECONDS = 1.0  # and the connection is given up
_FORGOTTEN_SECONDS = 300  # a blob that no version names, or not yet
_BATCH = 1_000_000  # bytes sent at once
_AT_ONCE = 20  # blobs asked for: few megabytes even of a large département

_HELD = """
local function held(token)
  local holder = redis.call('GET', KEYS[1])
  return holder == token or (not holder and redis.call('GET', KEYS[2]) == token)
end
local function present() return tonumber(redis.call('HGET', KEYS[3], 'version') or 0) end
"""
_ACQUIRE = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local now = redis.call('TIME')
local token = 1 + math.max(now[1] * 1000 + math.floor(now[2] / 1000), present(),
  tonumber(redis.call('GET', KEYS[2]) or 0), tonumber(ARGV[1]))
local text = string.format('%.0f', token)
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], text, 'PX', ARGV[2])
return token
"""
_RENEW = """
if not held(ARGV[1]) then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
for n = 3, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[n], ARGV[n + 1]) end
return present()
"""
# ARGV: token or "", the version continued from, this version, pointer, snapshot, and how many of
# the further keys are needed; the rest is needed no longer.
_PUT = """
if ARGV[1] ~= '' and not held(ARGV[1]) then return 'fenced' end
if ARGV[1] ~= '' and present() ~= tonumber(ARGV[2]) then return 'other' end
if present() >= tonumber(ARGV[3]) then return 'other' end
for n = 5, 4 + ARGV[6] do
  if redis.call('PERSIST', KEYS[n]) == 0 and redis.call('EXISTS', KEYS[n]) == 0 then
    return 'missing'
  end
end
redis.call('HSET', KEYS[3], 'version', ARGV[3], 'pointer', ARGV[4], 'snapshot', ARGV[5])
for n = 5 + ARGV[6], #KEYS do redis.call('EXPIRE', KEYS[n], ARGV[7]) end
redis.call('XADD', KEYS[4], 'MAXLEN', '~', 100, '*', 'version', ARGV[3])
return 'put'
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class OtherVersion(StoreError):
    """The version to continue from is not the one that is up."""


class BlobsMissing(StoreError):
    """A blob that the pointer names is not there."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a machine needs to know several times a second."""

    version: int  # 0: nothing is published
    holder: int  # the token of the lease, 0 when nobody holds it
    status: bytes | None
    opened: bytes | None


class Shared:
    """One election's part of the database. Thread-safe. Every call raises ``Unreachable`` when the
    database does not answer within ``ANSWER_SECONDS``."""

    def __init__(self, url: str, election: str) -> None:
        """``url`` has been checked by ``settings``. Nothing is connected yet."""
        self._redis: Any = redis.Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),  # whoever asks knows better when to ask again
        )
        self._prefix = f"soiree:{{{election}}}:"
        self._last = b"$"  # entry of the stream
        self._acquire = self._redis.register_script(_HELD + _ACQUIRE)
        self._renew = self._redis.register_script(_HELD + _RENEW)
        self._put = self._redis.register_script(_HELD + _PUT)
        self._release = self._redis.register_script(_RELEASE)

    # Following

    def look(self) -> Look:
        with _answered():
            ask = self._redis.pipeline()
            ask.hget(self._key("published"), "version")
            ask.get(self._key("lease"))
            ask.hmget(self._key("said"), "status", "opened")
            version, holder, (status, opened) = ask.execute()
        return Look(int(version or 0), int(holder or 0), status, opened)

    def published(self) -> tuple[bytes, bytes] | None:
        """The pointer and the packed snapshot of the present version."""
        with _answered():
            pointer, snapshot = self._redis.hmget(self._key("published"), ["pointer", "snapshot"])
        return (pointer, snapshot) if pointer is not None and snapshot is not None else None

    def blobs(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Those of the blobs that are there, by digest."""
        found: dict[str, bytes] = {}
        wanted = list(digests)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            with _answered():
                contents = self._redis.mget([self._blob(digest) for digest in some])
            found |= {d: c for d, c in zip(some, contents, strict=True) if c is not None}
        return found

    def wait(self, seconds: float) -> None:
        """Until there is a new version, for so long at most (less than ``ANSWER_SECONDS``)."""
        with _answered():
            found = self._redis.xread(
                {self._key("stream"): self._last}, block=max(1, int(seconds * 1000))
            )
        for _, entries in found.items() if isinstance(found, dict) else found or ():
            self._last = entries[-1][0]

    # The lease

    def acquire(self, seen: int) -> int:
        """A new token when the lease is free, else 0. ``seen``: the highest version known here."""
        with _answered():
            return int(self._acquire(self._keys(), [seen, int(LEASE_SECONDS * 1000)]))

    def renew(self, token: int, said: Mapping[str, bytes]) -> int:
        """Keeps the lease, tells ``said`` ("status", "opened") and returns the present version.
        Raises ``Fenced`` when another machine has it."""
        words = [word for pair in said.items() for word in pair]
        keys = [*self._keys()[:3], self._key("said")]
        with _answered():
            version = int(self._renew(keys, [token, int(LEASE_SECONDS * 1000), *words]))
        if version < 0:
            raise Fenced(f"lease {token} has ended: another machine may be the writer")
        return version

    def release(self, token: int) -> None:
        """Another machine may watch at once."""
        with _answered():
            self._release([self._key("lease")], [token])

    # Publishing

    def put(
        self,
        pointer: Mapping[str, Any],
        snapshot: bytes,
        blobs: Mapping[str, bytes],
        dropped: Iterable[str] = (),
        *,
        token: int = 0,
        before: int = 0,
    ) -> None:
        """Makes a version the present one: with a ``token`` the one after ``before``, without one
        a version that was published once and is higher than what is there.

        ``blobs``, by digest: what is to be there first; ``dropped``: digests that may go. Raises
        ``Fenced``, ``OtherVersion``, and ``BlobsMissing`` unless all that it names is there.
        """
        self._send(blobs)
        kept = [self._blob(digest) for digest in named(pointer)]
        gone = [self._blob(digest) for digest in dropped]
        keys = [*self._keys(), *kept, *gone]
        version = int(pointer["version"])
        said = [token or "", before, version, encode(pointer), snapshot, len(kept)]
        with _answered():
            outcome = self._put(keys, [*said, _FORGOTTEN_SECONDS])
        if outcome == b"fenced":
            raise Fenced(f"version {version} comes after lease {token} has ended")
        if outcome == b"other":
            raise OtherVersion(f"version {before} is not the one that is shared any more")
        if outcome == b"missing":
            raise BlobsMissing(f"version {version} has lost some of its documents")

    def _send(self, blobs: Mapping[str, bytes]) -> None:
        """They go ahead, and expire unless a version that names them follows."""
        batch, size = self._redis.pipeline(transaction=False), 0
        with _answered():
            for digest, content in blobs.items():
                batch.set(self._blob(digest), content, ex=_FORGOTTEN_SECONDS, nx=True)
                size += len(content)
                if size > _BATCH:
                    batch.execute()
                    size = 0
            batch.execute()

    def _keys(self) -> list[str]:
        return [self._key(name) for name in ("lease", "token", "published", "stream")]

    def _key(self, name: str) -> str:
        return self._prefix + name

    def _blob(self, digest: str) -> str:
        return f"{self._prefix}blob:{digest}"


@contextlib.contextmanager
def _answered() -> Iterator[None]:
    """The library's messages may hold what was sent: only the kind of error is told."""
    try:
        yield
    except (redis.RedisError, OSError) as error:
        raise Unreachable(f"the shared store does not answer: {type(error).__name__}") from error
