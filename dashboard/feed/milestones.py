"""Moments of the count, as posts."""

from collections.abc import Iterator

from .. import tally
from ..model import Contest, ContestResult, Counts, Milestone, Post, PostKind
from ..text import LANGUAGES, fmt_int, fmt_share, phrase, phrase_of, unit_word

SHOWN_OPTIONS = 3


def milestone_posts(contest: Contest, result: ContestResult, *, named: bool) -> Iterator[Post]:
    """One post per milestone; ``named``: each says of which contest it is."""
    for milestone in result.milestones:
        texts = [_text(contest, milestone, lang, named=named) for lang in LANGUAGES]
        identifier = f"result-{contest.id}-{milestone.key}-{milestone.at:%Y%m%dT%H%M%S}"
        yield Post(
            identifier,
            milestone.at,
            PostKind.RESULT,
            texts[0],
            text_en=texts[1],
            contest=contest.id,
            milestone=milestone,
        )


def _text(contest: Contest, milestone: Milestone, lang: str, *, named: bool) -> str:
    said = _said(contest, milestone, lang)
    if not named:
        return said
    name = " ".join(filter(None, (contest.title, contest.round)))
    return phrase("milestone_of", lang, contest=name, said=said)


def _said(contest: Contest, milestone: Milestone, lang: str) -> str:
    words = unit_word(contest.unit_word, lang)
    names = {option.id: option.short_name for option in contest.options}
    share = milestone.complete_units / milestone.units
    is_early = not milestone.row and share < contest.early_below
    key = f"milestone_{milestone.kind}{'_row' if milestone.row else ''}"
    return phrase_of(
        words,
        f"{key}_early" if is_early else key,
        lang,
        place=milestone.place,
        scores=_scores(contest, milestone, lang),
        first=names.get(milestone.ahead, ""),
        before=names.get(milestone.ahead_before, ""),
        count=fmt_int(milestone.complete_units, lang),
        total=fmt_int(milestone.units, lang),
        units=words.brief_many,
        share=fmt_share(share, lang),
    )


def _scores(contest: Contest, milestone: Milestone, lang: str) -> str:
    """ "Hamon 54,3 %, Valls 45,7 %": as the bars have it."""
    counts = Counts(votes=milestone.votes, valid_votes=milestone.valid_votes)
    ranked = [s for s in tally.by_votes(tally.standing(contest, counts)) if not s.option.remainder]
    shown = [f"{s.option.short_name} {fmt_share(s.share, lang)}" for s in ranked[:SHOWN_OPTIONS]]
    return ", ".join(shown)
