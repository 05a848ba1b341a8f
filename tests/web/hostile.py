"""Requests nobody means well by: a table of known attacks, and more of their kind by a seed."""

import random
from collections.abc import Iterator
from typing import NamedTuple


class Attack(NamedTuple):
    name: str
    sent: bytes
    answers: frozenset[int]  # statuses that are right; empty: closing without a word is too


def _one(name: str, sent: bytes, *answers: int) -> Attack:
    return Attack(name, sent, frozenset(answers))


def _get(target: str, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: x", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


_CHUNKED = "Transfer-Encoding: chunked"
# Each on a connection of its own: after most of them the server rightly hangs up.
TABLE = (
    _one("no host", b"GET / HTTP/1.1\r\n\r\n", 400),
    _one("two hosts", _get("/", "Host: evil"), 400),
    _one("other host", b"GET / HTTP/1.1\r\nHost: evil\r\n\r\n", 200),
    _one("HTTP/1.0", b"GET / HTTP/1.0\r\n\r\n", 200),
    _one("HTTP/0.9", b"GET /\r\n\r\n", 200, 400),
    _one("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    _one("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
    _one("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(90), 400),
    _one("NULs", bytes(64), 400),
    _one("SSH", b"SSH-2.0-OpenSSH_9.2p1\r\n", 400),
    _one("JSON-RPC", b'{"jsonrpc": "2.0", "method": "eth_accounts"}\r\n\r\n', 400),
    _one("bare line feeds", b"GET / HTTP/1.1\nHost: x\n\n", 200, 400),
    _one("folded header", _get("/", "X: a\r\n b"), 200, 400),
    _one("space before colon", _get("/", "X : a"), 400),
    _one("header without name", _get("/", ": a"), 400),
    _one("NUL in a header", _get("/", "X: \x00"), 400),
    _one("carriage return in a header", _get("/", "X: a\rY: b"), 400),
    _one("space in the target", _get("/a b"), 400),
    _one("bytes in the target", _get("/\xe9\xff"), 400, 404),
    _one("absolute target", _get("http://evil.example/ecran"), 200, 404),
    _one("absolute target, no path", _get("http://evil.example"), 200, 400),
    _one("authority target", _get("evil.example:443", method="CONNECT"), 400, 404, 405),
    _one("asterisk", _get("*", method="OPTIONS"), 400, 404, 405),
    _one("target without slash", _get("ecran"), 400),
    _one("split answer", _get("/?lang=fr%0d%0aSet-Cookie:%20a=b"), 200),
    _one("long path", _get("/" + "a" * 5_000), 414),
    _one("ten thousand parameters", _get("/?" + "&".join(f"p{n}=1" for n in range(10_000))), 414),
    _one("query over the limit", _get("/?" + "a=1&" * 500), 414),
    _one("large header", _get("/", "X: " + "a" * 20_000), 431),
    _one("endless header", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000, 431),
    _one("endless target", b"GET /" + b"a" * 300_000, 414, 431),
    _one("many headers", _get("/", *[f"X-{n}: 1" for n in range(200)]), 431),
    _one("length and chunks", _get("/", "Content-Length: 4", _CHUNKED, body=b"0\r\n"), 400, 413),
    _one("two lengths", _get("/", "Content-Length: 1", "Content-Length: 2", body=b"a"), 400),
    _one("negative length", _get("/", "Content-Length: -1"), 400),
    _one("length of letters", _get("/", "Content-Length: ten"), 400),
    _one("length with a sign", _get("/", "Content-Length: +1", body=b"a"), 400),
    _one("endless length", _get("/", "Content-Length: " + "9" * 400), 400, 413),
    _one("large length", _get("/", "Content-Length: 999999999", method="POST"), 413),
    _one("chunks", _get("/", _CHUNKED, method="POST", body=b"1\r\na\r\n0\r\n\r\n"), 413),
    _one("bad chunks", _get("/", _CHUNKED, method="POST", body=b"zz\r\n"), 400, 413),
    _one("odd coding", _get("/", "Transfer-Encoding: xchunked", method="POST"), 400, 413),
    _one("expectation", _get("/", "Expect: 100-continue", "Content-Length: 9", method="POST"), 405),
    _one(
        "websocket",
        _get(
            "/_dash-ws-callback", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ),
        404,
    ),
    _one("HTTP/2 upgrade", _get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"), 200),
    _one("a stream that is left", _get("/live/events?document=home.fr", "Connection: close"), 200),
    _one("a stream of nothing", _get("/live/events?document=../..&since=1e9"), 200, 404),
    _one("garbage after a request", _get("/nothing") + b"\x00\xff\x00\r\n\r\n", 400, 404),
    _one("hanging up", b"GET / HT"),
)  # fmt: skip

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
_PATHS = (
    "/", "/ecran", "/live/latest.json", "/live/" + "0" * 64 + ".json", "/api/results.csv",
    "/api/versions.json", "/api/versions/1/results.csv",
    "/healthz", "/_dash-update-component", "/_dash-layout", "/_dash-dependencies", "/_reload-hash",
    "/_mcp", "/assets/soiree.js", "/_dash-component-suites/dash/dcc/async-graph.js", "/.git/config",
    "/.env", "/_dash-component-suites/dash/dcc/async-graph.js.map", "/docs", "/openapi.json",
    "/admin", "/wp-login.php", "/cgi-bin/luci", "/server-status", "/sealed/archive",
    "/public/pointer.json",
)  # fmt: skip
_TWISTS = (
    "..", "../" * 8 + "etc/passwd", "%2e%2e%2f" * 6, "..%5c", "%252e%252e/", "%00", "%0d%0aX:%20y",
    "//", "/./", ";a=b", "%c0%ae", "%ff%fe", "%", "%zz", "~", "'", "\"><script>", "{{7*7}}",
    "${jndi:ldap://x/a}", "*", "\\", ":8080", "@evil", "a" * 900,
)  # fmt: skip
_QUERIES = (
    "", "lang=../../etc", "lang=en&lang=fr", "contest=%00", "contest[]=1", "since=-1",
    "since=1e309", "since=" + "9" * 400, "m=0000000000000000", "m=" + "f" * 600, "theme=<b>",
    "a=" + "%00" * 60, "&&&&", "====", "document=home.fr", "%", "?", "callback=alert",
    "utm_source=" + "x" * 200, "a=1&" * 400,
)  # fmt: skip
_HEADERS = (
    "X-Forwarded-Host: evil", "X-Forwarded-Proto: javascript", "X-HTTP-Method-Override: DELETE",
    "X-Original-URL: /sealed", "Cookie: a=b; session=' OR 1=1", "Authorization: Basic Og==",
    "If-None-Match: *", "If-None-Match: " + '"a",' * 200, "Accept-Encoding: br;q=0, *;q=0",
    "Accept-Encoding: " + "x;q=1," * 150, "Range: bytes=0-,0-,0-", "Range: bytes=9-1",
    "Last-Event-ID: -1", "Last-Event-ID: " + "9" * 300, "Content-Type: text/plain", "Origin: null",
    "Accept: ../../..", "User-Agent: () { :; }; echo", "Referer: javascript:1", "TE: trailers",
)  # fmt: skip
_BODIES = (
    b"", b"{}", b"null", b'{"output":"live.children"', b'{"output":"a.b","inputs":[{"id":1}]}',
    b"[" * 900, b"\x00" * 64, b'{"output":"' + b"x" * 500 + b'"}', b"a=b&c=d",
)  # fmt: skip


def requests(number: int, seed: int) -> Iterator[bytes]:
    """Well-formed requests of bad intent, after each of which the connection stays open."""
    chance = random.Random(seed)
    for _ in range(number):
        path = chance.choice(_PATHS) + "".join(chance.choices(_TWISTS, k=chance.randrange(3)))
        query = chance.choice(_QUERIES)
        target = (f"{path}?{query}" if query else path).replace(" ", "+")
        headers = chance.sample(_HEADERS, chance.randrange(4))
        body = chance.choice(_BODIES) if chance.random() < 0.5 else b""
        if body:
            headers.append(f"Content-Length: {len(body)}")
        yield _get(target, *headers, method=chance.choice(_METHODS), body=body)


def broken(number: int, seed: int) -> Iterator[bytes]:
    """Requests with some bytes changed, doubled, cut out or cut off."""
    chance = random.Random(seed)
    for request in requests(number, seed + 1):
        at = chance.randrange(len(request))
        noise = chance.randbytes(chance.randrange(1, 9))
        yield chance.choice(
            (
                request[:at] + noise + request[at:],
                request[:at] + noise + request[at + len(noise) :],
                request[:at] + request[at + 1 :],
                request[:at],
                request[at:],
            )
        )
