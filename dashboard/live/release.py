"""``soiree release``: an operator lets a file through that waits in quarantine, and says why."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from .. import text
from ..settings import Settings
from ..store import DirectoryStore, StoreError
from ..text import desk as words
from .desk import NAME
from .releases import Doubtful, Releases

DONE, NOT_DONE, NO_STATE = 0, 1, 3
_SHOWN = 12  # differences


def release(settings: Settings, contest_id: str, reason: str, lang: str) -> int:
    """Says what waits; with a ``reason``, releases it. Returns 0 released, 1 not, 3 no state."""
    say = words.WORDS[lang]
    store = DirectoryStore(settings.state)
    waiting = [c for c in _contests(store) if c["quarantine"] and contest_id in {"", c["id"]}]
    if not waiting:
        print(say["nothing_waits"])
        return NOT_DONE
    for contest in waiting:
        print("\n".join(_description(contest, lang)))
    if len(waiting) > 1:
        print(say["which"].format(contests=", ".join(contest["id"] for contest in waiting)))
        return NOT_DONE
    if not reason.strip():
        print(say["give_reason"].format(election=settings.election.name))
        return NOT_DONE
    waits = waiting[0]["quarantine"]
    file = Doubtful(waits["digest"], waits["against"], waits.get("takes_back", {}))
    try:
        Releases(store).add(waiting[0]["id"], file, reason.strip(), datetime.now(UTC))
    except StoreError as error:
        print(f"soiree: {error}", file=sys.stderr)
        return NO_STATE
    print(say["released"].format(file=waits["name"], digest=waits["digest"][:12]))
    return DONE


def _contests(store: DirectoryStore) -> list[dict[str, Any]]:
    try:
        said = json.loads(store.load(NAME) or b"{}")
    except ValueError:
        return []
    return list(said.get("contests", []))


def _description(contest: Mapping[str, Any], lang: str) -> Iterator[str]:
    say, waits = words.WORDS[lang], contest["quarantine"]
    since = text.fmt_clock(datetime.fromisoformat(waits["since"]), contest["timezone"])
    yield say["waits"].format(
        contest=contest["title"], file=waits["name"], digest=waits["digest"][:12], since=since
    )
    for finding in waits["why"]:
        yield say["why"].format(code=finding["code"], sentence=finding.get(lang, ""))
    named = text.words(lang)
    for change in [*waits.get("totals", []), *waits.get("changes", [])][:_SHOWN]:
        what = named.get(f"field_{change['what']}", change["what"])
        whose = f"{change['name']} ({change['unit']})" if change["unit"] else say["total"]
        yield say["change"].format(**{**change, "what": what, "whose": whose})
