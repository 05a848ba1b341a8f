"""The desk's panel: who sees it, and what it says."""

import asyncio
import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dashboard.model import Election
from dashboard.store import DirectoryStore
from dashboard.web.app import create_app
from dashboard.web.front import Front
from tests.builders import make_contest, make_election

NOWHERE = DirectoryStore(Path("/nowhere/soiree"))
TOKEN = "not-to-be-guessed"
LOCAL = {"host": "localhost:8050"}
CHANGE = {"unit": "u2", "name": "<b>Mèze</b>", "what": "valid_votes", "before": 312, "after": ""}
FINDING = {
    "code": "C202", "severity": "hold", "fr": "Exprimés <faux>.", "en": "Valid <wrong>.",
    "unit": "u2", "since": "2017-01-29T20:04:09Z",
}  # fmt: skip
SAID: Mapping[str, Any] = {
    "sources": [
        {
            "name": "second-round", "kind": "results", "location": "/srv/results.csv",
            "state": "trouble", "code": "torn", "since": "2017-01-29T20:03:00Z", "detail": "half",
        }
    ],
    "contests": [
        {
            "id": "second-round", "title": "Primaire", "timezone": "Europe/Paris", "sealed": False,
            "files": [
                {
                    "at": "2017-01-29T20:04:00Z", "name": "results.csv", "digest": "ab" * 32,
                    "bytes": 1234, "rows": 4, "units": 1, "corrections": 1, "findings": 1,
                    "changes": [CHANGE],
                }
            ],
            "open": [FINDING], "open_count": 1, "held_count": 1,
            "closed": [{**FINDING, "until": "2017-01-29T20:09:00Z"}],
            "held": [{"unit": "u2", "name": "Mèze"}],
            "quarantine": {
                "name": "results.csv", "digest": "cd" * 32, "since": "2017-01-29T20:04:00Z",
                "until": "2017-01-29T20:06:00Z", "why": [{**FINDING, "severity": "wait"}],
                "changes": [CHANGE], "has_more": True,
            },
        }
    ],
}  # fmt: skip


class DeskFiles:
    """The sealed folder of a test."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content

    def load(self, name: str) -> bytes | None:
        assert name == "desk.json"
        return self.content


def panel_app(token: str = "", content: bytes | None = None) -> Front:
    election: Election = make_election(make_contest())
    files = DeskFiles(json.dumps(SAID).encode() if content is None else content)
    return create_app(election, NOWHERE, {}, desk=files, desk_token=token)


def ask(
    app: Front,
    path: str = "/vigie",
    headers: Mapping[str, str] = LOCAL,
    client: str = "127.0.0.1",
    method: str = "GET",
) -> tuple[int, dict[str, str], str]:
    scope = {
        "type": "http", "path": path, "query_string": b"", "method": method,
        "client": (client, 50000),
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    asyncio.run(app(scope, receive, send))
    told = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"].decode()


def basic(token: str) -> Mapping[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"desk:{token}".encode()).decode()}


def test_this_machine_sees_it_without_a_token() -> None:
    status, headers, body = ask(panel_app())
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "Vigie" in body
    assert ask(panel_app(), client="::1", headers={"host": "[::1]:8050"})[0] == 200


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        (LOCAL, "192.0.2.7"),
        ({**LOCAL, "x-forwarded-for": "192.0.2.7"}, "127.0.0.1"),
        ({**LOCAL, "forwarded": "for=192.0.2.7"}, "127.0.0.1"),
        ({"host": "soiree.example"}, "127.0.0.1"),  # DNS rebinding
        ({"host": "localhost.example:8050"}, "127.0.0.1"),
        ({}, "127.0.0.1"),
        (LOCAL, "not an address"),
        ({**LOCAL, **basic(TOKEN)}, "192.0.2.7"),
    ],
)
def test_nobody_else_learns_that_it_is_there(headers: Mapping[str, str], client: str) -> None:
    status, _, body = ask(panel_app(), headers=headers, client=client)
    assert (status, body) == (404, "There is nothing here.\n")


def test_with_a_token_it_is_for_who_gives_it() -> None:
    app = panel_app(TOKEN)
    status, headers, body = ask(app)
    assert (status, headers["www-authenticate"].split()[0]) == (401, "Basic")
    assert "Mèze" not in body
    far = {"host": "soiree.example", "x-forwarded-for": "192.0.2.7"}
    assert ask(app, headers={**far, **basic(TOKEN)})[0] == 200
    assert ask(app, headers={**far, "authorization": f"Bearer {TOKEN}"})[0] == 200
    for wrong in ("Basic %%%", "Basic", "Bearer", f"Bearer {TOKEN}x", f"Digest {TOKEN}"):
        assert ask(app, headers={**far, "authorization": wrong})[0] == 401
    assert ask(app, headers=basic("wrong"))[0] == 401


def test_it_says_all_there_is_and_nothing_of_it_is_markup() -> None:
    french = ask(panel_app())[2]
    for words in (
        "Sources regardées à –", "en difficulté", "21:03:00", "torn half",
        "results.csv attend depuis 21:04:00", "sera publié à 21:06:00", "unité retenue",
        "Exprimés &lt;faux&gt;.", "&lt;b&gt;Mèze&lt;/b&gt; (u2)", ">exprimés<", ">312<",
        "Et d’autres encore.", "Unités en vérification (1)", "1 234".replace(" ", "\u202f"),
    ):  # fmt: skip
        assert words in french, words
    english = ask(panel_app(), "/en/vigie")[2]
    assert "In quarantine" in english and "Valid &lt;wrong&gt;." in english
    assert '<html lang="en">' in english


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"contests": []}'])
def test_it_opens_before_the_watcher_has_said_anything(content: bytes) -> None:
    status, _, body = ask(panel_app(content=content))
    assert status == 200 and "Vigie" in body


def test_it_is_read_only_and_only_where_there_is_a_desk() -> None:
    assert ask(panel_app(), method="POST")[0] == 405
    app = create_app(make_election(make_contest()), NOWHERE, {})
    assert ask(app)[0] == 404
