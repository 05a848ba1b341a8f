"""An election: one TOML file, no code."""

from dataclasses import dataclass
from datetime import datetime

from .contest import Contest
from .source import FeedSource


@dataclass(frozen=True, slots=True)
class Election:
    """Everything known before the night."""

    id: str
    title: str
    contests: tuple[Contest, ...]
    feeds: tuple[FeedSource, ...] = ()
    language: str = "fr"  # the one a viewer gets without asking: fr or en
    simulated: str = ""  # said on every screen when the night is not a real one
    simulated_en: str = ""
    is_rehearsal: bool = False  # "simulated" says so, and no setting takes it away
    credit: str = ""  # who is behind the figures: "comité d'organisation"
    public_url: str = ""  # what the QR code of the big screen opens

    def contest(self, contest_id: str) -> Contest:
        """The contest of that id; ``KeyError`` when there is none."""
        for contest in self.contests:
            if contest.id == contest_id:
                return contest
        raise KeyError(contest_id)

    @property
    def image_hosts(self) -> tuple[str, ...]:
        """Hosts of all feeds from which images of posts may be shown."""
        return tuple(dict.fromkeys(host for feed in self.feeds for host in feed.image_hosts))

    def sealed_at(self, now: datetime) -> frozenset[str]:
        """Ids of the contests whose embargo hour has not come at ``now`` (aware)."""
        return frozenset(c.id for c in self.contests if c.embargo is not None and now < c.embargo)
