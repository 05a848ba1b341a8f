"""The command line of ``soiree post``; light, because every command builds the parser."""

import argparse
from pathlib import Path
from typing import Any

# Option -> field of the feed, and what it is.
_FIELDS = {
    "--kind": ("kind", "reaction, key or note"),
    "--author": ("author", "who said it"),
    "--role": ("role", "what the author is"),
    "--camp": ("camp", "whom the author supports"),
    "--place": ("place", "where"),
    "--on-screen": ("on_screen", "yes or no: whether it may fill the wall by itself"),
    "--source": ("source", "who reported it"),
    "--source-url": ("source_url", "http or https address of the source"),
    "--image": ("image", "https address on a host of image_hosts"),
    "--image-text": ("image_text", "what the image shows"),
    "--time": ("time", "HH:MM[:SS] or an ISO date and time; now unless said otherwise"),
}


def add_post(commands: "argparse._SubParsersAction[Any]", spoken: str) -> None:
    """Adds the command; ``spoken`` is the language of the shell."""
    post = commands.add_parser("post", help="write into the feed file: add, edit, pin, retract …")
    post.add_argument("election", metavar="ELECTION.toml", type=Path)
    post.add_argument("--feed", default="", metavar="NAME", help="when several are files")
    post.add_argument("--lang", choices=("fr", "en"), default=spoken)
    post.set_defaults(run=_run)
    actions = post.add_subparsers(required=True, dest="action", metavar="ACTION")

    add = actions.add_parser("add", help="a new post")
    add.add_argument("text", metavar="TEXT", help="- reads it from standard input")
    add.add_argument("--id", default="", metavar="ID", help="one is made unless given")
    add.add_argument("--pinned", action="store_true", help="before all others")
    _fields(add)
    edit = actions.add_parser("edit", help="change what a post says; screens tell that it was")
    edit.add_argument("id", metavar="ID")
    edit.add_argument("text", nargs="?", metavar="TEXT", help="- reads it from standard input")
    _fields(edit)
    for name, help_ in (
        ("pin", "put a post before all others"),
        ("unpin", "put it back where its time is"),
        ("retract", "take it from every screen; its words stay in the history beside the file"),
    ):
        action = actions.add_parser(name, help=help_)
        action.add_argument("id", metavar="ID")
        action.add_argument("--reason", default="", help="for the history")
    actions.add_parser("list", help="what the feed says now, and what is wrong with it")


def _fields(parser: argparse.ArgumentParser) -> None:
    for option, (field, help_) in _FIELDS.items():
        parser.add_argument(option, dest=field, default=None, metavar="…", help=help_)


def _run(options: argparse.Namespace) -> int:
    from .command import post  # the readers: only this command waits for them

    given = {field: getattr(options, field, None) for field, _ in _FIELDS.values()}
    given["text"] = getattr(options, "text", None)
    return post(
        options.election,
        options.feed,
        options.action,
        getattr(options, "id", ""),
        {field: value for field, value in given.items() if value is not None},
        pinned=getattr(options, "pinned", False),
        reason=getattr(options, "reason", ""),
        lang=options.lang,
    )
