"""An S3 server, a CDN in front of its bucket, and Chromium: nothing of ours answers."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from playwright.sync_api import Browser, Page
from s3fs import S3FileSystem

from dashboard.publish.destination import Bucket, open_destination
from dashboard.publish.publisher import Publisher
from dashboard.web.responses import MOMENT
from tests.night.server import eventually
from tests.ports import free_port
from tests.web.fakes import Night

from .conftest import Publish
from .nginx import Nginx
from .reader import Read, follow
from .test_nginx import fetch, look, version

pytestmark = pytest.mark.browser
# What every CDN does: the site at the root of its host, a folder's index, S3 behind.
CDN = """
server {{
    listen 127.0.0.1:{port};
    rewrite ^(.*)/$ $1/index.html;
    location / {{
        proxy_pass http://127.0.0.1:{s3}/night/site$uri;
        proxy_set_header Accept-Encoding "";
    }}
}}
"""
PUBLIC = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::night/*",
        }
    ],
}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bucket, int]]:
    """An empty bucket, addressed as the environment of an operator says, and its server's port."""
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    _, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "of-a-test",
        "AWS_SECRET_ACCESS_KEY": "of-a-test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()  # it would remember another test's port
    destination = open_destination("s3://night/site")
    assert isinstance(destination, Bucket)
    destination._system.mkdir("night", create_parents=True)
    destination._system.call_s3("put_bucket_policy", Bucket="night", Policy=json.dumps(PUBLIC))
    try:
        yield destination, port
    finally:
        server.stop()


def test_a_browser_follows_the_night_from_a_bucket(
    browser: Browser, night: Night, publish: Publish, bucket: tuple[Bucket, int], tmp_path: Path
) -> None:
    destination, s3 = bucket
    night.publish(votes=100, files={"results.csv": b"commune;voix\n" * 100})
    publisher: Publisher = publish(destination)
    publisher.step()
    assert follow(_unpacked(destination)) == 1
    port = free_port()
    mistakes: list[str] = []
    with Nginx(CDN.format(port=port, s3=s3), port, tmp_path / "nginx") as cdn:
        status, headers, _ = fetch(cdn.origin + "/")
        assert status == 200
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == MOMENT
        assert headers["content-encoding"] == "gzip"
        _, headers, body = fetch(cdn.origin + "/api/results.csv")
        assert body == b"commune;voix\n" * 100  # as it is, for whoever asks
        pages = [look(browser, cdn.origin + path, mistakes) for path in ("/", "/en/ecran/")]

        def is_live(page: Page) -> bool:
            publisher.step()  # looked at again: on a slow machine the first look is old by now
            return page.get_attribute("main#live", "data-freshness") == "live"

        for page in pages:
            eventually("it is told as live", lambda p=page: is_live(p), 60)
        new = night.publish(votes=4321)
        publisher.step()
        for page in pages:
            eventually("the new count is drawn", lambda p=page: version(p) == new)
            text = page.locator("[data-field=votes]").first.text_content()
            assert text == "4321"
            page.close()
        assert mistakes == []
        assert "/live/events" not in cdn.asked
        assert not re.findall(r'" [45]\d\d ', cdn.asked)

    # Another process on another machine finds it all there.
    again = publish(destination)
    put: list[str] = []
    whole = destination.put
    destination.put = lambda file: (put.append(file.path), whole(file))[1]  # type: ignore[method-assign]
    again.step()
    assert put
    assert not [path for path in put if path.startswith(("build/", "geo/"))]
    assert follow(_unpacked(destination)) == new


def _unpacked(destination: Bucket) -> Read:
    def read(path: str) -> bytes | None:
        content = destination.read(path)
        return gzip.decompress(content) if content and content[:2] == b"\x1f\x8b" else content

    return read
