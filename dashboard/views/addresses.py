"""Addresses of pages: what a link says, and what a request asks for.

    /                        the first contest, in the election's language
    /ecran/                  the same, for the big screen
    /en/, /en/ecran/         in another language
    /contest/ID/…            another contest
    /lieu/CODE/              one parent's units, where a contest is published by parent
    /embed/bars/, /embed/map/  one chart alone, for the frame of another site's page

in that order: ``/en/contest/second-round/lieu/34/``. Every page has one path and needs no query,
so that a folder of files can answer as the server does. The server also understands ``?lang=`` and
``?contest=``, which people write by hand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .. import text

EMBEDS = ("bars", "map")
_LANGUAGES = "|".join(text.LANGUAGES)
_PATH = re.compile(
    rf"/(?:(?P<lang>{_LANGUAGES})(?:/|$))?"
    r"(?:contest/(?P<contest>[a-z0-9][a-z0-9-]{0,63})(?:/|$))?"
    r"(?:lieu/(?P<place>[A-Za-z0-9][A-Za-z0-9_-]{0,31})(?:/|$))?"
    rf"(?:(?P<screen>ecran)/?|embed/(?P<embed>{'|'.join(EMBEDS)})/?)?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One page. Empty: the election's language, its first contest, the whole of it."""

    lang: str = ""
    contest: str = ""
    place: str = ""
    screen: bool = False
    embed: str = ""  # of EMBEDS

    @property
    def path(self) -> str:
        """``/en/ecran/``; always with a slash at its end."""
        parts = [
            self.lang,
            f"contest/{self.contest}" if self.contest else "",
            f"lieu/{self.place}" if self.place else "",
            "ecran" if self.screen else "",
            f"embed/{self.embed}" if self.embed else "",
        ]
        return "".join(["/", *(f"{part}/" for part in parts if part)])


def parse(path: str, query: Mapping[str, str]) -> Address | None:
    """The page a request is for, or ``None`` when no page has such a path.

    A language or contest in the query counts where the path names none. An unknown language is as
    good as none; an unknown contest is not, lest a typing error show another contest's result.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    lang = found["lang"] or query.get("lang", "")
    return Address(
        lang=lang if lang in text.LANGUAGES else "",
        contest=found["contest"] or query.get("contest", ""),
        place=found["place"] or "",
        screen=found["screen"] is not None,
        embed=found["embed"] or "",
    )
