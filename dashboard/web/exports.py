"""The files of a version that have addresses of their own, besides documents."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Election
from ..text import LANGUAGES
from ..views.addresses import Address
from ..views.elsewhere import share_name
from .responses import JSON_TYPE, MOMENT, OPEN_DATA, Headers, Ready, ready

PICTURE = "image/png"
WIDTH, HEIGHT = 1200, 630  # pixels of a picture
# First and last word of the names of its files, and its media type.
FEEDS = (("feed", "xml", "application/atom+xml"), ("feed", "json", "application/feed+json"))


@dataclass(frozen=True, slots=True)
class Export:
    """One of them."""

    path: str
    name: str  # in the pointer
    content_type: str
    headers: Headers = field(default_factory=list)

    def answer(self, content: bytes) -> Ready | None:
        """What is sent for that content of the file; ``None`` when there is nothing to send."""
        body: bytes | None = content
        if self.content_type == PICTURE:
            body = _picture(content)
        if not body:
            return None
        return ready(body, self.content_type, MOMENT, extra=[*OPEN_DATA, *self.headers])


def exports(election: Election) -> Mapping[str, Export]:
    """By path. They are for everybody's pages."""
    found = [
        Export("/api/results.csv", "results.csv", "text/csv; charset=utf-8",
               [(b"content-disposition", b'attachment; filename="results.csv"')]),
        Export("/api/results.json", "results.json", JSON_TYPE),
        Export("/api/results.nist.json", "results.nist.json", JSON_TYPE),
    ]  # fmt: skip
    for lang in LANGUAGES:
        home = Address(lang="" if lang == election.language else lang)
        found += [
            Export(f"{home.path}{name}.{suffix}", f"{name}.{lang}.{suffix}", kind)
            for name, suffix, kind in FEEDS
        ]
        for number, contest in enumerate(election.contests):
            page = Address(lang=home.lang, contest=contest.id if number else "")
            path = f"{page.path}share.png"
            found.append(Export(path, share_name(contest.id, lang), PICTURE))
    return {export.path: export for export in found}


def _picture(content: bytes) -> bytes | None:
    from .picture import Undrawable, draw  # Pillow, which nobody may ask for all night

    try:
        return draw(json.loads(content))
    except Undrawable:
        return None
