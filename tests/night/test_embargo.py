"""Before the hour, no figure of the source leaves by any channel; after it, pages fill alone."""

import base64
import re
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .folder import make_folder
from .server import Server, eventually

pytestmark = pytest.mark.slow

CANARIES = (7_654_321, 1_234_577)  # votes nobody would invent elsewhere
OPENS_IN = timedelta(seconds=25)  # long enough to start a server and crawl it


def disguises(number: int) -> Iterator[bytes]:
    """The number as a page, a log or a header might write it."""
    text = str(number)
    for separator in ("", ",", "\u202f", "\u00a0", " ", "&nbsp;", "\\u202f", "."):
        written = f"{number:,}".replace(",", separator) if separator else text
        yield written.encode()
    yield base64.b64encode(text.encode()).rstrip(b"=")[:-1]
    yield text.encode().hex().encode()


SECRETS = [d for n in (*CANARIES, sum(CANARIES)) for d in disguises(n)]
SHARES = [b"86,1", b"86.1"]  # short enough to stand in any library's code


def assert_no_secret(content: bytes, where: str) -> None:
    is_script = b"content-type: text/javascript" in content[:2_000]
    for secret in SECRETS if is_script else SECRETS + SHARES:
        assert secret not in content, f"{secret!r} in {where}"


def crawl(server: Server) -> dict[str, bytes]:
    """Every address found from the pages, with headers, as bytes."""
    waiting = ["/", "/ecran", "/?lang=en", "/ecran?lang=en", "/live/latest.json", "/healthz",
               "/api/results.csv", "/api/results.json", "/_dash-layout", "/ecran/_dash-layout",
               "/_dash-dependencies", "/nothing", "/live/events", "/feed.xml",
               "/feed.json", "/en/feed.json", "/share.png", "/en/share.png",
               "/live/replay/home.fr.json", "/live/replay/screen.en.json", "/metrics",
               "/sealed/snapshot.json", "/vigie"]  # fmt: skip
    seen: dict[str, bytes] = {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen[path] = fetch(server, path)
        for found in re.findall(rb'["(](/(?!/)[\w./?=&-]+)["\')]', seen[path]):
            waiting.append(found.decode())
    return seen


def fetch(server: Server, path: str) -> bytes:
    try:
        with urllib.request.urlopen(server.url + path, timeout=4) as answer:
            body = answer.read(400) if path == "/live/events" else answer.read()
            return bytes(answer.headers) + body
    except urllib.error.HTTPError as error:
        return bytes(error.headers) + error.read()
    except TimeoutError:
        return b""  # an event stream with nothing to say


@pytest.fixture
def embargoed(tmp_path: Path) -> Iterator[tuple[Server, datetime]]:
    opens = (datetime.now(UTC) + OPENS_IN).replace(microsecond=0)
    (tmp_path / "night").mkdir()
    folder = make_folder(tmp_path / "night", embargo=opens)
    folder.publish({1: CANARIES})
    with Server(folder.election, tmp_path / "state") as server:
        yield server, opens


def test_F53_nothing_leaves_before_the_hour(embargoed: tuple[Server, datetime]) -> None:
    server, opens = embargoed
    pages = crawl(server)
    eventually("the file has been read and archived", lambda: list(
        (server.state / "sealed" / "archive").glob("*")))  # fmt: skip
    pages |= {f"again {path}": content for path, content in crawl(server).items()}
    published = {
        str(p): p.read_bytes() for p in (server.state / "public").rglob("*") if p.is_file()
    }
    assert datetime.now(UTC) < opens, "the crawl took longer than the embargo: raise OPENS_IN"

    assert len(pages) > 20 and len(published) >= 4
    for where, content in {**pages, **published, "log": server.log.read_bytes()}.items():
        assert_no_secret(content, where)
    assert b'data-state="embargo"' in pages["/"] and b'data-state="embargo"' in pages["/ecran"]
    assert b"<entry>" not in pages["/feed.xml"] and b'"items":[]' in pages["/feed.json"]
    assert b"image/png" in pages["/share.png"], "its words are among what was published"
    assert (server.state / "sealed").stat().st_mode & 0o077 == 0

    hamon, valls = CANARIES
    eventually("the hour comes", lambda: server.votes() == {"hamon": hamon, "valls": valls}, 60)
    opened = datetime.now(UTC)
    assert opened >= opens
    eventually("every worker's page has it", lambda: all(
        b'data-state="early"' in server.get(path)[1] for path in ("/", "/ecran")))  # fmt: skip
