"""The picture of a shared link, 1200 × 630, drawn from the words of ``views.share``.

Drawn when it is first asked for, and for every version that is: by Pillow, which reads the pages'
own fonts. A name that those fonts cannot write gets no picture rather than a row of boxes.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from .exports import HEIGHT, WIDTH
from .static import ASSETS

_MARGIN = 64
_GROUND, _SURFACE, _INK, _SECOND, _LINE = "#F5F6F8", "#FFFFFF", "#11161D", "#46505E", "#DCE1E8"
_LATIN, _MORE = "latin", "latin-ext"
_THIN_SPACE, _THIN = "\u202f", 0.11  # no file of ours has it; em


class Undrawable(Exception):
    """A text has characters that our fonts do not have."""


class _Type(NamedTuple):
    weight: int
    size: int
    colour: str


def draw(said: Mapping[str, Any]) -> bytes:
    """The picture as PNG; the same bytes for the same words. Raises ``Undrawable``."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    canvas = _Canvas(image)
    canvas.box((0, 0, WIDTH, 10), _INK)
    _head(canvas, said)
    scores: Sequence[Mapping[str, Any]] = said["scores"]
    if len(scores) == 2:
        _duel(canvas, scores)
    elif scores:
        _ranking(canvas, scores)
    else:
        canvas.write(said["note"], _MARGIN, 330, _Type(700, 92, _INK), WIDTH - 2 * _MARGIN)
    _foot(canvas, said, said["note"] if scores else said.get("time", ""))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _head(canvas: "_Canvas", said: Mapping[str, Any]) -> None:
    width = WIDTH - 2 * _MARGIN
    canvas.write(said["title"], _MARGIN, 86, _Type(700, 52, _INK), width)
    canvas.write(said["under"], _MARGIN, 134, _Type(500, 36, _SECOND), width)


def _duel(canvas: "_Canvas", scores: Sequence[Mapping[str, Any]]) -> None:
    left, right = scores
    half, end = WIDTH // 2 - _MARGIN - 20, WIDTH - _MARGIN
    for each, x, anchor in ((left, _MARGIN, "ls"), (right, end, "rs")):
        canvas.write(each["name"], x, 220, _Type(600, 56, _INK), half, anchor)
        canvas.write(each["share"], x, 356, _Type(700, 160, each["text"]), half, anchor)
        canvas.write(each["votes"], x, 414, _Type(500, 36, _SECOND), half, anchor)
    canvas.box((_MARGIN, 436, end, 484), _LINE)
    length = end - _MARGIN
    canvas.box((_MARGIN, 436, _MARGIN + round(length * left["part"]), 484), left["fill"])
    canvas.box((end - round(length * right["part"]), 436, end, 484), right["fill"])
    canvas.box((WIDTH // 2 - 2, 428, WIDTH // 2 + 2, 492), _INK)  # a half


def _ranking(canvas: "_Canvas", scores: Sequence[Mapping[str, Any]]) -> None:
    step = 320 // len(scores)
    most = max(each["part"] for each in scores) or 1
    for number, each in enumerate(scores):
        top = 172 + number * step
        base, bar = top + 44, top + step - 12
        canvas.write(each["name"], _MARGIN, base, _Type(600, 42, _INK), 640)
        canvas.write(each["share"], WIDTH - _MARGIN, base, _Type(700, 46, each["text"]), 300, "rs")
        length = round((WIDTH - 2 * _MARGIN) * 0.88 * each["part"] / most)
        canvas.box(
            (_MARGIN, base + 10, _MARGIN + max(length, 2), max(bar, base + 14)), each["fill"]
        )


def _foot(canvas: "_Canvas", said: Mapping[str, Any], note: str) -> None:
    end, width = WIDTH - _MARGIN, WIDTH - 2 * _MARGIN
    if "part" in said:
        canvas.box((_MARGIN, 520, end, 528), _LINE)
        canvas.box((_MARGIN, 520, _MARGIN + round(width * said["part"]), 528), _INK)
        canvas.write(said["progress"], _MARGIN, 574, _Type(600, 38, _INK), width // 2)
    canvas.write(note, end, 574, _Type(600, 38, _INK), width // 2 - 20, "rs")
    if said["simulated"]:
        canvas.write(said["simulated"], _MARGIN, 612, _Type(500, 28, _SECOND), width)


class _Canvas:
    """Boxes, and text on a base line that gets smaller until it fits."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def box(self, corners: tuple[int, int, int, int], colour: str) -> None:
        left, top, right, bottom = corners
        if right > left and bottom > top:
            self._draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def write(
        self, words: str, x: int, base: int, style: _Type, width: int, anchor: str = "ls"
    ) -> None:
        size = style.size
        while size > 12 and _length(words, style.weight, size) > width:
            size -= 2
        at = float(x) - (_length(words, style.weight, size) if anchor == "rs" else 0)
        for run, subset in _runs(words, style.weight):
            if subset:
                font = _font(style.weight, size, subset)
                self._draw.text((at, base), run, fill=style.colour, font=font, anchor="ls")
            at += _advance(run, style.weight, size, subset)


def _length(words: str, weight: int, size: int) -> float:
    runs = _runs(words, weight)
    return sum(_advance(run, weight, size, subset) for run, subset in runs)


def _advance(run: str, weight: int, size: int, subset: str) -> float:
    return _font(weight, size, subset).getlength(run) if subset else _THIN * size * len(run)


def _runs(words: str, weight: int) -> list[tuple[str, str]]:
    """Pieces that one font file can write, each with its name ("" of thin spaces, which none has):
    a face has two files."""
    runs: list[tuple[str, str]] = []
    for character in words:
        subset = "" if character == _THIN_SPACE else _subset(weight, character)
        if runs and runs[-1][1] == subset:
            runs[-1] = (runs[-1][0] + character, subset)
        else:
            runs.append((character, subset))
    return runs


def _subset(weight: int, character: str) -> str:
    for subset in (_LATIN, _MORE):
        if _has(weight, subset, character):
            return subset
    raise Undrawable(f"U+{ord(character):04X}")


@cache
def _has(weight: int, subset: str, character: str) -> bool:
    """Whether a file draws it as anything but what it draws of a character it does not know."""
    if character in " \u00a0":
        return subset == _LATIN
    font = _font(weight, 32, subset)
    return _bitmap(font, character) != _bitmap(font, "\U0010ffff")


def _bitmap(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@cache
def _font(weight: int, size: int, subset: str) -> ImageFont.FreeTypeFont:
    name = f"barlow-condensed-{subset}-{weight}-normal.woff2"
    content = BytesIO(_file(name))
    return ImageFont.truetype(content, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file(name: str) -> bytes:
    return (ASSETS / "fonts" / name).read_bytes()
