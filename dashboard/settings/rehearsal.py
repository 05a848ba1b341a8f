"""An election as it is rehearsed: the files of another night, and said so on every screen."""

from dataclasses import replace
from pathlib import Path

from ..clean import file_name
from ..model import Contest, Election, FeedSource, ResultsSource
from ..text import phrase
from .errors import SettingsError


def rehearsed(election: Election, folder: Path) -> Election:
    """The election with the file of the same name in ``folder`` for each of its sources.

    Raises ``SettingsError`` where two sources have one name: an archive cannot tell them apart.
    """
    names = source_names(election)
    contests = tuple(_moved(contest, folder) for contest in election.contests)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SettingsError(folder, "path", twice, "a name that only one source has")
    return replace(
        election,
        contests=contests,
        feeds=tuple(replace(f, location=str(folder / _name(f))) for f in election.feeds),
        simulated=phrase("rehearsal_words", "fr"),
        simulated_en=phrase("rehearsal_words", "en"),
        is_rehearsal=True,
    )


def source_names(election: Election) -> list[str]:
    """What an archive calls the file of each source, the feeds last; one file of several contests
    is one source."""
    sources: list[ResultsSource | FeedSource] = [contest.source for contest in election.contests]
    sources += election.feeds
    return [_name(source) for source in {source.location: source for source in sources}.values()]


def _moved(contest: Contest, folder: Path) -> Contest:
    location = str(folder / _name(contest.source))
    return replace(contest, source=replace(contest.source, location=location))


def _name(source: ResultsSource | FeedSource) -> str:
    path = source.location.partition("?")[0] if source.is_url else source.location
    return file_name(path.rstrip("/").rpartition("/")[2])
