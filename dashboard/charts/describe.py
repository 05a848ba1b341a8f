"""What a figure shows, as one sentence, for whoever does not see it."""

from collections.abc import Sequence

from ..tally import Standing
from ..text import fmt_share, phrase


def describe_scores(standings: Sequence[Standing], lang: str) -> str:
    """ "Hamon 59,4 %, Valls 40,6 %", in the order given."""
    return ", ".join(
        f"{s.option.short_name} {fmt_share(s.share, lang)}"
        for s in standings
        if s.share is not None
    )


def describe_map(leads: Sequence[tuple[str, int]], waiting: int, units: str, lang: str) -> str:
    """How many areas each option leads, most first, and how many wait."""
    counted = ", ".join(
        phrase("describe_map_lead", lang, name=name, n=str(number), units=units)
        for name, number in leads
        if number
    )
    return phrase("describe_map", lang, leads=counted or "–", waiting=str(waiting))
