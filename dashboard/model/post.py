"""An entry of the feed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .milestone import Milestone


class PostKind(StrEnum):
    REACTION = "reaction"  # réaction
    KEY = "key"  # temps fort
    RESULT = "result"  # written from the counts
    NOTE = "note"  # note de la rédaction
    CORRECTION = "correction"  # a count that was published and has changed


@dataclass(frozen=True, slots=True)
class Post:
    """Plain text throughout: nothing in a post is ever markup. A line break ends a paragraph."""

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
    on_screen: bool | None = None  # whether it may fill the wall; None: nobody said
    text_en: str = ""  # the same in English, of a post we wrote ourselves
    place: str = ""  # where it was said, or what it is about
    edited_at: datetime | None = None  # aware; when what was published became what it says now
    image: str = ""  # https address of a host that the election file allows, else empty
    image_text: str = ""  # what the image shows; never empty with an image
    feed: str = ""  # name of the feed it came from; "" of those we write ourselves
    contest: str = ""  # of RESULT: id of the contest it is about
    milestone: Milestone | None = None  # of RESULT: what a screen draws in place of the text

    @property
    def said(self) -> tuple[str, ...]:
        """All that a reader has read of it."""
        return (self.text, self.author, self.role, self.camp, self.place, self.source,
                self.source_url, self.image, self.image_text)  # fmt: skip
