"""The command line of ``soiree init``; light, because every command builds the parser."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def add_init(commands: "argparse._SubParsersAction[Any]", spoken: str) -> None:
    """Adds the command; ``spoken`` is the language of the shell."""
    first = commands.add_parser("init", help="a first election file from a results file")
    first.add_argument("results", metavar="RESULTS", type=Path, nargs="+")
    first.add_argument("--geometry", metavar="MAP.geojson", type=Path)
    first.add_argument("--out", metavar="FOLDER", type=Path, help="one of the election's name")
    first.add_argument("--contest", metavar="ID", action="append", default=[],
                       help="of a file with several; may be repeated")  # fmt: skip
    first.add_argument("--level", metavar="L", default="", help="of a file that counts at several")
    first.add_argument("--title", default="", help="on top of every screen")
    first.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="of the vote")
    first.add_argument("--timezone", type=_zone, metavar="ZONE")
    first.add_argument("--lang", choices=("fr", "en"), default="")
    first.add_argument("--force", action="store_true", help="replace what was written before")
    first.set_defaults(run=lambda options: _run(options, spoken))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"found {text}, expected a day as 2027-04-11") from error


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        expected = "expected a time zone such as Europe/Paris"
        raise argparse.ArgumentTypeError(f"found {text}, {expected}") from error


def _run(options: argparse.Namespace, spoken: str) -> int:
    from .command import Arguments, init  # pandas: only this command waits for it
    from .drafting import Wishes

    wishes = Wishes(
        lang=options.lang,
        title=options.title,
        timezone=options.timezone or "",
        day=options.date,
        level=options.level,
    )
    return init(
        Arguments(
            files=options.results,
            out=options.out,
            geometry=options.geometry,
            contests=options.contest,
            wishes=wishes,
            spoken=spoken,
            force=options.force,
        )
    )
