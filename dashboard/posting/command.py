"""What ``soiree post`` does. Exit codes: 0 done, 1 not done, 2 wrong, 3 a file that cannot be
written."""

import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import text, wire
from ..feed import Reader, is_table, read_posts
from ..model import FeedSource, Finding, Post, SourceFile
from ..readers import ReadError
from ..settings import SettingsError, load_election
from ..text.posting import WORDS
from .desk import Change, Desk
from .sheet import Sheet

DONE, NOT_DONE, WRONG, UNWRITABLE = 0, 1, 2, 3
_SHOWN = 60  # characters of a post in the list
Values = Mapping[str, str]


class Refused(Exception):
    """Nothing is written, and why."""

    def __init__(self, sentence: str, code: int = NOT_DONE) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One feed file, and how the night reads it."""

    election: Path
    source: FeedSource
    zone: ZoneInfo
    reader: Reader
    desk: Desk
    lang: str

    def say(self, key: str, **values: str) -> str:
        named = {"file": str(self.desk.path), "election": self.election.name, **values}
        return WORDS[self.lang][key].format(**named)

    def clock(self) -> str:
        return datetime.now(self.zone).isoformat(timespec="seconds")

    def problem(self, finding: Finding) -> str:
        return finding.message_fr if self.lang == "fr" else finding.message


def post(
    election: Path,
    feed: str,
    action: str,
    identifier: str,
    values: Values,
    *,
    pinned: bool = False,
    reason: str = "",
    lang: str = "en",
) -> int:
    """Carries one action out and says so; returns the exit code. Raises ``SettingsError``."""
    room = _newsroom(election, feed, lang)
    if values.get("text") == "-":
        values = {**values, "text": sys.stdin.read()}
    try:
        for line in _act(room, action, identifier, values, pinned, reason):
            print(line)
    except Refused as refusal:
        print(f"soiree: {refusal}", file=sys.stderr)
        return refusal.code
    except ReadError as error:
        said = room.say("unreadable", sentence=room.problem(error.finding))
        print(f"soiree: {said}", file=sys.stderr)
        return WRONG
    except OSError as error:
        why = error.strerror or type(error).__name__
        print(f"soiree: {room.say('unwritable', why=why)}", file=sys.stderr)
        return UNWRITABLE
    return DONE


def _newsroom(election: Path, name: str, lang: str) -> Newsroom:
    loaded = load_election(election).election
    files = [feed for feed in loaded.feeds if not feed.is_url]
    source = next((feed for feed in files if name in {"", feed.name}), None)
    if source is None:
        known = ", ".join(feed.name for feed in files)
        expected = f"one of the feeds that are files: {known}" if known else "a feed with a path"
        raise SettingsError(election, "feed", name, expected)
    first = loaded.contests[0]
    zone = ZoneInfo(first.timezone)
    reader = Reader(source, zone, first.date, [])
    return Newsroom(election, source, zone, reader, Desk(Path(source.location)), lang)


def _act(
    room: Newsroom, action: str, identifier: str, values: Values, pinned: bool, reason: str
) -> Iterator[str]:
    content = room.desk.read()
    if content and content.strip() and not is_table(content):
        raise Refused(room.say("of_others"), WRONG)
    if content and content.strip():
        _read(room, content)  # torn, or no table of posts: ReadError
    if action == "list":
        yield from _listed(room, content)
    elif action == "add":
        yield room.desk.alter(lambda sheet: _add(room, sheet, identifier, values, pinned))
    else:
        yield room.desk.alter(
            lambda sheet: _change(room, sheet, action, identifier, values, reason)
        )


def _add(
    room: Newsroom, sheet: Sheet, identifier: str, values: Values, pinned: bool
) -> tuple[Change, str]:
    taken = {identifier for identifier, *_ in _posts(room, sheet)}
    if identifier and room.reader.identifier(identifier) in taken:
        raise Refused(room.say("taken", id=identifier))
    row = {"time": room.clock(), **values, "pinned": "1" if pinned else ""}
    row["id"] = identifier or _free(room, taken)
    made = _checked(room, row)
    sheet.add(row)
    said = room.say("add", id=made.id, time=text.fmt_time(made.at, room.zone.key, room.lang))
    return Change("add", made.id, None, row), said


def _change(
    room: Newsroom, sheet: Sheet, action: str, identifier: str, values: Values, reason: str
) -> tuple[Change, str]:
    found = [found for found in _posts(room, sheet) if identifier in found[:2]]
    if not found:
        raise Refused(room.say("unknown", id=identifier))
    known, _, number, row = found[-1]  # of two with one id the later counts
    history = str(room.desk.history)
    if action == "retract":
        for _, _, each, _ in found:
            sheet.remove(each)
        return Change(action, known, row, None, reason), room.say(action, id=known, history=history)
    new = {"pinned": "1" if action == "pin" else ""} if action != "edit" else dict(values)
    if all(row.get(field, "") == value for field, value in new.items()):
        raise Refused(room.say("unchanged", id=known))
    if action == "edit" and new.keys() - {"on_screen"}:  # which changes nothing of what it says
        new["edited"] = room.clock()
    # Without an id of its own a row is known by what it says, which now changes.
    new["id"] = row.get("id") or known
    _checked(room, {**row, **new})
    sheet.change(number, new)
    return Change(action, known, row, {**row, **new}, reason), room.say(action, id=known)


def _posts(room: Newsroom, sheet: Sheet) -> Iterator[tuple[str, str, int, dict[str, str]]]:
    """Id among those of all feeds, id as written, number and fields of every row."""
    for number, row in sheet.rows():
        made = room.reader.post({"text": "", "time": "", **row})
        if made is not None:
            yield made.id, row.get("id", "").strip(), number, row


def _free(room: Newsroom, taken: set[str]) -> str:
    while True:
        made = f"{datetime.now(room.zone):%H%M}-{secrets.token_hex(3)}"
        if room.reader.identifier(made) not in taken:
            return made


def _checked(room: Newsroom, row: Values) -> Post:
    """The post as the night will read it; refused when anything of it would be left out."""
    room.reader.findings.clear()
    made = room.reader.post({"text": "", "time": "", **row})
    if room.reader.findings or made is None:
        sentence = " ".join(map(room.problem, room.reader.findings))
        raise Refused(room.say("refused", sentence=sentence), WRONG)
    return made


def _read(room: Newsroom, content: bytes) -> tuple[tuple[Post, ...], tuple[Finding, ...]]:
    now = datetime.now(UTC)
    file = SourceFile(room.desk.path.name, content, wire.digest(content), now)
    return read_posts(file, room.source, room.zone.key, room.reader.on)


def _listed(room: Newsroom, content: bytes | None) -> Iterator[str]:
    posts, findings = _read(room, content) if content and content.strip() else ((), ())
    for finding in findings:
        print(f"soiree: {room.problem(finding)}", file=sys.stderr)
    if not posts:
        yield room.say("none")
    for each in posts:
        marks = [("pinned", each.pinned), ("edited", each.edited_at is not None)]
        words = [WORDS[room.lang][mark] for mark, is_so in marks if is_so]
        kind = text.phrase(f"kind_{each.kind}", room.lang)
        said = " ".join(each.text.split())
        shown = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
        author = f"{each.author}{text.phrase('colon', room.lang)}" if each.author else ""
        at = text.fmt_clock(each.at, room.zone.key)
        yield "  ".join([each.id, at, ", ".join([kind, *words]), f"{author}{shown}"])
