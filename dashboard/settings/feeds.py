"""Where posts come from: ``[feed]`` of the election file, or ``[[feed]]`` several times."""

from pathlib import Path

from ..model import FIRST_FEED, FeedSource
from .errors import SettingsError
from .schema import FeedTable
from .source import read_location


def read_feeds(path: Path, tables: list[FeedTable]) -> tuple[FeedSource, ...]:
    """The feeds in their order. Raises ``SettingsError``."""
    feeds = tuple(_feed(path, table, number) for number, table in enumerate(tables, start=1))
    names = [feed.name for feed in feeds]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise SettingsError(path, "feed.name", name, "a name that is used only once")
    return feeds


def _feed(path: Path, table: FeedTable, number: int) -> FeedSource:
    default = FIRST_FEED if number == 1 else f"{FIRST_FEED}-{number}"
    return FeedSource(
        location=read_location(path, f"feed[{number}]", table),
        poll_seconds=table.poll_seconds,
        name=table.name or default,
        kind=table.kind,
        source=table.source,
        image_hosts=tuple(table.image_hosts),
    )
