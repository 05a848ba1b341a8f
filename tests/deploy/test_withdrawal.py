"""F54: a retracted post disappears from every screen, and from every address behind nginx."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Browser

from tests.chromium import keep_home

from .conftest import Night

pytestmark = pytest.mark.browser
SECRET = "Le mot de trop"
WITHIN_MS = 10_000
POINTER = "/live/latest/home.fr.json"
_NAMED = re.compile(r"/live/[0-9a-f]{64}\.json")


def body(night: Night, address: str) -> str:
    """What the cache answers; "" when there is nothing any more."""
    try:
        with urllib.request.urlopen(night.proxy.url + address, timeout=30) as answer:
            text: str = answer.read().decode()
            return text
    except urllib.error.HTTPError:
        return ""


def test_F54_gone_from_all_screens_and_from_the_cache(night: Night, browser: Browser) -> None:
    night.folder.say(SECRET)
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page, path in zip(pages, ("/", "/en/"), strict=True):
        keep_home(page, night.proxy.url)
        page.goto(night.proxy.url + path)
        page.get_by_text(SECRET).wait_for()
    # What anybody may have noted while it was up, and what the cache now holds.
    latest = body(night, "/live/latest.json")
    addresses = {"/", "/en/", "/live/latest.json", POINTER, *_NAMED.findall(latest)}
    leaking = {address for address in addresses if SECRET in body(night, address)}
    assert {"/", "/en/", POINTER} < leaking and any("/live/" in address for address in leaking)
    night.folder.say("Une autre publication.")
    for page in pages:
        page.get_by_text(SECRET).wait_for(state="detached", timeout=WITHIN_MS)
        page.get_by_text("Une autre publication.").wait_for()
    # Nobody asks meanwhile: whoever is the first to is not shown the old either.
    pages[0].wait_for_timeout(WITHIN_MS)
    assert {address for address in leaking if SECRET in body(night, address)} == set()
    for page in pages:
        page.context.close()
