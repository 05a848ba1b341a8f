"""A moment of the count as the feed shows it: what, a bar of the scores, how far the count was."""

from .. import charts, tally, text
from ..model import Contest, Counts, Milestone, Post
from ..tally import Standing
from .markup import Node, el
from .rich import colours
from .scene import Scene

SHOWN_OPTIONS = 3


def milestone(seen: Scene, post: Post) -> list[Node]:
    """The body of a post of kind RESULT, instead of its text."""
    assert post.milestone is not None
    contest, found = seen.election.contest(post.contest), post.milestone
    return [
        *_of_contest(seen, contest),
        el("p", _phrase(contest, found, "title", seen.lang), class_="said"),
        *_scores(contest, found, seen.lang),
        el("p", _phrase(contest, found, "note", seen.lang), class_="note"),
    ]


def _of_contest(seen: Scene, contest: Contest) -> list[Node]:
    """Which contest it is about, where there are several."""
    if len(seen.election.contests) < 2:
        return []
    name = " ".join(filter(None, (contest.title, contest.round)))
    return [el("p", name, class_="about")]


def _phrase(contest: Contest, found: Milestone, part: str, lang: str) -> str:
    words = text.unit_word(contest.unit_word, lang)
    names = {option.id: option.short_name for option in contest.options}
    of_row = "_row" if found.row and part == "title" else ""
    # "1 bureau sur 2", "1 of 2 stations"
    number = found.complete_units if lang == "fr" else found.units
    return text.phrase_of(
        words,
        f"milestone_{part}_{found.kind}{of_row}",
        lang,
        place=found.place,
        first=names.get(found.ahead, ""),
        before=names.get(found.ahead_before, ""),
        count=text.fmt_int(found.complete_units, lang),
        total=text.fmt_int(found.units, lang),
        units=words.brief_many,
        counted=text.plural(number, words.brief, words.brief_many, lang),
        share=text.fmt_share(found.complete_units / found.units, lang),
    )


def _scores(contest: Contest, found: Milestone, lang: str) -> list[Node]:
    """Nothing while it is too early to tell."""
    if not found.row and found.complete_units / found.units < contest.early_below:
        return []
    counts = Counts(votes=found.votes, valid_votes=found.valid_votes)
    standings = tally.standing(contest, counts)
    if len(standings) > 2:
        standings = tally.by_votes(standings)[:SHOWN_OPTIONS]
    light, dark = charts.hues(contest, charts.LIGHT), charts.hues(contest, charts.DARK)
    styles = {s.option.id: colours(light[s.option.id], dark[s.option.id]) for s in standings}
    names = [_name(s, styles[s.option.id], lang) for s in standings]
    bars = [
        el("i", style=f"--w:{(s.share or 0) * 100:.2f}%;{styles[s.option.id]}") for s in standings
    ]
    return [el("p", *names, class_="pair"), el("p", *bars, class_="split", aria_hidden="true")]


def _name(standing: Standing, style: str, lang: str) -> Node:
    share = text.fmt_share(standing.share, lang)
    return el("span", f"{standing.option.short_name} {share}", style=style)
