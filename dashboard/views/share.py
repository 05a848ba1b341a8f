"""What the picture of a shared link says: the words and numbers, to be drawn by whoever serves it.

It states its hour and how far the count is, because it stays where it was shared when the count has
long gone on.
"""

from datetime import datetime
from typing import Any

from .. import charts, tally, text, wire
from ..model import Contest, Election
from ..tally import Standing, Summary

SHOWN_OPTIONS = 5


def share(
    election: Election, contest: Contest, summary: Summary | None, lang: str, *, sealed: bool
) -> bytes:
    """One contest in one language; ``summary``: of what may be seen, ``None`` for nothing yet.

    Under embargo, and while it is too early to tell, no share of anybody.
    """
    summary = None if sealed else summary
    state = summary.state if summary else "embargo" if sealed and contest.embargo else "waiting"
    said: dict[str, Any] = {
        "title": contest.title,
        "under": " · ".join(filter(None, (contest.round, contest.place))),
        "state": state,
        "note": _note(contest, summary, state, lang),
        "scores": [],
        "simulated": text.phrase("simulated", lang) if election.simulated else "",
    }
    if summary is not None:
        said["progress"] = _progress(contest, summary, lang)
        said["part"] = round(summary.progress.share, 4)
        said["time"] = _time("data_of", summary.result.data_at, contest, lang)
        if state in {"partial", "complete"}:
            said["scores"] = _scores(contest, summary, lang)
    return wire.encode(said)


def _scores(contest: Contest, summary: Summary, lang: str) -> list[dict[str, Any]]:
    standings = tally.standing(contest, summary.counts)
    if len(standings) > 2:
        standings = tally.by_votes(standings)[:SHOWN_OPTIONS]
    hues = charts.hues(contest, charts.LIGHT)
    return [_score(each, hues[each.option.id], lang) for each in standings]


def _score(standing: Standing, hue: charts.Hue, lang: str) -> dict[str, Any]:
    return {
        "name": standing.option.short_name,
        "share": text.fmt_share(standing.share, lang),
        "votes": f"{text.fmt_int(standing.votes, lang)} "
        f"{text.plural(standing.votes, *_votes(lang), lang)}",
        "part": round(standing.share or 0.0, 4),
        "fill": hue.fill,
        "text": hue.text,
    }


def _votes(lang: str) -> tuple[str, str]:
    return text.phrase("vote", lang), text.phrase("votes", lang)


def _progress(contest: Contest, summary: Summary, lang: str) -> str:
    words = text.unit_word(contest.unit_word, lang)
    done, total = summary.progress.complete, summary.progress.units
    counted = done if lang == "fr" else total
    return text.phrase_of(
        words,
        text.plural(done, "counted_one", "counted", lang),
        lang,
        count=text.fmt_int(done, lang),
        total=text.fmt_int(total, lang),
        units=text.plural(counted, words.one, words.many, lang),
    )


def _note(contest: Contest, summary: Summary | None, state: str, lang: str) -> str:
    if state == "embargo":
        assert contest.embargo is not None
        hour = text.fmt_countdown_target(contest.embargo, contest.timezone, lang)
        return text.phrase("headline_embargo", lang, time=hour)
    if summary is None or state == "waiting":
        words = text.unit_word(contest.unit_word, lang)
        return text.phrase_of(words, "headline_waiting", lang, units=words.many)
    result = summary.result
    if state == "complete":
        return _time("share_complete", result.complete_at or result.data_at, contest, lang)
    return _time(f"share_{state}", result.data_at, contest, lang)


def _time(key: str, at: datetime, contest: Contest, lang: str) -> str:
    return text.phrase(key, lang, time=text.fmt_time(at, contest.timezone, lang))
