"""Every kind of request, asked of the ASGI application."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import codings
from dashboard.model import Election, Parent, Post, PostKind
from dashboard.web import follower
from dashboard.web.csp import source_of
from dashboard.web.events import Events
from dashboard.web.follower import BLOB_CACHE, Follower
from dashboard.web.front import Front
from dashboard.web.lifespan import Lifespan
from dashboard.web.site import assemble
from dashboard.wire import JSON

from .client import ask
from .conftest import site
from .fakes import GEOMETRY, Night, contest, document, pages

Serve = Callable[..., Front]
HOSTILE = "<img src=x onerror=alert(1)></main><script>alert(2)</script>&amp;"


def test_the_numbers_are_in_the_first_html(night: Night, serve: Serve) -> None:
    night.publish(votes=24_638)
    answer = ask(serve(), "/", accept_encoding="gzip, br")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "br"
    assert '<html lang="fr" data-page="home"' in answer.text
    assert '<data value="24638" data-field="votes">24638</data>' in answer.text
    assert re.search(r'<main [^>]*id="live"', answer.text)
    assert re.search(r'<main [^>]*data-state="partial"[^>]* data-version="1"', answer.text)
    assert "<title>Hamon 24638 voix</title>" in answer.text
    assert 'name="description" content="La primaire en direct"' in answer.text
    assert '<div id="react-entry-point" hidden></div>' in answer.text
    assert "Loading..." not in answer.text


def test_the_page_is_there_before_anything_is_published(serve: Serve) -> None:
    answer = ask(serve(), "/")
    assert answer.status == 200
    assert re.search(r'<main [^>]*data-state="waiting"[^>]* data-version="0"', answer.text)
    assert ask(serve(), "/healthz").status == 200
    assert ask(serve(), "/api/results.csv").status == 404


def test_a_language_a_contest_and_the_screen_have_their_own_page(
    night: Night, serve: Serve
) -> None:
    other = document(votes=777)
    night.publish({**pages(votes=100), "home.first-round.fr": other})
    app = serve()
    assert '<html lang="en"' in ask(app, "/?lang=en").text
    assert 'data-document="home.en"' in ask(app, "/?lang=en").text
    first_round = ask(app, "/?contest=first-round").text
    assert 'data-document="home.first-round.fr"' in first_round
    assert 'value="777"' in first_round
    assert '"requests_pathname_prefix":"/contest/first-round/"' in first_round
    assert ask(app, "/contest/first-round/_dash-layout").json["props"]["id"] == "live"
    screen = ask(app, "/ecran").text
    assert 'data-page="screen"' in screen
    assert screen == ask(app, "/ecran/").text


def test_each_parent_has_a_page_and_all_share_one_shell(night: Night) -> None:
    whole = replace(contest(), parents=(Parent("34", "Hérault"), Parent("2A", "Corse")))
    site = assemble(Election("e", "Primaire", (whole,)), {})
    night.publish({**pages(votes=100), "home.@34.fr": document(votes=777)})
    follower = Follower(night.store, site.build)
    events = Events(follower)
    front = Front(site, follower, events, Lifespan(follower, events))
    follower.refresh()
    page = ask(front, "/lieu/34/").text
    assert 'data-document="home.@34.fr"' in page and 'value="777"' in page
    assert '"requests_pathname_prefix":"/"' in page, "the Dash of the whole"
    assert 'data-document="home.@2A.en"' in ask(front, "/en/lieu/2A/").text
    for target in ("/lieu/35/", "/lieu/2a/", "/lieu/34/ecran/"):
        assert ask(front, target).status == 404, target


def test_a_query_nobody_knows_changes_nothing(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    plain = ask(app, "/")
    for query in ("?utm_source=x", "?lang=de", "?lang=../fr", "?x=" + "y" * 900):
        assert ask(app, f"/{query}").raw == plain.raw
    assert ask(app, "/?" + "a=1&" * 300).status == 414


def test_a_contest_nobody_knows_is_not_another_ones_result(night: Night, serve: Serve) -> None:
    night.publish()
    for target in ("/?contest=none", "/contest/none/", "/en/contest/none/ecran/", "/lieu/34/"):
        assert ask(serve(), target).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "//", "/index.html", "/assets/", "/assets/../pyproject.toml", "/live/",
        "/assets/%2e%2e/pyproject.toml", "/live/events/", "/live/" + "0" * 64 + ".json",
        "/live/../sealed/snapshot.json", "/_dash-update-component", "/_favicon.ico",
        "/docs", "/openapi.json", "/_reload-hash", "/_dash-ws-callback", "/_mcp", "/ecran/nothing",
        "/_dash-component-suites/dash/dcc/async-mathjax.js", "/_dash-component-suites/dash/dash.py",
        "/ecran//", "/ECRAN", "/\x00", "/é",
    ],
)  # fmt: skip
def test_F56_what_is_not_served_is_not_found(serve: Serve, path: str) -> None:
    app = serve()
    for method in ("GET", "POST", "DELETE"):
        answer = ask(app, path, method)
        assert (answer.status, answer.headers["cache-control"]) == (404, "public, max-age=1")
        assert len(answer.raw) < 100


def test_F56_wrong_methods_and_bodies_are_refused(serve: Serve) -> None:
    app = serve()
    for path in ("/", "/live/latest.json", "/healthz", "/_dash-layout", "/live/events"):
        for method in ("POST", "PUT", "OPTIONS", "TRACE"):
            assert ask(app, path, method).status == 405
    assert ask(app, "/", "POST", content_length="70000").status == 413
    assert ask(app, "/", "POST", transfer_encoding="chunked").status == 413
    assert ask(app, "/", "POST", content_length="-1").status == 400


def test_head_is_get_without_its_body(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    for path in ("/", "/live/latest.json", "/api/results.csv", "/nothing"):
        got, head = ask(app, path), ask(app, path, "HEAD")
        assert (head.status, head.headers, head.raw) == (got.status, got.headers, b"")


def test_a_held_answer_is_not_sent_again(night: Night, serve: Serve) -> None:
    night.publish(files={"results.csv": b"a;b\n", "results.json": b"{}"})
    app = serve()
    for path in (
        "/",
        "/live/latest.json",
        "/assets/soiree.js",
        "/api/results.csv",
        "/_dash-layout",
    ):
        tag = ask(app, path).headers["etag"]
        again = ask(app, path, if_none_match=f'"other", {tag}')
        assert (again.status, again.raw) == (304, b"")
        assert "content-length" not in again.headers
        assert ask(app, path, if_none_match='"other"').status == 200


def test_latest_says_where_everything_is(night: Night, serve: Serve) -> None:
    night.publish(votes=100)
    night.publish(votes=101)
    app = serve()
    answer = ask(app, "/live/latest.json")
    assert answer.headers["cache-control"].startswith("public, max-age=1, stale-while-revalidate=")
    latest = answer.json
    assert (latest["version"], latest["status"]["state"]) == (2, "ok")
    assert latest["build"] == site().build
    entry = latest["documents"]["home.fr"]
    assert ask(app, entry["url"]).json["document"]["title"] == "Hamon 101 voix"
    assert entry["patch"]["from"] == 1
    assert ask(app, entry["patch"]["url"]).json["patch"]["title"] == "Hamon 101 voix"
    packed = ask(app, entry["url"], accept_encoding="gzip")
    assert packed.headers["cache-control"] == BLOB_CACHE
    assert len(packed.raw) < len(ask(app, entry["url"]).raw)


def test_F54_what_was_withdrawn_is_not_served_from_memory_either(
    night: Night, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Post("1", datetime(2017, 1, 29, tzinfo=UTC), PostKind.NOTE, "Le mot de trop")
    night.publish(hostile="Le mot de trop", said=[said])
    app = serve()
    first = ask(app, "/live/latest.json").json["documents"]["home.fr"]["url"]
    assert "Le mot de trop" in ask(app, first).text
    late = app.follower._store.blob(first.removeprefix("/live/").removesuffix(".json"))  # type: ignore[attr-defined]
    night.publish()
    app.follower.refresh()
    assert ask(app, first).status == 404
    assert "Le mot de trop" not in ask(app, "/").text
    # Read from the disk just before the writer removed it there.
    with monkeypatch.context() as racing:
        racing.setattr(app.follower, "read", lambda blob: late)
        assert ask(app, first).status == 200
    assert ask(app, first).status == 404


def test_F54_no_cache_shows_a_page_or_a_document_for_ten_seconds(
    night: Night, serve: Serve
) -> None:
    night.publish(files={"results.json": b"{}", "feed.fr.xml": b"<feed/>"})
    app = serve()
    document = ask(app, "/live/latest.json").json["documents"]["home.fr"]["url"]
    for path in ("/", "/ecran", document, "/live/latest/home.fr.json", "/live/latest.json",
                 "/feed.xml", "/api/results.json", "/api/versions.json"):  # fmt: skip
        told = ask(app, path).headers["cache-control"]
        seconds = re.findall(r"(?:max-age|stale-while-revalidate)=(\d+)", told)
        assert seconds and sum(map(int, seconds)) <= 6, "and the rest is for reading the feed"
        assert "immutable" not in told


def test_a_document_is_compressed_once_by_whoever_serves_it(
    night: Night, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.publish()
    app = serve()
    url, *others = document_urls(app)
    compressed = count_compressed(monkeypatch)
    for coding in ("br", "gzip", "br"):
        answer = ask(app, url, accept_encoding=coding)
        assert answer.headers["content-encoding"] == coding
        assert answer.json == ask(app, url).json
    assert len(compressed) == 1
    for other in others:
        assert ask(app, other, accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert len(compressed) == 1 + len(others) > 1


def test_what_a_worker_keeps_is_bounded(
    night: Night, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.publish()
    app = serve()
    urls = document_urls(app)
    compressed = count_compressed(monkeypatch)
    monkeypatch.setattr(follower, "_KEPT_BYTES", 0)
    said = [ask(app, url, accept_encoding="gzip").json for url in urls]
    assert [ask(app, url, accept_encoding="br").json for url in urls] == said
    assert len(compressed) == 2 * len(urls)


def document_urls(app: Front) -> list[str]:
    return [place["url"] for place in ask(app, "/live/latest.json").json["documents"].values()]


def count_compressed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is compressed from now on."""
    compressed: list[bytes] = []
    at_once = codings.at_once

    def counted(body: bytes) -> dict[str, bytes]:
        compressed.append(body)
        return at_once(body)

    monkeypatch.setattr(codings, "at_once", counted)
    return compressed


def test_a_long_step_is_told_by_address(night: Night, serve: Serve) -> None:
    night.publish(votes=100)
    night.publish(votes=101, hostile="x" * 10_000)
    app = serve()
    step = ask(app, "/live/latest/home.fr.json").json["patch"]
    assert step["from"] == 1 and "change" not in step
    assert ask(app, step["url"]).json["patch"]["title"] == "Hamon 101 voix"


def test_a_poll_is_one_documents_address_or_nothing(night: Night, serve: Serve) -> None:
    target = "/live/latest/home.fr.json"
    app = serve()
    assert ask(app, target).json["version"] == 0  # known before anything is published
    assert ask(app, "/live/latest/other.fr.json").status == 404
    night.publish(votes=100)
    night.publish(votes=101)
    app.follower.refresh()
    first = ask(app, target)
    assert first.json["version"] == 2
    assert (step := first.json["patch"])["from"] == 1 and "url" not in step
    assert step["change"]["title"] == "Hamon 101 voix"
    assert first.json["status"]["state"] == "ok" and first.json["build"] == site().build
    # The source is looked at again; nothing else has changed.
    night.report()
    app.follower.refresh()
    again = ask(app, target, if_none_match=first.headers["etag"])
    assert again.status == 304 and again.raw == b""
    assert again.headers["x-checked-at"] > first.headers["x-checked-at"]
    line = len("HTTP/1.1 304 Not Modified\r\ndate: Sun, 29 Jan 2017 19:47:00 GMT\r\n\r\n")
    assert line + sum(len(f"{n}: {v}\r\n") for n, v in again.headers.items()) <= 250
    night.report("trouble", "missing")
    app.follower.refresh()
    assert ask(app, target, if_none_match=first.headers["etag"]).status == 200


def test_nobody_outside_learns_the_process_id(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    for path in ("/", "/live/latest.json", "/healthz", "/ecran"):
        assert "4242" not in ask(app, path).text


def test_F43_a_worker_never_goes_back(night: Night, serve: Serve) -> None:
    night.publish(votes=100)
    old = (night.store.root / "public/pointer.json").read_bytes()
    night.publish(votes=101)
    app = serve()
    (night.store.root / "public/pointer.json").write_bytes(old)
    app.follower.refresh()
    assert ask(app, "/live/latest.json").json["version"] == 2
    assert 'value="101"' in ask(app, "/").text


def test_F43_an_asker_who_saw_more_makes_a_worker_look(night: Night, serve: Serve) -> None:
    night.publish(votes=100)
    behind = serve()
    night.publish(votes=101)
    assert ask(behind, "/live/latest.json").json["version"] == 1
    assert ask(behind, "/live/latest.json?since=2").json["version"] == 2


def test_a_store_that_cannot_be_read_changes_nothing(night: Night, serve: Serve) -> None:
    night.publish(votes=100)
    app = serve()
    (night.store.root / "public/pointer.json").write_bytes(b"{")
    (night.store.root / "public/status.json").unlink()
    app.follower.refresh()
    assert ask(app, "/live/latest.json").json["version"] == 1
    assert ask(app, "/healthz").json["state"] == "ok"


def test_exports_are_open_data(night: Night, serve: Serve) -> None:
    night.publish(files={"results.csv": b"code;votes\n", "results.json": b'{"a":1}'})
    app = serve()
    answer = ask(app, "/api/results.csv")
    assert answer.raw == b"code;votes\n"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="results.csv"'
    assert answer.headers["access-control-allow-origin"] == "*"
    assert ask(app, "/api/results.json").json == {"a": 1}
    night.publish(votes=2, files={"results.csv": b"new\n", "results.json": b"{}"})
    app.follower.refresh()
    assert ask(app, "/api/results.csv").raw == b"new\n"


def test_the_results_of_every_version_are_open_data(night: Night, serve: Serve) -> None:
    for number in range(1, 4):
        night.publish(votes=number, files={"results.csv": b"%d\n" % number})
    app = serve()
    versions = ask(app, "/api/versions.json")
    assert versions.headers["access-control-allow-origin"] == "*"
    assert [entry["version"] for entry in versions.json["versions"]] == [1, 2, 3]
    addresses = [entry["files"]["results.csv"] for entry in versions.json["versions"]]
    assert addresses[0] == "/api/versions/1/results.csv"
    assert [ask(app, address).raw for address in addresses] == [b"1\n", b"2\n", b"3\n"]
    assert "immutable" in ask(app, addresses[0]).headers["cache-control"]
    night.publish(votes=4, files={"results.csv": b"4\n"})
    assert ask(app, "/api/versions/4/results.csv").status == 404, "not before it is in view"
    app.follower.refresh()
    assert ask(app, "/api/versions/4/results.csv").raw == b"4\n"
    assert len(ask(app, "/api/versions.json").json["versions"]) == 4
    for path in ("/api/versions/5/results.csv", "/api/versions/1/results.json", "/api/versions/",
                 "/api/versions/1/", "/api/versions/-1/results.csv"):  # fmt: skip
        assert ask(app, path).status == 404, path


def test_only_a_chart_alone_may_stand_in_another_site_s_frame(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    for path in ("/", "/ecran", "/en/", "/embed/bars/", "/en/embed/bars"):
        page = ask(app, path)
        policy = page.headers["content-security-policy"]
        in_frames = "frame-ancestors *" in policy
        assert in_frames == ("embed" in path), path
        assert ("frame-ancestors 'none'" in policy) != in_frames
        assert 'data-document="home.' in page.text or path == "/ecran"
    first = ask(app, "/").text
    assert 'data-page="home"' in first, "of the two pages of one document each is kept by itself"
    assert 'data-page="embed-bars"' in ask(app, "/embed/bars/").text


def test_health_says_the_state_and_stays_200(night: Night, serve: Serve) -> None:
    night.publish()
    night.report("trouble", "missing", since="2017-01-29T20:00:00Z")
    answer = ask(serve(), "/healthz")
    assert answer.status == 200
    health = answer.json
    assert (health["state"], health["code"], health["version"]) == ("trouble", "missing", 1)
    assert health["last_good"] == "2017-01-29T19:47:00Z"
    assert health["age_seconds"] > 1e8
    assert 0 <= health["checked_age_seconds"] < 60


def test_maps_and_files_are_kept_for_ever_by_fingerprint(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    geometry = ask(app, next(iter(GEOMETRY)), accept_encoding="gzip")
    assert "immutable" in geometry.headers["cache-control"]
    assert geometry.headers["content-encoding"] == "gzip"
    addresses = re.findall(r'(?:src|href)="([^"]+\?m=[0-9a-f]{16})"', ask(app, "/").text)
    assert len(addresses) > 10
    for address in addresses:
        assert "immutable" in ask(app, address).headers["cache-control"], address
        old = address[:-4] + "0000"
        assert ask(app, old).headers["cache-control"] == "public, max-age=60"


def test_a_font_is_fetched_once(night: Night, serve: Serve) -> None:
    app = serve()
    page = ask(app, "/").text
    sent_for = re.findall(r'as="font"[^>]*href="([^"]+)"', page)
    used = re.findall(r"url\((/[^)]+)\)", page)
    assert len(sent_for) == 2
    assert set(sent_for) < set(used)
    assert all("?m=" in address for address in used)


def test_every_answer_carries_the_security_headers(night: Night, serve: Serve) -> None:
    night.publish(files={"results.csv": b"", "results.json": b"{}"})
    app = serve()
    for path in ("/", "/ecran", "/nothing", "/live/latest.json", "/api/results.csv", "/healthz"):
        headers = ask(app, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        if headers["content-type"] != "application/json":
            assert headers["referrer-policy"] == "no-referrer"
            assert "geolocation=()" in headers["permissions-policy"]
            assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "cross-origin-resource-policy" in headers
        assert "set-cookie" not in headers
        assert "server" not in headers


def test_the_policy_has_no_exception(night: Night, serve: Serve) -> None:
    night.publish()
    app = serve()
    for path in ("/", "/ecran"):
        answer = ask(app, path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "upgrade-insecure-requests" not in policy, "a town hall serves plain HTTP"
        assert not re.search(r"\*|https?:|//", policy), "no foreign host"
        # Exactly what is inline in this page, and the empty style element of Dash and Plotly.
        inline = re.findall(r"<(?:script|style)>(.*?)</", answer.text, re.DOTALL)
        assert re.findall(r"'sha256-[^']+'", policy) == [
            source_of(content.encode()) for content in (*inline, "")
        ]
        assert not re.search(r' style="| on[a-z]+="', answer.text)


def test_an_unchanged_answer_is_short(night: Night, serve: Serve) -> None:
    """At most 250 bytes on the wire, with the server's date."""
    night.publish(files={"results.csv": b"a;b\n", "results.json": b"{}"})
    app = serve()
    for path in ("/", "/live/latest/home.fr.json", "/api/results.csv"):
        again = ask(app, path, if_none_match=ask(app, path).headers["etag"])
        assert again.status == 304
        lines = [f"{name}: {value}" for name, value in again.headers.items()]
        date = "date: Tue, 24 Nov 2026 23:25:04 GMT"
        wire = "\r\n".join(["HTTP/1.1 304 Not Modified", date, *lines, "", ""])
        assert len(wire) <= 250, wire
        assert "x-content-type-options" not in again.headers


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b'{"output":"live.children","inputs":[]}', b"[" * 60_000]
)
def test_F56_a_callback_is_not_found_whatever_it_says(serve: Serve, body: bytes) -> None:
    """No callback runs on the server, so its address is nothing; nobody reads the body."""
    answer = ask(
        serve(), "/_dash-update-component", "POST",
        content_type="application/json", content_length=str(len(body)),
    )  # fmt: skip
    assert (answer.status, answer.text) == (404, "There is nothing here.\n")


def test_F56_a_length_of_many_digits_is_too_large(serve: Serve) -> None:
    assert ask(serve(), "/", "POST", content_length="9" * 5_000).status == 413


def test_scripts_of_dash_bring_no_styles_and_no_source_maps(serve: Serve) -> None:
    app = serve()
    scripts = re.findall(r'<script defer src="([^"?]+)', ask(app, "/").text)
    assert any("dash_core_components" in path for path in scripts)
    for path in scripts:
        text = ask(app, path).text
        assert "sourcesContent" not in text
        assert not re.search(r'\.push\(\[\w+\.id,"[^"]', text), path
        assert ask(app, f"{path}.map").status == 404
    polyfill = next(path for path in scripts if "polyfill" in path)
    # Dash's components call one module of Babel's polyfill.
    assert len(ask(app, polyfill).text) < 10_000
    assert "regeneratorRuntime=" in ask(app, polyfill).text


def test_F32_hostile_text_is_text_in_the_first_html(night: Night, serve: Serve) -> None:
    night.publish({**pages(), "home.fr": {**document(hostile=HOSTILE), "title": HOSTILE}})
    text = ask(serve(), "/").text
    assert "<img" not in text
    assert "<script>alert" not in text
    assert text.count("</main>") == 1
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_the_page_brings_nothing_it_does_not_need(night: Night, serve: Serve) -> None:
    night.publish()
    text = ask(serve(), "/").text
    config = json.loads(re.search(r'id="_dash-config"[^>]*>(.*?)</script>', text)[1])  # type: ignore[index]
    assert not {"end_id", "python_version", "dash_version_url", "websocket"} & set(config)
    assert not config["ui"]
    assert "dash_table" not in re.sub(r'id="_dash-config".*?</script>', "", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


@pytest.mark.slow
def test_two_processes_write_the_same_page(night: Night) -> None:
    night.publish()
    script = (
        "from tests.web.conftest import site; from tests.web.client import ask;"
        "from dashboard.web.app import create_app; from tests.web.fakes import *; import sys;"
        "app = create_app(election(), DirectoryStore(Path(sys.argv[1])), GEOMETRY);"
        "app.follower.refresh(); print(site().build, [ask(app, p).raw for p in ('/', '/ecran')])"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", script, str(night.store.root)],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "5", "8")  # three orders of Dash's sets
    }
    assert len(written) == 1


def test_the_night_so_far_is_one_compressed_file(night: Night, serve: Serve) -> None:
    for votes in (100, 101, 102):
        night.publish(votes=votes)
    app = serve()
    answer = ask(app, "/live/replay/home.fr.json", accept_encoding="br")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
    assert answer.headers["cache-control"].startswith("public, max-age=5,")
    assert [step["version"] for step in answer.json["steps"]] == [1, 2, 3]
    night.publish(votes=103)
    app.follower.refresh()
    assert len(ask(app, "/live/replay/home.fr.json").json["steps"]) == 4
    assert ask(app, "/replay.json").raw == ask(app, "/live/replay/home.fr.json").raw
    for name in ("nothing.fr", "..", "home.fr.jsonl"):
        assert ask(app, f"/live/replay/{name}.json").status == 404


def test_F54_a_withdrawn_post_is_in_no_replay_that_was_asked_for_before(
    night: Night, serve: Serve
) -> None:
    feed: JSON = ["div", {}, ["ol", {}, {"1": ["li", {"data-order": "0"}, "withdrawn"]}]]

    def publish(number: int, says: str, **parts: JSON) -> None:
        home: JSON = {"state": "partial", "n": number, "parts": dict(parts)}
        night.publish({"home.fr": home, "screen.fr": {"state": "partial", "says": says}})

    publish(1, "withdrawn", feed=feed)
    publish(2, "another", feed=feed)
    app = serve()
    assert b"withdrawn" in ask(app, "/live/replay/screen.fr.json").raw
    publish(3, "another")
    app.follower.refresh()
    for name in ("home.fr", "screen.fr"):
        answer = ask(app, f"/live/replay/{name}.json")
        assert answer.status == 200 and b"withdrawn" not in answer.raw
