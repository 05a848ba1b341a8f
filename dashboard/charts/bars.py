"""Shares as bars. Names and numbers stand beside them as text, in the page."""

from collections.abc import Sequence
from typing import Any

from .figure import Figure, bare_figure
from .theme import Theme

EARLY_OPACITY = 0.45  # too early to tell: the bars say so too
LONGEST = 0.88  # of the width, for the leader of a ranking
_HIDDEN = {"visible": False, "fixedrange": True}
_DIGITS = 6  # of a length: no screen is a million pixels wide, and a night has every bar many times


def duel(
    shares: Sequence[float | None],
    fills: Sequence[str],
    theme: Theme,
    *,
    early: bool,
    then: Sequence[float | None] = (),
) -> Figure:
    """One bar of 100 % for two options in ballot order, with a mark at one half.

    ``shares`` are 0 to 1; ``None`` (nothing counted) gives one hatched bar. ``then``: an earlier
    share of each, as a tick, the second's counted from the right.
    """
    traces = (
        [_bar([1.0], theme.hatch_ground, hatch=theme.hatch_line)]
        if None in shares
        else [
            _bar([share or 0.0], fill, edge=theme.surface, early=early)
            for share, fill in zip(shares, fills, strict=True)
        ]
    )
    return bare_figure(
        traces,
        barmode="stack",
        bargap=0,
        margin={"l": 0, "r": 0, "t": 5, "b": 24, "pad": 0},
        xaxis={**_HIDDEN, "range": [0, 1]},
        yaxis={**_HIDDEN, "range": [-0.4, 0.4]},
        shapes=[_half_mark(theme, overshoot=0.14), *_duel_ticks(then, theme)],
    )


def single(
    share: float | None, fill: str, theme: Theme, *, early: bool, then: float | None = None
) -> Figure:
    """One option of a duel on its own track of 100 %, with a mark at one half; ``then``: its
    earlier share, as a tick."""
    trace = (
        _bar([1.0], theme.hatch_ground, hatch=theme.hatch_line)
        if share is None
        else _bar([share], fill, early=early)
    )
    x = None if then is None else round(then, _DIGITS)
    return bare_figure(
        [trace],
        bargap=0,
        margin={"l": 0, "r": 0, "t": 6, "b": 6, "pad": 0},
        plot_bgcolor=theme.surface,
        xaxis={**_HIDDEN, "range": [0, 1]},
        yaxis={**_HIDDEN, "range": [-0.4, 0.4]},
        shapes=[
            _half_mark(theme, overshoot=0.17),
            *(_tick(theme, x0=x, x1=x, yref="paper", y0=-0.17, y1=1.17) if x is not None else ()),
        ],
    )


def ranking(
    shares: Sequence[float | None],
    fills: Sequence[str],
    theme: Theme,
    *,
    early: bool,
    band: tuple[float, float] = (0.25, 0.75),
    then: Sequence[float | None] = (),
) -> Figure:
    """One bar per option from the top, in the order given, each in its band of an equal row.

    ``band`` is the top and the bottom of the bar, 0 to 1 of its row: what is above or beside it is
    for the text of the page. ``then``: an earlier share of each, as a tick.

    The axis starts at 0 and the longest bar takes 88 % of the width, so that every bar keeps
    the same scale and none touches what stands to its right.
    """
    known = [share or 0.0 for share in shares]
    earlier = [share for share in then if share is not None]
    end = max([*known, *earlier, 0.01]) / LONGEST
    rows = list(range(len(known)))
    top, bottom = band
    middle = (top + bottom - 1) / 2  # from the centre of the row
    tracks = [
        {
            "type": "line", "layer": "below", "x0": 0, "x1": end,
            "y0": row + middle, "y1": row + middle,
            "line": {"color": theme.line, "width": 1},
        }
        for row in rows
    ]  # fmt: skip
    return bare_figure(
        [_bar(known, list(fills), rows=[r + middle for r in rows], width=bottom - top,
              early=early)],
        bargap=0,
        xaxis={**_HIDDEN, "range": [0, end]},
        yaxis={**_HIDDEN, "range": [len(rows) - 0.5, -0.5]},
        shapes=[*tracks, *_row_ticks(then, (top - 0.5, bottom - 0.5), theme)],
    )  # fmt: skip


def _bar(
    x: list[float],
    fill: str | list[str],
    *,
    rows: list[float] | None = None,
    width: float = 0.8,
    edge: str | None = None,
    early: bool = False,
    hatch: str | None = None,
) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": fill, "line": {"width": 1 if edge else 0}}
    if edge:
        marker["line"]["color"] = edge
    if early:
        marker["opacity"] = EARLY_OPACITY
    if hatch:
        marker["pattern"] = {"shape": "/", "fgcolor": hatch, "bgcolor": fill, "size": 6}
    return {
        "type": "bar",
        "x": [round(value, _DIGITS) for value in x],
        "y": rows or [0],
        "orientation": "h",
        "marker": marker,
        "width": width,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _half_mark(theme: Theme, overshoot: float) -> dict[str, Any]:
    return {
        "type": "line", "x0": 0.5, "x1": 0.5, "yref": "paper", "y0": -overshoot,
        "y1": 1 + overshoot, "line": {"color": theme.ink, "width": 2},
    }  # fmt: skip


def _duel_ticks(then: Sequence[float | None], theme: Theme) -> list[dict[str, Any]]:
    """The one of the first from the left, of the second from the right; one where they meet."""
    places = [
        round(share if place == 0 else 1 - share, _DIGITS)
        for place, share in enumerate(then)
        if share is not None
    ]
    return [
        line
        for x in dict.fromkeys(places)
        for line in _tick(theme, x0=x, x1=x, yref="paper", y0=-0.06, y1=1.2)
    ]


def _row_ticks(
    then: Sequence[float | None], reach: tuple[float, float], theme: Theme
) -> list[dict[str, Any]]:
    """Each a little longer than its bar, whose edges are at ``reach`` of the middle of a row."""
    return [
        line
        for row, share in enumerate(then)
        if share is not None
        for line in _tick(theme, x0=round(share, _DIGITS), x1=round(share, _DIGITS),
                          y0=row + reach[0] - 0.06, y1=row + reach[1] + 0.06)
    ]  # fmt: skip


def _tick(theme: Theme, **place: Any) -> list[dict[str, Any]]:
    """Ink with an edge of the surface, which keeps it apart from every fill."""
    return [
        {"type": "line", **place, "line": {"color": colour, "width": width}}
        for colour, width in ((theme.surface, 7), (theme.ink, 3))
    ]
