"""Machines that share a night: for each a state folder, and whoever holds its lock."""

from pathlib import Path

from dashboard.live.lease import Standby
from dashboard.store import DirectoryStore
from dashboard.store.leased import LeasedStore
from dashboard.store.shared import Shared

from .nights import make_store


class Machine:
    """Without a ``url`` it is alone."""

    def __init__(self, root: Path, url: str = "") -> None:
        self.root = root
        self.url = url
        self.store = make_store(root)
        self.shared = Shared(url, "essai") if url else None

    def writer(self) -> DirectoryStore:
        """As a process that starts now makes one."""
        return self.leased() if self.url else make_store(self.root)

    def leased(self) -> LeasedStore:
        """Once this machine has the lease."""
        assert self.shared is not None
        token = self.standby().run(lambda: False)
        return LeasedStore(self.root, lambda: None, self.shared, token)

    def standby(self) -> Standby:
        """As a process that starts now makes one."""
        assert self.shared is not None
        return Standby(self.store, self.shared, say=lambda event, **facts: None)

    def follow(self) -> int:
        """One look at the shared store while another machine watches; the version that is up."""
        assert self.standby().turn() == 0
        return self.version

    @property
    def version(self) -> int:
        return int((self.store.pointer() or {}).get("version", 0))

    def files(self) -> dict[str, bytes]:
        """What a viewer may be given of the present version."""
        public = self.root / "public"
        pointer = public / "pointer.json"
        named = pointer.read_text()
        blobs = [p for p in (public / "blobs").iterdir() if p.name.partition(".")[0] in named]
        return {path.name: path.read_bytes() for path in [pointer, *blobs]}
