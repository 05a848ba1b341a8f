"""What a page may run and show: our own files, by one Content-Security-Policy without exceptions.

Dash's renderer, its components and Plotly write ``<style>`` elements: the looks of sliders, tabs
and maps that no page of ours has, source maps in them. ``without_styles`` takes that text out of
the scripts we serve, and what is left is one empty style element, whose hash the policy names.
Should a release write styles in another way, the browser refuses them: nothing of ours depends on
them, and the browser's tests say so.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

_STRING = rb'"(?:[^"\\]|\\.)*"'
# css-loader's modules: push([id, text, media, source map]).
_LOADED = re.compile(
    rb"\.push\(\[(\w+)\.id," + _STRING + rb',""(?:,\{(?:[^{}"]|' + _STRING + rb")*\})?\]\)"
)
# esbuild's, in the full plotly.js: a style element with a digest for an id.
_INLINED = re.compile(rb"(\.id=\"[0-9a-f]{64}\",\w+\.textContent=)'(?:[^'\\]|\\.)*'")


def without_styles(script: bytes) -> bytes:
    """A bundle that injects empty style elements in place of those it carries."""
    return _INLINED.sub(rb"\1''", _LOADED.sub(rb'.push([\1.id,"",""])', script))


def content_security_policy(
    script: str, style: str, image_hosts: Iterable[str] = (), *, in_frames: bool = False
) -> str:
    """The header's value. ``script``, ``style``: CSP sources of what is inline in the page;
    ``image_hosts``: those that the election file allows images of posts from; ``in_frames``:
    whether pages of any site may show it in a frame.

    No ``upgrade-insecure-requests``: a town hall serves plain HTTP in its own network, where the
    upgrade would ask for every file at a port that nobody listens to. Every address of a page is
    relative, so behind TLS there is nothing to upgrade.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {script}",
            f"style-src 'self' {style} {source_of(b'')}",
            " ".join(["img-src 'self' data:", *[f"https://{host}" for host in image_hosts]]),
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *" if in_frames else "frame-ancestors 'none'",
        ]
    )


def source_of(content: bytes) -> str:
    """The CSP source that allows exactly this inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"
