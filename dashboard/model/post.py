"""An entry of the feed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PostKind(StrEnum):
    REACTION = "reaction"  # réaction
    KEY = "key"  # temps fort
    NOTE = "note"  # note de la rédaction
    CORRECTION = "correction"  # a count that was published and has changed


@dataclass(frozen=True, slots=True)
class Post:
    """Plain text throughout: nothing in a post is ever markup."""

    id: str
    at: datetime  # aware
    kind: PostKind
    text: str
    author: str = ""
    role: str = ""
    camp: str = ""
    source: str = ""  # who reported it
    source_url: str = ""  # http(s) only, else empty
    pinned: bool = False
    text_en: str = ""  # the same in English, of a post we wrote ourselves
