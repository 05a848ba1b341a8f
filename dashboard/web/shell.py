"""Everything a page needs of Dash, asked once at start and kept as bytes.

Dash owns the layout, the components and the client-side callbacks; no callback runs on the
server. What Dash would answer therefore never changes while the process lives: each instance is
asked through its own ASGI interface, once, and never again.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from dash import ClientsideFunction, Dash, Input
from dash.backends._fastapi import FastAPIDashServer
from dash.development.base_component import Component
from dash.fingerprint import check_fingerprint

from ..wire import encode
from . import skeleton
from .bundle import small_bundle
from .csp import without_styles
from .responses import Message

SUITES = "_dash-component-suites/"
PLOTLY = f"{SUITES}plotly/package_data/plotly.min.js"
START = f"{SUITES}start.js"
_START = re.compile(r"\A<script[^>]*>(.*)</script>\Z", re.DOTALL)
# What scripts fetch by themselves, under the address of the page (Plotly) or of the script.
_LAZY = (
    PLOTLY,
    f"{SUITES}dash/dcc/async-graph.js",
    f"{SUITES}dash/dcc/dash_core_components-shared.js",
)
# Bundles Dash puts on every page: a table we do not use, and a chunk that comes with the first
# graph if it is not there yet.
_LEFT_OUT = re.compile(r"/dash_table/|/dash_core_components-shared\.")
# The one module of Babel's polyfill that Dash's components call: the rest is for browsers of 2015.
_REGENERATOR = re.compile(
    rb":\[(function\(\w+,\w+,\w+\)\{(?:(?!:\[function\().)*"
    rb"try\{regeneratorRuntime=\w+\}catch\(\w+\)\{[^{}]*\}\}),\{\}\]",
    re.DOTALL,
)
# A secret of callbacks we do not have, versions for an attacker to look up, a foreign address.
_CONFIG_LEFT_OUT = ("end_id", "python_version", "dash_version", "dash_version_url")


class _QuietServer(FastAPIDashServer):
    """The FastAPI backend without the WebSocket that every page would otherwise open."""

    websocket_capability = False


@dataclass(frozen=True, slots=True)
class Shell:
    """One page for one contest, as Dash gives it, before any result is put in."""

    component: Component
    config: str  # <script id="_dash-config">…
    scripts: tuple[str, ...]  # paths under "/", in order of execution
    lazy: tuple[str, ...]  # paths that these scripts will ask for
    layout: bytes  # JSON the renderer fetches
    dependencies: bytes  # JSON the renderer fetches
    suites: dict[str, bytes]  # JavaScript by path under "/"

    def config_under(self, folder: str) -> str:
        """The configuration where Dash's addresses are under ``folder``: "/build/1d40"."""
        key = '"requests_pathname_prefix":"'
        return self.config.replace(key, key + folder, 1)


class _Page(Dash):
    """Dash, keeping the pieces of its index instead of writing one."""

    pieces: dict[str, str]

    def interpolate_index(self, *arguments: Any, **pieces: Any) -> Any:
        self.pieces = pieces
        return super().interpolate_index(*arguments, **pieces)  # type: ignore[no-untyped-call]


def build(component: Component, prefix: str) -> Shell:
    """What a Dash instance serving ``component`` under ``prefix`` ("/", "/ecran/") has to say."""
    app = _dash(component, prefix)
    # In a thread of its own: a server may import us while its event loop is running.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_ask(app, component, prefix))).result()


def _dash(component: Component, prefix: str) -> _Page:
    app = _Page(
        __name__,
        backend=_QuietServer,
        requests_pathname_prefix=prefix,
        routes_pathname_prefix=prefix,
        include_assets_files=False,  # the index names them itself, by content
        update_title=None,  # type: ignore[arg-type]  # live.js writes the title
        suppress_callback_exceptions=True,
        add_log_handler=False,
    )
    app.layout = component
    if "map" in skeleton.graphs(component):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction(namespace="soiree", function_name="selectArea"),
            Input("map", "clickData"),
            prevent_initial_call=True,
        )
    return app


async def _ask(app: _Page, component: Component, prefix: str) -> Shell:
    await _get(app.server, prefix)
    layout = _sorted(await _get(app.server, f"{prefix}_dash-layout"))
    dependencies = _sorted(await _get(app.server, f"{prefix}_dash-dependencies"))
    addresses = [
        address
        for address in re.findall(r'src="([^"]+)"', app.pieces["scripts"])
        if not _LEFT_OUT.search(address)
    ]
    suites = {_plain(a, prefix): await _get(app.server, a) for a in addresses}
    # Dash starts itself by an inline script; as a file it can wait for the others, and needs no
    # exception in the content security policy.
    suites[f"/{START}"] = _START.sub(r"\1", app.pieces["renderer"]).encode()
    scripts = tuple(suites)
    for path in _LAZY:
        suites[f"/{path}"] = await _get(app.server, f"{prefix}{path}")
    suites[f"/{PLOTLY}"] = small_bundle() or suites[f"/{PLOTLY}"]
    suites = {path: _needed(path, content) for path, content in suites.items()}
    return Shell(
        component=component,
        config=_config(app.pieces["config"]),
        scripts=scripts,
        lazy=(f"{prefix}{PLOTLY}", *[f"/{path}" for path in _LAZY if path != PLOTLY]),
        layout=layout,
        dependencies=dependencies,
        suites=suites,
    )


def _needed(path: str, script: bytes) -> bytes:
    """What of Dash's ``script`` a page of ours runs."""
    found = _REGENERATOR.search(script) if "/polyfill@" in path else None
    return b"(%s)(0,{exports:{}})" % found[1] if found else without_styles(script)


def _plain(address: str, prefix: str) -> str:
    """The address under "/" and without Dash's fingerprint, which is a file's time on this disk:
    all pages and all machines shall name the same file alike."""
    path, _ = check_fingerprint(address.removeprefix(prefix))  # type: ignore[no-untyped-call]
    return f"/{path}"


def _config(element: str) -> str:
    opening, content, closing = re.fullmatch(r"(<[^>]*>)(.*)(</script>)", element, re.S).groups()  # type: ignore[union-attr]
    config = json.loads(content)
    for name in _CONFIG_LEFT_OUT:
        config.pop(name, None)
    config["children_props"] = {}  # of components in props: no page of ours has any
    return str(opening + encode(config).decode().replace("<", "\\u003c") + closing)


def _sorted(content: bytes) -> bytes:
    """The same JSON in one order: Dash writes props as a set gives them, another in each process,
    and a restart would look like another program to every open page."""
    return json.dumps(json.loads(content), sort_keys=True, separators=(",", ":")).encode()


async def _get(app: Callable[..., Any], path: str) -> bytes:
    """The body of ``GET path``; ``RuntimeError`` when the answer is not 200."""
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answers.append(message)

    await app(_scope(path), receive, send)
    if answers[0]["status"] != 200:
        raise RuntimeError(f"Dash answered {answers[0]['status']} to GET {path}, expected 200.")
    return b"".join(_bodies(answers))


def _bodies(messages: list[Message]) -> Iterator[bytes]:
    return (message.get("body", b"") for message in messages[1:])


def _scope(path: str) -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }
