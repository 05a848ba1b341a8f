"""The desk's panel: how the sources are, what came, what is held, what waits for a decision.

Drawn from what the watcher wrote (live/desk.py), for people who work: plain tables, everything
there is, the times to the second.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .. import text
from ..text import desk as words
from .markup import Node, el


def panel(said: Mapping[str, Any], checked_at: str | None, lang: str) -> Node:
    """The whole panel. ``said``: desk.json, empty before the watcher wrote one; ``checked_at``
    (ISO 8601): when the sources were last looked at, so when the watcher was last alive."""
    say = words.WORDS[lang]
    contests = said.get("contests", [])
    zone = contests[0]["timezone"] if contests else "UTC"
    return el(
        "div",
        el("p", el("b", say["rehearsal"])) if said.get("rehearsal") else None,
        el("h1", say["title"]),
        el("p", say["checked"].format(time=_moment(checked_at, zone)), class_="note"),
        _sources(said.get("sources", []), zone, lang),
        *[_contest(contest, lang) for contest in contests],
        class_="desk",
    )


def _sources(sources: Sequence[Mapping[str, Any]], zone: str, lang: str) -> Node:
    say = words.WORDS[lang]
    rows = [
        el(
            "tr",
            el("th", source["name"], scope="row"),
            el("td", el("span", say[f"state_{source['state']}"], class_=f"st {source['state']}")),
            el("td", _moment(source.get("since"), zone)),
            el("td", " ".join(filter(None, (source["code"], source["detail"])))),
            el("td", source["location"], class_="where"),
        )
        for source in sources
    ]
    return _table(say["sources"], say["sources_columns"], rows, say["none"])


def _contest(contest: Mapping[str, Any], lang: str) -> Node:
    say = words.WORDS[lang]
    zone = contest["timezone"]
    return el(
        "section",
        el("h2", contest["title"]),
        el("p", say["sealed"], class_="note") if contest["sealed"] else None,
        _quarantine(contest, lang),
        _findings("open", contest, zone, lang),
        _held(contest, lang),
        _files(contest, zone, lang),
        _findings("closed", contest, zone, lang),
    )


def _quarantine(contest: Mapping[str, Any], lang: str) -> Node | None:
    say, waits, zone = words.WORDS[lang], contest["quarantine"], contest["timezone"]
    if not waits:
        return None
    since, until = (_moment(waits[key], zone) for key in ("since", "until"))
    rows = _change_rows([*waits.get("totals", []), *waits.get("changes", [])], lang)
    return el(
        "div",
        el("h3", say["quarantine"]),
        el("p", say["quarantine_when"].format(file=waits["name"], since=since, until=until)),
        el("ul", *[el("li", finding.get(lang, finding["code"])) for finding in waits["why"]])
        if waits["why"]
        else None,
        el("p", say["release"].format(digest=waits["digest"][:12]), class_="note"),
        _table(say["difference"], say["difference_columns"], rows, say["none"]),
        el("p", say["more"], class_="note") if waits.get("has_more") else None,
        class_="quarantine",
    )


def _findings(kind: str, contest: Mapping[str, Any], zone: str, lang: str) -> Node:
    say = words.WORDS[lang]
    rows = [
        el(
            "tr",
            el("td", _moment(finding["since"], zone)),
            el("td", _moment(finding["until"], zone)) if kind == "closed" else None,
            el("th", finding["code"], scope="row"),
            el("td", say[f"severity_{finding['severity']}"], class_=finding["severity"]),
            el("td", finding.get(lang) or finding["unit"]),
        )
        for finding in contest[kind]
    ]
    count = contest["open_count"] if kind == "open" else len(rows)
    return _table(f"{say[kind]} ({count})", say[f"{kind}_columns"], rows, say["none"])


def _held(contest: Mapping[str, Any], lang: str) -> Node | None:
    say = words.WORDS[lang]
    if not contest["held_count"]:
        return None
    named = ", ".join(f"{unit['name']} ({unit['unit']})" for unit in contest["held"])
    more = " …" if contest["held_count"] > len(contest["held"]) else ""
    return el("div", el("h3", f"{say['held']} ({contest['held_count']})"), el("p", named + more))


def _files(contest: Mapping[str, Any], zone: str, lang: str) -> Node:
    say = words.WORDS[lang]
    rows = [
        el(
            "tr",
            el("td", _moment(file["at"], zone)),
            el("th", file["name"], scope="row"),
            el("td", file["digest"][:12], class_="where"),
            *[
                el("td", text.fmt_int(file.get(key), lang), class_="n")
                for key in ("bytes", "rows", "units", "corrections", "findings")
            ],
            el("td", _changes(file.get("changes", []), lang)),
        )
        for file in contest["files"]
    ]
    return _table(say["files"], say["files_columns"], rows, say["none"])


def _changes(changes: Sequence[Mapping[str, Any]], lang: str) -> Node:
    """The numbers that a file changed, folded away."""
    if not changes:
        return "–"
    say = words.WORDS[lang]
    table = _table("", say["difference_columns"], _change_rows(changes, lang), "")
    return el("details", el("summary", say["changes"]), table)


def _change_rows(changes: Sequence[Mapping[str, Any]], lang: str) -> list[Node]:
    named = text.words(lang)
    return [
        el(
            "tr",
            el("th", _whose(change, lang), scope="row"),
            el("td", named.get(f"field_{change['what']}", change["what"])),
            *[el("td", _number(change[side], lang), class_="n") for side in ("before", "after")],
        )
        for change in changes
    ]


def _whose(change: Mapping[str, Any], lang: str) -> str:
    """A unit; of what is the sum of all, that."""
    if not change["unit"]:
        return words.WORDS[lang]["total"]
    return f"{change['name']} ({change['unit']})"


def _number(value: int | str, lang: str) -> str:
    return text.fmt_int(value, lang) if isinstance(value, int) else "–"


def _table(title: str, columns: str, rows: list[Node], nothing: str) -> Node:
    heading = el("h3", title) if title else None
    if not rows:
        return el("div", heading, el("p", nothing, class_="note"))
    numbers = [isinstance(cell, list) and cell[1].get("class") == "n" for cell in rows[0][2:]]
    heads = [
        el("th", column, scope="col", class_="n" if is_number else None)
        for column, is_number in zip(columns.split("|"), numbers, strict=True)
    ]
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows))
    return el("div", heading, el("div", table, class_="scroll", tabindex="0"))


def _moment(at: str | None, zone: str) -> str:
    return text.fmt_clock(datetime.fromisoformat(at), zone) if at else "–"
