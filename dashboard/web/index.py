"""The first HTML of a page: the present numbers as text, written once per version."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from ..text import LANGUAGES
from ..views.addresses import Address
from ..views.elsewhere import live_blog_name, share_name
from ..views.markup import style_rules
from . import skeleton
from .csp import content_security_policy, source_of
from .exports import FEEDS, HEIGHT, WIDTH
from .follower import Follower
from .responses import MOMENT, SAME_ORIGIN, Ready, ready
from .site import Page, Site, kit_path
from .static import PROGRAM, REPLAY, SCREEN, address

_LATIN_FONT = re.compile(r"-latin-(?!ext).*\.woff2$")
_SCREEN_STYLE = re.compile(r"/4\d-[a-z-]+\.css$")
_DESK_STYLE = re.compile(r"/5\d-[a-z-]+\.css$")
_EMBED_STYLE = re.compile(r"/6\d-[a-z-]+\.css$")
_REPLAY_STYLE = "/assets/70-replay.css"
_LATE_STYLE = re.compile(r"/7\d-[a-z-]+\.css$")  # brought by the scripts that need them
# First word of a page's name -> what it has besides the program of all pages.
_OWN_SCRIPTS = (
    ("screen", SCREEN),
    ("embed", "/assets/embed.js"),
)
# Patterns for what has no colour on a map: not counted, partly counted, tie. The colours are
# CSS variables, so one definition serves both themes.
_PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false" class="patterns"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--hatch-ground)"/>'
    '<rect width="1.6" height="6" fill="var(--hatch-line)"/></pattern>'
    '<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="2.2" height="6" fill="var(--stripe)"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="var(--hatch-ground)"/>'
    '<circle cx="3" cy="3" r="1.3" fill="var(--dot)"/></pattern>'
    "</defs></svg>"
)


_NOTHING_YET: Mapping[str, Any] = {"parts": {}, "figures": {}, "state": "waiting"}


class Indexes:
    """Every index, written at most once per version, page and language.

    ``folder``: where a published site keeps the files of its build ("/build/1d409b13efde"). Nobody
    answers there but files: such pages poll, find other pages by path, and say their policy
    themselves.
    """

    def __init__(self, follower: Follower, site: Site, folder: str = "") -> None:
        self._follower = follower
        self._site = site
        self._files = site.files
        self._folder = folder
        first = ("address", "theme") if folder else ("theme",)
        scripts = [site.files[f"/assets/{name}.js"].lasting.body.decode() for name in first]
        self._first_script = "\n".join(scripts)
        self._kept: dict[tuple[str, str, str], tuple[tuple[int, str], Ready]] = {}

    def answer(self, page: Page, language: str) -> Ready:
        version = self._follower.view.document_version(f"{page.document}.{language}")
        shown = (version, self._live_blog(page, language))
        key = (page.name, page.document, language)  # a chart alone shows the dashboard's document
        kept = self._kept.get(key)
        if kept is None or kept[0] != shown:
            kept = self._kept[key] = (shown, self._write(page, language))
        return kept[1]

    def _write(self, page: Page, language: str) -> Ready:
        name = f"{page.document}.{language}"
        view = self._follower.view
        document = {**_NOTHING_YET, **(self._follower.document(name) or {})}
        url, version = view.document_url(name), str(view.document_version(name))
        main = skeleton.write(
            page.shell.component,
            document,
            {
                "data-version": version,
                "data-state": document["state"],
                "data-freshness": "live",
            },
        )
        style = self._style(page) + style_rules(main)
        policy = content_security_policy(
            source_of(self._first_script.encode()),
            source_of(style.encode()),
            self._site.image_hosts if page.name == "home" else (),
            in_frames=page.is_embed,
        )
        html = "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{language}" data-page="{page.name}"'
                f' data-build="{self._follower.build}"{self._late(page, language)}'
                f"{self._published()}>",
                self._head(page, language, document, url, style, policy),
                f'<body data-document="{name}" data-version="{version}" data-url="{url}">',
                _PATTERNS,
                main,
                # Hidden until React has drawn the skeleton; live.js then changes places.
                '<div id="react-entry-point" hidden></div>',
                *self._preloads(page, document),
                self._data(self._live_blog(page, language)),
                "</body>",
                "</html>",
            ]
        )
        extra = [*SAME_ORIGIN, (b"content-security-policy", policy.encode())]
        return ready(html.encode(), "text/html; charset=utf-8", MOMENT, extra=extra)

    def _head(
        self,
        page: Page,
        language: str,
        document: Mapping[str, Any],
        url: str,
        style: str,
        policy: str,
    ) -> str:
        title = escape(str(document.get("title", page.title)))
        description = escape(str(document.get("description", document.get("title", page.title))))
        return "\n".join(
            [
                "<head>",
                '<meta charset="utf-8">',
                _policy(policy) if self._folder else "",
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>",
                f'<meta name="description" content="{description}">',
                *self._shared(page, language, title, description),
                *_theme_colours(page.name),
                # In the page itself: text is there as soon as the page is.
                f"<script>{self._first_script}</script>",
                f"<style>{style}</style>",
                *[_preload("font", self._address(path)) for path in self._fonts()],
                f'<link rel="icon" type="image/svg+xml" '
                f'href="{self._address("/assets/favicon.svg")}">',
                _preload("fetch", url) if url else "",
                page.shell.config_under(self._folder),
                *self._scripts(page),
                "</head>",
            ]
        )

    def _shared(self, page: Page, language: str, title: str, description: str) -> list[str]:
        """What a link to the page shows elsewhere (Open Graph), and where to follow its feed.

        A picture has an address of its own for each version, lest somebody's cache show an old one
        beside a new title; without a public address it has none.
        """
        if page.name != "home":
            return []
        home = Address(lang="" if language == self._site.language else language)
        view, root = self._follower.view, self._site.public_url
        files = view.pointer.get("files", {})
        links = [
            f'<link rel="alternate" type="{kind}" href="{home.path}{name}.{suffix}">'
            for name, suffix, kind in FEEDS
            if f"{name}.{language}.{suffix}" in files
        ]
        told = {"title": title, "description": description, "type": "article"}
        told["locale"] = {"fr": "fr_FR", "en": "en_GB"}[language]
        if root and share_name(page.contest, language) in files:
            told["image"] = f"{root}{page.picture(home.lang)}?v={view.version}"
            told |= {"image:width": str(WIDTH), "image:height": str(HEIGHT)}
            told |= {"image:type": "image/png", "image:alt": description}
        tags = [f'<meta property="og:{name}" content="{said}">' for name, said in told.items()]
        card = "summary_large_image" if "image" in told else "summary"
        return [*tags, f'<meta name="twitter:card" content="{card}">', *links]

    def _live_blog(self, page: Page, language: str) -> str:
        """The digest of the night for search engines, "" where a page has none."""
        files: Mapping[str, str] = self._follower.view.pointer.get("files", {})
        return files.get(live_blog_name(language), "") if page.has_feed else ""

    def _data(self, blob: str) -> str:
        """What no browser runs, in the page. It has been escaped."""
        content = self._follower.read(blob) if blob else None
        if not content:
            return ""
        return f'<script type="application/ld+json">{content.decode()}</script>'

    def _address(self, path: str) -> str:
        return self._folder + address(path, self._files)

    def _late(self, page: Page, language: str) -> str:
        """What the dashboard loads when its charts are drawn; and where script, style and kit are
        that only those load who see the night again."""
        if page.name != "home":
            return ""
        replay = (REPLAY, _REPLAY_STYLE, kit_path(page.contest, language))
        return (
            f' data-later="{self._address("/assets/paper.js")}"'
            f' data-replay="{" ".join(map(self._address, replay))}"'
        )

    def _published(self) -> str:
        """The languages and contests there are; first those that a path does not name."""
        if not self._folder:
            return ""
        languages = sorted(LANGUAGES, key=lambda language: language != self._site.language)
        contests = " ".join(self._site.contests)
        return f' data-languages="{" ".join(languages)}" data-contests="{contests}"'

    def _fonts(self) -> list[str]:
        """One face of figures and one of text: the two that the first screen is set in."""
        fonts = [path for path in self._files if _LATIN_FONT.search(path)]
        return [path for path in fonts if "condensed" not in path or "-700-" in path]

    def _style(self, page: Page) -> str:
        """The style sheets of that page, one after the other."""
        style = "\n".join(
            file.lasting.body.decode()
            for path, file in self._files.items()
            if path.endswith(".css")
            and not _DESK_STYLE.search(path)
            and not _LATE_STYLE.search(path)
            and (page.name == "screen" or not _SCREEN_STYLE.search(path))
            and (page.is_embed or not _EMBED_STYLE.search(path))
        )
        return style.replace("url(/assets/", f"url({self._folder}/assets/")

    def _scripts(self, page: Page) -> list[str]:
        own = [name for page_name, name in _OWN_SCRIPTS if page.name.startswith(page_name)]
        paths = (PROGRAM, *own, *page.shell.scripts)
        return [f'<script defer src="{self._address(path)}"></script>' for path in paths]

    def _preloads(self, page: Page, document: Mapping[str, Any]) -> list[str]:
        """What charts will need, on its way while the scripts that ask for it are still read."""
        traces = [trace for figure in document["figures"].values() for trace in figure["data"]]
        outlines = dict.fromkeys(filter(None, (trace.get("geojson") for trace in traces)))
        lazy = [self._folder + path for path in page.shell.lazy]
        return [
            *[_preload("script", path, 'fetchpriority="low"') for path in lazy],
            *[_preload("fetch", url, 'crossorigin fetchpriority="low"') for url in outlines],
        ]


def _preload(kind: str, url: str, more: str = "crossorigin") -> str:
    return f'<link rel="preload" as="{kind}" {more} href="{url}">'


def _policy(policy: str) -> str:
    """The policy as a page may say it: who may frame the page, only a header can."""
    rules = [rule for rule in policy.split("; ") if not rule.startswith("frame-ancestors")]
    return f'<meta http-equiv="content-security-policy" content="{escape("; ".join(rules))}">'


def _theme_colours(page: str) -> list[str]:
    if page == "screen":
        return ['<meta name="theme-color" content="#0B0F16">']
    return [
        '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#F5F6F8">',
        '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0B0F16">',
    ]
