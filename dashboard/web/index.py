"""The first HTML of a page: the present numbers as text, written once per version."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from . import skeleton
from .follower import Follower
from .responses import SAME_ORIGIN, Ready, ready
from .shell import Shell
from .site import Page
from .static import Static, address

CACHE = "public, max-age=5"
_LATIN_FONT = re.compile(r"-latin-(?!ext).*\.woff2$")
# Ours, in order of need; theme.js comes before everything, in the head.
SCRIPTS = ("merge", "render", "figures", "freshness", "connection", "live", "table", "page")
_SCREEN_SCRIPTS = ("screen",)
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
    """Every index, written at most once per version, page and language."""

    def __init__(self, follower: Follower, files: Mapping[str, Static]) -> None:
        self._follower = follower
        self._files = files
        self._kept: dict[tuple[str, str], tuple[int, Ready]] = {}

    def answer(self, page: Page, language: str) -> Ready:
        version = self._follower.view.document_version(f"{page.document}.{language}")
        key = (page.document, language)
        kept = self._kept.get(key)
        if kept is None or kept[0] != version:
            html = self._write(page, language).encode()
            csp = (b"content-security-policy", content_security_policy(page.shell).encode())
            kept = (
                version,
                ready(html, "text/html; charset=utf-8", CACHE, extra=[*SAME_ORIGIN, csp]),
            )
            self._kept[key] = kept
        return kept[1]

    def _write(self, page: Page, language: str) -> str:
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
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{language}" data-page="{page.name}"'
                f' data-build="{self._follower.build}">',
                self._head(page, document, url),
                f'<body data-document="{name}" data-version="{version}" data-url="{url}">',
                _PATTERNS,
                main,
                # Hidden until React has drawn the skeleton; live.js then changes places.
                '<div id="react-entry-point" hidden></div>',
                *self._scripts(page),
                "</body>",
                "</html>",
            ]
        )

    def _head(self, page: Page, document: Mapping[str, Any], url: str) -> str:
        title = escape(str(document.get("title", page.title)))
        description = escape(str(document.get("description", document.get("title", page.title))))
        styles = [path for path in self._files if path.endswith(".css")]
        return "\n".join(
            [
                "<head>",
                '<meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>",
                f'<meta name="description" content="{description}">',
                *_theme_colours(page.name),
                _script(address("/assets/theme.js", self._files)),
                *[_preload(address(path, self._files)) for path in self._fonts()],
                *[f'<link rel="stylesheet" href="{address(p, self._files)}">' for p in styles],
                f'<link rel="icon" type="image/svg+xml" '
                f'href="{address("/assets/favicon.svg", self._files)}">',
                f'<link rel="preload" as="fetch" crossorigin href="{url}">' if url else "",
                "</head>",
            ]
        )

    def _fonts(self) -> list[str]:
        """One face of figures and one of text: the two that the first screen is set in."""
        fonts = [path for path in self._files if _LATIN_FONT.search(path)]
        return [path for path in fonts if "condensed" not in path or "-700-" in path]

    def _scripts(self, page: Page) -> list[str]:
        own = SCRIPTS + (_SCREEN_SCRIPTS if page.name == "screen" else ())
        return [
            *[_script(address(f"/assets/{name}.js", self._files)) for name in own],
            page.shell.config,
            *[_script(address(path, self._files)) for path in page.shell.scripts],
            page.shell.renderer,
        ]


def _script(source: str) -> str:
    return f'<script src="{source}"></script>'


def _preload(font: str) -> str:
    return f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{font}">'


def _theme_colours(page: str) -> list[str]:
    if page == "screen":
        return ['<meta name="theme-color" content="#0B0F16">']
    return [
        '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#F5F6F8">',
        '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0B0F16">',
    ]


def content_security_policy(shell: Shell) -> str:
    """Our own files, and the one inline script that starts Dash.

    Styles are not as strict: Dash, its graph and Plotly write ``<style>`` elements.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(shell.hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )
